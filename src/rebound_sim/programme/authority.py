"""The programme authority: opens the envelope and allocates it, by a strategy or by a plan."""

from __future__ import annotations

from typing import Any

import numpy as np

from rebound_sim.errors import EngineError
from rebound_sim.policies.allocation import FileDesk, share
from rebound_sim.policies.decision import award
from rebound_sim.policies.desk import Integers
from rebound_sim.policies.instruments import INSTRUMENTS
from rebound_sim.policies.ledger import NO_PROJECT, Entry
from rebound_sim.policies.plan import Plan
from rebound_sim.policies.programme_table import NATIONAL
from rebound_sim.policies.strategy import Strategy
from rebound_sim.programme.base import NationalAgent
from rebound_sim.programme.desks import session, zone_desk
from rebound_sim.programme.orders import OrderBook


class ProgrammeAuthority(NationalAgent):
    """Holds the national envelope (the agency in charge of the programme and its funder).

    envelope : EUR by instrument    allocated : EUR by instrument and zone, net of recalls
    """

    def __init__(self, model: Any) -> None:
        super().__init__(model)
        self.envelope = self.budgets()
        self.allocated: dict[str, dict[str, int]] = {
            name: dict.fromkeys(model.codes, 0) for name in self.envelope
        }

    def budgets(self) -> dict[str, int]:
        """EUR by instrument, at the opening."""
        raise NotImplementedError

    def unallocated(self, instrument: str) -> int:
        """EUR of an instrument that no zone has."""
        return self.envelope[instrument] - sum(self.allocated[instrument].values())

    def give(self, book: OrderBook, instrument: str, code: str, amount: int) -> None:
        """Allocate `amount` EUR to a zone (recall it if negative)."""
        self.allocated[instrument][code] += amount
        if self.allocated[instrument][code] < 0 or self.unallocated(instrument) < 0:
            raise EngineError(f"programme: {instrument} of zone {code} exceeds the envelope")
        book.allocate(code, instrument, amount)

    def decide(self, book: OrderBook) -> None:
        """Opening, then what is allocated this month."""
        if self.model.t == self.model.calendar.start:
            for instrument, amount in self.envelope.items():
                if amount:
                    entry = Entry(self.model.t, instrument, NO_PROJECT, "envelope", amount)
                    self.model.journal.append(entry)
        self.allocate(book)

    def allocate(self, book: OrderBook) -> None:
        """Give this month's money to zones."""
        raise NotImplementedError

    def give_days(self, book: OrderBook, code: str, days: int) -> None:
        """Allocate person-days of consultants to a zone."""
        self.give(book, "engineering", code, days * self.table.daily_cost_eur)
        self.model.consultants.add(code, days)

    def close(self, book: OrderBook) -> None:
        """Money that no file has taken goes back when the window closes."""
        for code in self.model.codes:
            self.take_back(book, code, keep=0)

    def take_back(self, book: OrderBook, code: str, keep: int) -> None:
        """Recall grants that a zone has not committed, beyond `keep` EUR."""
        account = self.model.zones[code].ledger["grants"]
        awarded = sum(amount for _, amount in book.awards.get(code, ()))
        left = account.uncommitted + book.change(code, "grants") - awarded
        self.give(book, "grants", code, -max(left - keep, 0))


class StrategyAuthority(ProgrammeAuthority):
    """Asks a strategy at each date of the calendar."""

    def __init__(self, model: Any, strategy: Strategy) -> None:
        self.strategy = strategy
        super().__init__(model)

    @property
    def level(self) -> str:
        """ "zones" or "files": what the strategy awards money to."""
        return self.strategy.level

    def budgets(self) -> dict[str, int]:
        """The programme's own split."""
        table = self.table
        return {
            "engineering": table.engineering_eur,
            "grants": table.grants_eur,
            **table.instruments_eur,
        }

    def allocate(self, book: OrderBook) -> None:
        """Grants at each allocation date, all other instruments at the opening."""
        dates, month = self.model.calendar, self.model.t
        if month == dates.start:
            self._engineering(book)
            for name in self.table.instruments_eur:
                self._local(book, name)
        if self.level == "zones" and month in dates.allocations:
            self._grants(book, dates.allocations.index(month))

    def _engineering(self, book: OrderBook) -> None:
        """Missions, in whole person-days."""
        budget, cost = self.envelope["engineering"], self.table.daily_cost_eur
        if budget == 0 or cost == 0:
            return
        for code, amount in self._shares("engineering", budget):
            self.give_days(book, code, amount // cost)

    def _local(self, book: OrderBook, name: str) -> None:
        """An instrument that an agent of each zone carries out, over the months of the window."""
        dates = self.model.calendar
        for code, amount in self._shares(name, self.envelope[name]):
            if amount > 0:
                start = max(dates.start - self.model.zones[code].announcement, 0)
                bought = INSTRUMENTS[name].settings.bought(
                    amount, start, dates.closing - dates.start
                )
                self.allocated[name][code] += amount
                book.orders[code].append((name, bought))

    def _shares(self, instrument: str, budget: int) -> list[tuple[str, int]]:
        """Awards to zones at the opening; equal ones by a strategy that awards to files."""
        desk = zone_desk(self.model, session(self.model, instrument, 0, 0))
        if self.level == "zones":
            awards = award(self.strategy, desk, budget)
        else:
            awards = share(np.ones(desk.amount.size), desk.amount, budget, desk.key)
        return list(zip(self.model.codes, awards.tolist(), strict=True))

    def _grants(self, book: OrderBook, number: int) -> None:
        """Envelopes of zones, at an allocation date."""
        model = self.model
        if self.strategy.recall and number > 0:
            for code in model.codes:
                self.give(book, "grants", code, -model.zones[code].ledger["grants"].uncommitted)
        budget = self.unallocated("grants")
        left = len(model.calendar.allocations) - 1 - number
        desk = zone_desk(model, session(model, "grants", number, left))
        for code, amount in zip(model.codes, award(self.strategy, desk, budget), strict=True):
            self.give(book, "grants", code, int(amount))

    def award_files(self, desk: FileDesk, budget: int) -> Integers:
        """Awards to files [EUR], by a strategy of that level."""
        return award(self.strategy, desk, budget)

    @property
    def paced(self) -> bool:
        """False when each session may award all that is left."""
        return bool(self.strategy.levers.get("pace", True))


class PlanAuthority(ProgrammeAuthority):
    """Carries out a plan: a line's money comes in its first month and leaves after its last."""

    level = "zones"

    def __init__(self, model: Any, plan: Plan) -> None:
        self.plan = plan
        super().__init__(model)

    def budgets(self) -> dict[str, int]:
        """What the plan gives in all."""
        lines = [line for line in self.plan.lines if line.settings is None]
        totals = dict.fromkeys((*NATIONAL, *(line.instrument for line in lines)), 0)
        for line in lines:
            totals[line.instrument] += int(line.amount_eur or 0)
        return totals

    def allocate(self, book: OrderBook) -> None:
        """Lines that end give back what is unused, then lines that start."""
        month = self.model.t - self.model.scenario.time.burn_in_months
        closing = self.model.calendar.closing - self.model.scenario.time.burn_in_months
        ending = [line for line in self.plan.lines if line.end == month and month < closing]
        for code, instrument in dict.fromkeys((line.zone, line.instrument) for line in ending):
            running = [
                line
                for line in self.plan.lines
                if (line.zone, line.instrument) == (code, instrument)
                and int(line.start or 0) < month < int(line.end or 0)
            ]
            if instrument == "engineering":
                keep = sum(int(line.days or 0) for line in running)
                self.model.consultants.give_up(book, code, keep)
            elif instrument == "grants":
                self.take_back(book, code, sum(int(line.amount_eur or 0) for line in running))
        for line in self.plan.lines:
            if line.start == month and line.instrument == "engineering":
                self.give_days(book, line.zone, int(line.days or 0))
            elif line.start == month and line.instrument == "grants":
                self.give(book, line.instrument, line.zone, int(line.amount_eur or 0))
