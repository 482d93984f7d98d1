"""Lots: the bottom line of any choice."""

from __future__ import annotations

from rebound_sim.policies.allocation import FileDesk
from rebound_sim.policies.desk import Integers
from rebound_sim.policies.selection.random import random as lots
from rebound_sim.policies.strategy import strategy


@strategy("random", level="files", words=("by lot", "tirage au sort"))
def random(desk: FileDesk, budget: int) -> Integers:
    """Lots between files: the bottom line.

    priority = a uniform draw that belongs to the file, the same in every strategy and replayed by
    the seed. Whole files are funded while the committee's budget (an even part of what is left)
    lasts and their zone stays under its ceiling.
    """
    return lots(desk.requests, budget)
