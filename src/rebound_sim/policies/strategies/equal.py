"""The same amount for each zone."""

from __future__ import annotations

import numpy as np

from rebound_sim.policies.allocation import ZoneDesk, share
from rebound_sim.policies.desk import Integers
from rebound_sim.policies.strategy import strategy


@strategy("equal", level="zones", words=("equal shares", "parts égales"))
def equal(desk: ZoneDesk, budget: int) -> Integers:
    """The same amount for each zone.

    weight = 1, whatever the size of the zone, its shock or its projects. All is allocated at the
    first date. A zone receives no more than its ceiling; what it cannot take is shared equally
    among the others. This is the programme of 30 territories as it
    was announced: 90 M€ / 30 = 3 M€ of grants and 10 M€ / 30 of engineering for each.
    """
    return share(np.ones(desk.key.size), desk.amount, budget, desk.key)
