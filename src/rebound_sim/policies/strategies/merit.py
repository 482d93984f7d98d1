"""The best files of the country first."""

from __future__ import annotations

from rebound_sim.policies.allocation import FileDesk
from rebound_sim.policies.desk import Integers
from rebound_sim.policies.selection.merit import merit as merit_of_files
from rebound_sim.policies.strategy import strategy


@strategy("merit", level="files", words=("by merit", "au mérite"))
def merit(desk: FileDesk, budget: int) -> Integers:
    """The best files of the country at each committee.

    score = the committee's mark, quality and jobs (`instruments.jobs_weight`), as in the selection
    rule of the same name. Whole files are funded by falling score while the committee's budget
    lasts (an even part of what is left) and its zone stays under its ceiling. No zone is owed
    anything.
    """
    return merit_of_files(desk.requests, budget)
