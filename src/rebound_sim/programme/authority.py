"""The programme authority: opens the envelope, asks the strategy, allocates between zones."""

from __future__ import annotations

from typing import Any

import numpy as np

from rebound_sim.errors import EngineError
from rebound_sim.policies.allocation import share
from rebound_sim.policies.decision import award
from rebound_sim.policies.ledger import NO_PROJECT, Entry
from rebound_sim.programme.base import NationalAgent
from rebound_sim.programme.desks import session, zone_desk
from rebound_sim.programme.orders import OrderBook


class ProgrammeAuthority(NationalAgent):
    """Holds the national envelope (the agency in charge of the programme and its funder).

    envelope : EUR by instrument    allocated : EUR by instrument and zone, net of recalls
    """

    def __init__(self, model: Any) -> None:
        super().__init__(model)
        table = self.table
        self.envelope: dict[str, int] = {
            "engineering": table.engineering_eur,
            "grants": table.grants_eur,
        }
        self.allocated: dict[str, dict[str, int]] = {
            name: dict.fromkeys(model.codes, 0) for name in self.envelope
        }  # fmt: skip

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
        """Opening, allocation dates, closing."""
        dates, month = self.model.calendar, self.model.t
        if month == dates.start:
            for instrument, amount in self.envelope.items():
                if amount:
                    entry = Entry(month, instrument, NO_PROJECT, "envelope", amount)
                    self.model.journal.append(entry)
            self._engineering(book)
        if self.model.strategy.level == "zones" and month in dates.allocations:
            self._grants(book, dates.allocations.index(month))

    def close(self, book: OrderBook) -> None:
        """Money that no file has taken goes back when the window closes."""
        for code in self.model.codes:
            account = self.model.zones[code].ledger["grants"]
            awarded = sum(amount for _, amount in book.awards.get(code, ()))
            left = account.uncommitted + book.change(code, "grants") - awarded
            self.give(book, "grants", code, -left)

    def _engineering(self, book: OrderBook) -> None:
        """Missions, in whole person-days."""
        budget, cost = self.envelope["engineering"], self.table.daily_cost_eur
        if budget == 0 or cost == 0:
            return
        desk = zone_desk(self.model, session(self.model, "engineering", 0, 0))
        if self.model.strategy.level == "zones":
            awards = award(self.model.strategy, desk, budget)
        else:
            awards = share(np.ones(desk.amount.size), desk.amount, budget, desk.key)
        for code, amount in zip(self.model.codes, awards, strict=True):
            days = int(amount) // cost
            self.give(book, "engineering", code, days * cost)
            self.model.consultants.remaining[code] = days

    def _grants(self, book: OrderBook, number: int) -> None:
        """Envelopes of zones, at an allocation date."""
        model = self.model
        if model.strategy.recall and number > 0:
            for code in model.codes:
                self.give(book, "grants", code, -model.zones[code].ledger["grants"].uncommitted)
        budget = self.unallocated("grants")
        left = len(model.calendar.allocations) - 1 - number
        desk = zone_desk(model, session(model, "grants", number, left))
        for code, amount in zip(model.codes, award(model.strategy, desk, budget), strict=True):
            self.give(book, "grants", code, int(amount))
