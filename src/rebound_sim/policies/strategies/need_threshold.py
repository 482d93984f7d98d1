"""A right for the zones above a threshold of need."""

from __future__ import annotations

import numpy as np

from rebound_sim.policies.allocation import ZoneDesk, share
from rebound_sim.policies.desk import Integers
from rebound_sim.policies.strategy import strategy

#: Mean rate of mainland zones in 2022 [%], weighted by active residents (shipped Insee series).
MAINLAND_RATE = 7.1
#: Points above the national rate that opened the right to the BER scheme (2006).
POINTS_ABOVE = 3.0


@strategy("need_threshold", level="zones")
def need_threshold(desk: ZoneDesk, budget: int) -> Integers:
    """A right, by jobs lost, above a threshold of need.

    need = unemployment rate + 100 × jobs_lost / employment: the rate, in %, to be feared if no
    displaced worker found a job. A zone is entitled when need ≥ 7.1 + 3 = 10.1, three points above
    the mainland's rate, as for the employment basins to revitalise (BER, 2006; its two other
    criteria, falling population and employment, are left out). weight = jobs_lost of the entitled
    zones. The right opens with the envelope: a zone that passes the threshold later finds what
    ceilings left.
    """
    shock = 100.0 * desk.jobs_lost / np.maximum(desk.employment, 1)
    entitled = desk.unemployment_rate + shock >= MAINLAND_RATE + POINTS_ABOVE
    return share(desk.jobs_lost * entitled, desk.amount, budget, desk.key)
