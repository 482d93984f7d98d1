"""Prefecture: the revitalisation agreement of a solvent group, and support to a buyer."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from rebound_sim.agents.base import InstrumentAgent
from rebound_sim.kernels.files import carried_out
from rebound_sim.state.codes import Stage, Support
from rebound_sim.state.market import Condition

# Plain numbers: NumPy asks members of an enumeration what they are, and this is done every month.
_ABANDONED, _OPERATING = int(Stage.ABANDONED), int(Stage.OPERATING)
_MATURE, _DECIDED = int(Stage.MATURE), int(Stage.DECIDED)
_REVITALISATION = int(Support.REVITALISATION)
_Whole = npt.NDArray[np.int64]


class RevitalisationAgreement(InstrumentAgent):
    """Agreement of a solvent group of 1,000 or more, followed by the prefecture.

    The group's money is private; it is counted apart from public money. It is given per promised
    job to projects of smaller firms, at an even pace over the agreement, and paid at operation.
    """

    instrument = "revitalisation"

    def __init__(self, model: Any) -> None:
        super().__init__(model)
        self.commitments: dict[int, int] = {}

    def step(self) -> None:
        """One month of the agreement."""
        for agreement in self.orders:
            month = self.clock - agreement.delay_months
            if month == 0:
                due = self._contribution(agreement.minimum_wages_per_job)
                self.ledger.open("revitalisation", due)
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
        left = self.account.uncommitted
        budget, smallest = left // months_left, int(p.revitalisation_smallest)
        rows = np.flatnonzero((projects.stage == _MATURE) | (projects.stage == _DECIDED))
        asked = p.revitalisation_per_job * projects.jobs[rows].astype(np.float64)
        # What is left only falls: who asks more than can be given now gets nothing.
        open_ = (
            (projects.jobs[rows] > 0)
            & (projects.supported[rows] & _REVITALISATION == 0)
            & (asked < max(budget, min(left, smallest)) + 1)
        )
        rows, amounts = self._start_with(rows[open_], asked[open_].astype(np.int64))
        for at in np.lexsort((rows, -projects.jobs[rows])).tolist():
            k, amount = int(rows[at]), int(amounts[at])
            if amount > max(budget, min(left, smallest)):
                continue
            budget -= amount
            left -= amount
            self.ledger.commit("revitalisation", amount, k)
            projects.granted[k] += amount
            projects.financed[k] += amount
            projects.supported[k] |= _REVITALISATION
            self.commitments[k] = amount

    def _start_with(self, rows: _Whole, amounts: _Whole) -> tuple[_Whole, _Whole]:
        """Projects whose sponsors carry them out with these amounts, and the amounts [EUR]."""
        willing = np.zeros(rows.size, dtype=np.bool_)
        state, p = self.state, self.parameters.projects
        carried_out(rows, amounts, state.projects, state.firms, p, willing)
        return rows[willing], amounts[willing]

    def _pay(self) -> None:
        if not self.commitments:
            return
        projects = self.state.projects
        rows = np.fromiter(self.commitments, dtype=np.int64, count=len(self.commitments))
        stages = projects.stage[rows]
        for k in rows[(stages == _ABANDONED) | (stages == _OPERATING)].tolist():
            amount = self.commitments.pop(k)
            if projects.stage[k] == _ABANDONED:
                self.ledger.cancel("revitalisation", amount, k)
            else:
                promised = max(int(projects.jobs[k]), 1)
                due = min(int(amount * float(projects.capacity[k]) / promised), amount)
                self.ledger.pay("revitalisation", due, k)
                self.ledger.cancel("revitalisation", amount - due, k)


class TakeoverFollowUp(InstrumentAgent):
    """Follows the offers for the site; pays the support when a buyer has taken it over."""

    instrument = "takeover_support"

    def step(self) -> None:
        """The budget from the announcement on; its payment at the takeover."""
        budget = sum(order.budget_eur for order in self.orders)
        if self.clock >= 0 and budget > self.account.envelope:
            self.state.market.conditions[Condition.TAKEOVER_SUPPORT] = 1.0
            self.ledger.open(self.instrument, budget - self.account.envelope)
        taken_over = any(group.taken_over for group in self.model.closing_groups)
        if self.account.committed == 0 and taken_over:
            self.ledger.commit(self.instrument, self.account.uncommitted)
            self.ledger.pay(self.instrument, self.account.to_pay)
