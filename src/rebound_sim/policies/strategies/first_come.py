"""In the order of arrival."""

from __future__ import annotations

from rebound_sim.policies.allocation import FileDesk
from rebound_sim.policies.desk import Integers, fund_in_order
from rebound_sim.policies.strategy import strategy


@strategy("first_come", level="files", words=("first come", "premier arrivé"), pace=False)
def first_come(desk: FileDesk, budget: int) -> Integers:
    """Files in the order in which they came.

    priority = month of the file; within a month, by lot (days are not modelled). Whole files are
    funded while money remains and their zone stays under its ceiling. There is no pace (lever):
    each committee may spend all that is left, as in the regional calls of 2020-21 that ran "au fil
    de l'eau jusqu'à épuisement".
    """
    return fund_in_order(desk.requests, -(desk.filed + desk.luck), budget)
