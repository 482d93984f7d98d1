"""Fund first the files that bring most private money for a public euro.

Leverage (effet de levier) is a criterion of most calls, and what funds report of themselves.
"""

from __future__ import annotations

import numpy as np

from rebound_sim.policies.desk import Integers, Requests, fund_in_order


def leverage(requests: Requests, budget: int) -> Integers:
    """Awards by file [EUR]; see `policies.desk`."""
    private = requests.capital - requests.amount
    return fund_in_order(requests, private / np.maximum(requests.amount, 1), budget)
