"""Responses of a zone, run against the same run without the shock (same random numbers)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rebound_sim.arrays import Columns, Floats
from rebound_sim.calibration.measures.flows import UNEMPLOYED, WORK, among
from rebound_sim.data.sectors import SECTORS
from rebound_sim.state.codes import Status

_IDLE = (int(Status.IN_TRAINING), int(Status.HALO), int(Status.INACTIVE))
_MANUFACTURING = np.array([sector.manufacturing for sector in SECTORS])
_PUBLIC = np.array([sector.public for sector in SECTORS])
_SHELTERED = np.array([sector.sheltered for sector in SECTORS])
#: Residents of the model by situation, retired included.
PRESENT = (
    "permanent",
    "fixed_term",
    "self_employed",
    "working_outside",
    "unemployed",
    "in_training",
    "halo",
    "inactive",
    "retired",
)


def migration_share(shocked: Columns, base: Columns, month: int) -> Floats:
    """Relative changes of population and of resident employment, weighted by size: float[2].

    Beyer and Smets: of the fall of employment of a region, the part that is a fall of its
    population. Population: residents of the model, retired included.
    """
    people = [float(sum(path[name][month] for name in PRESENT)) for path in (shocked, base)]
    work = [float(path["resident_employment"][month]) for path in (shocked, base)]
    return np.array([math.log(people[0] / people[1]), math.log(work[0] / work[1])]) * work[1]


def same_industry(
    shocked: NDArray[np.int64], base: NDArray[np.int64], sector: int, site: int
) -> Floats:
    """Net jobs lost in the sector of a site, its own included, per job closed: float[2].

    shocked, base : int64[sectors], jobs outside the site    site : its jobs had it stayed.
    """
    others = float(shocked[sector] - base[sector])
    return np.array([site - others, float(site)])


def other_employment(shocked: NDArray[np.int64], base: NDArray[np.int64]) -> Floats:
    """Log changes of private jobs outside manufacturing and of manufacturing, weighted: float[2].

    The source counts full-time equivalents; the model counts heads.
    """
    others = ~_MANUFACTURING & ~_PUBLIC
    changes = [
        math.log(shocked[rows].sum() / base[rows].sum()) for rows in (others, _MANUFACTURING)
    ]
    return np.array(changes) * float(base.sum())


def sheltered_per_tradable(shocked: NDArray[np.int64], base: NDArray[np.int64]) -> Floats:
    """Private sheltered jobs and tradable jobs created: float[2]."""
    change = (shocked - base).astype(np.float64)
    return np.array([change[_SHELTERED & ~_PUBLIC].sum(), change[~_SHELTERED & ~_PUBLIC].sum()])


def filled_by_residents(
    shocked: Mapping[str, NDArray[Any]],
    base: Mapping[str, NDArray[Any]],
    start: Mapping[str, NDArray[Any]],
) -> Floats:
    """Residents of the start who are in work thanks to new jobs, and new jobs: float[2].

    Columns of people at the horizon, with and without the new jobs, and at the start. People who
    lived in the zone at the start and still do in both runs; new jobs: salaried jobs of the zone.
    """
    left, latent = int(Status.LEFT), int(Status.LATENT)
    here = (start["resident"] == 1) & (start["status"] != latent) & (start["status"] != left)
    here &= (shocked["status"] != left) & (base["status"] != left)
    gained = among(shocked["status"], WORK)[here].sum() - among(base["status"], WORK)[here].sum()
    jobs = (shocked["employer"] >= 0).sum() - (base["employer"] >= 0).sum()
    return np.array([float(gained), float(jobs)])


def employment_of_residents(
    shocked: Mapping[str, NDArray[Any]],
    base: Mapping[str, NDArray[Any]],
    start: Mapping[str, NDArray[Any]],
    month: int,
) -> float:
    """Fall of the employment rate [points] of the residents of the start in a later year.

    shocked, base : columns at the end of that year, and `worked`, bool: had any work in it, as tax
    records count (Yagan 2019)    month : month of the run at the start. Residents of 15-60 at the
    start, wherever they live later; the work of those who have moved out is not known, so they are
    left out in both runs.
    """
    left = int(Status.LEFT)
    age = (month - start["birth"].astype(np.int64)) / 12.0
    people = (start["resident"] == 1) & among(start["status"], (*WORK, *UNEMPLOYED, *_IDLE))
    people &= (age < 60.0) & (shocked["status"] != left) & (base["status"] != left)
    rates = [run["worked"][people].mean() for run in (base, shocked)]
    return float(100.0 * (rates[0] - rates[1]))


def points_per_percent(shocked: Columns, base: Columns, month: int) -> Floats:
    """Points of unemployment gained, and jobs lost in %, in the quarter before a month: float[2].

    shocked, base : paths from the end of the burn-in, same luck. Jobs of the zone.
    """
    quarter = slice(month - 3, month)
    rates = [float(path["unemployment_rate"][quarter].mean()) for path in (shocked, base)]
    jobs = [float(path["workplace_employment"][quarter].mean()) for path in (shocked, base)]
    return np.array([rates[0] - rates[1], 100.0 * math.log(jobs[1] / jobs[0])])


#: Growth of the labour force from 2008 to 2010 [%]: 28.0 million (Insee Première 1272) to 28.35
#: (Insee Première 1345), and the rise of unemployment over these two years [point].
_LABOUR_FORCE, _SLUMP = 100.0 * math.log(28.35 / 28.0), 2.4


def points_per_percent_in_level(places: Sequence[Floats]) -> float:
    """Points of unemployment per 1 % of jobs lost, as a country counts them: in level.

    places : `points_per_percent` of each zone. The labour force of the model is stationary; that of
    the country grew, and its jobs had grown with it, so that it lost more jobs against that trend
    than its statistics show. For a slump of the size of the source's, jobs lost in level are those
    lost in the model less this growth.
    """
    total = np.sum(places, axis=0)
    if total[1] <= 0.0:
        return math.nan
    response = float(total[0] / total[1])
    growth = _LABOUR_FORCE * response / _SLUMP
    return response / (1.0 - growth) if growth < 1.0 else math.nan


def pooled_slope(places: Sequence[Floats]) -> float:
    """Fall of the employment rate per point of unemployment shock, all zones: sum over sum."""
    total = np.sum(places, axis=0)
    return float(total[0] / total[1]) if total[1] > 0.0 else math.nan


def drift(places: Sequence[Floats], quarters: int = 12) -> float:
    """Standard deviation over zones of changes of unemployment in three years, net of their mean.

    places : unemployment rate [%] by quarter of zones without closure, float[quarters] each
    All starting quarters are pooled. With few zones their mean holds a part of each: undone.
    """
    rates = np.array(places)
    zones = rates.shape[0]
    if zones < 2:
        return math.nan
    net = rates - rates.mean(axis=0)
    changes = net[:, quarters:] - net[:, :-quarters]
    return float(np.sqrt((changes**2).mean() * zones / (zones - 1)))


def placebo_spread(places: Sequence[Floats], quarters: int = 8) -> float:
    """Standard deviation over zones of the gap of unemployment to other zones, two years on.

    places : unemployment rate [%] by quarter of zones without closure, float[quarters] each. Gap:
    rate minus the mean of the other zones, minus its value at the start; windows do not overlap.
    """
    rates = np.array(places)
    if rates.shape[0] < 2:
        return math.nan
    others = (rates.sum(axis=0) - rates) / (rates.shape[0] - 1)
    gaps = np.diff((rates - others)[:, ::quarters], axis=1)
    return float(np.sqrt((gaps**2).mean()))
