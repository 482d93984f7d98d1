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
        self._new: dict[str, int] = {}

    def add(self, code: str, days: int) -> None:
        """Days allocated to a zone, committed when its mission starts or goes on."""
        if days:
            self.remaining[code] = self.remaining.get(code, 0) + days
            self._new[code] = self._new.get(code, 0) + days

    def decide(self, book: OrderBook) -> None:
        """Days of the month by zone; what is left when the window closes is given up."""
        month, dates = self.model.t, self.model.calendar
        if month < dates.start or not self.remaining:
            return
        if month >= dates.closing:
            for code in self.remaining:
                self.give_up(book, code, keep=0)
            self.remaining = {}
            return
        codes = [
            code
            for code in self.model.codes
            if self.remaining.get(code, 0) > 0 and month >= self.model.zones[code].announcement
        ]
        if not codes:
            return
        most = np.array(
            [min(self.remaining[code], self.table.mission_days_month) for code in codes],
            dtype=np.int64,
        )
        ranks = np.array([self.model.rank[code] for code in codes], dtype=np.int64)
        days = share(np.ones(most.size), most, self.table.consultant_days_month, ranks)
        for code, worked in zip(codes, days, strict=True):
            given_up = book.engineering.get(code, (0, 0, 0))[2]
            book.engineering[code] = (self._new.pop(code, 0), int(worked), given_up)
            self.remaining[code] -= int(worked)

    def give_up(self, book: OrderBook, code: str, keep: int) -> None:
        """Give up days not worked beyond `keep`: those not committed go back to the envelope."""
        days = max(self.remaining.get(code, 0) - keep, 0)
        if not days:
            return
        new = min(self._new.get(code, 0), days)
        if new:
            self._new[code] -= new
            self.model.authority.give(book, "engineering", code, -new * self.table.daily_cost_eur)
        if days > new:
            book.engineering[code] = (0, 0, days - new)
        self.remaining[code] -= days
