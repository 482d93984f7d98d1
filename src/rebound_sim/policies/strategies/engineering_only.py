"""Engineering without grants."""

from __future__ import annotations

import numpy as np

from rebound_sim.policies.allocation import ZoneDesk, share
from rebound_sim.policies.desk import Integers
from rebound_sim.policies.strategy import strategy


@strategy(
    "engineering_only",
    level="zones",
    words=("engineering alone", "ingénierie seule"),
    engineering_share=1.0,
)
def engineering_only(desk: ZoneDesk, budget: int) -> Integers:
    """All in engineering, the same for each zone.

    weight = 1; engineering_share = 1 (lever). A mission cannot exceed `mission_days_most`
    person-days, nor consultants their monthly capacity: with the default ceiling (600 days, 0.9 M€)
    most of an envelope of 100 M€ stays unspent, so that cost per job is what to compare.
    """
    return share(np.ones(desk.key.size), desk.amount, budget, desk.key)
