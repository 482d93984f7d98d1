"""A right for the zones above a threshold of need."""

from __future__ import annotations

import numpy as np

from rebound_sim.data.dated import national_rate
from rebound_sim.policies.allocation import ZoneDesk, share
from rebound_sim.policies.desk import Integers
from rebound_sim.policies.strategy import strategy

#: Points above the national rate that opened the right to the BER scheme (2006).
POINTS_ABOVE = 3.0
#: Grants for each job lost [EUR]: what the regional fund of 2020-21 gave for each job that its
#: projects announced, the middle one of three official counts (19.3, 28.6 and 42 k€).
RIGHT_EUR = 28_600


def threshold() -> float:
    """Need [%] from which a zone is entitled."""
    return round(national_rate(None), 1) + POINTS_ABOVE


@strategy("need_threshold", level="zones", words=("right by need", "droit selon le besoin"))
def need_threshold(desk: ZoneDesk, budget: int) -> Integers:
    """A right, by jobs lost, above a threshold of need.

    need = unemployment rate + 100 × jobs_lost / employment: the rate, in %, to be feared if no
    displaced worker found a job. A zone is entitled when need ≥ 7.1 + 3 = 10.1, three points above
    the mainland's rate (2022, shipped series, to one decimal as published), as for the employment
    basins to revitalise (BER, 2006; its two other criteria, falling population and employment, are
    left out). The right is to 28,600 EUR of grants for each job lost, the price of as many jobs in
    the regional fund of 2020-21: weight = jobs_lost, ceiling = 28,600 × jobs_lost - allocated. A
    zone that passes the threshold later has its right then; what no right claims goes back to the
    State. Engineering: weight = jobs_lost of the entitled zones.
    """
    shock = 100.0 * desk.jobs_lost / np.maximum(desk.employment, 1)
    entitled = desk.unemployment_rate + shock >= threshold()
    ceiling = desk.amount
    if desk.session.instrument == "grants":
        claim = np.maximum(RIGHT_EUR * desk.jobs_lost - desk.allocated, 0)
        ceiling = np.minimum(ceiling, claim)
    return share(desk.jobs_lost * entitled, ceiling, budget, desk.key)
