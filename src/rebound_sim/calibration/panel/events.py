"""Zones in which one sector lost many jobs: what their total did, and the placebo distribution.

Private market sectors (agriculture, administration, education, health and households left out) at
the end of 2019, 2022 and 2024. A zone's drop is the largest loss of one sector from 2019 to 2022,
beyond what the sector did in the nation, over the zone's jobs of 2019. A drop of 1.5 % or more is
an event; the other zones are the placebo. When an employer is merely coded elsewhere, the total
does not move: the pass-through is below one for that reason too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rebound_sim.arrays import Floats
from rebound_sim.data.basins import list_basins
from rebound_sim.data.dated import private_jobs
from rebound_sim.data.sectors import SECTORS
from rebound_sim.rng.draws import mix

YEARS: Final = (2019, 2022, 2024)
LEAST_DROP: Final = 0.015
MARKET: Final = np.array([sector.market for sector in SECTORS])
_DRAWS: Final = 1000
#: Step of the sequence of SplitMix64 (Steele, Lea and Flood 2014).
_GAMMA: Final = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Drops:
    """One row a zone.

    drop : largest loss of one sector over jobs of the zone, 2019-22, ≥ 0
    total : net log change of the zone's jobs, [zones, 2], 2019-22 and 2019-24
    sector : row of the sector that lost them
    """

    drop: Floats
    total: Floats
    sector: NDArray[np.int64]

    @property
    def event(self) -> NDArray[np.bool_]:
        """Zones with an event."""
        return np.asarray(self.drop >= LEAST_DROP)


def drops(jobs: Floats) -> Drops:
    """Drops of zones. jobs : float[zones, 3 years, sectors], NaN where withheld."""
    known = np.isfinite(jobs).all(axis=1, keepdims=True)
    kept = np.where(known, jobs, 0.0)
    nation = kept.sum(axis=0)
    growth = np.divide(nation[1], nation[0], out=np.ones_like(nation[0]), where=nation[0] > 0)
    totals = kept.sum(axis=2)
    loss = (kept[:, 0] * growth - kept[:, 1]) / totals[:, :1]
    change = np.log(totals[:, 1:] / totals[:, :1])
    return Drops(loss.max(axis=1).clip(min=0.0), change - change.mean(axis=0), loss.argmax(axis=1))


def real_drops() -> Drops:
    """Drops of all mainland zones, Urssaf, those without published sectors left out."""
    rows, jobs = private_jobs()
    zones = [
        [rows[zone.code, year] for year in YEARS]
        for zone in list_basins()
        if (zone.code, YEARS[0]) in rows
    ]
    found = jobs[zones][:, :, MARKET]
    published = np.isfinite(found.sum(axis=1))  # sectors with all three years
    return drops(found[published.any(axis=1)])


def pass_through(found: Drops, after: int) -> float:
    """Jobs that the zone's total loses per job of the sector, against placebo zones.

    after : 0 for 2022, 1 for 2024. NaN without an event.
    """
    event = found.event
    if not event.any() or event.all():
        return float("nan")
    gap = found.total[~event, after].mean() - found.total[event, after].mean()
    return float(gap / (found.drop[event].mean() - found.drop[~event].mean()))


def slope(found: Drops, after: int) -> float:
    """Net log change of the zone's total per unit of its drop, all zones (least squares), sign of a
    loss. Needs no threshold: zones whose sectors move little count too.
    """
    drop = found.drop - found.drop.mean()
    return float(-(drop @ found.total[:, after]) / (drop @ drop))


def share_below_placebo(found: Drops, after: int) -> float:
    """Share of event zones whose total is below the 5 % quantile of placebo zones."""
    event = found.event
    if not event.any() or event.all():
        return float("nan")
    limit = np.quantile(found.total[~event, after], 0.05)
    return float((found.total[event, after] < limit).mean())


def placebo_spread(found: Drops, after: int) -> float:
    """Standard deviation of the net log change of placebo zones."""
    return float(found.total[~found.event, after].std(ddof=1))


def joined(parts: list[Drops]) -> Drops:
    """Drops of several replications as one sample."""
    return Drops(
        np.concatenate([part.drop for part in parts]),
        np.concatenate([part.total for part in parts]),
        np.concatenate([part.sector for part in parts]),
    )


def redrawn(found: Drops, seed: int = 0) -> list[Drops]:
    """Samples of zones drawn with replacement (bootstrap), by the sequence of SplitMix64."""
    n = found.drop.size
    steps = np.arange(1, _DRAWS * n + 1, dtype=np.uint64) * _GAMMA + np.uint64(seed)
    picks = (mix.py_func(steps) % np.uint64(n)).astype(np.int64).reshape(_DRAWS, n)
    return [Drops(found.drop[p], found.total[p], found.sector[p]) for p in picks]
