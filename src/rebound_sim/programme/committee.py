"""The fund operator's queue and the committees that choose among appraised files."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from rebound_sim.agents.fund import session_budget
from rebound_sim.policies.desk import decide
from rebound_sim.policies.selection import SELECTIONS
from rebound_sim.programme.base import NationalAgent
from rebound_sim.programme.desks import file_desk, session
from rebound_sim.programme.orders import OrderBook
from rebound_sim.state.codes import Answer


class FundQueue(NationalAgent):
    """Appraises files of all zones in the order in which they came, so many a month.

    appraised : zone → project → sessions at which the file has been seen
    """

    def __init__(self, model: Any) -> None:
        super().__init__(model)
        self.appraised: dict[str, dict[int, int]] = {code: {} for code in model.codes}

    def decide(self, book: OrderBook) -> None:
        """One month of appraisal; `book` is left as it is."""
        del book
        if not self.model.calendar.opening <= self.model.t <= self.model.calendar.closing:
            return
        waiting = []
        for code in self.model.codes:
            zone = self.model.zones[code]
            filed = zone.state.projects.filed_month
            for k in zone.fund.appraised().tolist():
                if k not in self.appraised[code]:
                    waiting.append((int(filed[k]), self.model.rank[code], k, code))
        for _, _, k, code in sorted(waiting)[: self.table.appraisal_capacity]:
            self.appraised[code][k] = 0

    def ready(self, code: str) -> list[int]:
        """Appraised files of a zone that still wait for an answer, by project."""
        answers = self.model.zones[code].state.projects.grant_answer
        files = np.array(sorted(self.appraised[code]), dtype=np.int64)
        return [int(k) for k in files[answers[files] == Answer.WAITING]]


class NationalCommittee(NationalAgent):
    """Meets on the programme's dates: one desk of all files, or one of each zone's envelope."""

    def decide(self, book: OrderBook) -> None:
        """One session when the calendar says so; refusals when the window closes."""
        model = self.model
        if model.calendar.is_open(model.t):
            given = model.authority.allocated["grants"]
            national = model.authority.level == "files"
            book.windows |= {code for code in model.hit if national or given[code] > 0}
        if model.t not in model.calendar.committees:
            return
        number = model.calendar.committees.index(model.t)
        left = len(model.calendar.committees) - 1 - number
        if model.authority.level == "files":
            self._national(book, number, left)
        else:
            self._by_zone(book, left)
        self._answer(book, last=left == 0)
        if left == 0:
            model.authority.close(book)

    def _national(self, book: OrderBook, number: int, left: int) -> None:
        """All files on one desk; the strategy awards within the session's budget."""
        model = self.model
        money = model.authority.unallocated("grants")
        desk, identities = file_desk(model, session(model, "grants", number, left))
        paced = model.authority.paced
        budget = session_budget(money, left, _largest(desk.amount)) if paced else money
        awards = model.authority.award_files(desk, budget)
        for (code, k), amount in zip(identities, awards, strict=True):
            if amount > 0:
                model.authority.give(book, "grants", code, int(amount))
                self._award(book, code, k, int(amount))

    def _by_zone(self, book: OrderBook, left: int) -> None:
        """Each zone's files, within its own envelope, by the programme's selection rule."""
        selection = SELECTIONS[self.table.selection]
        for code in self.model.codes:
            rows = np.array(self.model.queue.ready(code), dtype=np.int64)
            if rows.size == 0:
                continue
            zone = self.model.zones[code]
            money = zone.ledger["grants"].uncommitted + book.change(code, "grants")
            requests = replace(zone.fund.requests(rows), money=money)
            budget = session_budget(money, left, _largest(requests.amount))
            awards = decide(selection, requests, budget)
            for k, amount in zip(rows, awards, strict=True):
                if amount > 0:
                    self._award(book, code, int(k), int(amount))

    def _award(self, book: OrderBook, code: str, k: int, amount: int) -> None:
        book.awards[code].append((k, amount))
        book.allocate(code, "region", round(self.table.cofinancing_share * amount))

    def _answer(self, book: OrderBook, last: bool) -> None:
        """Files passed over wait for another session, then are refused."""
        for code in self.model.codes:
            awarded = {k for k, _ in book.awards.get(code, ())}
            seen = self.model.queue.appraised[code]
            most = self.model.zones[code].parameters.instruments.sessions
            for k in self.model.queue.ready(code):
                if k not in awarded:
                    seen[k] += 1
                    if seen[k] >= most:
                        book.refused[code].append(k)
            if last:
                answers = self.model.zones[code].state.projects.grant_answer
                refused = set(np.flatnonzero(answers == Answer.WAITING).tolist()) - awarded
                book.refused[code] = sorted(refused)


def _largest(amounts: npt.NDArray[np.int64]) -> int:
    """Grant of the largest file on a desk [EUR], 0 on an empty one."""
    return int(amounts.max()) if amounts.size else 0
