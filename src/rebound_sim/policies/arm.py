"""An arm of a comparison: one future of a world, by what is done in it.

Arms of one comparison differ by what is done and by nothing else: all face the same luck.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rebound_sim.errors import InputError
from rebound_sim.policies.definition import NO_POLICY, Policy
from rebound_sim.policies.plan import Plan
from rebound_sim.policies.strategy_choice import StrategyChoice

NO_SHOCK = "no_shock"
#: Always simulated, first: no closure; closures and no intervention.
REFERENCES = (NO_SHOCK, NO_POLICY)


@dataclass(frozen=True)
class Arm:
    """What is done in one future of a world.

    name : its name in results    does : a policy, for every zone that has a closure (every zone of
    a world without closures); a strategy, which allocates the envelope of the world's programme; a
    plan; None for nothing
    """

    name: str
    does: Policy | StrategyChoice | Plan | None = None

    def __post_init__(self) -> None:
        """Raise InputError for the name of a reference, which does nothing."""
        if self.name in REFERENCES and self.does is not None:
            raise InputError(
                "this is the name of what is compared with", value=self.name, allowed="another name"
            )

    @classmethod
    def of_policy(cls, policy: Policy) -> Arm:
        """Zones that follow a policy."""
        return cls(policy.name, None if policy.name == NO_POLICY else policy)

    @classmethod
    def of_strategy(cls, choice: StrategyChoice) -> Arm:
        """A programme that follows a strategy. `none`, which no file defines, is the reference."""
        nothing = choice.name == NO_POLICY and choice.source is None
        return cls(choice.name, None if nothing else choice)

    @classmethod
    def of_plan(cls, plan: Plan) -> Arm:
        """An allocation that is known in full beforehand."""
        return cls(plan.name, plan)

    def described(self) -> dict[str, Any]:
        """Kind, and sections of a policy or lines of a plan: for who reads the results."""
        if isinstance(self.does, Plan):
            lines = [line.described() for line in self.does.lines]
            return {"kind": "plan", "lines": lines, "sampled": self.does.sampled}
        if isinstance(self.does, StrategyChoice):
            return {"kind": "strategy", "file": Path(self.does.origin or "").name}
        orders = self.does.orders() if self.does is not None else ()
        sections = {name: settings.model_dump(mode="json") for name, settings in orders}
        return {"kind": "policy", "sections": sections}

    def digest(self) -> str:
        """Digest of all that the arm does: 16 hexadecimal digits."""
        parts = [self.name, *([] if self.does is None else [self.does.digest()])]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def plan_notes(arms: Sequence[Arm]) -> list[str]:
    """What the writers of plans should know of how their tables were read."""
    return [note for arm in arms if isinstance(arm.does, Plan) for note in arm.does.notes]


def with_references(arms: tuple[Arm, ...]) -> tuple[Arm, ...]:
    """`no_shock` and `none`, then the other arms in order. Raises InputError for a name twice."""
    asked = [arm for arm in arms if arm.name not in REFERENCES]
    names = [arm.name for arm in asked]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise InputError("two arms have the same name", value=twice)
    return (*(Arm(name) for name in REFERENCES), *asked)
