"""Fragility index of zones: the mean of eight percentile ranks, 0 (sound) to 100 (fragile).

Formula, reasons and limits: docs/data.md. Each component is ranked among the 287 mainland zones
(mid-rank for ties, 0 for the least and 100 for the most fragile); the index is their plain mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rebound_sim.arrays import Floats
from rebound_sim.data.history import series_matrix
from rebound_sim.data.sectors import SECTOR_CODES, SECTORS
from rebound_sim.data.tables import per_folder, table

RATE_YEARS: Final = ("2022", "2019")


@dataclass(frozen=True, slots=True)
class Component:
    """One component: +1 when a high value is fragile, -1 when a low value is."""

    name: str
    label: str
    unit: str
    sign: int


COMPONENTS: Final = (
    Component("unemployment", "Unemployment rate, 2022", "%", 1),
    Component("job_growth", "Job growth since 2008", "% a year", -1),
    Component("sector_mix", "Job growth expected of sectors", "% a year", -1),
    Component("dependence", "Jobs in largest industrial sector", "%", 1),
    Component("below_bac", "Residents 15+ without the bac", "%", 1),
    Component("poverty", "Poverty rate, 2021", "%", 1),
    Component("ageing", "Residents 65+ per 100 under 20", "ratio", 1),
    Component("net_migration", "Net migration", "% a year", -1),
)


@dataclass(frozen=True)
class Fragility:
    """Index and components of all mainland zones, in code order.

    index : float64[zones]; values, ranks : float64[zones, 8]; position : 1 = most fragile
    """

    codes: tuple[str, ...]
    index: Floats
    values: Floats
    ranks: Floats
    position: NDArray[np.int64]


def yearly_rate(code: str) -> tuple[float, str]:
    """Mean localised unemployment rate [%] of 2022, or of 2019 when 2022 is withheld; the year."""
    dates, rows, values = series_matrix("unemployment")
    for year in RATE_YEARS:
        chosen = [position for position, date in enumerate(dates) if date.startswith(year)]
        rates = values[rows[code], chosen] if code in rows else np.array([np.nan])
        if len(chosen) == 4 and np.isfinite(rates).all():
            return round(float(rates.mean()), 4), year
    return float("nan"), ""


def _job_growth(codes: tuple[str, ...]) -> Floats:
    dates, rows, values = series_matrix("jobs_history")
    start = dates.index("2008")
    growth = np.full(len(codes), np.nan)
    for position, code in enumerate(codes):
        series = values[rows[code]]
        last = int(np.flatnonzero(np.isfinite(series))[-1])
        growth[position] = 100 * ((series[last] / series[start]) ** (1 / (last - start)) - 1)
    return growth


def national_sector_growth() -> Floats:
    """Yearly growth of private jobs by A38 sector, 2019-2024, float64[38]; 0 where not followed.

    Agriculture, private households and extraterritorial bodies are outside the Urssaf series.
    """
    trends = table("sector_trends")
    first, last = trends.numbers("2019"), trends.numbers("2024")
    known = first > 0
    ratio = np.divide(last, first, out=np.ones_like(last), where=known)
    return np.asarray(ratio ** (1 / 5) - 1)


def percentile_ranks(values: Floats) -> Floats:
    """Mid-ranks scaled to 0-100, shape (zones,); equal values share a rank."""
    below = (values[None, :] < values[:, None]).sum(axis=1)
    equal = (values[None, :] == values[:, None]).sum(axis=1)
    return np.asarray(100.0 * (below + (equal - 1) / 2) / (len(values) - 1))


@per_folder
def _fragility() -> Fragility:
    zones = table("zones")
    codes = tuple(
        code
        for code, rate in zip(zones.columns["code"], zones.columns["employment_rate"], strict=True)
        if rate
    )
    rows = [zones.row_index()[code] for code in codes]
    jobs_rows = table("salaried_jobs").row_index()
    jobs = table("salaried_jobs").matrix(SECTOR_CODES)[[jobs_rows[code] for code in codes]]
    shares = jobs / jobs.sum(axis=1, keepdims=True)
    industrial = [position for position, sector in enumerate(SECTORS) if sector.industrial]
    values = np.column_stack(
        [
            [yearly_rate(code)[0] for code in codes],
            _job_growth(codes),
            100 * shares @ national_sector_growth(),
            100 * shares[:, industrial].max(axis=1),
            zones.numbers("below_bac")[rows],
            zones.numbers("poverty")[rows],
            zones.numbers("ageing_index")[rows],
            (zones.numbers("in_migration") - zones.numbers("out_migration"))[rows],
        ]
    )
    ranks = np.column_stack(
        [
            percentile_ranks(component.sign * values[:, column])
            for column, component in enumerate(COMPONENTS)
        ]
    )
    index = ranks.mean(axis=1)
    order = np.argsort(-index, kind="stable")
    position = np.empty(len(codes), dtype=np.int64)
    position[order] = np.arange(1, len(codes) + 1)
    return Fragility(codes, index, values, ranks, position)


def fragility() -> Fragility:
    """Fragility of all mainland zones, computed once from the shipped tables."""
    return _fragility()
