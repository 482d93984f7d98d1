"""Public money of one run, in whole euros, by instrument.

Laws, checked at every entry: envelope = committed + uncommitted; committed = paid + to pay +
cancelled; returned ≤ paid. Cancelled money goes back to the State: it is not committed again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rebound_sim.errors import EngineError


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


class Ledger:
    """Accounts of all instruments."""

    def __init__(self, instruments: Iterable[str]) -> None:
        self.accounts = {name: Account() for name in instruments}

    def __getitem__(self, instrument: str) -> Account:
        return self.accounts[instrument]

    def open(self, instrument: str, amount: int) -> None:
        """Add `amount` to the envelope."""
        self._positive(instrument, amount)
        self.accounts[instrument].envelope += amount

    def commit(self, instrument: str, amount: int) -> None:
        """Commit `amount`. Raises EngineError beyond the envelope."""
        self._positive(instrument, amount)
        self.accounts[instrument].committed += amount
        self._check(instrument)

    def pay(self, instrument: str, amount: int) -> None:
        """Pay `amount` of what is committed. Raises EngineError beyond it."""
        self._positive(instrument, amount)
        self.accounts[instrument].paid += amount
        self._check(instrument)

    def cancel(self, instrument: str, amount: int) -> None:
        """Cancel `amount` of what is still to pay. Raises EngineError beyond it."""
        self._positive(instrument, amount)
        self.accounts[instrument].cancelled += amount
        self._check(instrument)

    def recover(self, instrument: str, amount: int) -> None:
        """Take back `amount` of what was paid. Raises EngineError beyond it."""
        self._positive(instrument, amount)
        self.accounts[instrument].returned += amount
        self._check(instrument)

    def _positive(self, instrument: str, amount: int) -> None:
        if not isinstance(amount, int) or amount < 0:
            raise EngineError(f"ledger: {instrument}: {amount!r} is not a whole amount of euros")

    def _check(self, instrument: str) -> None:
        account = self.accounts[instrument]
        if account.uncommitted < 0 or account.to_pay < 0 or account.returned > account.paid:
            raise EngineError(f"ledger: {instrument} does not balance: {account}")
