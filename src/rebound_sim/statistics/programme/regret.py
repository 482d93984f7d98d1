"""Regret of each strategy across scenarios: what is lost by not having chosen the best of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from rebound_sim.statistics.cell import Cell, cell
from rebound_sim.statistics.definitions import COMPARED
from rebound_sim.statistics.intervals import CONFIDENCE, NO_INTERVAL, Estimate
from rebound_sim.statistics.outcome import Outcome
from rebound_sim.statistics.resampling import generator

REGRET = Outcome(
    "regret",
    "as the outcome",
    "mean outcome of the best strategy of the scenario − mean outcome of this one, in the direction"
    " of the outcome; detail: the scenario",
    least=0.0,
)
LARGEST = Outcome(
    "largest_regret",
    "as the outcome",
    "largest regret over scenarios; bounds: those of the scenario where it is reached",
    least=0.0,
)
METHOD = "bootstrap over replications, the best chosen again in each sample"
_SAMPLES = 2_000


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
    that a regret is, if anything, too large. Bounds are quantiles over resampled replications (all
    strategies together): never below 0, and above 0 for the best where another could be it.
    """
    definition = COMPARED[outcome]
    sign = -1.0 if definition.better == "lower" else 1.0
    one = Outcome(REGRET.name, definition.unit, REGRET.formula)
    worst = Outcome(LARGEST.name, definition.unit, LARGEST.formula)
    found: list[Cell] = []
    for scenario, values in scenarios.items():
        best = names[int(np.argmax(sign * values.mean(axis=1)))]
        found += [
            cell(one, regret, arm=name, month=month, zones=0, detail=scenario, reference=best)
            for name, regret in zip(names, regrets(sign * values), strict=True)
        ]
    for name in names:
        own = [c for c in found if c.arm == name]
        if own:
            top = max(own, key=lambda c: c.estimate)
            found.append(
                Cell(
                    worst.name,
                    top.detail,
                    "",
                    month,
                    name,
                    top.reference,
                    top.estimate,
                    top.low,
                    top.high,
                    worst.unit,
                    0,
                    top.replications,
                    top.reading,
                    top.interval,
                    worst.formula,
                )
            )
    return found


def regrets(values: NDArray[np.float64]) -> list[Estimate]:
    """Regret of each row, higher being better, with its 95 % interval (METHOD).

    values : float[strategies, replications]
    """
    means = values.mean(axis=1)
    count = values.shape[1]
    if count < 2:
        return [Estimate(means.max() - mean, np.nan, np.nan, count, NO_INTERVAL) for mean in means]
    share = np.full(count, 1.0 / count)
    weights = generator(0).multinomial(count, share, _SAMPLES) / count
    sampled = weights @ values.T
    lost = sampled.max(axis=1, keepdims=True) - sampled
    tail = (1.0 - CONFIDENCE) / 2.0
    low, high = np.quantile(lost, (tail, 1.0 - tail), axis=0)
    return [
        Estimate(float(means.max() - mean), float(bottom), float(top), count, METHOD)
        for mean, bottom, top in zip(means, low, high, strict=True)
    ]
