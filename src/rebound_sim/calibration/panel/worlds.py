"""The zone panel: which zones, from which dates, driven by what; and one simulated zone.

Zones start as they were and meet the national cycle alone, with the sector trends known then.
Nothing of what happened to them later enters: what comes out is the model's spread of paths.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from typing import Final

import numpy as np

from rebound_sim.calibration.studies.design import BURN_IN
from rebound_sim.calibration.study import Evidence, Study, StudyTask
from rebound_sim.data.basins import list_basins
from rebound_sim.data.dated import national_ratio, year_of
from rebound_sim.data.history import jobs_history, national_rates, unemployment_history
from rebound_sim.data.sectors import SECTORS
from rebound_sim.data.tables import table
from rebound_sim.model import BasinModel
from rebound_sim.scenario import Basin, Conditions, Scenario, Time
from rebound_sim.scenario.nation import national_demand

#: Smallest and largest zone of the sample [jobs]; the largest are left out for their running time.
SMALLEST, LARGEST = 8_000, 150_000
_SIZE_CLASSES, _PER_CLASS = 6, 4


@dataclass(frozen=True)
class Start:
    """A date from which zones are simulated.

    name, quarter : of month 0    years : years compared    months : simulated after the burn-in
    manufacturing_trend : yearly growth of manufacturing jobs known at the date; trend_source
    """

    name: str
    quarter: str
    years: int
    months: int
    manufacturing_trend: float
    trend_source: str


STARTS: Final = (
    Start("2006", "2006-T4", 13, 156, -0.022,
          "industry −2.0 % in 2002, −2.4 % in 2003 (Insee Résultats Société 42)"),
    Start("2010", "2010-T4", 5, 60, -0.022,
          "as in 2006: what came after was not yet known"),
    Start("2014", "2014-T4", 5, 60, -0.019,
          "manufacturing −16 % from 2006 to 2015 (Insee), all but a year of it past"),
    Start("2018", "2018-T4", 5, 72, -0.019,
          "manufacturing −16 % from 2006 to 2015 (Insee, 14 February 2018)"),
)  # fmt: skip
START: Final = {start.name: start for start in STARTS}


@cache
def sample() -> tuple[str, ...]:
    """24 mainland zones that span sizes and sectors, by rule.

    Zones of 8,000 to 150,000 salaried jobs with every year and quarter published, cut in six
    classes of equal number by jobs; in each, the zones at the 12.5, 37.5, 62.5 and 87.5 % quantiles
    of the share of industry. In the order of jobs.
    """
    zones = [
        zone
        for zone in list_basins()
        if SMALLEST <= zone.salaried_jobs <= LARGEST
        and np.isfinite(jobs_history(zone.code).values).all()
        and np.isfinite(unemployment_history(zone.code).values).all()
    ]
    zones.sort(key=lambda zone: (zone.salaried_jobs, zone.code))
    chosen = []
    for part in np.array_split(np.arange(len(zones)), _SIZE_CLASSES):
        ranked = sorted(part, key=lambda row: (zones[row].industry_share, zones[row].code))
        places = [int((k + 0.5) / _PER_CLASS * len(ranked)) for k in range(_PER_CLASS)]
        chosen += sorted(ranked[place] for place in places)
    return tuple(zones[row].code for row in chosen)


def sector_trends(name: str) -> dict[str, float]:
    """Trends of sectors known at a start of the panel [1/year] (`trends_from`)."""
    return trends_from(START[name].quarter, START[name].manufacturing_trend)


@cache
def trends_from(quarter: str, manufacturing_trend: float) -> dict[str, float]:
    """Yearly growth of external demand by sector, neutral for the nation as a whole [1/year].

    Manufacturing follows the trend given; the others gain together what it loses.
    """
    today = table("salaried_jobs").matrix(tuple(sector.code for sector in SECTORS)).sum(axis=0)
    jobs = today * national_ratio(year_of(quarter))
    made = np.array([sector.manufacturing for sector in SECTORS])
    others = -manufacturing_trend * jobs[made].sum() / jobs[~made].sum()
    return {
        sector.code: manufacturing_trend if sector.manufacturing else float(others)
        for sector in SECTORS
    }


def world(name: str, zone: str) -> Scenario:
    """A zone at a start date, under the national cycle and the trends known then."""
    start = START[name]
    return Scenario(
        title=f"{zone} from {start.quarter}",
        basin=Basin(zone=f"{zone}@{start.quarter}"),
        time=Time(burn_in_months=BURN_IN, months=start.months),
        conditions=Conditions(
            external_demand=national_demand(start.quarter, start.months // 12),
            external_unemployment=national_rates(start.quarter, start.months // 12),
            sector_trends=sector_trends(name),
        ),
    )


def simulate(name: str, task: StudyTask) -> Evidence:
    """Year ends of one zone: jobs, rate of the last quarter, jobs by sector; row 0 is the start."""
    return year_ends(world(name, task.place), task)


def year_ends(scenario: Scenario, task: StudyTask) -> Evidence:
    """Year ends of the zone of a scenario, as `simulate`."""
    model = BasinModel(
        scenario,
        seed=task.seed,
        replication=task.replication,
        parameters=task.parameters,
    )
    jobs, rates, sectors = [], [], []
    for month in range(1, model.months + 1):
        model.advance()
        if month >= BURN_IN and (month - BURN_IN) % 12 == 0:
            columns = model.recorder.columns
            jobs.append(float(columns["workplace_employment"][month - 1]))
            rates.append(float(columns["unemployment_rate"][month - 3 : month].mean()))
            sectors.append(model.state.market.sector_jobs.astype(np.float64))
    return {"jobs": np.array(jobs), "rates": np.array(rates), "sectors": np.array(sectors)}


STUDIES: Final = {
    start.name: Study(
        f"panel {start.name}",
        f"Zones from the end of {start.name}",
        sample,
        partial(simulate, start.name),
    )
    for start in STARTS
}
