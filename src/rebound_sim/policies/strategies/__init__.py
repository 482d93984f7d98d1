"""Allocation strategies: one small file each, found by its name."""

from __future__ import annotations

from rebound_sim.policies.rule_folder import rules_in
from rebound_sim.policies.strategy import Strategy

STRATEGIES: dict[str, Strategy] = rules_in(__name__)
