"""The records of a run: one row a month, one cell an outcome (state.outcomes)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from rebound_sim.kernels.cohorts import N_COUNTS, count_cohort
from rebound_sim.kernels.totals import desired_and_employed
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


class Recorder:
    """Arrays of outcomes of a run, filled month by month."""

    def __init__(self, months: int) -> None:
        self.columns: dict[str, npt.NDArray[Any]] = {
            outcome.name: np.zeros(months, dtype=outcome.dtype) for outcome in OUTCOMES
        }
        self.months = np.zeros(months, dtype=np.int64)
        self.recorded = 0
        self._cohort = np.zeros(N_COUNTS, dtype=np.int64)
        self._jobs = np.zeros(4, dtype=np.int64)

    def record(self, model: BasinModel) -> None:
        """Write the month that ends."""
        row = self.recorded
        values: dict[str, float] = {}
        self._people(model, values)
        self._firms(model, values)
        self._cohorts(model, values)
        self._projects(model, values)
        self._money(model, values)
        for name, value in values.items():
            self.columns[name][row] = value
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

    def _people(self, model: BasinModel, values: dict[str, float]) -> None:
        market = model.state.market
        people = market.people[1]
        c = market.conditions
        working = int(people[Status.PERMANENT : Status.WORKING_OUTSIDE + 1].sum())
        unemployed = int(people[Status.UNEMPLOYED])
        values["resident_employment"] = working
        for status in ("PERMANENT", "FIXED_TERM", "SELF_EMPLOYED", "WORKING_OUTSIDE", "UNEMPLOYED",
                       "IN_TRAINING", "HALO", "INACTIVE", "RETIRED", "LEFT"):  # fmt: skip
            values[status.lower()] = int(people[Status[status]])
        values["in_commuters"] = int(
            market.people[0, Status.PERMANENT] + market.people[0, Status.FIXED_TERM]
        )
        values["unemployment_rate"] = 100.0 * unemployed / max(working + unemployed, 1)
        values["registered"] = unemployed + values["in_training"] + values["halo"]
        for name, flow in _FLOW_COLUMNS.items():
            values[name] = int(market.flows[flow])
        values["vacancies"] = model.vacancies
        values["hires"] = model.hires
        values["wage_index"] = float(c[Condition.WAGE_INDEX])
        values["household_demand"] = float(c[Condition.HOUSEHOLD_DEMAND])
        values["tightness"] = model.vacancies / max(unemployed, 1)
        bill = int(market.money[Money.WAGE_BILL] * c[Condition.WAGE_INDEX])
        values["wage_bill_eur"] = bill
        values["benefits_eur"] = int(market.money[Money.BENEFITS])
        values["labour_taxes_eur"] = int(model.parameters.wages.tax_share * bill)

    def _firms(self, model: BasinModel, values: dict[str, float]) -> None:
        state = model.state
        firms = state.firms
        desired_and_employed(firms, 0, model.firms_in_use(), self._jobs)
        values["workplace_employment"] = int(self._jobs[0])
        values["desired_jobs"] = int(self._jobs[1])
        values["unfilled_jobs"] = int(self._jobs[1] - self._jobs[0])
        values["establishments"] = int(self._jobs[2])
        values["site_jobs"] = sum(int(firms.employment[site.firm]) for site in state.sites)
        values["successor_jobs"] = sum(
            int(firms.employment[site.buyer] + firms.employment[site.reuse]) for site in state.sites
        )
        for cause in Cause:
            values[f"cause_{cause.name.lower()}"] = float(state.market.causes[cause])

    def _cohorts(self, model: BasinModel, values: dict[str, float]) -> None:
        state = model.state
        index = float(state.market.conditions[Condition.WAGE_INDEX])
        sector = state.sites[0].sector if state.sites else 255
        out = self._cohort
        if state.cohort:
            count_cohort(model.displaced(), sector, index, state.workers, out)
            for position, name in enumerate(_DISPLACED):
                values[name] = int(out[position])
        if model.controls.size:
            count_cohort(model.controls, 255, index, state.workers, out)
            values["control_people"] = int(out[0])
            values["control_in_work"] = int(out[14])
            values["control_earnings_eur"] = int(out[13])

    def _projects(self, model: BasinModel, values: dict[str, float]) -> None:
        projects = model.state.projects
        stages = np.bincount(projects.stage, minlength=len(Stage))
        for name, stage in _STAGES.items():
            values[f"projects_{name}"] = int(stages[stage])
        opened = model.capacity_opened()
        values["project_capacity"] = float(opened.sum())
        supported = projects.supported != 0
        values["supported_capacity"] = float(opened[supported].sum())
        values["accelerated_capacity"] = model.accelerator.capacity
        mission = model.mission
        values["projects_found_publicly"] = mission.projects_found
        matured = 0
        if mission.projects_helped:
            helped = np.fromiter(mission.projects_helped, dtype=np.int64)
            stage = projects.stage[helped]
            matured = int(((stage >= Stage.MATURE) & (stage != Stage.ABANDONED)).sum())
        values["projects_matured_publicly"] = matured
        values["firms_visited"] = mission.firms_visited
        answers = np.bincount(projects.grant_answer, minlength=4)
        values["files_waiting"] = int(answers[Answer.WAITING])
        values["files_granted"] = int(answers[Answer.GRANTED])
        values["files_refused"] = int(answers[Answer.REFUSED])
        values["promised_jobs_supported"] = model.fund.promised_jobs
        values["invested_supported_eur"] = model.fund.invested

    def _money(self, model: BasinModel, values: dict[str, float]) -> None:
        for instrument in INSTRUMENTS:
            account = model.ledger[instrument]
            for kind in ("envelope", "committed", "paid", "cancelled", "returned"):
                values[f"{instrument}_{kind}_total_eur"] = getattr(account, kind)


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
