"""What the response table predicts of a plan for other worlds, how surely, and what its choice owes
to luck.

The uncertainty of a prediction is that of the worlds that teach, which are few: they are left out
one by one and the table is made again from the others (jackknife; Efron and Tibshirani 1993, An
Introduction to the Bootstrap, chapter 11). The luck of the choice is measured on the way: a plan is
chosen without one world, and what was predicted for it is held against the jobs of the world left
out, as simulated there, once the general level of that world is set apart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rebound_sim.arrays import Floats
from rebound_sim.decision.optimise.allocation import Allocation
from rebound_sim.decision.optimise.responses import Responses
from rebound_sim.decision.optimise.shrinkage import expected_jobs
from rebound_sim.statistics.intervals import Estimate, mean_estimate, student_quantile

_FEWEST = 3  # worlds from which one can be left out


@dataclass(frozen=True, slots=True)
class Forecast:
    """Jobs that the table predicts of a plan.

    value : mean of the worlds that taught    low, high : 95 % interval of the mean of so many other
    worlds, NaN from fewer than three that taught
    """

    value: float
    low: float
    high: float


def _expected(jobs: Floats) -> Floats:
    return expected_jobs(jobs)[0]


class LeftOut:
    """The table of expected jobs, made again without each world that taught."""

    def __init__(
        self, raw: Responses, whole: Responses, expect: Callable[[Floats], Floats] = _expected
    ) -> None:
        """raw : as simulated    whole : as expected from all worlds    expect : from jobs as
        simulated, float[zones, options, worlds], to those expected"""
        self._raw, self._whole = raw, whole
        count = len(raw.worlds)
        others = [[w for w in range(count) if w != out] for out in range(count)]
        self._tables = (
            [expect(raw.in_worlds(kept).jobs).mean(axis=2) for kept in others]
            if count >= _FEWEST
            else []
        )

    def forecast(self, choice: NDArray[np.int64], others: int) -> Forecast:
        """Of a plan. others : worlds over whose mean it is to hold"""
        rows, count = np.arange(len(choice)), len(self._tables)
        value = float(self._whole.of("jobs", choice).sum(axis=0).mean())
        if not count:
            return Forecast(value, float("nan"), float("nan"))
        without = np.array([table[rows, choice].sum() for table in self._tables])
        variance = (count - 1) / count * float(np.square(without - without.mean()).sum())
        half = student_quantile(count) * float(np.sqrt(variance * (1.0 + count / others)))
        return Forecast(value, value - half, value + half)

    def luck_of_choice(self, choose: Callable[[Responses], Allocation]) -> Estimate:
        """Jobs of the whole programme that were predicted and did not come in worlds that did not
        choose, with the interval of the mean over worlds.

        choose : the best by a table
        """
        gaps = [self._gap(out, table, choose) for out, table in enumerate(self._tables)]
        return mean_estimate(np.array(gaps))

    def _gap(self, out: int, table: Floats, choose: Callable[[Responses], Allocation]) -> float:
        jobs = np.broadcast_to(table[:, :, np.newaxis], self._whole.jobs.shape)
        choice = choose(replace(self._whole, jobs=jobs)).choice
        rows = np.flatnonzero(self._raw.seen[:, out])
        came, expected = self._raw.jobs[rows, :, out], table[rows]
        if expected.sum() <= 0:
            return float("nan")
        level, places = float(came.sum() / expected.sum()), np.arange(rows.size)
        own = choice[rows]
        gap = level * expected[places, own].sum() - came[places, own].sum()
        return float(gap) * len(table) / rows.size
