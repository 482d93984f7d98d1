"""A figure of a statistics table of programmes: one schema for all of them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from rebound_sim.statistics.headline import Row as BasinRow
from rebound_sim.statistics.intervals import Estimate, difference_in_words
from rebound_sim.statistics.panels import NONE

ALL_ZONES = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure.

    detail    : instrument, solution, origin or place on an axis; empty otherwise
    zone      : code, empty for all zones together
    month     : months elapsed since month 0, or since the first layoffs where the table says so
    reference : "" for a level, else the arm that a paired difference is taken from
    low, high : 95 % interval, one figure at a time; NaN without one
    zones     : number of zones that it covers
    reading   : what the figure allows to say, in words
    interval  : how the interval was made, or why there is none
    """

    outcome: str
    detail: str
    zone: str
    month: int
    strategy: str
    reference: str
    estimate: float
    low: float
    high: float
    unit: str
    zones: int
    replications: int
    reading: str
    interval: str
    definition: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a table measures: name, unit, and how it is computed in one replication."""

    name: str
    unit: str
    definition: str


def cell(
    outcome: Outcome,
    estimate: Estimate,
    *,
    strategy: str,
    month: int,
    zones: int,
    detail: str = "",
    zone: str = ALL_ZONES,
    reference: str = "",
    method: str = "",
) -> Cell:
    """A cell of an estimate. method : in place of the estimate's own words for its interval."""
    without = math.isnan(estimate.value) or estimate.replications < 2
    reading = estimate.method if without else ""
    if reference and not without:
        reading = difference_in_words(estimate)
    return Cell(
        outcome.name, detail, zone, month, strategy, reference, estimate.value, estimate.low,
        estimate.high, outcome.unit, zones, estimate.replications, reading,
        method or estimate.method, outcome.definition,
    )  # fmt: skip


def from_basin(row: BasinRow, zones: int, zone: str = ALL_ZONES) -> Cell:
    """A row of a basin's headline, of one zone or of all together."""
    reference = NONE if row.definition.endswith("policy − none") else ""
    return Cell(
        row.outcome, row.detail, zone, row.month, row.policy, reference, row.estimate, row.low,
        row.high, row.unit, zones, row.replications, row.reading, row.interval, row.definition,
    )  # fmt: skip


def at(cells: list[Cell], **wanted: object) -> Cell:
    """The one cell that has these values. KeyError when there is none, or several."""
    found = [one for one in cells if all(getattr(one, key) == v for key, v in wanted.items())]
    if len(found) != 1:
        raise KeyError(f"{len(found)} cells with {wanted}")
    return found[0]
