"""Yearly jobs and quarterly unemployment of zones, as published.

Sources: Insee, localised unemployment rates (quarterly, seasonally adjusted, ILO sense) and
estimations d'emploi localisees (salaried jobs at year end).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rebound_sim.data.tables import per_folder, table
from rebound_sim.errors import InputError, nearest


@dataclass(frozen=True)
class Series:
    """A dated series: `dates` ("2019" or "2019-T3") and `values` float64, NaN if not published."""

    dates: tuple[str, ...]
    values: NDArray[np.float64]
    unit: str

    def published(self) -> Series:
        """The same series without its unpublished dates."""
        kept = np.isfinite(self.values)
        dates = tuple(date for date, keep in zip(self.dates, kept, strict=True) if keep)
        return Series(dates, self.values[kept], self.unit)


@per_folder
def series_matrix(name: str) -> tuple[tuple[str, ...], dict[str, int], NDArray[np.float64]]:
    """Dates, row of each zone, values float64[zones, dates] of a table of series."""
    source = table(name)
    dates = tuple(column for column in source.columns if column != "code")
    values = source.matrix(dates)
    values.setflags(write=False)
    return dates, source.row_index(), values


def _series(name: str, code: str, unit: str) -> Series:
    dates, rows, values = series_matrix(name)
    if code not in rows:
        raise InputError(
            "no series for this zone", key="zone", value=code, nearest=nearest(code, rows)
        )
    return Series(dates, values[rows[code]], unit)


def unemployment_history(code: str) -> Series:
    """Localised unemployment rate of a zone, quarterly, %. InputError for an unknown zone."""
    return _series("unemployment", code, "%")


def jobs_history(code: str) -> Series:
    """Salaried jobs of a zone at year end since 1998, jobs. InputError for an unknown zone."""
    return _series("jobs_history", code, "jobs")


def national_unemployment() -> Series:
    """Mean of zones' unemployment rates weighted by active residents (census 2022), %.

    Only zones with a rate at every date enter, so that the composition is constant; the shipped
    series keep 283 mainland zones.
    """
    dates, rows, values = series_matrix("unemployment")
    zones = table("zones")
    active = zones.numbers("active")
    weights = np.zeros(len(rows))
    for code, row in zones.row_index().items():
        if code in rows and np.isfinite(values[rows[code]]).all() and np.isfinite(active[row]):
            weights[rows[code]] = active[row]
    mean = np.where(weights[:, None] > 0, values, 0.0).T @ weights / weights.sum()
    return Series(dates, mean, "%")


def national_rates(quarter: str, years: int) -> tuple[float, ...]:
    """National unemployment rate each year from a quarter, %.

    quarter : "2013-T1"    years : steps of four quarters; fewer values when the series ends
    The rate of 2003-T1 stands for earlier quarters.
    """
    series = national_unemployment()
    year, number = int(quarter[:4]), quarter[-1]
    wanted = [f"{year + step}-T{number}" for step in range(years + 1)]
    first, last = series.dates[0], series.dates[-1]
    return tuple(
        round(float(series.values[series.dates.index(max(date, first))]), 2)
        for date in wanted
        if date <= last
    )


def national_jobs_index(quarter: str, years: int) -> tuple[float, ...]:
    """Salaried jobs of all zones each year from a quarter, 1 at first; fewer when the series ends.

    quarter : "2013-T1". Straight between year ends, level before the first; zones with a figure at
    every date.
    """
    dates, _, values = series_matrix("jobs_history")
    jobs = values[np.isfinite(values).all(axis=1)].sum(axis=0)
    # Jobs of year y are those of its end.
    ends = np.array([int(date) + 1 for date in dates], dtype=np.float64)
    start = int(quarter[:4]) + int(quarter[-1]) / 4
    wanted = [start + step for step in range(years + 1)]
    known = [float(np.interp(when, ends, jobs)) for when in wanted if when <= ends[-1]]
    return tuple(number / known[0] for number in known)
