"""Establishments at t = 0: sectors and sizes that add up to the published totals.

Exact: jobs by sector, number of establishments. Within 1 %: jobs in establishments of fewer than
10 and of 100 or more. Sizes inside a class follow a Pareto law, since their distribution by zone
is not in the tables (the national shares by section come from the OECD).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rebound_sim.data.basins import BasinFigures
from rebound_sim.data.national import size_distribution
from rebound_sim.data.sectors import SECTORS
from rebound_sim.population.rounding import bounded_split, fit_margins

#: Classes of size: bounds of employees, usual mean size inside, Pareto exponent of sizes inside.
_SMALL, _MEDIUM, _LARGE = 0, 1, 2
_LOWEST = (1, 10, 100)
_HIGHEST = (9, 99, 10**9)
_USUAL_MEAN = (2.7, 26.0, 260.0)
#: Zipf's exponent about 1.06 (Axtell 2001); flatter inside the truncated lower classes.
_PARETO = (1.0, 1.0, 1.06)
_ROUNDS = 25


@dataclass(frozen=True)
class Establishments:
    """sector : uint8[n]    size : int64[n] employees    site : rows of the closing sites."""

    sector: npt.NDArray[np.uint8]
    size: npt.NDArray[np.int64]
    site: tuple[int, ...]


def _class_of(size: int) -> int:
    return _SMALL if size < 10 else _MEDIUM if size < 100 else _LARGE


def _seed() -> npt.NDArray[np.float64]:
    """National share of jobs by sector and size class, float64[38, 3]."""
    national = size_distribution()
    position = {section: row for row, section in enumerate(national.sections)}
    seed = np.empty((len(SECTORS), 3))
    for s, sector in enumerate(SECTORS):
        shares = national.employment_shares[position[sector.section]]
        # Classes 1-9, 10-19, 20-49, 50-249, 250+: half of the jobs of 50-249 are below 100.
        seed[s] = (shares[0], shares[1] + shares[2] + 0.5 * shares[3], 0.5 * shares[3] + shares[4])
    return seed


def _feasible(
    wanted: npt.NDArray[np.float64], jobs: npt.NDArray[np.int64], total: int, lowest: int
) -> npt.NDArray[np.int64]:
    """Jobs of one class by sector: 0 or at least `lowest`, at most `jobs`, sum near `total`."""
    able = jobs >= lowest
    kept = able & (wanted >= 0.5 * lowest)
    for _ in range(_ROUNDS):
        if not kept.any():
            if not able.any() or total < 0.5 * lowest:
                return np.zeros_like(jobs)
            kept = np.zeros_like(able)
            kept[np.argmax(np.where(able, wanted, -1.0))] = True
        low = np.where(kept, lowest, 0)
        high = np.where(kept, jobs, 0)
        if low.sum() > total and kept.sum() > 1:
            kept[np.argmin(np.where(kept, wanted, np.inf))] = False
            continue
        if high.sum() < total and (able & ~kept).any():
            kept[np.argmax(np.where(able & ~kept, wanted, -1.0))] = True
            continue
        target = int(np.clip(total, low.sum(), high.sum()))
        return bounded_split(np.where(kept, wanted, 0.0), target, low, high)
    return np.where(kept, np.minimum(jobs, np.maximum(wanted, lowest)).astype(np.int64), 0)


def _jobs_by_class(jobs: npt.NDArray[np.int64], totals: Sequence[float]) -> npt.NDArray[np.int64]:
    """Jobs by sector and class, int64[38, 3], rows exact, columns near `totals`."""
    real = fit_margins(_seed(), jobs.astype(np.float64), np.asarray(totals, dtype=np.float64))
    cells = np.zeros((jobs.size, 3), dtype=np.int64)
    cells[:, _LARGE] = _feasible(real[:, _LARGE], jobs, round(totals[_LARGE]), 100)
    left = jobs - cells[:, _LARGE]
    cells[:, _MEDIUM] = _feasible(real[:, _MEDIUM], left, round(totals[_MEDIUM]), 10)
    cells[:, _SMALL] = left - cells[:, _MEDIUM]
    return cells


def _counts(cells: npt.NDArray[np.int64], establishments: int) -> npt.NDArray[np.int64]:
    """Establishments by sector and class, int64[38, 3], total exact where feasible."""
    low = np.stack([-(-cells[:, c] // _HIGHEST[c]) for c in range(3)], axis=1)
    high = np.stack([cells[:, c] // _LOWEST[c] for c in range(3)], axis=1)
    large = np.clip(
        np.rint(cells[:, _LARGE] / _USUAL_MEAN[_LARGE]).astype(np.int64),
        np.minimum(1, high[:, _LARGE]),
        high[:, _LARGE],
    )
    rest = establishments - int(large.sum())
    weights = np.concatenate([cells[:, c] / _USUAL_MEAN[c] for c in (_SMALL, _MEDIUM)])
    lows = np.concatenate([low[:, _SMALL], low[:, _MEDIUM]])
    highs = np.concatenate([high[:, _SMALL], high[:, _MEDIUM]])
    target = int(np.clip(rest, lows.sum(), highs.sum()))
    others = bounded_split(weights, target, lows, highs)
    n = cells.shape[0]
    return np.stack([others[:n], others[n:], large], axis=1)


def split_jobs(
    total: int, number: int, lowest: int, highest: int, exponent: float
) -> npt.NDArray[np.int64]:
    """Sizes of `number` establishments with `total` jobs, each in [lowest, highest].

    Pareto quantiles with `exponent`, largest first. Returns int64[number] with sum `total`.
    """
    ranks = (np.arange(number) + 0.5) / number
    weights = ranks ** (-1.0 / exponent)
    low = np.full(number, lowest, dtype=np.int64)
    high = np.full(number, min(highest, total), dtype=np.int64)
    return bounded_split(weights, total, low, high)


def establishments(figures: BasinFigures, sites: Sequence[tuple[int, int]]) -> Establishments:
    """Establishments of a zone. sites : (sector row, jobs) of each closing site.

    Raises ValueError when a site has more jobs than its sector.
    """
    jobs = figures.salaried_jobs.astype(np.int64).copy()
    total = int(jobs.sum())
    totals = [
        figures.jobs_share_under_10 * total,
        0.0,
        figures.jobs_share_100_plus * total,
    ]
    totals[_MEDIUM] = total - totals[_SMALL] - totals[_LARGE]
    for sector, size in sites:
        jobs[sector] -= size
        totals[_class_of(size)] -= size
    if np.any(jobs < 0):
        raise ValueError("a closing site has more jobs than its sector")
    totals = [max(value, 0.0) for value in totals]
    cells = _jobs_by_class(jobs, totals)
    counts = _counts(cells, figures.establishments - len(sites))
    sectors: list[npt.NDArray[np.int64]] = []
    sizes: list[npt.NDArray[np.int64]] = []
    for s in range(jobs.size):
        for c in (_LARGE, _MEDIUM, _SMALL):
            if counts[s, c] > 0:
                sizes.append(
                    split_jobs(
                        int(cells[s, c]), int(counts[s, c]), _LOWEST[c], _HIGHEST[c], _PARETO[c]
                    )
                )
                sectors.append(np.full(counts[s, c], s, dtype=np.int64))
    first_site = sum(part.size for part in sizes)
    for sector, size in sites:
        sectors.append(np.array([sector]))
        sizes.append(np.array([size]))
    return Establishments(
        sector=np.concatenate(sectors).astype(np.uint8),
        size=np.concatenate(sizes),
        site=tuple(range(first_site, first_site + len(sites))),
    )
