"""Allocation strategies: one small file each, listed here by name."""

from __future__ import annotations

from rebound_sim.policies.strategies.adaptive import adaptive
from rebound_sim.policies.strategies.engineering_first import engineering_first
from rebound_sim.policies.strategies.engineering_only import engineering_only
from rebound_sim.policies.strategies.equal import equal
from rebound_sim.policies.strategies.first_come import first_come
from rebound_sim.policies.strategies.fragility import fragility
from rebound_sim.policies.strategies.merit import merit
from rebound_sim.policies.strategies.money_only import money_only
from rebound_sim.policies.strategies.need_threshold import need_threshold
from rebound_sim.policies.strategies.none import none
from rebound_sim.policies.strategies.per_inhabitant import per_inhabitant
from rebound_sim.policies.strategies.per_job_lost import per_job_lost
from rebound_sim.policies.strategies.pipeline import pipeline
from rebound_sim.policies.strategies.random import random
from rebound_sim.policies.strategies.regional import regional
from rebound_sim.policies.strategies.shock_topup import shock_topup
from rebound_sim.policies.strategies.unemployment import unemployment
from rebound_sim.policies.strategies.waves import waves
from rebound_sim.policies.strategy import Strategy

_SHIPPED = (
    none,
    equal,
    per_inhabitant,
    per_job_lost,
    fragility,
    unemployment,
    pipeline,
    first_come,
    waves,
    shock_topup,
    need_threshold,
    merit,
    regional,
    engineering_first,
    money_only,
    engineering_only,
    adaptive,
    random,
)
STRATEGIES: dict[str, Strategy] = {item.name: item for item in _SHIPPED}
