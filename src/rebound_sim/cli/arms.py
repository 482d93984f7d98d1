"""Arms that the options of a command name; an error names its option."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rebound_sim.policies.arm import Arm
    from rebound_sim.policies.strategy_choice import StrategyChoice
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
    """Arms asked for, found and checked: see `api.arms.arms_asked`.

    Policies and plans are compared beside the strategies of a programme. Raises InputError, located
    in the file or naming the option.
    """
    from rebound_sim.api.arms import arms_asked, default_arms
    from rebound_sim.errors import InputError
    from rebound_sim.policies import Arm, load_plan

    national = world.programme is not None
    if not national and (strategies or strategy_files):
        raise InputError(
            "this world has no programme: strategies need an envelope to allocate",
            file="--strategy" if strategies else "--strategy-file",
            allowed="--policy, --plan, or a world with [programme]",
        )
    named = [Arm.of_strategy(choice) for choice in _strategies(strategies, strategy_files)]
    if national and not named:
        named += default_arms(world, source)
    named += _policies(policies)
    return arms_asked(world, source, named, [load_plan(file) for file in plans])


def strategies_of(
    world: World, source: Source, names: tuple[str, ...]
) -> tuple[StrategyChoice, ...]:
    """Strategies asked for, those of the programme without any. Raises InputError, located."""
    from rebound_sim.policies import StrategyChoice

    found = arms_of(world, source, names, (), (), ())
    return tuple(arm.does for arm in found if isinstance(arm.does, StrategyChoice))


def _strategies(names: tuple[str, ...], files: tuple[str, ...]) -> list[StrategyChoice]:
    from rebound_sim.errors import InputError
    from rebound_sim.policies import StrategyChoice, get_strategy, load_strategy_file

    for name in names:
        try:
            get_strategy(name)
        except InputError as error:
            raise error.located(file="--strategy") from None
    own = [load_strategy_file(path) for path in files]
    for choice in own:
        for line in choice.printed.splitlines():
            click.echo(f"{choice.origin} wrote: {line}", err=True)
    every = [*names, *(choice.name for choice in own)]
    twice = next((name for name in every if every.count(name) > 1), None)
    if twice is not None:
        raise InputError("a strategy is given twice", file="--strategy", value=twice)
    return [*(StrategyChoice(name) for name in names), *own]


def _policies(names: tuple[str, ...]) -> list[Arm]:
    from rebound_sim.errors import InputError
    from rebound_sim.policies import Arm, load_policy

    try:
        found = [load_policy(name) for name in names]
    except InputError as error:
        raise error.located(file="--policy") from None
    every = [policy.name for policy in found]
    if len(set(every)) < len(every):
        raise InputError("a policy is given twice", file="--policy", value=", ".join(every))
    return [Arm.of_policy(policy) for policy in found]
