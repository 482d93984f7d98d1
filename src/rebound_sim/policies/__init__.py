"""Policies for a basin: their definition, and the rules of their instruments."""

from rebound_sim.policies.definition import (
    NO_POLICY,
    Policy,
    load_policy,
    named_policies,
    policy_json_schema,
    policy_of,
)

__all__ = [
    "NO_POLICY",
    "Policy",
    "load_policy",
    "named_policies",
    "policy_json_schema",
    "policy_of",
]
