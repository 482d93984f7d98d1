"""Public money of the programme in each replication: what it cost, what is left, what it bought."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rebound_sim.statistics.ledger import ACCOUNTS, ledger_accounts
from rebound_sim.statistics.panels import Panels


def final_accounts(panels: Panels, instruments: tuple[str, ...]) -> dict[str, _Amounts]:
    """Accounts at the end of the run: name -> int[compared, replications kept], EUR.

    Without a national envelope, the envelope is what the zones were given.
    """
    journal = panels.ledger
    wanted = np.isin(journal["instrument"], instruments)
    accounts = ledger_accounts(
        {name: values[wanted] for name, values in journal.items()}, ["arm", "replication"]
    )
    shape = (len(panels.compared), panels.count)
    found = {name: np.zeros(shape, np.int64) for name in ACCOUNTS}
    strategies = {name: row for row, name in enumerate(panels.compared)}
    columns = {int(n): place for place, n in enumerate(panels.replications)}
    keys = zip(accounts["arm"], accounts["replication"], strict=True)
    for row, (strategy, replication) in enumerate(keys):
        if strategy in strategies and int(replication) in columns:
            for name in ACCOUNTS:
                cell = strategies[strategy], columns[int(replication)]
                found[name][cell] = accounts[name][row]
    if not panels.national_envelope:
        found["envelope"] = found["allocated"]
    return found


def unspent(accounts: dict[str, _Amounts]) -> _Amounts:
    """Money of the envelope that did not stay paid out: int[compared, replications]."""
    return accounts["envelope"] - accounts["paid"] + accounts["returned"]


_Amounts = NDArray[np.int64]
