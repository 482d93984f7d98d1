"""Arms of a question: strategies, policies and plans, by name or by default, found and checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rebound_sim.api.arguments import place
from rebound_sim.errors import InputError
from rebound_sim.policies import (
    Arm,
    Plan,
    Policy,
    StrategyChoice,
    load_plan,
    load_policy,
    load_strategy_file,
    named_policies,
    named_strategies,
)
from rebound_sim.policies.plan_file import plan_of_rows
from rebound_sim.policies.strategy import Strategy
from rebound_sim.policies.strategy_function import choice_of
from rebound_sim.reading.source import Source
from rebound_sim.scenario import World, check_strategies, completed_plan, named_by

#: What `compare` and `run` take as an arm.
ArmLike = str | Path | Arm | Plan | Policy | StrategyChoice | Strategy | Callable[..., Any]


def arms_asked(
    world: World, source: Source, named: Sequence[Arm] = (), plans: Sequence[Plan] = ()
) -> tuple[Arm, ...]:
    """Arms named, those of the world without any, and plans; checked against the world.

    Plans alone are compared alone where nothing is allocated otherwise. Raises InputError, located
    in the source: an unknown name, a strategy without an envelope, a plan that the world cannot
    carry out, an arm twice.
    """
    if world.programme is not None:
        check_strategies(world, source)
    default = not named and (world.programme is not None or not plans)
    chosen = default_arms(world, source) if default else tuple(named)
    every = (*chosen, *map(Arm.of_plan, plans))
    for arm in every:
        if isinstance(arm.does, Plan):
            if not arm.does.lines:
                raise InputError("the plan has no line", file=f"plan {arm.name}")
            completed_plan(arm.does, world)
        elif isinstance(arm.does, StrategyChoice) and world.programme is None:
            raise InputError(
                "this world has no programme: strategies need an envelope to allocate",
                value=arm.name,
            )
    names = [arm.name for arm in every]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise InputError("an arm is given twice", value=twice)
    return every


def default_arms(world: World, source: Source) -> tuple[Arm, ...]:
    """Strategies of the programme; without one, the policies that the world names."""
    if world.programme is not None:
        return tuple(Arm.of_strategy(StrategyChoice(n)) for n in world.programme.strategies)
    return tuple(map(Arm.of_policy, named_by(world.policies, source)))


def plan_given(item: Any) -> Plan:
    """A plan from what a user gives for it: a plan, a file, a DataFrame. Raises InputError.

    A frame has the columns of a file; its arm is `attrs["name"]`, or my_plan.
    """
    if isinstance(item, Plan):
        return item
    if hasattr(item, "itertuples") and hasattr(item, "columns"):
        name = str(getattr(item, "attrs", {}).get("name", "my_plan"))
        return plan_of_rows(name, list(item.columns), item.itertuples(index=False))
    if isinstance(item, str | Path):
        return load_plan(place("plan", item))
    raise InputError(
        "not a plan", key="plan", value=item, allowed="a path, a DataFrame, or what load_plan gives"
    )


def arm_of(item: ArmLike, world: World) -> Arm:
    """An arm from what a user gives for it. Raises InputError."""
    if isinstance(item, Arm):
        return item
    if isinstance(item, Plan):
        return Arm.of_plan(item)
    if isinstance(item, Policy):
        return Arm.of_policy(item)
    if isinstance(item, StrategyChoice):
        return Arm.of_strategy(item)
    if isinstance(item, str | Path):
        return _named_arm(str(item), world)
    if hasattr(item, "itertuples"):
        return Arm.of_plan(plan_given(item))
    return Arm.of_strategy(choice_of(item))


def _named_arm(name: str, world: World) -> Arm:
    suffix = Path(name).suffix.lower()
    if suffix == ".py":
        return Arm.of_strategy(load_strategy_file(name))
    if suffix in (".csv", ".tsv", ".xlsx"):
        return Arm.of_plan(load_plan(name))
    if suffix == ".toml" or name in named_policies():
        return Arm.of_policy(load_policy(name))
    if name in named_strategies() and world.programme is not None:
        return Arm.of_strategy(StrategyChoice(name))
    known = [*named_policies(), *(named_strategies() if world.programme else ())]
    why = "" if world.programme else " (a world without a programme has policies)"
    raise InputError.unknown(f"unknown arm{why}", name, known)
