"""Worlds and luck, kept apart: what a strategy brings in each world, and what luck adds.

A world is one set of parameters that moments do not rule out; a luck is one stream of random
numbers. Replication r has luck r and world r modulo the number of sets. Strategies are compared
inside a world, under the same luck; the spread over worlds says what is not known, and lucks
crossed with some worlds say how much of that spread is chance.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rebound_sim.arrays import Floats

#: Bounds of the range that is told: four worlds of five.
RANGE = (0.1, 0.9)


@dataclass(frozen=True)
class Worlds:
    """One outcome by strategy and world.

    names  : strategies    numbers : int[worlds], of the sets of parameters (of the lucks, where
             there is one set)
    values : float[strategies, worlds], mean over the lucks of a world
    luck   : float[strategies, strategies], variance between lucks of one world of the difference
             of two strategies; the diagonal is that of a strategy's own value; NaN without a world
             of two lucks
    crossed: worlds of two lucks or more that `luck` rests on
    unit   : "world", or "luck" where there is one set of parameters
    """

    names: tuple[str, ...]
    numbers: NDArray[np.int64]
    values: Floats
    luck: Floats
    crossed: int
    unit: str = "world"

    @property
    def count(self) -> int:
        """Number of worlds."""
        return int(self.numbers.size)

    def luck_share(self, first: int, second: int | None = None) -> float:
        """Luck's part of the variance over worlds of a value, or of the difference of two.

        1 where the worlds differ by no more than luck does; NaN where luck was not measured.
        """
        other = first if second is None else second
        row = self.values[first] if second is None else self.values[first] - self.values[second]
        if self.count < 2 or math.isnan(self.luck[first, other]):
            return math.nan
        total = float(row.var(ddof=1))
        return min(self.luck[first, other] / total, 1.0) if total > 0 else 1.0


@dataclass(frozen=True, slots=True)
class Standing:
    """One strategy over worlds. Better : in the direction of the outcome.

    median, low, high : over worlds; low and high hold four worlds of five between them
    beats_none : worlds where it is better than no programme, ties half
    best_in    : worlds where none is better, ties shared
    regret, worst_regret : mean and largest, over worlds, of what the best of the world has more
    luck_sd    : standard deviation between lucks of one world; NaN where it was not measured
    luck_share : its square over the variance over worlds
    """

    arm: str
    median: float
    low: float
    high: float
    beats_none: float
    best_in: float
    regret: float
    worst_regret: float
    worlds: int
    luck_sd: float
    luck_share: float


def by_world(
    names: Sequence[str], values: Floats, worlds: NDArray[np.int64], unit: str = "world"
) -> Worlds:
    """Mean over the lucks of each world, and the variance between them.

    values : float[strategies, replications]    worlds : int[replications], world of each
    The variance is pooled within worlds: sum of squares from each world's mean, over the number of
    replications less that of worlds.
    """
    numbers = np.unique(worlds)
    means = np.stack([values[:, worlds == number].mean(axis=1) for number in numbers], axis=1)
    spare = values.shape[1] - numbers.size
    size = len(names)
    luck = np.full((size, size), np.nan)
    if spare > 0:
        inside = values - means[:, np.searchsorted(numbers, worlds)]
        luck = np.square(inside[:, None] - inside[None]).sum(axis=2) / spare
        luck[np.diag_indices(size)] = np.square(inside).sum(axis=1) / spare
    crossed = int(sum(np.sum(worlds == number) > 1 for number in numbers))
    return Worlds(tuple(names), numbers, means, luck, crossed, unit)


def standings(found: Worlds, none: str, *, lower_is_better: bool = False) -> list[Standing]:
    """Every strategy over worlds, best median first. none : the strategy that does nothing."""
    sign = -1.0 if lower_is_better else 1.0
    values, place = sign * found.values, found.names.index(none)
    top = values.max(axis=0)
    ahead = values == top
    best_in = (ahead / ahead.sum(axis=0)).sum(axis=1)
    regrets = top - values
    rows = []
    for row, name in enumerate(found.names):
        low, high = np.quantile(found.values[row], RANGE)
        rows.append(
            Standing(
                name,
                float(np.median(found.values[row])),
                float(low),
                float(high),
                wins(values[row] - values[place]),
                float(best_in[row]),
                float(regrets[row].mean()),
                float(regrets[row].max()),
                found.count,
                math.sqrt(found.luck[row, row]),
                found.luck_share(row),
            )
        )
    return sorted(rows, key=lambda standing: -sign * standing.median)


def wins(gap: Floats) -> float:
    """Worlds where a difference is above 0, ties half."""
    return float(np.sum(gap > 0) + 0.5 * np.sum(gap == 0))
