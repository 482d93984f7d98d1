"""Laws that the state of a basin obeys at the end of every month, recounted from the rows.

The kernels keep counts beside the rows (people by status, members of firms, jobs by sector, the
wage bill). Here everything is counted again, without them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from rebound_sim.errors import EngineError
from rebound_sim.state import packs
from rebound_sim.state.basin import BasinState
from rebound_sim.state.codes import (
    IN_WORK,
    N_STAGE,
    N_STATUS,
    Answer,
    FirmKind,
    FirmState,
    Regime,
    Status,
)
from rebound_sim.state.columns import N_QUALIFICATIONS, TABLES
from rebound_sim.state.lists import Fault, faults_of_lists
from rebound_sim.state.market import N_SECTORS, Money

_EMPLOYEES = (int(Status.PERMANENT), int(Status.FIXED_TERM))
_OUTSIDE_RESIDENTS = (
    *_EMPLOYEES, int(Status.OUTSIDER), int(Status.LATENT), int(Status.RETIRED)
)  # fmt: skip


def check(state: BasinState) -> None:
    """Check every law of a state at t = 0 or at the end of a month.

    Raises EngineError that names the law, the month and the numbers.
    """
    _declared(state)
    tables = {name: packs.apart(getattr(state, name)) for name in ("workers", "firms")}
    for law in LAWS:
        law(replace(state, **tables))
    _lists(state)


def _broken(state: BasinState, law: str, detail: str) -> EngineError:
    return EngineError(f"law broken in month {state.t}: {law}: {detail}")


def _none(state: BasinState, law: str, wrong: npt.NDArray[np.bool_], what: str) -> None:
    """No row of `wrong` is true."""
    rows = np.flatnonzero(wrong)
    if rows.size:
        raise _broken(state, law, f"{rows.size} {what}, first row {int(rows[0])}")


def _same(state: BasinState, law: str, recounted: Any, kept: Any) -> None:
    """Two arrays of counts are equal."""
    recounted, kept = np.atleast_1d(recounted), np.atleast_1d(kept)
    if recounted.shape != kept.shape:
        raise _broken(state, law, f"shapes {recounted.shape} and {kept.shape}")
    where = np.argwhere(recounted != kept)
    if where.size:
        place = tuple(int(k) for k in where[0])
        raise _broken(
            state,
            law,
            f"recounted {recounted[place]}, kept {kept[place]} at {place} "
            f"({len(where)} cells differ)",
        )


def _among(column: npt.NDArray[np.uint8], codes: Iterable[int]) -> npt.NDArray[np.bool_]:
    """Rows whose code is one of `codes`."""
    known = np.zeros(256, dtype=np.bool_)
    known[[int(code) for code in codes]] = True
    return known[column]


def _declared(state: BasinState) -> None:
    """Columns have the types and sizes that compiled code takes for granted."""
    for table, (_, columns) in TABLES.items():
        for column, array in zip(columns, getattr(state, table), strict=True):
            width = () if column.width == 1 else (column.width,)
            if array.dtype != np.dtype(column.dtype) or array.shape[1:] != width:
                found = f"{array.dtype}{list(array.shape)}"
                raise _broken(state, "columns are as declared", f"{table}.{column.name} is {found}")


def _codes(state: BasinState) -> None:
    """Codes are within their lists, and floating-point cells are finite."""
    workers, firms, projects = state.workers, state.firms, state.projects
    for name, column, limit in (
        ("worker status", workers.status, N_STATUS),
        ("resident", workers.resident, 2),
        ("qualification", workers.qualification, N_QUALIFICATIONS),
        ("regime", workers.regime, len(Regime)),
        ("firm state", firms.state, len(FirmState)),
        ("firm kind", firms.kind, len(FirmKind)),
        ("firm sector", firms.sector, N_SECTORS),
        ("stage", projects.stage, N_STAGE),
        ("grant answer", projects.grant_answer, len(Answer)),
    ):
        _none(state, f"code of {name}", (column < 0) | (column >= limit), "unknown codes")
    for record in (workers, firms, projects, state.market):
        for name, column in zip(record._fields, record, strict=True):
            if np.issubdtype(column.dtype, np.floating):
                wrong = ~np.isfinite(column).reshape(len(column), -1).all(axis=1)
                _none(state, f"finite numbers in {name}", wrong, "cells not finite")


def _people(state: BasinState) -> None:
    """Everyone is somewhere, once: people by residence and status."""
    workers = state.workers
    counts = np.zeros((2, N_STATUS), dtype=np.int64)
    counts.ravel()[:] = np.bincount(
        workers.resident * np.uint8(N_STATUS) + workers.status, minlength=counts.size
    )
    _same(state, "people by residence and status", counts, state.market.people)
    _none(
        state,
        "non-residents work in the zone, look at it, will or did",
        (workers.resident == 0) & ~_among(workers.status, _OUTSIDE_RESIDENTS),
        "non-residents elsewhere",
    )
    _none(
        state,
        "residents are not outsiders",
        (workers.resident == 1) & (workers.status == Status.OUTSIDER),
        "residents",
    )
    begun = (workers.status != Status.LATENT) & (workers.since > state.t)
    _none(state, "spells have begun", begun, "people whose spell starts later")


def _employers(state: BasinState) -> None:
    """Employees have an employer, which is open; others have none."""
    workers, firms = state.workers, state.firms
    employed = _among(workers.status, _EMPLOYEES)
    _none(state, "employees have an employer", employed & (workers.employer < 0), "without one")
    _none(state, "only employees have an employer", ~employed & (workers.employer >= 0), "with one")
    _none(state, "employers exist", workers.employer >= firms.state.size, "beyond the table")
    rows = np.flatnonzero(employed)
    closed = np.zeros(employed.size, dtype=np.bool_)
    closed[rows] = firms.state[workers.employer[rows]] != FirmState.OPEN
    _none(state, "employers are open", closed, "employees of a firm that is not open")


def _firms(state: BasinState) -> None:
    """Employees by firm and level, jobs by sector, vacancies; the closing sites."""
    workers, firms = state.workers, state.firms
    rows = np.flatnonzero(workers.employer >= 0)
    members = np.zeros((firms.state.size, N_QUALIFICATIONS), dtype=np.int64)
    cells = workers.employer[rows] * N_QUALIFICATIONS + workers.qualification[rows]
    members.ravel()[:] = np.bincount(cells, minlength=members.size)
    _same(state, "employees by firm and level", members, firms.members)
    _same(state, "employees by firm", members.sum(axis=1), firms.employment)
    ordinary = firms.kind != FirmKind.CLOSING_SITE
    jobs = np.zeros(N_SECTORS, dtype=np.int64)
    np.add.at(jobs, firms.sector[ordinary], firms.employment[ordinary].astype(np.int64))
    _same(state, "jobs by sector", jobs, state.market.sector_jobs)
    _none(state, "vacancies are not negative", firms.vacancies < 0, "firms")
    _none(
        state,
        "only open firms have vacancies",
        (firms.vacancies > 0) & (firms.state != FirmState.OPEN),
        "firms",
    )
    _none(state, "desired employment is not negative", firms.desired < 0, "firms")
    for site in state.sites:
        staff = int(firms.employment[site.firm])
        if staff > site.jobs or (state.t == 0 and staff != site.jobs):
            raise _broken(state, "jobs of the closing site", f"{staff} employees, {site.jobs} jobs")


def _lists(state: BasinState) -> None:
    """Lists of members: linked both ways, complete, in order of hiring, without circles."""
    workers = state.workers
    linked = (workers.next_member >= 0) | (workers.previous_member >= 0)
    alone = workers.employer < 0
    _none(state, "people without an employer are in no list", linked & alone, "in one")
    faults = faults_of_lists(workers, state.firms)
    for fault, law in (
        (Fault.LINK, "lists of members are linked both ways: person"),
        (Fault.END, "ends of lists of members: firm"),
        (Fault.ORDER, "lists of members are in order of hiring: person"),
        (Fault.LENGTH, "lists of members hold them all and end: firm"),
    ):
        if faults[fault] >= 0:
            raise _broken(state, law, f"row {faults[fault]}")


def _money(state: BasinState) -> None:
    """Wage bill of residents in work, to the euro; nothing negative."""
    workers, market, projects = state.workers, state.market, state.projects
    working = (workers.resident == 1) & _among(workers.status, IN_WORK)
    bill = int(workers.wage[working].astype(np.int64).sum())
    _same(state, "wage bill of residents", bill, market.money[Money.WAGE_BILL])
    _none(state, "money is not negative", market.money < 0, "amounts")
    _none(state, "flows are not negative", market.flows < 0, "flows")
    _none(state, "grants are not negative", projects.granted < 0, "projects")
    less = projects.financed < projects.granted
    _none(state, "money is worth no more as a grant than in full", less, "projects")
    _none(state, "capacities are not negative", projects.capacity < 0, "projects")
    _none(state, "jobs of projects are not negative", state.firms.project_jobs < -1e-3, "firms")


#: Laws of rows, in the order checked: codes first, so that the others can index with them.
LAWS = (_codes, _people, _employers, _firms, _money)
