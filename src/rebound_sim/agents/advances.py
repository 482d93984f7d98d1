"""Repayable advances: lent where the committee gave nothing, repaid once the investment runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from rebound_sim.agents.base import InstrumentAgent
from rebound_sim.agents.sponsors import relax
from rebound_sim.policies.selection import SELECTIONS
from rebound_sim.state.codes import Answer, Stage, Support

_ACCOUNT = "repayable_advances"
_ABANDONED, _DECIDED = int(Stage.ABANDONED), int(Stage.DECIDED)
_OPERATING = int(Stage.OPERATING)


@dataclass
class Advance:
    """One advance, whole euros. worth : grant that it is worth to the sponsor."""

    project: int
    amount: int
    worth: int
    month: int
    paid: bool = False
    repaid: int = 0
    closed: bool = False


class AdvancesOperator(InstrumentAgent):
    """Lends to files that wait where there is no fund, or that a fund has refused.

    The best files come first, each in full. The sponsor counts an advance as a smaller grant; it is
    paid when the project is decided, repaid in equal parts from some months after full operation,
    and partly recovered if the project is abandoned.
    """

    instrument = "repayable_advances"

    def __init__(self, model: Any) -> None:
        super().__init__(model)
        self.advances: list[Advance] = []

    @property
    def is_open(self) -> bool:
        """True while advances are lent."""
        return any(True for _ in self.running())

    def step(self) -> None:
        """Envelopes that start, advances of the month, payments and repayments due."""
        for order, month in self.running():
            if month == 0:
                self.ledger.open(_ACCOUNT, order.envelope_eur)
        if self.is_open:
            self._lend()
        for advance in self.advances:
            if not advance.closed:
                self._follow(advance)

    def _lend(self) -> None:
        projects, fund = self.state.projects, self.model.fund
        free = projects.grant_answer == Answer.REFUSED
        if not fund.is_open:
            free |= projects.grant_answer == Answer.WAITING
        months = int(self.parameters.instruments.appraisal_months)
        rows = np.flatnonzero(
            free
            & (projects.stage == Stage.MATURE)
            & (projects.granted == 0)
            & (projects.filed_month + months <= self.state.t)
        )
        if rows.size == 0:
            return
        amounts = SELECTIONS["merit"](fund.requests(rows), self.account.uncommitted)
        for k, amount in zip(rows.tolist(), amounts.tolist(), strict=True):
            if amount > 0:
                worth = int(self.parameters.instruments.repayable_equivalent * amount)
                self.ledger.commit(_ACCOUNT, amount, k)
                projects.granted[k] += worth
                projects.financed[k] += amount
                projects.grant_answer[k] = Answer.GRANTED
                projects.supported[k] |= Support.ADVANCE
                self.advances.append(Advance(k, amount, worth, self.state.t))

    def _follow(self, advance: Advance) -> None:
        p, projects, k = self.parameters.instruments, self.state.projects, advance.project
        stage = int(projects.stage[k])
        if stage == _ABANDONED:
            self._end(advance, int(p.clawback * advance.amount) if advance.paid else 0)
        elif stage < _DECIDED:
            if self.state.t - advance.month >= p.award_validity_months:
                projects.granted[k] -= advance.worth
                projects.financed[k] -= advance.amount
                self._end(advance, 0)
        elif not advance.paid:
            self.ledger.pay(_ACCOUNT, advance.amount, k)
            advance.paid = True
            relax(self.model, k, advance.worth)
        elif stage == _OPERATING:
            self._repay(advance)

    def _repay(self, advance: Advance) -> None:
        p, k = self.parameters.instruments, advance.project
        if self.state.projects.capacity[k] <= 0.0:  # the firm has closed
            self._end(advance, int(p.clawback * (advance.amount - advance.repaid)))
            return
        month = self.state.t - int(self.state.projects.operating_month[k])
        month -= int(p.repayable_deferral_months)
        if month < 0:
            return
        parts = int(p.repayable_months)
        due = advance.amount * min(month + 1, parts) // parts
        self.ledger.recover(_ACCOUNT, due - advance.repaid, k)
        advance.repaid = due
        advance.closed = due == advance.amount

    def _end(self, advance: Advance, recovered: int) -> None:
        if not advance.paid:
            self.ledger.cancel(_ACCOUNT, advance.amount, advance.project)
        self.ledger.recover(_ACCOUNT, recovered, advance.project)
        advance.closed = True
