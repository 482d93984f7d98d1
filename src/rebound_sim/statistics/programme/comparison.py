"""Figures of comparison.csv: one per outcome, month, strategy and reference."""

from __future__ import annotations

from collections.abc import Iterator

from rebound_sim.statistics.cell import Cell, cell
from rebound_sim.statistics.definitions import COMPARED
from rebound_sim.statistics.intervals import (
    Estimate,
    mean_estimate,
    median_estimate,
    ratio_estimate,
)
from rebound_sim.statistics.outcome import Outcome
from rebound_sim.statistics.panels import NONE, Panels
from rebound_sim.statistics.programme.outcomes import Outcomes, programme_outcomes

_MEDIANS = frozenset({"rebound_time"})


def comparison_rows(panels: Panels, outcomes: Outcomes | None = None) -> list[Cell]:
    """All outcomes of all compared strategies, in the order of their definitions."""
    outcomes = outcomes or programme_outcomes(panels)
    none = panels.compared.index(NONE)
    return [
        cell(
            definition,
            estimate,
            arm=strategy,
            month=month,
            zones=len(panels.zones),
            reference=reference,
        )
        for definition in COMPARED.values()
        for place, strategy in enumerate(panels.compared)
        for month, reference, estimate in _estimates(definition, outcomes, place, none)
    ]


def _estimates(
    definition: Outcome, outcomes: Outcomes, place: int, none: int
) -> Iterator[tuple[int, str, Estimate]]:
    """Month, reference and estimate of one strategy: levels, or differences from `none`."""
    name, end = definition.name, outcomes.end
    if definition.reference and place == none:
        return
    if name in outcomes.ratios:
        top, bottom = outcomes.ratios[name]
        # The cost of an effect is measured from `none`; a mean grant is a level.
        yield end, definition.reference, ratio_estimate(top[place], bottom[place])
        return
    for date in sorted({month for outcome, month in outcomes.values if outcome == name}):
        values = outcomes.values[name, date]
        if definition.reference:
            yield date, NONE, mean_estimate(values[place])
        elif name in _MEDIANS:
            yield date, "", median_estimate(values[place])
        else:
            yield date, "", mean_estimate(values[place], definition.least, definition.most)
            if place != none and definition.better:
                yield date, NONE, mean_estimate(values[place] - values[none])


def find(rows: list[Cell], outcome: str, strategy: str, *, reference: str | None = None) -> Cell:
    """The figure of an outcome at the end of the run. KeyError when there is none."""
    kept = [
        row
        for row in rows
        if row.outcome == outcome
        and row.arm == strategy
        and (reference is None or row.reference == reference)
    ]
    if not kept:
        raise KeyError(outcome, strategy)
    return max(kept, key=lambda row: row.month)
