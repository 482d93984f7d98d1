"""More for each resident where the territory is fragile."""

from __future__ import annotations

from rebound_sim.policies.allocation import ZoneDesk, share
from rebound_sim.policies.desk import Integers
from rebound_sim.policies.strategy import strategy


@strategy("fragility", level="zones", words=("by fragility", "selon la fragilité"))
def fragility(desk: ZoneDesk, budget: int) -> Integers:
    """More for each resident where the territory is fragile.

    weight = residents × fragility index (0-100, `data.fragility`). The index says how fragile a
    resident's territory is, not how large: alone it would give a zone of 20,000 jobs as much as one
    of 200,000. Population times a synthetic index is also how the State shares its solidarity
    grants to towns (DSU), and it makes the comparison with `per_inhabitant` one of the index alone.
    All is allocated at the first date; what a zone cannot take above its ceiling is shared by the
    same weights.
    """
    return share(desk.residents * desk.fragility, desk.amount, budget, desk.key)
