"""Public money of one run, in whole euros: accounts by instrument, and a journal of entries.

Laws, checked at every entry: envelope = committed + uncommitted; committed = paid + to pay +
cancelled; returned ≤ paid. Cancelled money goes back to the State: it is not committed again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from rebound_sim.errors import EngineError

#: Project of an entry that concerns no project in particular.
NO_PROJECT = -1


@dataclass
class Account:
    """One instrument. All amounts are cumulated whole euros."""

    envelope: int = 0
    committed: int = 0
    paid: int = 0
    cancelled: int = 0
    returned: int = 0

    @property
    def uncommitted(self) -> int:
        """What can still be committed [EUR]."""
        return self.envelope - self.committed

    @property
    def to_pay(self) -> int:
        """Committed, neither paid nor cancelled [EUR]."""
        return self.committed - self.paid - self.cancelled


class Entry(NamedTuple):
    """One line of the journal. month : of the run    amount : EUR, positive."""

    month: int
    instrument: str
    project: int
    kind: str
    amount: int


class Ledger:
    """Accounts of all instruments. Whoever keeps it sets `month` as time passes."""

    def __init__(self, instruments: Iterable[str]) -> None:
        self.accounts = {name: Account() for name in instruments}
        self.journal: list[Entry] = []
        self.month = 0

    def __getitem__(self, instrument: str) -> Account:
        return self.accounts[instrument]

    def open(self, instrument: str, amount: int) -> None:
        """Add `amount` to the envelope."""
        self._enter("allocated", instrument, amount, NO_PROJECT)
        self.accounts[instrument].envelope += amount

    def recall(self, instrument: str, amount: int) -> None:
        """Take `amount` back from the envelope. Raises EngineError if it is committed."""
        self._enter("recalled", instrument, amount, NO_PROJECT)
        self.accounts[instrument].envelope -= amount
        self._check(instrument)

    def commit(self, instrument: str, amount: int, project: int = NO_PROJECT) -> None:
        """Commit `amount`. Raises EngineError beyond the envelope."""
        self._enter("committed", instrument, amount, project)
        self.accounts[instrument].committed += amount
        self._check(instrument)

    def pay(self, instrument: str, amount: int, project: int = NO_PROJECT) -> None:
        """Pay `amount` of what is committed. Raises EngineError beyond it."""
        self._enter("paid", instrument, amount, project)
        self.accounts[instrument].paid += amount
        self._check(instrument)

    def cancel(self, instrument: str, amount: int, project: int = NO_PROJECT) -> None:
        """Cancel `amount` of what is still to pay. Raises EngineError beyond it."""
        self._enter("cancelled", instrument, amount, project)
        self.accounts[instrument].cancelled += amount
        self._check(instrument)

    def recover(self, instrument: str, amount: int, project: int = NO_PROJECT) -> None:
        """Take back `amount` of what was paid. Raises EngineError beyond it."""
        self._enter("returned", instrument, amount, project)
        self.accounts[instrument].returned += amount
        self._check(instrument)

    def _enter(self, kind: str, instrument: str, amount: int, project: int) -> None:
        if not isinstance(amount, int) or amount < 0:
            raise EngineError(f"ledger: {instrument}: {amount!r} is not a whole amount of euros")
        if amount:
            self.journal.append(Entry(self.month, instrument, project, kind, amount))

    def _check(self, instrument: str) -> None:
        account = self.accounts[instrument]
        if account.uncommitted < 0 or account.to_pay < 0 or account.returned > account.paid:
            raise EngineError(f"ledger: {instrument} does not balance: {account}")
