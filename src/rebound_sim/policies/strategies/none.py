"""No money: what the others are compared with."""

from __future__ import annotations

import numpy as np

from rebound_sim.policies.allocation import ZoneDesk
from rebound_sim.policies.desk import Integers
from rebound_sim.policies.strategy import strategy


@strategy("none", level="zones", words=("no programme", "sans programme"))
def none(desk: ZoneDesk, budget: int) -> Integers:  # noqa: ARG001
    """No programme: no engineering, no grants.

    award = 0. The shock, the reaction of markets and the ordinary services stay.
    """
    return np.zeros(desk.key.size, dtype=np.int64)
