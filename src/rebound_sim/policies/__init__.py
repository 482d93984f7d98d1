"""Policies for a basin, strategies for a programme, and the rules of their instruments.

The public names below are imported at first use: to list strategies loads no scenario.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rebound_sim.policies.arm import Arm
    from rebound_sim.policies.definition import (
        NO_POLICY,
        Policy,
        load_policy,
        named_policies,
        policy_json_schema,
    )
    from rebound_sim.policies.plan import Line, Plan
    from rebound_sim.policies.plan_file import load_plan
    from rebound_sim.policies.strategy import Strategy
    from rebound_sim.policies.strategy_choice import (
        StrategyChoice,
        get_strategy,
        load_strategy_file,
        named_strategies,
    )

__all__ = [
    "NO_POLICY",
    "Arm",
    "Line",
    "Plan",
    "Policy",
    "Strategy",
    "StrategyChoice",
    "get_strategy",
    "load_plan",
    "load_policy",
    "load_strategy_file",
    "named_policies",
    "named_strategies",
    "policy_json_schema",
]

_MODULES = {
    "Arm": "arm",
    "Line": "plan",
    "Plan": "plan",
    "load_plan": "plan_file",
    "Strategy": "strategy",
    **dict.fromkeys(
        ("StrategyChoice", "get_strategy", "load_strategy_file", "named_strategies"),
        "strategy_choice",
    ),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'rebound_sim.policies' has no attribute {name!r}")
    module = _MODULES.get(name, "definition")
    return getattr(import_module(f"rebound_sim.policies.{module}"), name)
