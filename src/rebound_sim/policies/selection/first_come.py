"""Fund files in the order in which they came."""

from __future__ import annotations

import numpy as np

from rebound_sim.policies.desk import Integers, Requests, fund_in_order


def first_come(requests: Requests, budget: int) -> Integers:
    """Awards by file [EUR]; see `policies.desk`."""
    return fund_in_order(requests, -requests.filed.astype(np.float64), budget)
