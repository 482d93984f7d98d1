"""Allocation strategies: one small file each, listed here by name."""

from __future__ import annotations

from rebound_sim.policies.strategies.equal import equal
from rebound_sim.policies.strategies.merit import merit
from rebound_sim.policies.strategies.none import none
from rebound_sim.policies.strategies.per_job_lost import per_job_lost
from rebound_sim.policies.strategy import Strategy

STRATEGIES: dict[str, Strategy] = {item.name: item for item in (none, equal, per_job_lost, merit)}
