"""Fund first the files that the committee finds best."""

from __future__ import annotations

from rebound_sim.policies.desk import Integers, Requests, fund_in_order


def merit(requests: Requests, budget: int) -> Integers:
    """Awards by file [EUR]; see `policies.desk`."""
    return fund_in_order(requests, requests.signal, budget)
