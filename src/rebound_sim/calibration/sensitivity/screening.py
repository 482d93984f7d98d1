"""Which parameters move which moments: elementary effects of Morris (1991).

Each trajectory starts at a random point of the prior and moves one parameter at a time by half its
prior, in random order; an elementary effect is the change of a moment per unit of prior. μ*, the
mean of their absolute values (Campolongo, Cariboni and Saltelli 2007), says whether a parameter
matters; σ says how much its effect depends on the others. All points have the same luck.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rebound_sim.arrays import Floats
from rebound_sim.calibration.search.evaluations import Budget, EvaluationStore
from rebound_sim.calibration.search.implausibility import discrepancy
from rebound_sim.calibration.search.problem import Problem
from rebound_sim.calibration.search.random_designs import Generator, drawn_from

#: Middles of the quarters of a prior: its ends, all taken at once, are worlds that nobody means.
_LEVELS: Final = np.array([0.125, 0.375, 0.625, 0.875])
_STEP: Final = 0.5
#: Replications of the declared values that measure luck.
LUCK_REPLICATIONS: Final = 6
#: A parameter is identified by a moment that it moves by more than this, over its whole prior, in
#: standard deviations of discrepancy and luck, and by more than this many times what luck does.
IDENTIFIED: Final = 1.0
_ABOVE_LUCK: Final = 2.0


@dataclass(frozen=True)
class Screening:
    """Elementary effects. Arrays are [parameters, moments]; NaN where nothing is known.

    mean, mean_absolute, deviation : μ, μ* and σ, in units of the moment per prior
    scale : float[moments], standard deviation of discrepancy and luck
    luck  : float[moments], standard deviation over replications at the declared values
    trajectories : finished ones, in whole or in part
    """

    parameters: tuple[str, ...]
    moments: tuple[str, ...]
    mean: Floats
    mean_absolute: Floats
    deviation: Floats
    scale: Floats
    luck: Floats
    trajectories: int

    @property
    def strength(self) -> Floats:
        """μ* in standard deviations of discrepancy and luck."""
        return np.asarray(self.mean_absolute / self.scale)

    @property
    def identified(self) -> NDArray[np.bool_]:
        """Whether a parameter is identified by a moment."""
        # Two independent draws differ by sqrt(2) σ; the mean absolute value is sqrt(2/π) of that.
        by_luck = self.luck * np.sqrt(2.0) * np.sqrt(2.0 / np.pi) / _STEP
        enough = np.maximum(IDENTIFIED, _ABOVE_LUCK * by_luck / self.scale)
        return np.asarray(np.nan_to_num(self.strength) > enough)

    def of(self, parameter: str) -> list[tuple[str, float]]:
        """Moments that identify a parameter, with their strength, the strongest first."""
        row = self.parameters.index(parameter)
        found = np.flatnonzero(self.identified[row])
        order = found[np.argsort(-self.strength[row, found], kind="stable")]
        return [(self.moments[m], float(self.strength[row, m])) for m in order]

    def influential(self) -> tuple[str, ...]:
        """Identified parameters, the most influential first."""
        strongest = np.where(self.identified, self.strength, 0.0).max(axis=1)
        order = np.argsort(-strongest, kind="stable")
        return tuple(self.parameters[row] for row in order if strongest[row] > 0.0)

    def unidentified(self) -> tuple[str, ...]:
        """Parameters that no moment identifies."""
        return tuple(
            name
            for name, found in zip(self.parameters, self.identified, strict=True)
            if not found.any()
        )


def trajectory(dimensions: int, rng: Generator) -> tuple[Floats, NDArray[np.int64]]:
    """Points [dimensions + 1, dimensions] that differ from the one before in one coordinate.

    Also the coordinate moved at each step.
    """
    order = rng.permutation(dimensions)
    points = np.empty((dimensions + 1, dimensions))
    points[0] = rng.choice(_LEVELS, dimensions)
    for step, moved in enumerate(order):
        points[step + 1] = points[step]
        up = points[step, moved] < _STEP
        points[step + 1, moved] += _STEP if up else -_STEP
    return points, order


def screen(store: EvaluationStore, trajectories: int, seed: int, budget: Budget) -> Screening:
    """Simulate trajectories, as far as the budget goes, and measure effects."""
    problem = store.problem
    luck = measure_luck(store, budget)
    designs = [
        trajectory(len(problem.searched), drawn_from(seed, number))
        for number in range(trajectories)
    ]
    for points, _ in designs:
        if not store.evaluate([(problem.values(point), 0) for point in points], budget):
            break
    return effects(store, designs, luck)


def measure_luck(store: EvaluationStore, budget: Budget) -> Floats:
    """Standard deviation of each moment over replications at the declared values."""
    declared = {one.full_name: one.value for one in store.problem.searched}
    replications = range(LUCK_REPLICATIONS)
    store.evaluate([(declared, n) for n in replications], budget)
    names = [target.name for target in store.problem.targets]
    found = [store.find(declared, n) for n in replications]
    rows = np.array([one.row(names) for one in found if one is not None])
    if len(rows) < 2:
        return np.zeros(len(names))
    known = np.isfinite(rows).sum(axis=0) > 1
    spread = np.zeros(len(names))
    spread[known] = np.nanstd(rows[:, known], axis=0, ddof=1)
    return spread


def effects(
    store: EvaluationStore, designs: Sequence[tuple[Floats, NDArray[np.int64]]], luck: Floats
) -> Screening:
    """Statistics of the elementary effects of the steps whose two ends are known."""
    problem = store.problem
    names = tuple(target.name for target in problem.targets)
    found: list[list[Floats]] = [[] for _ in problem.searched]
    begun = 0
    for points, order in designs:
        rows = [store.find(problem.values(point)) for point in points]
        begun += any(row is not None for row in rows)
        for step, moved in enumerate(order):
            before, after = rows[step], rows[step + 1]
            if before is not None and after is not None:
                change = points[step + 1, moved] - points[step, moved]
                found[moved].append((after.row(names) - before.row(names)) / change)
    mean, absolute, deviation = (np.full((len(found), len(names)), np.nan) for _ in range(3))
    for number, each in enumerate(found):
        for moment, column in enumerate(np.array(each).T if each else ()):
            known = column[np.isfinite(column)]
            if known.size:
                mean[number, moment] = known.mean()
                absolute[number, moment] = np.abs(known).mean()
                deviation[number, moment] = known.std(ddof=1) if known.size > 1 else np.nan
    level = np.array([target.value for target in problem.targets])
    scale = np.sqrt(_narrow(problem, level) ** 2 + luck**2)
    return Screening(problem.names, names, mean, absolute, deviation, scale, luck, begun)


def _narrow(problem: Problem, level: Floats) -> Floats:
    """Discrepancy on the narrower side of each band."""
    above = discrepancy(problem.targets, np.nextafter(level, np.inf))
    return np.asarray(np.minimum(above, discrepancy(problem.targets, level)))
