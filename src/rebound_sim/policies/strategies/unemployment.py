"""In proportion to the unemployed."""

from __future__ import annotations

import numpy as np

from rebound_sim.policies.allocation import ZoneDesk, share
from rebound_sim.policies.desk import Integers
from rebound_sim.policies.strategy import strategy

#: Above this rate [%] the count of unemployed would explode; no zone comes near.
_HIGHEST_RATE = 99.0


@strategy("unemployment", level="zones", words=("per unemployed person", "par chômeur"))
def unemployment(desk: ZoneDesk, budget: int) -> Integers:
    """The same amount for each unemployed person.

    weight = employment × u / (100 - u), u the unemployment rate in %: the number of unemployed when
    those who work in the zone are those who live there. The rate alone would ignore size. All is
    allocated at the first date, before most displaced workers are counted as unemployed; what a
    zone cannot take above its ceiling is shared by the same weights.
    """
    rate = np.clip(desk.unemployment_rate, 0.0, _HIGHEST_RATE)
    return share(desk.employment * rate / (100.0 - rate), desk.amount, budget, desk.key)
