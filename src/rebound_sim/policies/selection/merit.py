"""Fund first the files that the committee finds best: quality and jobs.

Criteria of the Rebond and FAIIT calls: structuring, jobs, maturity. One unit of log jobs counts as
one standard deviation of quality (assumed: no weights are published).
"""

from __future__ import annotations

import numpy as np

from rebound_sim.policies.desk import Integers, Requests, fund_in_order


def merit(requests: Requests, budget: int) -> Integers:
    """Awards by file [EUR]; see `policies.desk`."""
    return fund_in_order(requests, requests.signal + np.log1p(requests.jobs), budget)
