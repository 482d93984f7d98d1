"""The consultants: person-days shared between the missions of all zones."""

from __future__ import annotations

from typing import Any

import numpy as np

from rebound_sim.policies.allocation import share
from rebound_sim.programme.base import NationalAgent
from rebound_sim.programme.orders import OrderBook


class ConsultantPool(NationalAgent):
    """A national capacity in person-days a month, shared equally between running missions.

    remaining : person-days allocated to each zone and not yet worked
    A mission starts with the programme, or with the first announcement in the zone if it is later.
    """

    def __init__(self, model: Any) -> None:
        super().__init__(model)
        self.remaining: dict[str, int] = {}
        self._running: set[str] = set()

    def decide(self, book: OrderBook) -> None:
        """Days of the month by zone; what is left when the window closes is given up."""
        month, dates = self.model.t, self.model.calendar
        if month < dates.start or not self.remaining:
            return
        if month >= dates.closing:
            self._give_up(book)
            return
        codes = [
            code for code, days in self.remaining.items()
            if days > 0 and month >= self.model.zones[code].announcement
        ]  # fmt: skip
        if not codes:
            return
        most = np.array(
            [min(self.remaining[code], self.table.mission_days_month) for code in codes],
            dtype=np.int64,
        )
        ranks = np.array([self.model.rank[code] for code in codes], dtype=np.int64)
        days = share(np.ones(most.size), most, self.table.consultant_days_month, ranks)
        for code, worked in zip(codes, days, strict=True):
            committed = 0 if code in self._running else self.remaining[code]
            self._running.add(code)
            book.engineering[code] = (committed, int(worked), 0)
            self.remaining[code] -= int(worked)

    def _give_up(self, book: OrderBook) -> None:
        for code, days in self.remaining.items():
            if days and code in self._running:
                book.engineering[code] = (0, 0, days)
            elif days:
                cost = days * self.table.daily_cost_eur
                self.model.authority.give(book, "engineering", code, -cost)
        self.remaining = {}
