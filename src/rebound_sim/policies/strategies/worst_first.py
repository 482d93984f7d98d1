"""To the worst off until they are as well off as the next: what equality alone would do."""

from __future__ import annotations

import numpy as np

from rebound_sim.arrays import Floats
from rebound_sim.policies.allocation import ZoneDesk, share
from rebound_sim.policies.desk import Integers
from rebound_sim.policies.strategies.need_threshold import RIGHT_EUR
from rebound_sim.policies.strategy import strategy


def euros_of_a_point(desk: ZoneDesk) -> Floats:
    """EUR that take a point of need [%] off each zone, at the price of a job in past funds."""
    return np.maximum(desk.employment, 1) / 100.0 * RIGHT_EUR


@strategy("worst_first", level="zones", words=("worst off first", "aux plus touchés d'abord"))
def worst_first(desk: ZoneDesk, budget: int) -> Integers:
    """To the worst off until they are level with the next.

    need = unemployment rate + 100 × jobs_lost / employment, less what the zone was allocated, at
    28,600 EUR a job (the price of a job in the regional fund of 2020-21). Needs are brought down to
    one level, the lowest that the money pays: weight = what the zone lacks to come to it [EUR]. The
    leximin of social choice (Sen 1970), with need in place of welfare.
    """
    price = euros_of_a_point(desk)
    need = desk.unemployment_rate + 100.0 * desk.jobs_lost / np.maximum(desk.employment, 1)
    need = need - desk.allocated / price
    order = np.lexsort((desk.key, price, -need))
    # The level that the first zones, and no others, would be brought down to.
    level = (np.cumsum(price[order] * need[order]) - budget) / np.cumsum(price[order])
    served = np.flatnonzero(need[order] > level)
    lowest = level[served[-1]] if served.size else need.max(initial=0.0)
    return share(price * np.maximum(need - lowest, 0.0), desk.amount, budget, desk.key)
