"""Fund first the files that the committee marks best: quality, with noise, and jobs.

Criteria of the Rebond and FAIIT calls: structuring, jobs, maturity (`instruments.jobs_weight`).
"""

from __future__ import annotations

from rebound_sim.policies.desk import Integers, Requests, fund_in_order


def merit(requests: Requests, budget: int) -> Integers:
    """Awards by file [EUR]; see `policies.desk`."""
    return fund_in_order(requests, requests.signal, budget)
