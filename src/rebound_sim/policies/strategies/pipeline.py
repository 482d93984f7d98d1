"""Where projects are known."""

from __future__ import annotations

import numpy as np

from rebound_sim.policies.allocation import ZoneDesk, share
from rebound_sim.policies.desk import Integers
from rebound_sim.policies.strategy import strategy


@strategy("pipeline", level="zones", words=("by known projects", "selon les projets"))
def pipeline(desk: ZoneDesk, budget: int) -> Integers:
    """Money where projects are known, and no more than that.

    Grants: weight = ceiling = max(pipeline - (allocated - committed), 0): what known projects of
    the zone could ask, less what the zone still holds. The rest waits for the next date, when more
    is known, and goes back to the State if no project comes. Engineering, which finds projects:
    weight = pipeline known at the opening, or equal shares where none is known anywhere.
    """
    if desk.session.instrument == "engineering":
        known = desk.pipeline if desk.pipeline.any() else np.ones(desk.key.size)
        return share(known, desk.amount, budget, desk.key)
    return grants_by_pipeline(desk, budget)


def grants_by_pipeline(desk: ZoneDesk, budget: int) -> Integers:
    """Awards [EUR] by what known projects could use and their zone does not hold yet."""
    wanted = np.maximum(desk.pipeline - (desk.allocated - desk.committed), 0)
    return share(wanted, np.minimum(wanted, desk.amount), budget, desk.key)
