"""Public money: where each euro is, and what a job costs."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rebound_sim.policies.instruments import INSTRUMENTS, PUBLIC
from rebound_sim.policies.ledger import AMOUNTS, remainders
from rebound_sim.statistics.panels import NONE, Panels

#: Bits of `supported` in the table of projects (state.codes.Support).
SUPPORT_BITS = {"engineering": 1, "grants": 2, "revitalisation": 4}


def euros(panels: Panels, arm: str, instrument: str) -> dict[str, NDArray[np.int64]]:
    """Cumulated euros of an instrument: kind -> int[replications, months].

    Sums of the journal: envelope, committed, paid, cancelled, returned. Derived, so that
    envelope = committed + uncommitted and committed = paid + to_pay + cancelled, exactly.
    """
    found = {
        kind: panels.values(f"{instrument}_{kind}_total_eur", arm).astype(np.int64)
        for kind in AMOUNTS
    }
    left = remainders(**found)
    return found | {name: left[name] for name in ("uncommitted", "to_pay")}


def used_instruments(panels: Panels, arm: str) -> tuple[str, ...]:
    """Instruments with an envelope or a payment in some replication of an arm."""
    return tuple(
        name
        for name in INSTRUMENTS
        if any(np.any(panels.values(f"{name}_{k}_total_eur", arm)) for k in ("envelope", "paid"))
    )


def spent(panels: Panels, arm: str, instruments: tuple[str, ...]) -> NDArray[np.int64]:
    """Paid - returned, cumulated, of some instruments: int[replications, months]."""
    total = np.zeros((panels.count, panels.months.size), dtype=np.int64)
    for name in instruments:
        paid, returned = (
            panels.values(f"{name}_{kind}_total_eur", arm).astype(np.int64)
            for kind in ("paid", "returned")
        )
        total += paid - returned
    return total


def public_cost(panels: Panels, policy: str) -> NDArray[np.int64]:
    """Public money spent with the policy - without it: int[replications, months].

    The contribution of a closing group (revitalisation) is not public money.
    """
    without = spent(panels, NONE, PUBLIC)
    return spent(panels, policy, PUBLIC) - without


def net_budget_cost(panels: Panels, policy: str) -> NDArray[np.int64]:
    """Public cost + benefits paid more - taxes on labour received more, from month 0.

    int[replications, months from 0], euros cumulated. Negative: the budget gains.
    """
    benefits = panels.difference("benefits_eur", policy)
    taxes = panels.difference("labour_taxes_eur", policy)
    flows = np.cumsum(benefits - taxes, axis=1)
    total: NDArray[np.int64] = public_cost(panels, policy) + flows
    return total


def gross_jobs_of(panels: Panels, policy: str, instrument: str | None) -> NDArray[np.float64]:
    """Jobs delivered by the end by projects that an instrument supported: float[replications].

    instrument : a key of SUPPORT_BITS, or None for any support. A project supported by two
    instruments counts for both.
    """
    if instrument is None:
        return panels.values("supported_capacity", policy)[:, -1].astype(np.float64)
    table = panels.projects
    if not len(table.get("project", ())):
        return np.zeros(panels.count)
    helped = (table["supported"].astype(np.int64) & SUPPORT_BITS[instrument]) != 0
    rows = helped & (table["arm"] == policy)
    return panels.by_replication(table["replication"][rows], table["jobs_delivered"][rows])


def costs(panels: Panels, policy: str, instrument: str | None) -> NDArray[Any]:
    """Money spent by the end, policy - none: int[replications].

    instrument : one of INSTRUMENTS (the group's money included), or None for all public money.
    """
    if instrument is None:
        return public_cost(panels, policy)[:, -1]
    with_policy = spent(panels, policy, (instrument,))[:, -1]
    cost: NDArray[np.int64] = with_policy - spent(panels, NONE, (instrument,))[:, -1]
    return cost
