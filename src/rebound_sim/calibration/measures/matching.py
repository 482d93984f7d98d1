"""Vacancies and hires of zones: rates, durations, the matching function, the wage curve."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rebound_sim.arrays import Floats
from rebound_sim.calibration.study import counts


def hiring(path: Mapping[str, NDArray[Any]]) -> dict[str, Floats]:
    """Evidence read in a trajectory, months from 0.

    path : outcome -> array[months]. Share of hires from unemployment in another sector (a first
    job changes nothing). Of the jobs that unemployed residents find, outside the zone too, share in
    the own place (the source asks people who found one, a fifth of them beyond 50 km). Vacancies
    over jobs and vacancies, mean of months (Dares counts the posts vacant at a date: here those
    open during the month, since a post is filled at its end).
    """
    hired = path["hires_unemployed"].sum()
    found = hired + path["unemployed_to_outside"].sum()
    return {
        "occ_change": counts(path["hires_unemployed_other_sector"].sum(), hired),
        "jobs_own_place": counts(path["hires_unemployed_own_place"].sum(), found),
        "vacancy_rate": counts(
            path["vacancies"].sum(), (path["vacancies"] + path["workplace_employment"]).sum()
        ),
    }


def median_duration(places: Sequence[Floats]) -> float:
    """Median duration of filled vacancies [month], interpolated between whole months.

    places : fills by age in months. A post is open from the start of its month to the end of the
    month in which it is filled, as it counts in the vacancy rate: age 1 stands for 0.5 to 1.5.
    """
    fills = np.sum(places, axis=0)
    total = fills.sum()
    if total <= 0.0:
        return math.nan
    share = np.cumsum(fills) / total
    age = int(np.searchsorted(share, 0.5))
    before = share[age - 1] if age > 0 else 0.0
    return float(age - 0.5 + (0.5 - before) / (share[age] - before))


def matching_rows(path: Mapping[str, NDArray[Any]]) -> Floats:
    """Log hires from unemployment, log unemployed, log vacancies by month: float[months, 3].

    Hires of a month against the unemployed at the end of the one before and its vacancies;
    months without any of the three are left out.
    """
    table = np.array(
        [path["hires_unemployed"][1:], path["unemployed"][:-1], path["vacancies"][1:]],
        dtype=np.float64,
    ).T
    return np.log(table[(table > 0.0).all(axis=1)])


def matching_elasticities(places: Sequence[Floats]) -> tuple[float, float]:
    """Elasticities of hires to unemployed and to vacancies, least squares on all zone-months."""
    rows = np.concatenate(places)
    if rows.shape[0] < 3:
        return math.nan, math.nan
    design = np.column_stack([np.ones(rows.shape[0]), rows[:, 1], rows[:, 2]])
    found = np.linalg.lstsq(design, rows[:, 0], rcond=None)[0]
    return float(found[1]), float(found[2])


def elasticity_to_unemployment(places: Sequence[Floats]) -> float:
    """Elasticity of matches to unemployment."""
    return matching_elasticities(places)[0]


def returns_to_scale(places: Sequence[Floats]) -> float:
    """Sum of the two elasticities of matches."""
    return sum(matching_elasticities(places))


def wage_rows(path: Mapping[str, NDArray[Any]]) -> Floats:
    """Yearly means of log wage index and of log unemployment rate: float[years, 2]."""
    years = path["wage_index"].size // 12
    table = np.log(np.column_stack([path["wage_index"], path["unemployment_rate"]]))
    means: Floats = table[: years * 12].reshape(years, 12, 2).mean(axis=1)
    return means


def wage_curve(places: Sequence[Floats]) -> float:
    """Elasticity of wages to unemployment with an effect of each run, as in panel estimates.

    places : float[runs, years, 2] each, runs of one zone.
    """
    within = [run - run.mean(axis=0) for place in places for run in place]
    rows = np.concatenate(within)
    variance = float((rows[:, 1] ** 2).sum())
    return float((rows[:, 0] * rows[:, 1]).sum() / variance) if variance > 0.0 else math.nan
