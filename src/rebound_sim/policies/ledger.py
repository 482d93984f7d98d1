"""Money of one run, in whole euros: a journal of entries, and the accounts that are its sums.

The journal is the record. Its laws are written here alone: what `remainders` gives is not below 0.
They are checked at every entry, and on journals read back. Cancelled money goes back to who gave
it: it is not committed again.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from rebound_sim.errors import EngineError

#: Project of an entry that concerns no project in particular.
NO_PROJECT = -1
#: Kind of entry → amount of an account that it changes, and its sign.
KINDS: dict[str, tuple[str, int]] = {
    "allocated": ("envelope", 1),
    "recalled": ("envelope", -1),
    "committed": ("committed", 1),
    "paid": ("paid", 1),
    "cancelled": ("cancelled", 1),
    "returned": ("returned", 1),
}


LAWS = (
    "allocated = committed + uncommitted",
    "committed = paid + to pay + cancelled",
    "returned ≤ paid",
)


def remainders(
    *, envelope: Any, committed: Any, paid: Any, cancelled: Any, returned: Any
) -> dict[str, Any]:
    """What is left by the laws, and may not be below 0 [EUR]: of numbers, or of arrays."""
    return {
        "uncommitted": envelope - committed,
        "to_pay": committed - paid - cancelled,
        "paid - returned": paid - returned,
    }


class Entry(NamedTuple):
    """One line of the journal. month : of the run    amount : EUR, positive."""

    month: int
    instrument: str
    project: int
    kind: str
    amount: int


@dataclass(frozen=True)
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
        return int(remainders(**vars(self))["uncommitted"])

    @property
    def to_pay(self) -> int:
        """Committed, neither paid nor cancelled [EUR]."""
        return int(remainders(**vars(self))["to_pay"])

    @property
    def balances(self) -> bool:
        """True if the laws hold."""
        return bool(min(remainders(**vars(self)).values()) >= 0)

    def after(self, kind: str, amount: int) -> Account:
        """The account with one more entry."""
        name, sign = KINDS[kind]
        return dataclasses.replace(self, **{name: getattr(self, name) + sign * amount})


#: Amounts of an account, which entries add up to.
AMOUNTS = tuple(field.name for field in dataclasses.fields(Account))


def by_month(
    journal: Iterable[Entry], instrument: str, amount: str, months: int
) -> npt.NDArray[np.int64]:
    """One amount of an account at the end of each month of a run, cumulated: int[months], EUR.

    amount : a field of Account
    """
    flows = np.zeros(months, np.int64)
    for entry in journal:
        name, sign = KINDS[entry.kind]
        if entry.instrument == instrument and name == amount:
            flows[entry.month] += sign * entry.amount
    sums: npt.NDArray[np.int64] = flows.cumsum()
    return sums


class Ledger:
    """The journal of a run, with its sums at hand. Whoever keeps it sets `month` as time passes."""

    def __init__(self, instruments: Iterable[str]) -> None:
        self.accounts = {name: Account() for name in instruments}
        self.journal: list[Entry] = []
        self.month = 0

    def __getitem__(self, instrument: str) -> Account:
        return self.accounts[instrument]

    def open(self, instrument: str, amount: int) -> None:
        """Add `amount` to the envelope."""
        self._enter("allocated", instrument, amount, NO_PROJECT)

    def recall(self, instrument: str, amount: int) -> None:
        """Take `amount` back from the envelope. Raises EngineError if it is committed."""
        self._enter("recalled", instrument, amount, NO_PROJECT)

    def commit(self, instrument: str, amount: int, project: int = NO_PROJECT) -> None:
        """Commit `amount`. Raises EngineError beyond the envelope."""
        self._enter("committed", instrument, amount, project)

    def pay(self, instrument: str, amount: int, project: int = NO_PROJECT) -> None:
        """Pay `amount` of what is committed. Raises EngineError beyond it."""
        self._enter("paid", instrument, amount, project)

    def cancel(self, instrument: str, amount: int, project: int = NO_PROJECT) -> None:
        """Cancel `amount` of what is still to pay. Raises EngineError beyond it."""
        self._enter("cancelled", instrument, amount, project)

    def recover(self, instrument: str, amount: int, project: int = NO_PROJECT) -> None:
        """Take back `amount` of what was paid. Raises EngineError beyond it."""
        self._enter("returned", instrument, amount, project)

    def _enter(self, kind: str, instrument: str, amount: int, project: int) -> None:
        """Write an entry; one that is refused leaves nothing."""
        if not isinstance(amount, int) or amount < 0:
            raise EngineError(f"ledger: {instrument}: {amount!r} is not a whole amount of euros")
        if amount == 0:
            return
        account = self.accounts[instrument].after(kind, amount)
        if not account.balances:
            raise EngineError(f"ledger: {instrument} does not balance: {account}")
        self.accounts[instrument] = account
        self.journal.append(Entry(self.month, instrument, project, kind, amount))
