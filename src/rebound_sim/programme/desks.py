"""What the State sees of its zones and files when it decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from rebound_sim.policies.allocation import FileDesk, Session, ZoneDesk
from rebound_sim.rng.draws import uniform_pair

if TYPE_CHECKING:
    from rebound_sim.model import BasinModel
    from rebound_sim.programme.model import ProgrammeModel

#: Months over which observed unemployment is averaged: the published quarter.
_QUARTER = 3
#: Entities of the committee's stream: luck of files is 2 (agents.fund), of zones from here on.
_ZONE_LUCK = 100
#: Identity of a file: rank of its zone, then its project.
_PROJECTS_OF_A_ZONE = 1 << 32


def session(model: ProgrammeModel, instrument: str, number: int, left: int) -> Session:
    """The decision date. number : its rank, from 0    left : dates after it."""
    return Session(
        month=model.t - model.calendar.start,
        number=number,
        left=left,
        instrument=instrument,
        envelope=model.authority.envelope[instrument],
    )


def zone_desk(model: ProgrammeModel, when: Session) -> ZoneDesk:
    """One row per zone, in the order of their codes. Zones without a closure can receive nothing.

    Jobs lost are those of the closures listed by the programme: its territories were chosen
    because they are known.
    """
    zones = [model.zones[code] for code in model.codes]
    accounts = [zone.ledger[when.instrument] for zone in zones]
    pipelines = [zone.local_authority.pipeline() for zone in zones]
    allocated = np.array(
        [model.authority.allocated[when.instrument][code] for code in model.codes], dtype=np.int64
    )
    lost = np.array([sum(site.jobs for site in zone.state.sites) for zone in zones], dtype=np.int64)
    ceiling = (
        model.table.mission_days_most * model.table.daily_cost_eur
        if when.instrument == "engineering"
        else model.table.zone_ceiling_eur
    )
    most = np.array([ceiling if code in model.hit else 0 for code in model.codes], dtype=np.int64)
    return ZoneDesk(
        key=np.arange(len(zones), dtype=np.int64),
        code=np.array(model.codes),
        region=np.array([fact.region for fact in model.facts]),
        amount=np.maximum(most - allocated, 0),
        residents=np.array([fact.residents for fact in model.facts], dtype=np.int64),
        employment=np.array([_latest(zone, "workplace_employment") for zone in zones], np.int64),
        jobs_lost=lost,
        fragility=np.array([fact.fragility for fact in model.facts]),
        unemployment_rate=np.array([_latest(zone, "unemployment_rate") for zone in zones]),
        pipeline=np.array([money for money, _ in pipelines], dtype=np.int64),
        pipeline_jobs=np.array([jobs for _, jobs in pipelines], dtype=np.float64),
        allocated=allocated,
        committed=np.array([account.committed for account in accounts], dtype=np.int64),
        paid=np.array([account.paid for account in accounts], dtype=np.int64),
        luck=np.array(
            [uniform_pair(zone.run_keys.committee, when.number, _ZONE_LUCK) for zone in zones]
        ),
        session=when,
    )


def file_desk(model: ProgrammeModel, when: Session) -> tuple[FileDesk, list[tuple[str, int]]]:
    """One row per appraised file that waits; also the identities (zone, project) of the rows."""
    zones, identities, tables = [], [], []
    for index, code in enumerate(model.codes):
        rows = model.queue.ready(code)
        if rows:
            tables.append(model.zones[code].fund.requests(np.array(rows, dtype=np.int64)))
            zones += [index] * len(rows)
            identities += [(code, k) for k in rows]

    def joined(name: str, dtype: type) -> npt.NDArray[Any]:
        parts = [getattr(table, name) for table in tables]
        return np.concatenate(parts).astype(dtype) if parts else np.zeros(0, dtype=dtype)

    zone = np.array(zones, dtype=np.int64)
    desk = FileDesk(
        key=zone * _PROJECTS_OF_A_ZONE + joined("project", np.int64),
        zone=zone,
        amount=joined("amount", np.int64),
        jobs=joined("jobs", np.float64),
        capital=joined("capital", np.float64),
        signal=joined("signal", np.float64),
        filed=joined("filed", np.int64),
        luck=joined("luck", np.float64),
        zones=zone_desk(model, when),
        session=when,
    )
    return desk, identities


def _latest(zone: BasinModel, name: str) -> float:
    """Mean of an outcome over the last quarter, as it is published."""
    recorder = zone.recorder
    column = recorder.column(name)[max(recorder.recorded - _QUARTER, 0) : recorder.recorded]
    return float(column.mean()) if column.size else 0.0
