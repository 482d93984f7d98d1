"""Prefecture, France Travail, accelerator: the instruments beside the fund."""

from __future__ import annotations

from typing import Any

import numpy as np

from rebound_sim.agents.base import StateAgent
from rebound_sim.rng.draws import uniform_pair
from rebound_sim.state.codes import FirmKind, FirmState, Stage, Status, Support
from rebound_sim.state.market import Condition


class Prefecture(StateAgent):
    """Revitalisation agreement of a solvent group of 1,000 or more; support to a buyer.

    The group's money is private; it is counted apart from public money. It is given per promised
    job to projects of smaller firms, at an even pace over the agreement, and paid at operation.
    """

    def __init__(self, model: Any) -> None:
        super().__init__(model)
        self.commitments: dict[int, int] = {}

    def step(self) -> None:
        """One month of the agreement and of the follow-up of offers."""
        self._takeover()
        agreement = self.policy.revitalisation
        if agreement is None or not agreement.enabled:
            return
        month = self.clock - agreement.delay_months
        if month == 0:
            self.ledger.open("revitalisation", self._contribution(agreement.minimum_wages_per_job))
        if 0 <= month < agreement.duration_months:
            self._award(agreement.duration_months - month)
        self._pay()

    def _contribution(self, minimum_wages: float) -> int:
        p = self.parameters
        due = 0.0
        for group in self.model.closing_groups:
            closure = group.closure
            large = closure.group_employees >= p.closure.group_threshold
            if group.happens and closure.group == "solvent" and large:
                due += minimum_wages * p.wages.minimum * group.site.jobs
        return int(due)

    def _award(self, months_left: int) -> None:
        projects, p = self.state.projects, self.parameters.instruments
        budget = self.ledger["revitalisation"].uncommitted // months_left
        rows = np.flatnonzero(
            ((projects.stage == Stage.MATURE) | (projects.stage == Stage.DECIDED))
            & (projects.jobs > 0)
            & (projects.supported & Support.REVITALISATION == 0)
        )
        for k in rows[np.lexsort((rows, -projects.jobs[rows]))]:
            amount = int(p.revitalisation_per_job * float(projects.jobs[k]))
            if amount > max(budget, min(self.ledger["revitalisation"].uncommitted, 30_000)):
                continue
            budget -= amount
            self.ledger.commit("revitalisation", amount, int(k))
            projects.granted[k] += amount
            projects.supported[k] |= Support.REVITALISATION
            self.commitments[int(k)] = amount

    def _pay(self) -> None:
        projects = self.state.projects
        for k, amount in list(self.commitments.items()):
            if projects.stage[k] == Stage.ABANDONED:
                self.ledger.cancel("revitalisation", amount, k)
            elif projects.stage[k] == Stage.OPERATING:
                promised = max(int(projects.jobs[k]), 1)
                due = min(int(amount * float(projects.capacity[k]) / promised), amount)
                self.ledger.pay("revitalisation", due, k)
                self.ledger.cancel("revitalisation", amount - due, k)
            else:
                continue
            del self.commitments[k]

    def _takeover(self) -> None:
        support = self.policy.takeover_support
        if support is None or not support.enabled:
            return
        if self.clock == 0:
            self.state.market.conditions[Condition.TAKEOVER_SUPPORT] = 1.0
            self.ledger.open("takeover", support.budget_eur)
        groups = self.model.closing_groups
        account = self.ledger["takeover"]
        if account.committed == 0 and any(group.taken_over for group in groups):
            self.ledger.commit("takeover", account.uncommitted)
            self.ledger.pay("takeover", account.to_pay)


class FranceTravail(StateAgent):
    """Training places for the displaced, on top of the ordinary offer."""

    def step(self) -> None:
        """Places of the month, as a monthly probability of the displaced who look for work."""
        training = self.policy.training
        conditions = self.state.market.conditions
        conditions[Condition.TRAINING_OFFER] = 0.0
        if training is None:
            return
        month = self.clock - training.start_month
        if not 0 <= month < training.duration_months or not self.state.cohort:
            return
        cohort = np.concatenate(self.state.cohort)
        workers = self.state.workers
        seeking = int(
            ((workers.status[cohort] == Status.UNEMPLOYED) & (workers.trained[cohort] == 0)).sum()
        )
        places = min(training.places_per_month, seeking)
        if places > 0:
            conditions[Condition.TRAINING_OFFER] = min(places / seeking, 0.5)
            cost = places * training.cost_per_place_eur
            self.ledger.open("training", cost)
            self.ledger.commit("training", cost)
            self.ledger.pay("training", cost)


#: Firms that an accelerator takes [person] and months over which they grow (Bpifrance 2025).
_SMALLEST, _LARGEST, _MONTHS = 10, 250, 36


class AcceleratorAgent(StateAgent):
    """Business support for a promotion of industrial firms: they grow over three years."""

    def __init__(self, model: Any) -> None:
        super().__init__(model)
        self.capacity = 0.0
        self._promotion: list[tuple[int, float]] = []

    def step(self) -> None:
        """Choose the promotion, then let it grow."""
        accelerator = self.policy.accelerator
        if accelerator is None or accelerator.firms == 0:
            return
        month = self.clock - accelerator.start_month
        if month == 0:
            self._choose(accelerator.firms, accelerator.cost_per_firm_eur)
        if 0 <= month < _MONTHS:
            firms = self.state.firms
            for f, monthly in self._promotion:
                if firms.state[f] == FirmState.OPEN:
                    firms.project_jobs[f] += np.float32(monthly)
                    self.capacity += monthly

    def _choose(self, number: int, cost: int) -> None:
        firms, market = self.state.firms, self.state.market
        rows = np.flatnonzero(
            (firms.state == FirmState.OPEN)
            & (firms.kind == FirmKind.ORDINARY)
            & (market.industrial[firms.sector] == 1)
            & (firms.employment >= _SMALLEST)
            & (firms.employment < _LARGEST)
        )
        key = self.model.run_keys.committee
        order = rows[np.argsort([uniform_pair(key, int(f), 3) for f in rows])][:number]
        gain = self.parameters.instruments.accelerator_gain
        self._promotion = [(int(f), gain * float(firms.employment[f]) / _MONTHS) for f in order]
        total = cost * len(self._promotion)
        self.ledger.open("accelerator", total)
        self.ledger.commit("accelerator", total)
        self.ledger.pay("accelerator", total)
