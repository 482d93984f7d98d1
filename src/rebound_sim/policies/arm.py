"""An arm of a comparison: one future of a world, by what is done in it.

Arms of one comparison differ by what is done and by nothing else: all face the same luck.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rebound_sim.errors import InputError
from rebound_sim.policies.definition import NO_POLICY, Policy
from rebound_sim.policies.plan import Plan
from rebound_sim.policies.strategy import StrategyChoice

NO_SHOCK = "no_shock"
#: Always simulated, first: no closure; closures and no intervention.
REFERENCES = (NO_SHOCK, NO_POLICY)


@dataclass(frozen=True)
class Arm:
    """What is done in one future of a world.

    name : its name in results    local : policy of every zone that has a closure (of every zone
    of a world without closures), by months from the first announcement there
    national : who allocates: a strategy, from the envelope of the world's programme, or a plan
    Raises InputError when both would use the same accounts.
    """

    name: str
    local: Policy | None = None
    national: StrategyChoice | Plan | None = None

    def __post_init__(self) -> None:
        if self.local is None or self.national is None:
            return
        for instrument in ("engineering", "grants"):
            if getattr(self.local, instrument) is not None:
                raise InputError(
                    f"arm {self.name}: {instrument} is allocated by the programme; the local "
                    "policy cannot have it too",
                    key=instrument,
                    value=self.local.name,
                )

    @classmethod
    def of_policy(cls, policy: Policy) -> Arm:
        """Zones that follow a policy."""
        return cls(policy.name, local=None if policy.name == NO_POLICY else policy)

    @classmethod
    def of_strategy(cls, choice: StrategyChoice) -> Arm:
        """A programme that follows a strategy."""
        return cls(choice.name, national=choice)

    @classmethod
    def of_plan(cls, plan: Plan) -> Arm:
        """An allocation that is known in full beforehand."""
        return cls(plan.name, national=plan)

    def described(self) -> dict[str, Any]:
        """Kind, and sections of a policy or lines of a plan: for who reads the results."""
        if isinstance(self.national, Plan):
            lines, sampled = [asdict(line) for line in self.national.lines], self.national.sampled
            return {"kind": "plan", "lines": lines, "sampled": sampled}
        if self.national is not None:
            return {"kind": "strategy", "file": Path(self.national.origin or "").name}
        orders = self.local.orders() if self.local is not None else ()
        sections = {name: settings.model_dump(mode="json") for name, settings in orders}
        return {"kind": "policy", "sections": sections}

    def digest(self) -> str:
        """Digest of all that the arm does: 16 hexadecimal digits."""
        parts = [self.name, *(part.digest() for part in (self.local, self.national) if part)]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def with_references(arms: tuple[Arm, ...]) -> tuple[Arm, ...]:
    """`no_shock` and `none`, then the other arms in order. Raises InputError for a name twice."""
    asked = [arm for arm in arms if arm.name not in REFERENCES]
    names = [arm.name for arm in asked]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise InputError("two arms have the same name", value=twice)
    return (*(Arm(name) for name in REFERENCES), *asked)
