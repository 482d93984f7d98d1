"""A forecast of one zone from a date: jobs and unemployment each year, with intervals."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np

from rebound_sim.calibration.moments.run import Values, run_studies
from rebound_sim.calibration.panel.table import LEVELS
from rebound_sim.calibration.panel.worlds import trends_from, year_ends
from rebound_sim.calibration.side_by_side import prediction_interval
from rebound_sim.calibration.studies.design import BURN_IN
from rebound_sim.calibration.study import Array, Evidence, Study, Task
from rebound_sim.data.dated import year_of
from rebound_sim.data.history import national_rates
from rebound_sim.errors import InputError
from rebound_sim.experiment.watcher import Watcher
from rebound_sim.scenario import Basin, Conditions, Scenario, Time, check_scenario

DEFAULT_YEARS: Final = 5
#: Manufacturing −16 % from 2006 to 2015 (Insee, 14 February 2018): the trend taken for any date.
MANUFACTURING_TREND: Final = -0.019
_COLUMNS = ("year", "unemployment_rate")


@dataclass(frozen=True)
class Forecast:
    """Year ends of a zone, row 0 the date itself.

    quarters : "2018-T4", …    jobs, rates : float[replications, years + 1], jobs and %
    """

    zone: str
    quarters: tuple[str, ...]
    jobs: Array
    rates: Array

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


def read_national(path: Path, quarter: str, years: int) -> tuple[float, ...]:
    """National unemployment each year from a quarter [%], of a CSV with year and unemployment_rate.

    Raises InputError for a column, a year or a rate that lacks or is wrong.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except OSError as fault:
        raise InputError(f"cannot be read: {fault.strerror}", file=str(path)) from None
    if not rows or any(column not in rows[0] for column in _COLUMNS):
        raise InputError("columns are lacking", file=str(path), allowed=", ".join(_COLUMNS))
    rates = {}
    for line, row in enumerate(rows, start=2):
        try:
            rates[int(row["year"])] = float(row["unemployment_rate"])
        except (TypeError, ValueError):
            raise InputError("not a year and a rate", file=str(path), line=line) from None
    wanted = [int(quarter[:4]) + step for step in range(years + 1)]
    lacking = [str(year) for year in wanted if not 0.0 < rates.get(year, 0.0) <= 40.0]
    if lacking:
        raise InputError(
            "no rate between 0 and 40 %", file=str(path), key="year", value=", ".join(lacking)
        )
    return tuple(rates[year] for year in wanted)


def world_of_forecast(zone: str, years: int, national: Sequence[float]) -> Scenario:
    """A zone at a quarter under a national path. national : unemployment each year [%]."""
    quarter = zone.partition("@")[2]
    demand = tuple(round((100.0 - rate) / (100.0 - national[0]), 4) for rate in national)
    scenario = Scenario(
        title=f"{zone}, {years} years",
        basin=Basin(zone=zone),
        time=Time(burn_in_months=BURN_IN, months=12 * years),
        conditions=Conditions(
            external_demand=demand,
            external_unemployment=tuple(national),
            sector_trends=trends_from(quarter, MANUFACTURING_TREND),
        ),
    )
    check_scenario(scenario)
    return scenario


def published_national(quarter: str, years: int) -> tuple[tuple[float, ...], int]:
    """National rates from a quarter, level after the last published one; and how many are level."""
    known = national_rates(quarter, years)
    missing = years + 1 - len(known)
    return known + (known[-1],) * missing, missing


def _simulated(scenario: Scenario, task: Task) -> Evidence:
    return year_ends(scenario, task)


def forecast(
    scenario: Scenario,
    replications: int,
    seed: int = 0,
    workers: int | None = None,
    parameters: Values | None = None,
    watcher: Watcher | None = None,
) -> Forecast:
    """Simulate the zone of `world_of_forecast` in each replication. Raises EngineError."""
    zone = str(scenario.basin.zone)
    study = Study(
        f"forecast {scenario.digest()}",
        scenario.title,
        partial(tuple, (zone,)),
        partial(_simulated, scenario),
    )
    runs = run_studies([study], replications, seed, workers, parameters, watcher)[study.name]
    jobs = np.array([runs[zone, n]["jobs"] for n in range(replications)])
    rates = np.array([runs[zone, n]["rates"] for n in range(replications)])
    quarter = zone.partition("@")[2]
    quarters = tuple(f"{int(quarter[:4]) + year}{quarter[4:]}" for year in range(jobs.shape[1]))
    return Forecast(zone, quarters, jobs, rates)
