"""Draw lots: the bottom line of any selection."""

from __future__ import annotations

from rebound_sim.policies.desk import Integers, Requests, fund_in_order


def random(requests: Requests, budget: int) -> Integers:
    """Awards by file [EUR]; see `policies.desk`."""
    return fund_in_order(requests, requests.luck, budget)
