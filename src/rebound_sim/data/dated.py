"""A zone as it was at a past quarter: "3202@2013-T1".

Published at the date: salaried jobs (year ends, 1998-2023) and the unemployment rate (quarters,
2003-2023). Everything else is today's figure carried back by a stated method, and marked imputed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rebound_sim.arrays import Floats
from rebound_sim.data.closures import KNOWN_CLOSURES, KnownClosure
from rebound_sim.data.history import jobs_history, national_rates, unemployment_history
from rebound_sim.data.rounding import largest_remainder
from rebound_sim.data.sectors import SECTOR_CODES, SECTOR_INDEX, SECTORS
from rebound_sim.data.tables import Provenance, per_folder, published, table
from rebound_sim.data.today import BasinFigures
from rebound_sim.errors import InputError

FIRST_YEAR, LAST_YEAR = 1999, 2023
_TODAY: Final = 2022
_QUARTER: Final = re.compile(r"(\d{4})-T([1-4])")

# National jobs of 2006 relative to 2015 where Insee gives the sector; manufacturing as a whole
# lost 16 % of its employees (Insee, December 2006 to December 2015, 14 February 2018).
_KNOWN_2006: Final = {"CA": 1 / 0.996, "CB": 1 / 0.65, "CC": 1 / 0.74, "CD": 1 / 0.73}
_MANUFACTURING_2006: Final = 1 / 0.84
_YEARS_OF_DECLINE: Final = (2006, 2015)
# What other sectors must keep, relative to a proportional share, when industry is carried back.
_LEAST_OTHERS: Final = 0.5
# From here on the zone's own private jobs by sector show closures: none is added back.
_OWN_SERIES: Final = "2020-T1"
# Zone's own ratio of private jobs 2019 over 2024: beyond these bounds, codes have changed.
_RATIO_BOUNDS: Final = (0.5, 2.0)

SCALE_METHOD: Final = (
    "today's figure times salaried jobs of the zone at the date over the last year"
)
KEPT_METHOD: Final = "today's figure: no series by zone is shipped"
SECTOR_METHOD: Final = (
    "total: yearly jobs of the zone; sectors: today's, by the zone's private jobs 2019-2024, by "
    "national manufacturing 2006-2015 (same yearly rate before, flat 2015-2019), known closures "
    "until 2019 added back; sectors outside manufacturing take the rest"
)
EARLY_RATE_METHOD: Final = "no rate before 2003-T1: the rate of 2003-T1"
LATE_RATE_METHOD: Final = "withheld at the date: the latest published rate before it"
GIVEN_METHOD: Final = "given in the scenario"
_SCALED: Final = (
    "population",
    "employed_residents",
    "unemployed_census",
    "jobs_workplace",
    "establishments",
    "halo",
    "inactive_15_64",
    "places",
)
_KEPT: Final = (
    "employment_rate_percent", "salaried_share", "jobs_share_under_10", "jobs_share_100_plus",
    "qualification_shares", "age_shares", "duration_shares", "in_migration_rate",
    "out_migration_rate", "mean_gross_wage_eur", "living_standard_eur", "poverty_rate_percent",
    "fragility", "fragility_rank", "fragility_components",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    """What a scenario says of a zone at its date, in place of the tables.

    unemployment_rate_percent : %    salaried_jobs : job    closed : sites that closed after the
    date, whose jobs are added back to their sector. None, and no site: as in the tables.
    """

    unemployment_rate_percent: float | None = None
    salaried_jobs: int | None = None
    closed: tuple[KnownClosure, ...] = ()


def year_of(quarter: str) -> float:
    """Time of the end of a quarter [year]: "2013-T1" is 2013.25. Raises InputError."""
    found = _QUARTER.fullmatch(quarter)
    if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise InputError(
            "not a quarter of the series",
            key="zone",
            value=f"@{quarter}",
            allowed=f"zone@year-Tquarter, such as 3202@2013-T1, from {FIRST_YEAR}-T1 to "
            f"{LAST_YEAR}-T4",
        )
    return int(found[1]) + int(found[2]) / 4


def jobs_at(code: str, when: float) -> float:
    """Salaried jobs of a zone [job], straight between year ends; `when` as `year_of`."""
    series = jobs_history(code).published()
    # Jobs of year y are those of its end.
    ends = np.array([int(date) + 1 for date in series.dates], dtype=np.float64)
    return float(np.interp(when, ends, series.values))


def rate_at(code: str, quarter: str) -> tuple[float, str]:
    """Unemployment rate of a zone at a quarter [%], and how it was filled ("" if published)."""
    series = unemployment_history(code).published()
    if quarter in series.dates:
        return float(series.values[series.dates.index(quarter)]), ""
    before = [
        rate for date, rate in zip(series.dates, series.values, strict=True) if date < quarter
    ]
    if not before:
        return float(series.values[0]), EARLY_RATE_METHOD
    return float(before[-1]), LATE_RATE_METHOD


def notes(code: str, quarter: str, given: Given | None = None) -> tuple[str, ...]:
    """What a user of a zone at a quarter should know, a text each.

    Figures that the tables lack and what stands for them, but those that `given` holds; sites
    declared that the zone's own series shows already, which are not added back.
    """
    given = given or Given()
    return (
        *_replaced_rate(code, quarter, given),
        *_replaced_jobs(code, quarter, given),
        *(
            f"{code}@{quarter}: the {site.jobs:,} jobs lost in {site.sector} in {site.closed} are "
            "in the zone's own series by sector from 2019 to 2024: not added again"
            for site in given.closed
            if _in_own_series(site)
        ),
    )


def _replaced_rate(code: str, quarter: str, given: Given) -> tuple[str, ...]:
    rate, method = rate_at(code, quarter)
    if given.unemployment_rate_percent is not None or not method:
        return ()
    return (
        f"{code}@{quarter}: the unemployment rate, {rate:g} %, is not of that quarter ({method}). "
        "To give it: at_date.unemployment_rate_percent in [[zone]]",
    )


def _replaced_jobs(code: str, quarter: str, given: Given) -> tuple[str, ...]:
    if given.salaried_jobs is not None:
        return ()
    known, when = jobs_history(code).published().dates, year_of(quarter)
    # Jobs of year y are those of its end.
    ends = (math.ceil(when) - 1, math.floor(when) - 1)
    lacking = [str(year) for year in sorted(set(ends)) if str(year) not in known]
    if not lacking:
        return ()
    return (
        f"{code}@{quarter}: salaried jobs withheld at the end of {' and '.join(lacking)}: taken "
        f"from the nearest years ({jobs_at(code, when):,.0f}). To give them: "
        "at_date.salaried_jobs in [[zone]]",
    )


def national_rate(zone: str | None) -> float:
    """National unemployment rate [%] at the date of a zone such as "3202@2013-T1".

    Of 2022, the year of today's figures, without a date (None: no zone).
    """
    _, dated, quarter = (zone or "").partition("@")
    if dated:
        return national_rates(quarter, 0)[0]
    return float(np.mean([national_rates(f"{_TODAY}-T{n}", 0)[0] for n in (1, 2, 3, 4)]))


def national_ratio(when: float) -> Floats:
    """National jobs of each sector at a date over those of 2019, float64[38], ≥ 1.

    Known for manufacturing alone; 1 elsewhere. Before 2006 the yearly rate of 2006-2015 goes on
    (Insee: −2.0 % in 2002 and −2.4 % in 2003 for industry).
    """
    first, last = _YEARS_OF_DECLINE
    years = max(last + 1.0 - when, 0.0) / (last - first)
    whole = [
        _KNOWN_2006.get(sector.code, _MANUFACTURING_2006) if sector.manufacturing else 1.0
        for sector in SECTORS
    ]
    return np.asarray(np.array(whole) ** years)


@per_folder
def private_jobs() -> tuple[dict[tuple[str, int], int], Floats]:
    """Row of each (zone, year), and private jobs float64[rows, 38], NaN where withheld or none."""
    source = table("private_jobs")
    keys = zip(source.columns["code"], source.columns["year"], strict=True)
    rows = {(code, int(year)): row for row, (code, year) in enumerate(keys)}
    return rows, source.matrix(SECTOR_CODES)


def zone_ratio(code: str, when: float) -> Floats:
    """Private jobs of each sector of the zone at a date over those of 2024, float64[38].

    Straight in logarithms from end 2019 to end 2024, as in 2019 before; 1 where not known.
    """
    rows, jobs = private_jobs()
    if (code, 2019) not in rows or (code, 2024) not in rows:
        return np.ones(len(SECTORS))
    early, late = jobs[rows[code, 2019]], jobs[rows[code, 2024]]
    known = (early > 0) & (late > 0)
    ratio = np.divide(early, late, out=np.ones_like(early), where=known)
    share = np.clip((2025.0 - when) / 5.0, 0.0, 1.0)
    return np.asarray(np.clip(ratio, *_RATIO_BOUNDS) ** share)


def _in_own_series(site: KnownClosure) -> bool:
    """Whether the zone's own private jobs by sector show that a site has closed."""
    rows, jobs = private_jobs()
    if site.closed < _OWN_SERIES or not {(site.code, 2019), (site.code, 2024)} <= rows.keys():
        return False
    column = SECTOR_INDEX[site.sector]
    return all(jobs[rows[site.code, year], column] > 0 for year in (2019, 2024))


def jobs_by_sector(
    figures: BasinFigures, quarter: str, total: int, declared: Sequence[KnownClosure] = ()
) -> NDArray[np.int64]:
    """Salaried jobs by sector at a quarter, int64[38], sum `total`. See SECTOR_METHOD.

    declared : sites that closed since, beside the known ones; added back too, unless the zone's
    own series shows them
    """
    when = year_of(quarter)
    today = figures.salaried_jobs.astype(np.float64)
    jobs = today * zone_ratio(figures.code, when) * national_ratio(when)
    lost = np.zeros(len(SECTORS))
    known = (site for site in KNOWN_CLOSURES if site.closed < _OWN_SERIES)
    for site in (*known, *(site for site in declared if not _in_own_series(site))):
        if site.code == figures.code and quarter <= site.closed:
            lost[SECTOR_INDEX[site.sector]] += site.jobs
    fixed = np.array([sector.manufacturing for sector in SECTORS])
    rest = total - (jobs + lost)[fixed].sum()
    usual = total * today[~fixed].sum() / today.sum()
    if rest < _LEAST_OTHERS * usual:
        jobs *= (total - lost.sum()) / jobs.sum()
    else:
        jobs[~fixed] *= (rest - lost[~fixed].sum()) / jobs[~fixed].sum()
    return largest_remainder(jobs + lost, total)


def dated_basin(figures: BasinFigures, quarter: str, given: Given | None = None) -> BasinFigures:
    """Figures of a zone at the end of a quarter, from those of today. Raises InputError.

    given : what stands in place of the tables
    """
    given = given or Given()
    when = year_of(quarter)
    scale = jobs_at(figures.code, when) / jobs_at(figures.code, LAST_YEAR + 1.0)
    if given.salaried_jobs is not None:
        scale = given.salaried_jobs / int(figures.salaried_jobs.sum())
    total = round(scale * int(figures.salaried_jobs.sum()))
    rate, filled = rate_at(figures.code, quarter)
    if given.unemployment_rate_percent is not None:
        rate, filled = given.unemployment_rate_percent, GIVEN_METHOD
    employed = round(scale * figures.employed_residents)
    unemployed = round(employed * rate / (100.0 - rate))
    # Those who took part in the labour market then do so now: the activity rate is kept.
    active = (employed + unemployed) / (figures.employed_residents + figures.unemployed_ilo)
    inactive = round(active * figures.inactive_15_64)
    halo = min(round(active * figures.halo), inactive)
    return replace(
        figures,
        population=round(scale * figures.population),
        employed_residents=employed,
        unemployed_census=max(unemployed + halo, 1),
        unemployment_rate_percent=rate,
        unemployed_ilo=unemployed,
        halo=halo,
        inactive_15_64=inactive,
        employment_rate_percent=100.0 * employed / (employed + unemployed + inactive),
        jobs_workplace=round(scale * figures.jobs_workplace),
        salaried_jobs=jobs_by_sector(figures, quarter, total, given.closed),
        establishments=max(round(scale * figures.establishments), 1),
        places=tuple((name, max(round(scale * people), 1)) for name, people in figures.places),
        provenance=_provenance(figures, quarter, filled),
    )


def _provenance(figures: BasinFigures, quarter: str, filled: str) -> dict[str, Provenance]:
    found = dict(figures.provenance)
    for name in (*_SCALED, *_KEPT):
        method = SCALE_METHOD if name in _SCALED else KEPT_METHOD
        found[name] = replace(found[name], imputed=True, method=f"{quarter}: {method}")
    jobs = published("jobs_history", "*")
    found["salaried_jobs"] = replace(jobs, imputed=True, method=f"{quarter}: {SECTOR_METHOD}")
    rate = published("unemployment", "*", filled or f"rate of {quarter}", imputed=bool(filled))
    found["unemployment_rate_percent"] = rate
    found["unemployed_ilo"] = replace(rate, imputed=True, method=f"{quarter}: {SCALE_METHOD}")
    return found
