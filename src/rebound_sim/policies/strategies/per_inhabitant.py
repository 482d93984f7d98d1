"""In proportion to residents."""

from __future__ import annotations

from rebound_sim.policies.allocation import ZoneDesk, share
from rebound_sim.policies.desk import Integers
from rebound_sim.policies.strategy import strategy


@strategy("per_inhabitant", level="zones", words=("per resident", "par habitant"))
def per_inhabitant(desk: ZoneDesk, budget: int) -> Integers:
    """The same amount for each resident.

    weight = residents. All is allocated at the first date. A zone receives no more than its
    ceiling; what it cannot take is shared by the same weights. It is the key of many transfers
    between local authorities, and ignores the shock.
    """
    return share(desk.residents, desk.amount, budget, desk.key)
