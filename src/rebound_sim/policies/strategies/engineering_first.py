"""Engineering first, then money where it found projects."""

from __future__ import annotations

import numpy as np

from rebound_sim.policies.allocation import ZoneDesk, share
from rebound_sim.policies.desk import Integers
from rebound_sim.policies.strategies.pipeline import grants_by_pipeline
from rebound_sim.policies.strategy import strategy


# 10 M€ of engineering are 6,667 person-days at 1,500 EUR: 8.4 months at 800 days a month. Grants
# open at the first half-year after the missions (assumed).
@strategy(
    "engineering_first",
    level="zones",
    words=("engineering first", "ingénierie d'abord"),
    grants_delay_months=12,
)
def engineering_first(desk: ZoneDesk, budget: int) -> Integers:
    """Missions first, then money where they found projects.

    Engineering: weight = 1. Grants open 12 months after the programme in place of 3 (lever), so
    that missions are over, then follow the pipeline as in `pipeline`: what known projects could ask
    less what their zone still holds.
    """
    if desk.session.instrument == "engineering":
        return share(np.ones(desk.key.size), desk.amount, budget, desk.key)
    return grants_by_pipeline(desk, budget)
