"""Study "quiet": zones without closure, as the surveys of an ordinary labour market see them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rebound_sim.arrays import Floats
from rebound_sim.calibration.measures import firms, flows, matching, support
from rebound_sim.calibration.studies import design
from rebound_sim.calibration.studies.following import Lives, Snapshots
from rebound_sim.calibration.studies.shared import QUIET_MONTHS, YEARS, Address, path, resting
from rebound_sim.calibration.study import Evidence, Study, StudyTask
from rebound_sim.data.sectors import SECTORS
from rebound_sim.model import BasinModel
from rebound_sim.state.codes import FirmKind, FirmState

_MANUFACTURING = np.array([sector.manufacturing for sector in SECTORS])
_INDUSTRIAL = np.array([sector.industrial for sector in SECTORS])


def simulate(task: StudyTask) -> Evidence:
    """One zone without closure: people and vacancies month by month, firms year by year."""
    zone = resting(Address.of(task))
    months = path(zone.run, QUIET_MONTHS)
    status, regime, age = zone.people.status, zone.people.regime, zone.people.age(0)
    qualification = zone.run.state.workers.qualification.astype(np.int64)
    evidence: dict[str, Floats] = {}
    evidence |= flows.quarterly_flows(status, age)
    evidence |= flows.moves_of_zone(status, age)
    evidence |= support.csp_paths(status, regime)
    evidence |= support.training_effects(status, regime, age, qualification)
    evidence |= matching.hiring(months)
    evidence |= zone.jobs.evidence()
    evidence["time_to_fill"] = zone.posts.fills
    evidence["ur_noise"] = evidence["ur_drift_3y"] = months["unemployment_rate"][2::3]
    evidence["growth_shape"] = evidence["growth_size"] = _growth(zone.yearly)
    evidence |= _survival(zone.run, zone.lives)
    return evidence


def _growth(yearly: Snapshots) -> Floats:
    """Yearly growth of demand of manufacturing firms open at both ends of a year."""
    rows = []
    for year in list(YEARS)[:-1]:
        first, second = yearly.taken[year], yearly.taken[year + 12]
        sizes = [_demand(columns) for columns in (first, second)]
        sector = first["firm_sector"].astype(np.int64)
        kept = (sizes[0] >= 1.0) & (sizes[1] > 0.0) & _MANUFACTURING[np.minimum(sector, 37)]
        rows.append(firms.growth_rows(sizes[0][kept], sizes[1][kept], sector[kept]))
    return np.concatenate(rows)


def _demand(columns: dict[str, NDArray[Any]]) -> Floats:
    """Demand met by each open firm, in jobs: stands for its sales."""
    demand = (
        columns["firm_scale"] * (1.0 + columns["firm_transitory"]) + columns["firm_project_jobs"]
    )
    opened = columns["firm_state"] == int(FirmState.OPEN)
    return np.where(opened, demand, 0.0).astype(np.float64)


def _survival(model: BasinModel, lives: Lives) -> dict[str, Floats]:
    table = model.state.firms
    new = table.kind == int(FirmKind.START_UP)
    industrial = new & _INDUSTRIAL[np.minimum(table.sector, 37)]
    last = design.BURN_IN + QUIET_MONTHS - 1
    return {
        "survival_5y": firms.survival(lives.opened, lives.closed, new, 5, last),
        "survival_ind_3y": firms.survival(lives.opened, lives.closed, industrial, 3, last),
    }


STUDY = Study("quiet", "zones without closure, seven years", lambda: design.zones(), simulate)
