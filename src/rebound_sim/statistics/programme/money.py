"""Public money of the programme in each replication: what it cost, what is left, what it bought."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rebound_sim.statistics.panels import Panels

#: Amounts by name, of the accounts of zones.
_AMOUNTS = {
    "allocated": "envelope",
    **{name: name for name in ("committed", "paid", "returned", "cancelled")},
}
_Amounts = NDArray[np.int64]


def final_accounts(panels: Panels, instruments: tuple[str, ...]) -> dict[str, _Amounts]:
    """Accounts at the end of the run: name -> int[compared, replications], EUR.

    The envelope is the national one; without it, what the zones were given.
    """
    found = {name: np.zeros((len(panels.compared), panels.count), np.int64) for name in _AMOUNTS}
    for row, arm in enumerate(panels.compared):
        for name, amount in _AMOUNTS.items():
            for instrument in instruments:
                sums = panels.values(f"{instrument}_{amount}_total_eur", arm)
                found[name][row] += sums[:, -1].astype(np.int64)
    national = panels.national_envelope
    found["envelope"] = _opened(panels, instruments) if national else found["allocated"]
    return found


def _opened(panels: Panels, instruments: tuple[str, ...]) -> _Amounts:
    """National envelopes: int[compared, replications]."""
    journal = panels.ledger
    rows = (journal["kind"] == "envelope") & np.isin(journal["instrument"], instruments)
    arm, number, amount = (journal[k][rows] for k in ("arm", "replication", "amount_eur"))
    mine = arm == np.array(panels.compared)[:, np.newaxis, np.newaxis]
    mine = mine & (number == panels.replications[:, np.newaxis])
    found: _Amounts = (mine * amount).sum(axis=-1, dtype=np.int64)
    return found


def unspent(accounts: dict[str, _Amounts]) -> _Amounts:
    """Money of the envelope that did not stay paid out: int[compared, replications]."""
    return accounts["envelope"] - accounts["paid"] + accounts["returned"]
