"""The records of a run: one row a month, one cell an outcome (state.outcomes)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from rebound_sim.kernels.cohorts import N_COUNTS, count_cohort
from rebound_sim.kernels.totals import firm_totals, project_totals
from rebound_sim.state.codes import Answer, Stage, Status
from rebound_sim.state.market import Cause, Condition, Flow, Money
from rebound_sim.state.outcomes import INSTRUMENTS, OUTCOMES, PROJECT_RESULTS

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
_DISPLACED = (
    "displaced", "displaced_permanent", "displaced_fixed_term", "displaced_self_employed",
    "displaced_outside", "displaced_unemployed_supported", "displaced_unemployed",
    "displaced_training", "displaced_halo", "displaced_inactive", "displaced_retired",
    "displaced_left", "displaced_other_sector", "displaced_earnings_eur",
)  # fmt: skip
_STAGES = {
    "latent": Stage.LATENT, "detected": Stage.DETECTED, "mature": Stage.MATURE,
    "decided": Stage.DECIDED, "permitted": Stage.PERMITTED, "built": Stage.BUILT,
    "operating": Stage.OPERATING, "abandoned": Stage.ABANDONED,
}  # fmt: skip


_STATUSES = (
    Status.PERMANENT, Status.FIXED_TERM, Status.SELF_EMPLOYED, Status.WORKING_OUTSIDE,
    Status.UNEMPLOYED, Status.IN_TRAINING, Status.HALO, Status.INACTIVE, Status.RETIRED,
    Status.LEFT,
)  # fmt: skip
_KINDS = ("envelope", "committed", "paid", "cancelled", "returned")

# Members of an enumeration are slow to look up in Python 3.11, and this is done every month.
_PERMANENT, _FIXED_TERM = int(Status.PERMANENT), int(Status.FIXED_TERM)
_WORKING_OUTSIDE, _UNEMPLOYED = int(Status.WORKING_OUTSIDE), int(Status.UNEMPLOYED)
_IN_TRAINING, _HALO = int(Status.IN_TRAINING), int(Status.HALO)
_WAGE_BILL, _BENEFITS = int(Money.WAGE_BILL), int(Money.BENEFITS)
_WAGE_INDEX = int(Condition.WAGE_INDEX)
_HOUSEHOLD_DEMAND = int(Condition.HOUSEHOLD_DEMAND)
_MATURE, _ABANDONED = int(Stage.MATURE), int(Stage.ABANDONED)
_WAITING, _GRANTED, _REFUSED = int(Answer.WAITING), int(Answer.GRANTED), int(Answer.REFUSED)

#: Outcomes are kept in two tables by type; a group of them is written at once, by positions.
_WHOLE = {o.name: k for k, o in enumerate(o for o in OUTCOMES if o.dtype == "int64")}
_REAL = {o.name: k for k, o in enumerate(o for o in OUTCOMES if o.dtype == "float64")}


def _places(table: dict[str, int], names: tuple[str, ...]) -> slice | npt.NDArray[np.int64]:
    """Positions of outcomes in a table: a slice where they follow each other, which is faster."""
    places = [table[name] for name in names]
    if places == list(range(places[0], places[0] + len(places))):
        return slice(places[0], places[0] + len(places))
    return np.array(places)


def _whole(*names: str) -> slice | npt.NDArray[np.int64]:
    return _places(_WHOLE, names)


def _real(*names: str) -> slice | npt.NDArray[np.int64]:
    return _places(_REAL, names)


_AT_STATUS = _whole(*(status.name.lower() for status in _STATUSES))
_STATUS = np.array(_STATUSES)
_AT_FLOW = _whole(*_FLOW_COLUMNS)
_FLOW = np.array([int(flow) for flow in _FLOW_COLUMNS.values()])
_AT_PEOPLE = _whole("resident_employment", "in_commuters", "registered", "vacancies", "hires",
                    "wage_bill_eur", "benefits_eur", "labour_taxes_eur")  # fmt: skip
_AT_INDICES = _real("unemployment_rate", "wage_index", "household_demand", "tightness")
_AT_FIRMS = _whole("workplace_employment", "desired_jobs", "establishments", "unfilled_jobs",
                   "site_jobs", "successor_jobs")  # fmt: skip
_AT_CAUSE = _real(*(f"cause_{cause.name.lower()}" for cause in Cause))
_AT_DISPLACED = _whole(*_DISPLACED)
_AT_CONTROLS = _whole("control_people", "control_in_work", "control_earnings_eur")
_AT_STAGE = _whole(*(f"projects_{name}" for name in _STAGES))
_STAGE = np.array([int(stage) for stage in _STAGES.values()])
_AT_PROJECTS = _whole("projects_found_publicly", "projects_matured_publicly", "firms_visited",
                      "files_waiting", "files_granted", "files_refused",
                      "promised_jobs_supported", "invested_supported_eur")  # fmt: skip
_AT_CAPACITY = _real("project_capacity", "supported_capacity", "accelerated_capacity")
_AT_MONEY = _whole(*(f"{name}_{kind}_total_eur" for name in INSTRUMENTS for kind in _KINDS))


class Recorder:
    """Arrays of outcomes of a run, filled month by month."""

    def __init__(self, months: int) -> None:
        self._whole = np.zeros((months, len(_WHOLE)), dtype=np.int64)
        self._real = np.zeros((months, len(_REAL)), dtype=np.float64)
        self.months = np.zeros(months, dtype=np.int64)
        self.recorded = 0
        self._cohort = np.zeros(N_COUNTS, dtype=np.int64)
        self._jobs = np.zeros(3, dtype=np.int64)
        self._stages = np.zeros(len(Stage), dtype=np.int64)
        self._answers = np.zeros(len(Answer), dtype=np.int64)
        self._opened = np.zeros(2)

    @property
    def columns(self) -> dict[str, npt.NDArray[Any]]:
        """Outcome name → array over months, recorded or to come."""
        return {o.name: self.column(o.name) for o in OUTCOMES}

    def column(self, name: str) -> npt.NDArray[Any]:
        """One outcome over months, recorded or to come."""
        if name in _WHOLE:
            return self._whole[:, _WHOLE[name]]
        return self._real[:, _REAL[name]]

    def record(self, model: BasinModel) -> None:
        """Write the month that ends."""
        row = self.recorded
        whole, real = self._whole[row], self._real[row]
        self._people(model, whole, real)
        self._firms(model, whole, real)
        self._cohorts(model, whole)
        self._projects(model, whole, real)
        whole[_AT_MONEY] = [
            amount
            for account in map(model.ledger.__getitem__, INSTRUMENTS)
            for amount in (account.envelope, account.committed, account.paid, account.cancelled,
                           account.returned)
        ]  # fmt: skip
        self.months[row] = model.state.t - model.scenario.time.burn_in_months
        self.recorded = row + 1

    def latest(self) -> dict[str, float]:
        """Outcomes of the last month recorded."""
        return {name: column[self.recorded - 1].item() for name, column in self.columns.items()}

    def trajectory(self) -> dict[str, npt.NDArray[Any]]:
        """All recorded months: outcome name → array, with `month`."""
        done = slice(0, self.recorded)
        return {"month": self.months[done].copy()} | {
            name: column[done].copy() for name, column in self.columns.items()
        }

    def _people(self, model: BasinModel, whole: Any, real: Any) -> None:
        market = model.state.market
        residents, c = market.people[1], market.conditions.tolist()
        people = residents.tolist()
        working = sum(people[_PERMANENT : _WORKING_OUTSIDE + 1])
        unemployed = people[_UNEMPLOYED]
        whole[_AT_STATUS] = residents[_STATUS]
        whole[_AT_FLOW] = market.flows[_FLOW]
        bill = int(int(market.money[_WAGE_BILL]) * c[_WAGE_INDEX])
        whole[_AT_PEOPLE] = (
            working,
            int(market.people[0, _PERMANENT]) + int(market.people[0, _FIXED_TERM]),
            unemployed + people[_IN_TRAINING] + people[_HALO],
            model.vacancies,
            model.hires,
            bill,
            int(market.money[_BENEFITS]),
            int(model.parameters.wages.tax_share * bill),
        )
        real[_AT_INDICES] = (
            100.0 * unemployed / max(working + unemployed, 1),
            c[_WAGE_INDEX],
            c[_HOUSEHOLD_DEMAND],
            model.vacancies / max(unemployed, 1),
        )

    def _firms(self, model: BasinModel, whole: Any, real: Any) -> None:
        state, out = model.state, self._jobs
        firms = state.firms
        firm_totals(firms.state, firms.employment, firms.desired, model.firms_in_use(), out)
        employed, desired, open_ = out.tolist()
        at_site, at_successors = 0, 0
        for site in state.sites:
            at_site += int(firms.employment[site.firm])
            at_successors += int(firms.employment[site.buyer] + firms.employment[site.reuse])
        whole[_AT_FIRMS] = (
            employed, desired, open_, desired - employed, at_site, at_successors
        )  # fmt: skip
        real[_AT_CAUSE] = state.market.causes

    def _cohorts(self, model: BasinModel, whole: Any) -> None:
        state, out = model.state, self._cohort
        index = float(state.market.conditions[_WAGE_INDEX])
        sector = state.sites[0].sector if state.sites else 255
        if state.cohort:
            count_cohort(model.displaced(), sector, index, state.workers, out)
            whole[_AT_DISPLACED] = out[: len(_DISPLACED)]
        if model.controls.size:
            count_cohort(model.controls, 255, index, state.workers, out)
            whole[_AT_CONTROLS] = out[[0, 14, 13]]

    def _projects(self, model: BasinModel, whole: Any, real: Any) -> None:
        projects, mission = model.state.projects, model.mission
        project_totals(
            projects.stage, projects.grant_answer, projects.supported, projects.capacity,
            model.capacity_at_start, self._stages, self._answers, self._opened,
        )  # fmt: skip
        whole[_AT_STAGE] = self._stages[_STAGE]
        matured = 0
        if mission.projects_helped:
            helped = np.fromiter(mission.projects_helped, dtype=np.int64)
            stage = projects.stage[helped]
            matured = int(((stage >= _MATURE) & (stage != _ABANDONED)).sum())
        answers = self._answers.tolist()
        whole[_AT_PROJECTS] = (
            mission.projects_found, matured, mission.firms_visited, answers[_WAITING],
            answers[_GRANTED], answers[_REFUSED], model.fund.promised_jobs,
            model.fund.invested,
        )  # fmt: skip
        real[_AT_CAPACITY] = (*self._opened.tolist(), model.accelerator.capacity)


def project_table(model: BasinModel, rows: npt.NDArray[np.int64]) -> dict[str, npt.NDArray[Any]]:
    """Facts of the projects `rows` at the end of a run (state.outcomes.PROJECT_RESULTS)."""
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
        outcome.name: np.asarray(facts[outcome.name]).astype(outcome.dtype)
        for outcome in PROJECT_RESULTS
    }
