"""Additional jobs at the levels of one factor of a sweep, and in the cells of two.

A replication is a world, or a luck where all share one set of parameters: points of a level are
averaged inside each, then the spread over replications is told.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rebound_sim.arrays import Floats
from rebound_sim.statistics.programme.sweep import SweepTable, factor_effects
from rebound_sim.statistics.programme.worlds import RANGE


@dataclass(frozen=True)
class Levels:
    """Outcome along one factor.

    texts   : levels as the design writes them, in order    numbers : the same, None for names
    points  : int[levels], simulated points of each
    median, low, high : float[strategies, levels] over replications; low and high hold four of five
    """

    factor: str
    texts: tuple[str, ...]
    numbers: Floats | None
    points: NDArray[np.int64]
    median: Floats
    low: Floats
    high: Floats

    @property
    def crossed(self) -> bool:
        """Whether levels come back, as in a factorial design, or are each of one point."""
        return bool(self.points.min() > 1)


@dataclass(frozen=True)
class LevelCells:
    """Outcome over two factors. median : float[strategies, levels of y, levels of x], NaN where no
    point was simulated; points : int[levels of y, levels of x]"""

    x: str
    y: str
    x_levels: tuple[str, ...]
    y_levels: tuple[str, ...]
    median: Floats
    points: NDArray[np.int64]


def levels_of(table: SweepTable, factor: str) -> Levels:
    """The outcome at each level of a factor. Raises KeyError for another factor."""
    texts = table.factors[factor]
    order = ordered(texts)
    rows = [np.flatnonzero(np.array(texts) == level) for level in order]
    over = np.stack([table.values[row].mean(axis=0) for row in rows], axis=1)
    low, high = np.quantile(over, RANGE, axis=2)
    return Levels(
        factor,
        order,
        numbers(order),
        np.array([row.size for row in rows]),
        np.median(over, axis=2),
        low,
        high,
    )


def cells_of(table: SweepTable, x: str, y: str) -> LevelCells:
    """The outcome at each pair of levels of two factors."""
    across, upwards = ordered(table.factors[x]), ordered(table.factors[y])
    shape = len(upwards), len(across)
    median = np.full((len(table.strategies), *shape), np.nan)
    points = np.zeros(shape, np.int64)
    pairs = list(zip(table.factors[y], table.factors[x], strict=True))
    for row, up in enumerate(upwards):
        for column, along in enumerate(across):
            places = [place for place, pair in enumerate(pairs) if pair == (up, along)]
            points[row, column] = len(places)
            if places:
                inside = table.values[places].mean(axis=0)
                median[:, row, column] = np.median(inside, axis=1)
    return LevelCells(x, y, across, upwards, median, points)


def two_factors(table: SweepTable) -> tuple[str, str] | None:
    """The two factors that move the best strategy most, of those whose levels come back.

    None without two of them: a sampled design has no cells.
    """
    crossed = [name for name in table.factors if levels_of(table, name).crossed]
    if len(crossed) < 2:
        return None
    best = strategies_by_mean(table)[0]
    spans = {effect.factor: effect.span for effect in factor_effects(table, best)}
    # Names of files have no order, hence no span, and are told first.
    crossed.sort(key=lambda name: -spans.get(name, np.inf))
    return crossed[0], crossed[1]


def strategies_by_mean(table: SweepTable) -> list[str]:
    """Strategies, highest mean over points and replications first."""
    means = table.values.mean(axis=(0, 2))
    return [table.strategies[place] for place in np.argsort(-means, kind="stable")]


def ordered(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Distinct levels: numbers from the lowest, names in the order of the design."""
    found = tuple(dict.fromkeys(texts))
    values = numbers(found)
    return found if values is None else tuple(found[place] for place in np.argsort(values))


def numbers(texts: tuple[str, ...]) -> Floats | None:
    """Levels as numbers; None where one is not."""
    try:
        return np.array([float(text) for text in texts])
    except ValueError:
        return None
