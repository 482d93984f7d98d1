"""A figure of a statistics table: one schema for all of them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from rebound_sim.statistics.intervals import Estimate, difference_in_words
from rebound_sim.statistics.outcome import Outcome

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
    arm: str
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

    def row(self) -> dict[str, object]:
        """Its fields by name, a line of a table (`dataclasses.asdict` copies each value)."""
        return {name: getattr(self, name) for name in self.__slots__}


COLUMNS = tuple(Cell.__dataclass_fields__)


def cell(
    outcome: Outcome,
    estimate: Estimate,
    *,
    arm: str,
    month: int,
    zones: int,
    detail: str = "",
    zone: str = ALL_ZONES,
    reference: str | None = None,
    method: str = "",
) -> Cell:
    """A cell of an estimate.

    reference : where the outcome may be both a level and a difference; its own by default
    method    : in place of the estimate's own words for its interval
    """
    reference = outcome.reference if reference is None else reference
    reading = ""
    if math.isnan(estimate.value) or estimate.replications < 2:
        reading = estimate.method
    # A cost per job is measured from `none`, and none of it is no finding.
    elif reference and not outcome.unit.startswith("EUR/"):
        reading = difference_in_words(estimate)
    elif math.isinf(estimate.value):
        reading = "not back by the end of the run"
    return Cell(
        outcome.name,
        detail,
        zone,
        month,
        arm,
        reference,
        estimate.value,
        estimate.low,
        estimate.high,
        outcome.unit,
        zones,
        estimate.replications,
        reading,
        method or estimate.method,
        outcome.formula,
    )


def at(cells: list[Cell], **wanted: object) -> Cell:
    """The one cell that has these values. KeyError when there is none, or several."""
    found = [one for one in cells if all(getattr(one, key) == v for key, v in wanted.items())]
    if len(found) != 1:
        raise KeyError(f"{len(found)} cells with {wanted}")
    return found[0]
