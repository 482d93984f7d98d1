"""A forecast of one zone from a date: jobs and unemployment each year, with intervals."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np

from rebound_sim.arrays import Floats
from rebound_sim.calibration.moments.run import Repetitions, run_studies
from rebound_sim.calibration.panel.table import LEVELS
from rebound_sim.calibration.panel.worlds import trends_from, year_ends
from rebound_sim.calibration.side_by_side import prediction_interval
from rebound_sim.calibration.studies.design import BURN_IN
from rebound_sim.calibration.study import Evidence, Study, StudyTask
from rebound_sim.data.dated import year_of
from rebound_sim.data.history import national_jobs_index, national_rates
from rebound_sim.errors import InputError
from rebound_sim.scenario import Basin, Conditions, Scenario, Time, check_scenario
from rebound_sim.scenario.nation import (
    demand_that_gives,
    employment_at,
    growth_of,
    national_growth,
)

DEFAULT_YEARS: Final = 5
#: Manufacturing −16 % from 2006 to 2015 (Insee, 14 February 2018): the trend taken for any date.
MANUFACTURING_TREND: Final = -0.019
_COLUMNS = ("year", "unemployment_rate")


@dataclass(frozen=True)
class NationalPath:
    """What is given of the nation, each year from the start.

    rates : unemployment [%]    growth : jobs over those of a constant labour force, 1 at first
    level_rates, level_growth : last years in which they are kept level, for want of a figure
    """

    rates: tuple[float, ...]
    growth: tuple[float, ...]
    level_rates: int = 0
    level_growth: int = 0


@dataclass(frozen=True)
class Forecast:
    """Year ends of a zone, row 0 the date itself.

    quarters : "2018-T4", …    jobs, rates : float[replications, years + 1], jobs and %
    """

    zone: str
    quarters: tuple[str, ...]
    jobs: Floats
    rates: Floats

    def rows(self) -> list[dict[str, object]]:
        """One row a quantity and quarter: mean, and low and high at each level."""
        found = []
        known = (("jobs", "job", self.jobs), ("unemployment_rate", "%", self.rates))
        for name, unit, paths in known:
            for year, quarter in enumerate(self.quarters):
                row: dict[str, object] = {
                    "zone": self.zone,
                    "quarter": quarter,
                    "quantity": name,
                    "unit": unit,
                    "mean": float(paths[:, year].mean()),
                }
                for level in LEVELS:
                    low, high = prediction_interval(paths[:, year], level)
                    row[f"low{level * 100:.0f}"] = float(low)
                    row[f"high{level * 100:.0f}"] = float(high)
                found.append(row)
        return found


def years_until(zone: str, until: str | None) -> int:
    """Whole years from the quarter of `zone` to `until`, DEFAULT_YEARS without it."""
    _, dated, quarter = zone.partition("@")
    if not dated:
        raise InputError(
            "a forecast starts at a quarter",
            key="zone",
            value=zone,
            allowed=f"{zone}@2018-T4, for instance",
        )
    start = year_of(quarter)
    if until is None:
        return DEFAULT_YEARS
    if len(until) != len("2018-T4") or not until[:4].isdigit() or until[4:6] != "-T":
        raise InputError("not a quarter", file="--until", value=until, allowed="such as 2023-T4")
    years = int(until[:4]) + int(until[-1]) / 4 - start
    if not 1 <= years <= 20 or years != int(years):
        raise InputError(
            "not a whole number of years after the start",
            file="--until",
            value=until,
            allowed=f"1 to 20 years after {quarter}, in the same quarter",
        )
    return int(years)


def read_national(path: Path, quarter: str, years: int) -> NationalPath:
    """The nation each year from a quarter, of a CSV: year, unemployment_rate [%] and maybe jobs.

    jobs : a number or an index; without the column jobs do not grow beyond what unemployment says.
    Raises InputError for a column, a year or a figure that lacks or is wrong.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except OSError as fault:
        raise InputError(f"cannot be read: {fault.strerror}", file=str(path)) from None
    if not rows or any(column not in rows[0] for column in _COLUMNS):
        raise InputError("columns are lacking", file=str(path), allowed=", ".join(_COLUMNS))
    rates, jobs = {}, {}
    for line, row in enumerate(rows, start=2):
        try:
            rates[int(row["year"])] = float(row["unemployment_rate"])
            if "jobs" in row:
                jobs[int(row["year"])] = float(row["jobs"])
        except (TypeError, ValueError):
            raise InputError("not a year and its figures", file=str(path), line=line) from None
    wanted = [int(quarter[:4]) + step for step in range(years + 1)]
    lacking = [str(year) for year in wanted if not 0.0 < rates.get(year, 0.0) <= 40.0]
    if lacking:
        raise InputError(
            "no rate between 0 and 40 %", file=str(path), key="year", value=", ".join(lacking)
        )
    lacking = [str(year) for year in wanted if jobs and not 0.0 < jobs.get(year, 0.0) < math.inf]
    if lacking:
        raise InputError(
            "no number of jobs above 0", file=str(path), key="year", value=", ".join(lacking)
        )
    chosen = tuple(rates[year] for year in wanted)
    known = [jobs[year] for year in wanted] if jobs else employment_at(chosen)
    return NationalPath(chosen, growth_of(known, chosen), level_growth=0 if jobs else years)


def published_national(quarter: str, years: int) -> NationalPath:
    """The nation as published from a quarter, level after the last figure of each series."""
    known = national_rates(quarter, years)
    missing = years + 1 - len(known)
    jobs = national_jobs_index(quarter, years)
    return NationalPath(
        known + (known[-1],) * missing,
        national_growth(quarter, years),
        missing,
        years + 1 - min(len(jobs), len(known)),
    )


def world_of_forecast(zone: str, years: int, national: NationalPath) -> Scenario:
    """A zone at a quarter under a national path."""
    quarter = zone.partition("@")[2]
    scenario = Scenario(
        title=f"{zone}, {years} years",
        basin=Basin(zone=zone),
        time=Time(burn_in_months=BURN_IN, months=12 * years),
        conditions=Conditions(
            external_demand=demand_that_gives(employment_at(national.rates)),
            external_unemployment=national.rates,
            sector_trends=trends_from(quarter, MANUFACTURING_TREND),
        ),
    )
    check_scenario(scenario)
    return scenario


def _simulated(scenario: Scenario, task: StudyTask) -> Evidence:
    return year_ends(scenario, task)


def forecast(scenario: Scenario, national: NationalPath, how: Repetitions) -> Forecast:
    """Simulate the zone of `world_of_forecast` in each replication. Raises EngineError.

    Its jobs grow as those of the nation beyond a constant labour force, which is the model's.
    """
    zone = str(scenario.basin.zone)
    study = Study(
        f"forecast {scenario.digest()}",
        scenario.title,
        partial(tuple, (zone,)),
        partial(_simulated, scenario),
    )
    runs = run_studies([study], how)[study.name]
    jobs = np.array([runs[zone, n]["jobs"] for n in range(how.replications)]) * national.growth
    rates = np.array([runs[zone, n]["rates"] for n in range(how.replications)])
    quarter = zone.partition("@")[2]
    quarters = tuple(f"{int(quarter[:4]) + year}{quarter[4:]}" for year in range(jobs.shape[1]))
    return Forecast(zone, quarters, jobs, rates)
