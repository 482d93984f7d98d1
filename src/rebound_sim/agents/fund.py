"""The fund: committee (selection), operator (envelope, files, payments)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from rebound_sim.agents.base import InstrumentAgent
from rebound_sim.agents.sponsors import relax
from rebound_sim.policies.desk import Requests, decide
from rebound_sim.policies.selection import SELECTIONS
from rebound_sim.rng.draws import uniforms
from rebound_sim.rules.aid import success_expected
from rebound_sim.state.codes import Answer, Stage, Support


@dataclass
class Contract:
    """One grant: euros by funder, paid so far, month of the award, milestones reached."""

    project: int
    awarded: dict[str, int]
    paid: dict[str, int]
    month: int
    milestone: int = 0
    closed: bool = False


def session_budget(money: int, sessions_left: int, largest: int) -> int:
    """What a committee may award [EUR]: an even pace over this session and those left.

    money : not committed yet    largest : grant of the largest file on the desk, which a session
    can always fund, or it never would be (assumed). What a session leaves goes to the next ones.
    """
    return max(money // (sessions_left + 1), min(money, largest))


class SelectionCommittee(InstrumentAgent):
    """Meets every few months; ranks the appraised files and awards within the session's budget."""

    instrument = "grants"

    def __init__(self, model: Any) -> None:
        super().__init__(model)
        self.sessions_seen: dict[int, int] = {}

    def step(self) -> None:
        """One session when the calendar says so; refusals when the window closes."""
        if not self.orders:
            return
        start = min(order.start_month for order in self.orders)
        end = max(order.start_month + order.duration_months for order in self.orders) - start
        month = self.clock - start
        every = int(self.parameters.instruments.committee_months)
        if month <= 0 or month > end:
            return
        if month % every == 0 or month == end:
            left = max((end - month) // every, 0)
            self._session(sessions_left=left, last=month == end or left == 0)

    def _session(self, sessions_left: int, last: bool) -> None:
        rows = self.model.fund.appraised()
        if rows.size:
            money = self.ledger["grants"].uncommitted
            requests = replace(self.model.fund.requests(rows), money=money)
            left = 0 if last else sessions_left
            largest = int(requests.amount.max())
            budget = session_budget(money, left, largest)
            awards = decide(SELECTIONS[self.orders[0].selection], requests, budget)
            share = self.model.fund.region_share
            for k, award in zip(rows, awards, strict=True):
                if award > 0:
                    self.model.fund.contract(int(k), int(award), share)
                else:
                    self._wait_or_refuse(int(k), last)
        if last:
            projects = self.state.projects
            projects.grant_answer[projects.grant_answer == Answer.WAITING] = Answer.REFUSED

    def _wait_or_refuse(self, k: int, last: bool) -> None:
        seen = self.sessions_seen.get(k, 0) + 1
        self.sessions_seen[k] = seen
        if last or seen >= self.parameters.instruments.sessions:
            self.state.projects.grant_answer[k] = Answer.REFUSED


_ADVANCE, _INTERMEDIATE, _BALANCE = 1, 2, 3
# Plain numbers: every contract is followed every month.
_ABANDONED, _DECIDED = int(Stage.ABANDONED), int(Stage.DECIDED)
_PERMITTED, _OPERATING = int(Stage.PERMITTED), int(Stage.OPERATING)


class FundOperator(InstrumentAgent):
    """Appraises, contracts, pays on milestones, claws back."""

    instrument = "grants"

    def __init__(self, model: Any) -> None:
        super().__init__(model)
        self.committee = SelectionCommittee(model)
        self.contracts: list[Contract] = []
        #: Set by a programme that opens and closes the window itself.
        self.window = False
        #: Months during which files were accepted so far, this one included.
        self.months_open = 0
        self.promised_jobs = 0
        self.invested = 0

    @property
    def is_open(self) -> bool:
        """True while files are accepted."""
        return self.window or any(True for _ in self.running())

    @property
    def rules(self) -> Any:
        """Parameters of the instruments, with what the zone's own call says instead."""
        p, given = self.parameters.instruments, {}
        if self.orders:
            call = self.orders[0]
            given = {"minimum_base": call.minimum_base_eur, "jobs_weight": call.jobs_weight}
        said = {name: float(value) for name, value in given.items() if value is not None}
        return p._replace(**said) if said else p

    @property
    def rules_as_known(self) -> Any:
        """The rules as sponsors of the zone know them: with the success of files so far.

        A refused file that an advance serves has succeeded; so has one funded in part.
        """
        projects, p = self.state.projects, self.rules
        yes = projects.grant_answer == Answer.GRANTED
        answered = yes | (projects.grant_answer == Answer.REFUSED)
        asked, granted = int(projects.asked[answered].sum()), int(projects.asked[yes].sum())
        files = int(np.count_nonzero(answered))
        return p._replace(success_expected=success_expected.py_func(files, asked, granted, p))

    @property
    def region_share(self) -> float:
        """EUR that the region adds to each EUR granted by the zone's own fund."""
        orders = self.model.orders.get("region", ())
        return float(sum(order.cofinancing_share for order in orders))

    def appraised(self) -> Any:
        """Rows of waiting files whose appraisal is over, in order of identity."""
        projects = self.state.projects
        months = int(self.parameters.instruments.appraisal_months)
        waiting = np.flatnonzero(projects.grant_answer == Answer.WAITING)
        filed = projects.filed_month[waiting]
        over = (filed >= 0) & (filed + months <= self.state.t)
        return waiting[over & (projects.stage[waiting] != Stage.ABANDONED)]

    def requests(self, rows: Any) -> Requests:
        """Files as a committee sees them. rows : int[n] projects."""
        projects = self.state.projects
        key, weight = self.model.run_keys.committee, self.rules.jobs_weight
        quality, jobs = projects.signal[rows].astype(np.float64), projects.jobs[rows]
        return Requests(
            project=rows.astype(np.int64),
            amount=projects.asked[rows].astype(np.int64),
            jobs=jobs.astype(np.float64),
            capital=projects.capital[rows].astype(np.float64),
            signal=quality + weight * np.log1p(jobs),
            filed=projects.filed_month[rows].astype(np.int64),
            luck=uniforms(key, rows, 2),
        )

    def contract(self, k: int, award: int, region_share: float = 0.0) -> None:
        """Sign a grant of `award` EUR. region_share : EUR that the region adds per EUR."""
        projects = self.state.projects
        region = min(round(region_share * award), self.ledger["region"].uncommitted)
        self.ledger.commit("grants", award, k)
        self.ledger.commit("region", region, k)
        projects.granted[k] += award + region
        projects.financed[k] += award + region
        projects.grant_answer[k] = Answer.GRANTED
        projects.supported[k] |= Support.GRANT
        self.promised_jobs += int(projects.jobs[k])
        self.invested += int(projects.capital[k])
        awarded = {"grants": award, "region": region}
        self.contracts.append(Contract(k, awarded, dict.fromkeys(awarded, 0), self.state.t))

    def step(self) -> None:
        """Envelopes that start, a session of the committee, payments and recoveries due."""
        for order, month in self.running():
            if month == 0:
                self.ledger.open("grants", order.envelope_eur)
                self.ledger.open("region", round(self.region_share * order.envelope_eur))
        self.committee.step()
        for contract in self.contracts:
            if not contract.closed:
                self._follow(contract)

    def _follow(self, contract: Contract) -> None:
        p, projects, k = self.parameters.instruments, self.state.projects, contract.project
        stage = int(projects.stage[k])
        if stage == _ABANDONED:
            self._abandon(contract, p.clawback)
            return
        months = self.state.t - contract.month
        if stage < _DECIDED:
            if months >= p.award_validity_months:
                projects.granted[k] -= sum(contract.awarded.values())
                projects.financed[k] -= sum(contract.awarded.values())
                self._abandon(contract, 0.0)
            return
        started = stage >= _PERMITTED
        if contract.milestone < _ADVANCE and started and months >= p.contract_months:
            self._pay(contract, p.advance, _ADVANCE)
            relax(self.model, k, sum(contract.awarded.values()))
        if contract.milestone == _ADVANCE and self._half_built(k, stage):
            self._pay(contract, p.intermediate, _INTERMEDIATE)
        if contract.milestone == _INTERMEDIATE and stage == _OPERATING:
            self._settle(contract)

    def _half_built(self, k: int, stage: int) -> bool:
        """True once half of the building is behind: the payment refunds what was spent."""
        projects = self.state.projects
        if stage == _PERMITTED:
            return bool(2 * (self.state.t - projects.since[k]) >= projects.build_months[k])
        return stage > _PERMITTED

    def _pay(self, contract: Contract, share: float, milestone: int) -> None:
        for funder, awarded in contract.awarded.items():
            amount = min(int(share * awarded), awarded - contract.paid[funder])
            self.ledger.pay(funder, amount, contract.project)
            contract.paid[funder] += amount
        contract.milestone = milestone

    def _settle(self, contract: Contract) -> None:
        """Balance in proportion to the jobs delivered; the rest is cancelled or recovered."""
        p, projects, k = self.parameters.instruments, self.state.projects, contract.project
        promised = max(int(projects.jobs[k]), 1)
        missing = 1.0 - float(projects.capacity[k]) / promised if projects.jobs[k] > 0 else 0.0
        kept = 1.0 if missing <= p.clawback_tolerance else 1.0 - missing
        for funder, awarded in contract.awarded.items():
            due = int(kept * awarded)
            paid = contract.paid[funder]
            if due >= paid:
                self.ledger.pay(funder, due - paid, k)
                contract.paid[funder] = due
                self.ledger.cancel(funder, awarded - due, k)
            else:
                self.ledger.recover(funder, int(p.clawback * (paid - due)), k)
                self.ledger.cancel(funder, awarded - paid, k)
        contract.closed = True

    def _abandon(self, contract: Contract, clawback: float) -> None:
        for funder, awarded in contract.awarded.items():
            paid = contract.paid[funder]
            self.ledger.cancel(funder, awarded - paid, contract.project)
            self.ledger.recover(funder, int(clawback * paid), contract.project)
        contract.closed = True
