"""In proportion to the jobs that closures destroy."""

from __future__ import annotations

from rebound_sim.policies.allocation import ZoneDesk, share
from rebound_sim.policies.desk import Integers
from rebound_sim.policies.strategy import strategy


@strategy("per_job_lost", level="zones", words=("per job closed", "par emploi supprimé"))
def per_job_lost(desk: ZoneDesk, budget: int) -> Integers:
    """The same amount for each job lost in a closure.

    weight = jobs_lost. All is allocated at the first date. A zone receives no more than its
    ceiling; what it cannot take is shared by the same weights. A zone without a closure receives
    nothing.
    """
    return share(desk.jobs_lost, desk.amount, budget, desk.key)
