"""Effects by zone: money received and jobs gained, under each strategy."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from rebound_sim.statistics import employment
from rebound_sim.statistics.intervals import Estimate, mean_estimate, ratio_estimate
from rebound_sim.statistics.money import spent
from rebound_sim.statistics.panels import NO_SHOCK, NONE, Panels


@dataclass(frozen=True, slots=True)
class ZoneEffect:
    """One zone under one strategy, at the end of the run; means over replications.

    jobs_lost : jobs of the sites that close, 0 in a control zone
    missing   : jobs without closure - jobs
    allocated, paid : EUR of the programme, paid less returned
    jobs      : additional jobs
    per_job_lost : additional jobs / jobs lost, NaN without a closure
    cost      : paid per additional job, not shown where the interval of the jobs contains 0
    """

    zone: str
    name: str
    arm: str
    jobs_lost: int
    allocated: float
    paid: float
    jobs: Estimate
    per_job_lost: float
    cost: Estimate
    missing: Estimate


def zone_effects(panels: Panels) -> list[ZoneEffect]:
    """All compared strategies but `none`, zone by zone, in the order of the programme."""
    effects = []
    for code in panels.zones:
        zone = panels.zone(code)
        lost = sum(int(closure.get("jobs", 0)) for closure in panels.closures.get(code, ()))
        for strategy in panels.strategies:
            gained = employment.additional_jobs(zone, strategy)[:, -1]
            missing = -employment.jobs_against_no_closure(zone, strategy)[:, -1]
            paid = spent(zone, strategy, panels.instruments)[:, -1]
            allocated = sum(
                zone.values(f"{instrument}_envelope_total_eur", strategy)[:, -1].mean()
                for instrument in panels.instruments
            )
            jobs = mean_estimate(gained)
            effects.append(
                ZoneEffect(
                    code,
                    panels.zone_name(code),
                    strategy,
                    lost,
                    float(allocated),
                    float(paid.mean()),
                    jobs,
                    jobs.value / lost if lost else math.nan,
                    ratio_estimate(paid, gained),
                    mean_estimate(missing),
                )
            )
    return effects


def employment_gaps(panels: Panels, strategy: str) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Jobs against the path without closure: zone -> under `none`, under a strategy.

    float[replications, months from 0] each.
    """
    gaps = {}
    for code in panels.zones:
        zone = panels.zone(code)
        gaps[code] = (
            zone.difference(employment.JOBS, NONE, NO_SHOCK),
            zone.difference(employment.JOBS, strategy, NO_SHOCK),
        )
    return gaps
