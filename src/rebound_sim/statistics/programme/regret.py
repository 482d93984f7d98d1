"""Regret of each strategy across scenarios: what is lost by not having chosen the best of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from rebound_sim.statistics.cell import Cell, cell
from rebound_sim.statistics.intervals import mean_estimate
from rebound_sim.statistics.outcome import Outcome
from rebound_sim.statistics.programme.definitions import BY_NAME

REGRET = Outcome(
    "regret",
    "as the outcome",
    "outcome of the strategy of the best mean in the scenario − outcome of this one, paired by "
    "replication, in the direction of the outcome; detail: the scenario",
)
LARGEST = Outcome(
    "largest_regret",
    "as the outcome",
    "largest regret over scenarios; bounds: those of the scenario where it is reached",
)


def regret_cells(
    names: Sequence[str],
    scenarios: Mapping[str, NDArray[np.float64]],
    outcome: str = "additional_jobs",
    month: int = 0,
) -> list[Cell]:
    """Regret by scenario and strategy, then the largest of each strategy.

    names     : strategies, the rows of each array
    scenarios : name -> float[strategies, replications] of the outcome
    The best is that of the highest estimate; with few replications it may owe its place to luck, so
    that a regret is, if anything, too large.
    """
    definition = BY_NAME[outcome]
    sign = -1.0 if definition.better == "lower" else 1.0
    one = Outcome(REGRET.name, definition.unit, REGRET.formula)
    worst = Outcome(LARGEST.name, definition.unit, LARGEST.formula)
    found: list[Cell] = []
    for scenario, values in scenarios.items():
        best = int(np.argmax(sign * values.mean(axis=1)))
        found += [
            cell(
                one, mean_estimate(sign * (values[best] - values[place])), strategy=name,
                month=month, zones=0, detail=scenario, reference=names[best],
            )
            for place, name in enumerate(names)
        ]  # fmt: skip
    for name in names:
        own = [c for c in found if c.strategy == name]
        if own:
            top = max(own, key=lambda c: c.estimate)
            found.append(
                Cell(
                    worst.name, top.detail, "", month, name, top.reference, top.estimate, top.low,
                    top.high, worst.unit, 0, top.replications, top.reading, top.interval,
                    worst.formula,
                )
            )  # fmt: skip
    return found
