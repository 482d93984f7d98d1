"""Take back what sleeps, and follow the projects."""

from __future__ import annotations

import numpy as np

from rebound_sim.policies.allocation import ZoneDesk, share
from rebound_sim.policies.desk import Integers
from rebound_sim.policies.strategy import strategy


@strategy("adaptive", level="zones", words=("adaptive", "adaptative"), recall=True)
def adaptive(desk: ZoneDesk, budget: int) -> Integers:
    """Money not committed follows the projects at each date.

    Engineering: weight = 1, so that each zone can show projects. Grants: at each allocation date
    what zones have not committed returns to the pot (recall), which is shared again with weight =
    pipeline (EUR that known projects could ask), or equally while no project is known anywhere.
    What a zone cannot take above its ceiling is shared by the same weights. Nothing waits: a zone
    may hold more than its known projects ask until the next date.
    """
    known = desk.session.instrument == "grants" and desk.pipeline.any()
    weights = desk.pipeline if known else np.ones(desk.key.size)
    return share(weights, desk.amount, budget, desk.key)
