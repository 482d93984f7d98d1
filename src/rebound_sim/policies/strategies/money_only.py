"""Grants without engineering."""

from __future__ import annotations

import numpy as np

from rebound_sim.policies.allocation import ZoneDesk, share
from rebound_sim.policies.desk import Integers
from rebound_sim.policies.strategy import strategy


@strategy(
    "money_only", level="zones", words=("grants alone", "subventions seules"), engineering_share=0.0
)
def money_only(desk: ZoneDesk, budget: int) -> Integers:
    """All in grants, the same for each zone.

    weight = 1; engineering_share = 0 (lever). Beside `equal`, it shows what missions add for the
    same money.
    """
    return share(np.ones(desk.key.size), desk.amount, budget, desk.key)
