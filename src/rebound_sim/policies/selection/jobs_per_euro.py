"""Fund first the files that promise most jobs per euro asked."""

from __future__ import annotations

import numpy as np

from rebound_sim.policies.desk import Integers, Requests, fund_in_order


def jobs_per_euro(requests: Requests, budget: int) -> Integers:
    """Awards by file [EUR]; see `policies.desk`."""
    return fund_in_order(requests, requests.jobs / np.maximum(requests.amount, 1), budget)
