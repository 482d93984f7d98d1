"""The points of a sweep as one table: factors, and an outcome of each strategy by replication."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rebound_sim.errors import InputError
from rebound_sim.experiment.sweep_points import point_folder
from rebound_sim.experiment.sweep_run import read_sweep_manifest
from rebound_sim.records import Record, read_rows
from rebound_sim.statistics.comparable import panels_of
from rebound_sim.statistics.employment import additional_jobs
from rebound_sim.statistics.intervals import Estimate, mean_estimate

#: Points at each end of a factor that are compared.
_END_SHARE = 1.0 / 3.0


@dataclass(frozen=True)
class SweepTable:
    """Additional jobs at the end of the run, at every finished point.

    factors    : factor -> values, one a point, text or number as written in design.csv
    points     : numbers of the points
    strategies : compared at every point, `none` left out
    values     : float[points, strategies, replications], replications that every point has
    """

    factors: dict[str, tuple[str, ...]]
    points: tuple[int, ...]
    strategies: tuple[str, ...]
    values: NDArray[np.float64]
    months: int
    title: str
    version: str
    seed: int


@dataclass(frozen=True, slots=True)
class FactorEffect:
    """The outcome at both ends of a factor, from its mean over all points.

    gap : what the high end has more than the low one, paired by replication
    """

    factor: str
    low_value: str
    high_value: str
    low: Estimate
    high: Estimate
    gap: Estimate

    @property
    def span(self) -> float:
        """Distance between both ends."""
        return abs(self.high.value - self.low.value)


def read_sweep(folder: Path) -> SweepTable:
    """Read the points of a sweep's results. Raises InputError: none of them has ended."""
    manifest = read_sweep_manifest(folder)
    design = _design(folder / "design.csv")
    found = {}
    for point in design:
        try:
            panels = panels_of(point_folder(folder, point))
        except InputError:
            continue  # not simulated yet
        if panels.count and panels.strategies:
            jobs = {name: additional_jobs(panels, name)[:, -1] for name in panels.strategies}
            found[point] = panels, jobs
    if not found:
        raise InputError("no point of this sweep has results", file=str(folder))
    names = [
        name
        for name in next(iter(found.values()))[1]
        if all(name in values for _, values in found.values())
    ]
    count = min(panels.count for panels, _ in found.values())
    values = np.array(
        [[values[name][:count] for name in names] for _, values in found.values()], float
    )
    rows = [design[point] for point in found]
    factors = {
        name: tuple(row[name] for row in rows)
        for name in rows[0]
        if name != "point" and len({row[name] for row in rows}) > 1
    }
    first = next(iter(found.values()))[0]
    return SweepTable(
        factors,
        tuple(found),
        tuple(names),
        values,
        first.horizon,
        str(manifest.sweep.get("title", "")),
        first.version,
        first.seed,
    )


def _design(file: Path) -> dict[int, Record]:
    """Rows of the design by point. Raises InputError."""
    rows = read_rows(file)
    try:
        return {int(row["point"]): row for row in rows}
    except ValueError:
        raise InputError("a point without its number", file=str(file)) from None


def factor_effects(table: SweepTable, strategy: str) -> list[FactorEffect]:
    """Outcome of a strategy at both ends of each factor that is a number, largest span first.

    An end is the third of the points where the factor is lowest (highest), or its lowest (highest)
    level where levels are fewer. Differences are from the mean over all points in the same
    replication, so that intervals are over replications, for these points.
    """
    values = table.values[:, table.strategies.index(strategy)]
    change = values - values.mean(axis=0)
    found = []
    for factor, texts in table.factors.items():
        try:
            levels = np.array([float(text) for text in texts])
        except ValueError:
            continue  # programmes have no order
        ends = _ends(levels)
        below, above = (change[rows].mean(axis=0) for rows in ends)
        low, high, gap = map(mean_estimate, (below, above, above - below))
        shown = [_range(levels[rows]) for rows in ends]
        found.append(FactorEffect(factor, shown[0], shown[1], low, high, gap))
    return sorted(found, key=lambda effect: -effect.span)


def _ends(levels: NDArray[np.float64]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    low = np.quantile(levels, _END_SHARE, method="lower")
    high = np.quantile(levels, 1.0 - _END_SHARE, method="higher")
    if np.unique(levels).size < levels.size:
        low, high = levels.min(), levels.max()  # levels of a factorial design
    return levels <= low, levels >= high


def _range(levels: NDArray[np.float64]) -> str:
    first, last = f"{levels.min():g}", f"{levels.max():g}"
    return first if first == last else f"{first}–{last}"
