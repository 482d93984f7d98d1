"""A first part for the shock, then more for those who use it."""

from __future__ import annotations

from rebound_sim.policies.allocation import ZoneDesk, share
from rebound_sim.policies.desk import Integers
from rebound_sim.policies.strategy import strategy

#: Part of the envelope allocated at the first date (assumed: top-ups of the FNRT were a seventh of
#: its lending capacity after two years, 14 of 100.5 M€; a third leaves room for twice as many).
FIRST_PART = 2 / 3
#: Share of its money that a zone must have committed to receive more (assumed: most of it).
USED_SHARE = 0.5


@strategy("shock_topup", level="zones", words=("shock, then top-ups", "choc, puis compléments"))
def shock_topup(desk: ZoneDesk, budget: int) -> Integers:
    """A part by jobs lost, then top-ups to those who use it.

    First date: two thirds of the envelope, weight = jobs_lost. Later: an even part of what is left,
    budget / (dates left + 1), weight = jobs_lost of the zones that have committed at least half of
    what they were allocated, or were never allocated anything. The part that nobody deserves waits;
    the last date gives all that is left. Engineering has one date: weight = jobs_lost. The rule of
    the national revitalisation fund (FNRT, 2009-12): an envelope "by the size of the disaster",
    topped up where it was used.
    """
    when = desk.session
    used = desk.committed >= USED_SHARE * desk.allocated
    part = budget // (when.left + 1)
    if when.number == 0 and when.left > 0:
        part = int(FIRST_PART * budget)
    return share(desk.jobs_lost * used, desk.amount, part, desk.key)
