"""Arms that the options of a command name: strategies, policies and plans, found and checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rebound_sim.policies.arm import Arm
    from rebound_sim.policies.definition import Policy
    from rebound_sim.policies.plan import Plan
    from rebound_sim.policies.strategy import StrategyChoice
    from rebound_sim.reading.source import Source
    from rebound_sim.scenario import World


def arms_of(
    world: World,
    source: Source,
    strategies: tuple[str, ...],
    strategy_files: tuple[str, ...],
    policies: tuple[str, ...],
    plans: tuple[Path, ...],
) -> tuple[Arm, ...]:
    """Arms asked for, each found and checked; without any, those that the world names.

    Raises InputError, located in the file or naming the option.
    """
    from rebound_sim.errors import InputError
    from rebound_sim.policies import Arm

    national = world.programme is not None
    choices: tuple[StrategyChoice, ...] = ()
    if national:
        choices = strategies_of(world, source, strategies, strategy_files)
    elif strategies or strategy_files:
        raise InputError(
            "this world has no programme: strategies need an envelope to allocate",
            file="--strategy" if strategies else "--strategy-file",
            allowed="--policy, --plan, or a world with [programme]",
        )
    local = policies_of(world, source, policies) if policies or not (national or plans) else ()
    return (
        *map(Arm.of_strategy, choices),
        *map(Arm.of_policy, local),
        *map(Arm.of_plan, plans_of(world, plans)),
    )


def policies_of(world: World, source: Source, names: tuple[str, ...]) -> tuple[Policy, ...]:
    """Policies asked for, or those of the world, or `rebond`. Raises InputError, located."""
    from rebound_sim.errors import InputError
    from rebound_sim.policies import load_policy
    from rebound_sim.scenario import named_by

    if not names:
        return named_by(world.policies, source)
    try:
        found = tuple(load_policy(name) for name in names)
    except InputError as error:
        raise error.located(file="--policy") from None
    every = [policy.name for policy in found]
    if len(set(every)) < len(every):
        raise InputError("a policy is given twice", file="--policy", value=", ".join(every))
    return found


def plans_of(world: World, files: tuple[Path, ...]) -> tuple[Plan, ...]:
    """Plans read and checked against the world. Raises InputError, located in the file."""
    from rebound_sim.policies import load_plan
    from rebound_sim.scenario import completed_plan

    found = tuple(load_plan(file) for file in files)
    for plan in found:
        completed_plan(plan, world)
    return found


def strategies_of(
    world: World,
    source: Source,
    names: tuple[str, ...],
    files: tuple[str, ...],
) -> tuple[StrategyChoice, ...]:
    """The strategies asked for, each found and checked; those of the programme without any.

    Raises InputError, located in the file or naming the option.
    """
    from rebound_sim.errors import InputError
    from rebound_sim.policies import StrategyChoice, get_strategy, load_strategy_file
    from rebound_sim.policies import named_strategies as known
    from rebound_sim.policies.selection import SELECTIONS
    from rebound_sim.scenario import check_names

    check_names(world, source, known(), SELECTIONS)
    for name in names:
        try:
            get_strategy(name)
        except InputError as error:
            raise error.located(file="--strategy") from None
    own = tuple(load_strategy_file(path) for path in files)
    for choice in own:
        for line in choice.printed.splitlines():
            click.echo(f"{choice.origin} wrote: {line}", err=True)
    if not names and not own:
        names = world.national().strategies
    choices = (*(StrategyChoice(name) for name in names), *own)
    every = [choice.name for choice in choices]
    twice = next((name for name in every if every.count(name) > 1), None)
    if twice is not None:
        raise InputError("a strategy is given twice", file="--strategy", value=twice)
    return choices
