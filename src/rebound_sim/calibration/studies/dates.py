"""Study "dates": the same zones as they were in several years, in their national market.

Published rates of job finding of several years say how the market of a date differs from that of
another, beside the unemployment rate of the zone, which is published.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from rebound_sim.arrays import Floats
from rebound_sim.calibration.measures.flows import UNEMPLOYED, WORK, among
from rebound_sim.calibration.studies import design
from rebound_sim.calibration.studies.following import People, follow
from rebound_sim.calibration.study import Evidence, Study, StudyTask, counts
from rebound_sim.data.basins import list_basins
from rebound_sim.model import BasinModel
from rebound_sim.scenario import Basin, Scenario, Time
from rebound_sim.state.codes import Status

Statuses = NDArray[np.uint8]
#: Quarter of month 0 of each year; the series of zones end with 2023.
QUARTERS: Final = {
    "2007": "2007-T1",
    "2010": "2010-T1",
    "2014": "2014-T1",
    "2016": "2016-T1",
    "2019": "2019-T1",
    "2024": "2023-T4",
}
#: Months over which job finding is counted: the year of the date.
_MONTHS, _QUARTER = 13, 3
_LEFT = int(Status.LEFT)


def places() -> tuple[str, ...]:
    """Zone and year: every second zone of the design, in each year."""
    return tuple(f"{zone}:{year}" for zone in zones() for year in QUARTERS)


def zones() -> tuple[str, ...]:
    """One zone in each third of sizes, those whose past is published."""
    known = {zone.code for zone in list_basins()}
    return tuple(zone for zone in design.zones()[::2] if zone in known)


def simulate(task: StudyTask) -> Evidence:
    """Job finding of one zone at one date, over a year."""
    zone, year = task.place.split(":")
    world = Scenario(
        title=f"validation, zone {zone}, {year}",
        basin=Basin(zone=f"{zone}@{QUARTERS[year]}"),
        time=Time(burn_in_months=design.BURN_IN, months=_MONTHS),
    )
    model = BasinModel(
        world, seed=task.seed, replication=task.replication, parameters=task.parameters
    )
    people = People(0, _MONTHS)
    follow(model, (people,))
    status, age = people.status, people.age(0)
    sample = (age >= 15.0) & (age < 64.0)
    quarterly, monthly = np.zeros(2), np.zeros(2)
    for month in range(0, _MONTHS - _QUARTER, _QUARTER):
        quarterly += _found(status[month], status[month + _QUARTER], sample)
    for month in range(_MONTHS - 1):
        monthly += _found(status[month], status[month + 1], sample)
    found = np.array([float(year), *quarterly, *monthly])
    return dict.fromkeys(("finding_2016", "finding_2024", "exits_2010", "exits_2014"), found)


def _found(now: Statuses, later: Statuses, sample: NDArray[np.bool_]) -> Floats:
    at_risk = sample & among(now, UNEMPLOYED) & (later != _LEFT)
    return counts(np.count_nonzero(at_risk & among(later, WORK)), at_risk.sum())


STUDY = Study("dates", "zones as they were in several years", places, simulate)
