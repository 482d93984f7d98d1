"""Rows of comparison.csv: one per outcome, month, strategy and reference."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from rebound_sim.statistics.intervals import (
    NO_DENOMINATOR,
    Estimate,
    difference_in_words,
    mean_estimate,
    median_estimate,
    ratio_estimate,
)
from rebound_sim.statistics.outcome import Outcome
from rebound_sim.statistics.panels import NONE, Panels
from rebound_sim.statistics.programme.definitions import OUTCOMES
from rebound_sim.statistics.programme.outcomes import Outcomes, programme_outcomes

_MEDIANS = frozenset({"rebound_time"})


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of the comparison.

    month     : months elapsed since month 0
    reference : "" for a level, `none` for a paired difference from doing nothing
    low, high : 95 % interval, one strategy at a time; NaN without one
    reading   : what the figure allows to say, in words
    """

    outcome: str
    month: int
    strategy: str
    reference: str
    estimate: float
    low: float
    high: float
    unit: str
    replications: int
    reading: str
    interval: str
    definition: str


def comparison_rows(panels: Panels, outcomes: Outcomes | None = None) -> list[Row]:
    """All outcomes of all compared strategies, in the order of their definitions."""
    outcomes = outcomes or programme_outcomes(panels)
    return [
        row
        for definition in OUTCOMES
        for place, strategy in enumerate(panels.compared)
        for row in _rows(definition, outcomes, strategy, place, panels.compared.index(NONE))
    ]


def _rows(
    definition: Outcome, outcomes: Outcomes, strategy: str, place: int, none: int
) -> Iterator[Row]:
    name, end = definition.name, outcomes.end
    if definition.reference and place == none:
        return
    if name in outcomes.ratios:
        top, bottom = outcomes.ratios[name]
        # The cost of an effect is measured from `none`; a mean grant is a level.
        ratio = ratio_estimate(top[place], bottom[place])
        yield _row(definition, end, strategy, definition.reference, ratio)
        return
    for date in sorted({month for outcome, month in outcomes.values if outcome == name}):
        values = outcomes.values[name, date]
        if definition.reference:
            yield _row(definition, date, strategy, NONE, mean_estimate(values[place]))
            continue
        bounds = definition.least, definition.most
        level = (
            median_estimate(values[place])
            if name in _MEDIANS
            else mean_estimate(values[place], *bounds)
        )
        yield _row(definition, date, strategy, "", level)
        if place != none and name not in _MEDIANS and definition.better:
            gap = mean_estimate(values[place] - values[none])
            yield _row(definition, date, strategy, NONE, gap)


def _row(definition: Outcome, month: int, strategy: str, reference: str, estimate: Estimate) -> Row:
    if math.isnan(estimate.value) or estimate.replications < 2:
        reading = "not shown" if estimate.method == NO_DENOMINATOR else estimate.method
    elif reference and not definition.unit.startswith("EUR/"):
        reading = difference_in_words(estimate)
    elif math.isinf(estimate.value):
        reading = "not back by the end of the run"
    else:
        reading = ""
    return Row(
        definition.name,
        month,
        strategy,
        reference,
        estimate.value,
        estimate.low,
        estimate.high,
        definition.unit,
        estimate.replications,
        reading,
        estimate.method,
        definition.formula,
    )


def find(rows: list[Row], outcome: str, strategy: str, *, reference: str | None = None) -> Row:
    """The row of an outcome at the end of the run. KeyError when there is none."""
    kept = [
        row
        for row in rows
        if row.outcome == outcome
        and row.strategy == strategy
        and (reference is None or row.reference == reference)
    ]
    if not kept:
        raise KeyError(outcome, strategy)
    return kept[int(np.argmax([row.month for row in kept]))]
