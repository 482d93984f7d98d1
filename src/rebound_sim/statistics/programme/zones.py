"""Effects by zone: money received and jobs gained, under each strategy."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from rebound_sim.statistics import employment
from rebound_sim.statistics.intervals import Estimate, mean_estimate, ratio_estimate
from rebound_sim.statistics.ledger import ledger_accounts
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
    accounts = _accounts(panels)
    effects = []
    for code in panels.zones:
        zone = panels.zone(code)
        lost = sum(int(closure.get("jobs", 0)) for closure in panels.closures.get(code, ()))
        for strategy in panels.strategies:
            gained = employment.additional_jobs(zone, strategy)[:, -1]
            missing = -employment.jobs_against_no_closure(zone, strategy)[:, -1]
            allocated, paid = accounts.get((strategy, code), (_nothing(panels), _nothing(panels)))
            jobs = mean_estimate(gained)
            effects.append(
                ZoneEffect(
                    code,
                    panels.zone_name(code),
                    strategy,
                    lost,
                    float(allocated.mean()),
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


def _nothing(panels: Panels) -> np.ndarray:
    return np.zeros(panels.count)


def _accounts(panels: Panels) -> dict[tuple[str, str], tuple[np.ndarray, np.ndarray]]:
    """(strategy, zone) -> allocated, and paid less returned, of the programme [replications]."""
    wanted = np.isin(panels.ledger["instrument"], panels.instruments)
    wanted &= panels.ledger["zone"] != ""
    accounts = ledger_accounts(
        {name: values[wanted] for name, values in panels.ledger.items()},
        ["arm", "zone", "replication"],
    )
    places = {int(n): i for i, n in enumerate(panels.replications)}
    found: dict[tuple[str, str], tuple[np.ndarray, np.ndarray]] = {}
    for row in range(accounts["paid"].size):
        place = places.get(int(accounts["replication"][row]))
        if place is not None:
            key = str(accounts["arm"][row]), str(accounts["zone"][row])
            allocated, paid = found.setdefault(key, (_nothing(panels), _nothing(panels)))
            allocated[place] = accounts["allocated"][row]
            paid[place] = accounts["paid"][row] - accounts["returned"][row]
    return found
