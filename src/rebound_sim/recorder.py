"""The records of a run: one row a month, one cell a variable (state.variables)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from rebound_sim.data.sectors import SECTORS
from rebound_sim.errors import EngineError
from rebound_sim.kernels.cohorts import Count, count_cohort, count_new_jobs
from rebound_sim.kernels.totals import firm_totals, project_totals
from rebound_sim.state.codes import Answer, Stage, Status
from rebound_sim.state.market import Cause, Condition, Flow, Money
from rebound_sim.state.variables import (
    LASTING_MONTHS,
    NEW_SECTORS,
    PROJECT_VARIABLES,
    VARIABLES,
)

if TYPE_CHECKING:
    from rebound_sim.model import BasinModel

_FLOW_COLUMNS = {
    "hires_unemployed": Flow.HIRES_UNEMPLOYED, "hires_inactive": Flow.HIRES_INACTIVE,
    "hires_job_to_job": Flow.HIRES_JOB_TO_JOB, "hires_outsiders": Flow.HIRES_OUTSIDERS,
    "hires_returned": Flow.HIRES_RETURNED_OUTSIDE,
    "hires_unemployed_fixed_term": Flow.HIRES_FIXED_TERM_UNEMPLOYED,
    "hires_unemployed_other_sector": Flow.HIRES_OTHER_SECTOR,
    "hires_unemployed_own_place": Flow.HIRES_OWN_PLACE,
    "employment_to_unemployment": Flow.EMPLOYMENT_TO_UNEMPLOYMENT,
    "permanent_to_unemployment": Flow.PERMANENT_TO_UNEMPLOYMENT,
    "fixed_term_to_unemployment": Flow.FIXED_TERM_TO_UNEMPLOYMENT,
    "employment_to_inactivity": Flow.EMPLOYMENT_TO_INACTIVITY, "conversions": Flow.CONVERSIONS,
    "layoffs": Flow.LAYOFFS, "unemployed_to_inactivity": Flow.UNEMPLOYED_TO_INACTIVITY,
    "inactivity_to_unemployment": Flow.INACTIVITY_TO_UNEMPLOYMENT,
    "unemployed_to_outside": Flow.UNEMPLOYED_TO_OUTSIDE, "businesses_created": Flow.BUSINESSES,
    "training_entries": Flow.TRAINING_ENTRIES, "retirements": Flow.RETIREMENTS,
    "out_migration": Flow.OUT_MIGRATION, "in_migration": Flow.IN_MIGRATION,
    "firm_failures": Flow.FIRM_FAILURES, "firm_entries": Flow.FIRM_ENTRIES,
}  # fmt: skip
_DISPLACED = {
    "displaced": Count.PEOPLE, "displaced_permanent": Count.PERMANENT,
    "displaced_fixed_term": Count.FIXED_TERM, "displaced_self_employed": Count.SELF_EMPLOYED,
    "displaced_outside": Count.OUTSIDE,
    "displaced_unemployed_supported": Count.UNEMPLOYED_SUPPORTED,
    "displaced_unemployed": Count.UNEMPLOYED, "displaced_training": Count.TRAINING,
    "displaced_halo": Count.HALO, "displaced_inactive": Count.INACTIVE,
    "displaced_retired": Count.RETIRED, "displaced_left": Count.LEFT,
    "displaced_other_sector": Count.OTHER_SECTOR, "displaced_earnings_eur": Count.EARNINGS,
}  # fmt: skip
_CONTROLS = {
    "control_people": Count.PEOPLE,
    "control_in_work": Count.IN_WORK,
    "control_left": Count.LEFT,
    "control_earnings_eur": Count.EARNINGS,
}
_STAGES = {
    "latent": Stage.LATENT, "detected": Stage.DETECTED, "mature": Stage.MATURE,
    "decided": Stage.DECIDED, "permitted": Stage.PERMITTED, "built": Stage.BUILT,
    "operating": Stage.OPERATING, "abandoned": Stage.ABANDONED,
}  # fmt: skip
_STATUSES = {
    status.name.lower(): status
    for status in Status
    if status not in (Status.LATENT, Status.OUTSIDER)
}
_CAUSES = {f"cause_{cause.name.lower()}": cause for cause in Cause}

# Members of an enumeration are slow to look up in Python 3.11, and this is done every month.
_PERMANENT, _FIXED_TERM = int(Status.PERMANENT), int(Status.FIXED_TERM)
_WORKING_OUTSIDE, _UNEMPLOYED = int(Status.WORKING_OUTSIDE), int(Status.UNEMPLOYED)
_IN_TRAINING, _HALO = int(Status.IN_TRAINING), int(Status.HALO)
_WAGE_BILL, _BENEFITS = int(Money.WAGE_BILL), int(Money.BENEFITS)
_WAGE_INDEX = int(Condition.WAGE_INDEX)
_HOUSEHOLD_DEMAND = int(Condition.HOUSEHOLD_DEMAND)
_MATURE, _ABANDONED = int(Stage.MATURE), int(Stage.ABANDONED)
_WAITING, _GRANTED, _REFUSED = int(Answer.WAITING), int(Answer.GRANTED), int(Answer.REFUSED)

#: Variables are kept in two tables by type: name → column.
_WHOLE = {v.name: k for k, v in enumerate(v for v in VARIABLES if v.dtype == "int64")}
_REAL = {v.name: k for k, v in enumerate(v for v in VARIABLES if v.dtype == "float64")}


#: Place in NEW_SECTORS of each A38 sector.
_NEW_SECTOR = np.array([list(NEW_SECTORS).index(sector.group) for sector in SECTORS])
#: What `count_new_jobs` counts.
_NEW_JOBS = ("displaced_fixed_term_long", *(f"displaced_in_{name}" for name in NEW_SECTORS))


class _Columns(NamedTuple):
    """Where variables stand: in which table, and in which columns, a slice where they follow
    each other, which is faster."""

    whole: bool
    places: slice | npt.NDArray[np.int64]


def _columns(names: tuple[str, ...]) -> _Columns:
    """Columns of some variables of one type. Raises EngineError."""
    whole = names[0] in _WHOLE
    table = _WHOLE if whole else _REAL
    stray = [name for name in names if name not in table]
    if stray:
        raise EngineError(f"not declared beside {names[0]} in state.variables: {', '.join(stray)}")
    places = [table[name] for name in names]
    if places == list(range(places[0], places[0] + len(places))):
        return _Columns(whole, slice(places[0], places[0] + len(places)))
    return _Columns(whole, np.array(places))


class _Group:
    """Variables read together at positions of one array: name → position."""

    def __init__(self, named: Mapping[str, int]) -> None:
        self.names = tuple(named)
        self.positions = np.array([int(place) for place in named.values()])


_STATUS, _FLOW, _STAGE = (
    _Group(_STATUSES),
    _Group(_FLOW_COLUMNS),
    _Group({f"projects_{name}": stage for name, stage in _STAGES.items()}),
)
_CAUSE, _COHORT, _CONTROL = _Group(_CAUSES), _Group(_DISPLACED), _Group(_CONTROLS)
#: Names of variables, and their values in the same order.
_Written = tuple[tuple[str, ...], Any]


def _named(values: Mapping[str, float]) -> _Written:
    return tuple(values), tuple(values.values())


def _at(group: _Group, array: npt.NDArray[Any]) -> _Written:
    return group.names, array[group.positions]


class Recorder:
    """Arrays of variables of a run, filled month by month: each value beside its name."""

    def __init__(self, months: int) -> None:
        self._whole = np.zeros((months, len(_WHOLE)), dtype=np.int64)
        self._real = np.zeros((months, len(_REAL)), dtype=np.float64)
        self._known: dict[tuple[str, ...], _Columns] = {}
        self.months = np.zeros(months, dtype=np.int64)
        self.recorded = 0
        self._cohort = np.zeros(len(Count), dtype=np.int64)
        self._jobs = np.zeros(3, dtype=np.int64)
        self._stages = np.zeros(len(Stage), dtype=np.int64)
        self._answers = np.zeros(len(Answer), dtype=np.int64)
        self._opened = np.zeros(2)

    @property
    def columns(self) -> dict[str, npt.NDArray[Any]]:
        """Variable name → array over months, recorded or to come."""
        return {v.name: self.column(v.name) for v in VARIABLES}

    def column(self, name: str) -> npt.NDArray[Any]:
        """One variable over months, recorded or to come."""
        if name in _WHOLE:
            return self._whole[:, _WHOLE[name]]
        return self._real[:, _REAL[name]]

    def record(self, model: BasinModel, twin: Recorder | None = None) -> None:
        """Write the month that ends. Raises EngineError for a name that is not declared.

        twin : has written this month of a model with the same people and firms; what it wrote of
        them is copied.
        """
        row = self.recorded
        whole, real = self._whole[row], self._real[row]
        parts = [self._people, self._firms, self._cohorts, self._projects]
        if twin is not None:
            whole[:], real[:] = twin._whole[row], twin._real[row]
            parts = parts[3:]
        for part in parts:
            for names, values in part(model):
                columns = self._known.get(names)
                if columns is None:
                    columns = self._known[names] = _columns(names)
                (whole if columns.whole else real)[columns.places] = values
        self.months[row] = model.state.t - model.scenario.time.burn_in_months
        self.recorded = row + 1

    def latest(self) -> dict[str, float]:
        """Variables of the last month recorded."""
        return {name: column[self.recorded - 1].item() for name, column in self.columns.items()}

    def trajectory(self) -> dict[str, npt.NDArray[Any]]:
        """All recorded months: variable name → array, with `month`."""
        done = slice(0, self.recorded)
        return {"month": self.months[done].copy()} | {
            name: column[done].copy() for name, column in self.columns.items()
        }

    def _people(self, model: BasinModel) -> Iterator[_Written]:
        market = model.state.market
        residents, c = market.people[1], market.conditions.tolist()
        people = residents.tolist()
        working = sum(people[_PERMANENT : _WORKING_OUTSIDE + 1])
        unemployed = people[_UNEMPLOYED]
        bill = int(int(market.money[_WAGE_BILL]) * c[_WAGE_INDEX])
        yield _at(_STATUS, residents)
        yield _at(_FLOW, market.flows)
        yield _named(
            {
                "resident_employment": working,
                "in_commuters": int(market.people[0, _PERMANENT])
                + int(market.people[0, _FIXED_TERM]),
                "registered": unemployed + people[_IN_TRAINING] + people[_HALO],
                "vacancies": model.vacancies,
                "hires": model.hires,
                "wage_bill_eur": bill,
                "benefits_eur": int(market.money[_BENEFITS]),
                "labour_taxes_eur": int(model.parameters.wages.tax_share * bill),
            }
        )
        yield _named(
            {
                "unemployment_rate": 100.0 * unemployed / max(working + unemployed, 1),
                "wage_index": c[_WAGE_INDEX],
                "household_demand": c[_HOUSEHOLD_DEMAND],
                "tightness": model.vacancies / max(unemployed, 1),
            }
        )

    def _firms(self, model: BasinModel) -> Iterator[_Written]:
        state, out = model.state, self._jobs
        firms = state.firms
        firm_totals(firms, model.firms_in_use(), out)
        employed, desired, open_ = out.tolist()
        at_site, at_successors = 0, 0
        for site in state.sites:
            at_site += int(firms.employment[site.firm])
            at_successors += int(firms.employment[site.buyer] + firms.employment[site.reuse])
        yield _named(
            {
                "workplace_employment": employed,
                "desired_jobs": desired,
                "establishments": open_,
                "unfilled_jobs": desired - employed,
                "site_jobs": at_site,
                "successor_jobs": at_successors,
            }
        )
        yield _at(_CAUSE, state.market.causes)

    def _cohorts(self, model: BasinModel) -> Iterator[_Written]:
        state, out = model.state, self._cohort
        index = float(state.market.conditions[_WAGE_INDEX])
        sector = state.sites[0].sector if state.sites else 255
        if state.cohort:
            count_cohort(model.displaced(), sector, index, state.workers, out)
            yield _at(_COHORT, out)
            yield _named(new_jobs(model.displaced(), state.workers, state.t))
        if model.controls.size:
            count_cohort(model.controls, 255, index, state.workers, out)
            yield _at(_CONTROL, out)

    def _projects(self, model: BasinModel) -> Iterator[_Written]:
        projects, mission = model.state.projects, model.mission
        project_totals(
            projects.stage,
            projects.grant_answer,
            projects.supported,
            projects.capacity,
            model.capacity_at_start,
            self._stages,
            self._answers,
            self._opened,
        )
        matured = 0
        if mission.projects_helped:
            helped = np.fromiter(mission.projects_helped, dtype=np.int64)
            stage = projects.stage[helped]
            matured = int(((stage >= _MATURE) & (stage != _ABANDONED)).sum())
        answers, (opened, supported) = self._answers.tolist(), self._opened.tolist()
        yield _at(_STAGE, self._stages)
        yield _named(
            {
                "projects_found_publicly": mission.projects_found,
                "projects_matured_publicly": matured,
                "firms_visited": mission.firms_visited,
                "files_waiting": answers[_WAITING],
                "files_granted": answers[_GRANTED],
                "files_refused": answers[_REFUSED],
                "promised_jobs_supported": model.fund.promised_jobs,
                "invested_supported_eur": model.fund.invested,
            }
        )
        yield _named(
            {
                "project_capacity": opened,
                "supported_capacity": supported,
                "accelerated_capacity": model.accelerator.capacity,
            }
        )


def new_jobs(rows: npt.NDArray[np.int32], workers: Any, t: int) -> dict[str, int]:
    """Sector of the new jobs of a cohort, and how many have lasted, whatever their contract's term.

    rows : of people    t : month of the run. Residents who are employees of the zone.
    """
    out = np.zeros(len(_NEW_JOBS), dtype=np.int64)
    count_new_jobs(rows, t, LASTING_MONTHS, _NEW_SECTOR, workers, out)
    return dict(zip(_NEW_JOBS, out.tolist(), strict=True))


def project_table(model: BasinModel, rows: npt.NDArray[np.int64]) -> dict[str, npt.NDArray[Any]]:
    """Facts of the projects `rows` at the end of a run (state.variables.PROJECT_VARIABLES)."""
    projects = model.state.projects
    shift = model.scenario.time.burn_in_months

    def month(column: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
        dates = column[rows].astype(np.int64)
        return np.where(dates == -1, -1, dates - shift)

    facts = {
        "project": rows,
        "sector": projects.sector[rows],
        "kind": projects.kind[rows],
        "supported": projects.supported[rows],
        "stage": projects.stage[rows],
        "jobs_promised": projects.jobs[rows],
        "jobs_delivered": model.capacity_opened()[rows],
        "capital_eur": projects.capital[rows],
        "granted_eur": projects.granted[rows],
        "detected_month": month(projects.detected_month),
        "decided_month": month(projects.decided_month),
        "operating_month": month(projects.operating_month),
    }
    return {
        variable.name: np.asarray(facts[variable.name]).astype(variable.dtype)
        for variable in PROJECT_VARIABLES
    }
