"""`rebound compare`: the strategies of a programme, ranked, with what is known and what is not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rebound_sim.cli.options import months_option, out_option, seed_option, settings_option
from rebound_sim.cli.parameter_choice import parameters_option
from rebound_sim.cli.running import Running, running_options
from rebound_sim.cli.worlds import worlds_options
from rebound_sim.experiment.asked import replications_asked

if TYPE_CHECKING:
    from rebound_sim.policies.plan import Plan
    from rebound_sim.policies.strategy import StrategyChoice
    from rebound_sim.reading.source import Source
    from rebound_sim.scenario import ProgrammeScenario


@click.command()
@click.argument("programme", required=False, type=click.Path(path_type=Path))
@click.option(
    "--strategy",
    "strategies",
    multiple=True,
    metavar="NAME",
    help="Strategy to compare; may be repeated (rebound strategies lists them). "
    "Default: those that the programme names.",
)
@click.option(
    "--strategy-file",
    "strategy_files",
    multiple=True,
    type=click.Path(),
    metavar="FILE",
    help="Your own strategy, compared too; may be repeated.",
)
@click.option(
    "--plan",
    "plans",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Your own allocation, a CSV or TOML of zone, instrument, amount or days, start, end; "
    "compared too; may be repeated (rebound optimise writes such files).",
)
@worlds_options
@click.option(
    "--zones",
    type=int,
    metavar="N",
    help="A sample of N zones of the programme, with their share of money and capacities.",
)
@months_option
@seed_option
@settings_option("a parameter or a value of the programme")
@parameters_option
@out_option("Results folder. Default: results/<name of the programme file>.")
@running_options
def compare(
    programme: Path | None,
    strategies: tuple[str, ...],
    strategy_files: tuple[str, ...],
    plans: tuple[Path, ...],
    worlds: str | None,
    lucks: int | None,
    replications: int | None,
    zones: int | None,
    months: int | None,
    seed: int,
    settings: tuple[str, ...],
    choice: str | None,
    out: Path | None,
    **running: Any,
) -> None:
    """Compare allocation strategies over the zones of PROGRAMME, world by world.

    A world is a set of parameters that the calibration does not rule out; in each, all strategies
    meet the same luck. The answer comes first, in words.

    Default: the shipped programme, 100 million euros over 30 territories of the car industry.
    """
    from rebound_sim.cli.run import settings_of
    from rebound_sim.experiment import Experiment
    from rebound_sim.parameters.ensemble import choose_parameters
    from rebound_sim.policies.arm import Arm
    from rebound_sim.scenario import open_programme
    from rebound_sim.scenario.programme_file import DEFAULT_NAME
    from rebound_sim.scenario.zone_sample import sample_of_zones

    how = Running(**running)
    how.refuse_with_until(replications=replications, worlds=worlds, lucks=lucks)
    world, source = open_programme(programme, settings_of(settings), months)
    if world.figures.only:
        from rebound_sim.figures.registry import known_of_kind

        known_of_kind(world.figures.only, "programme", "[figures] only")
    choices = strategies_of(world, source, strategies, strategy_files)
    if zones is not None:
        world = sample_of_zones(world, zones, seed)
    parameters = choose_parameters(choice)
    numbers = replications_asked(worlds, lucks, replications, len(parameters.sets))
    experiment = Experiment(
        world,
        (*map(Arm.of_strategy, choices), *map(Arm.of_plan, plans_of(world, plans))),
        max(numbers) + 1,
        seed,
        how.arms_together,
        parameters,
        numbers,
    )
    if source.note:
        click.echo(source.note, err=True)
    how.execute(experiment, out or Path("results") / Path(programme or DEFAULT_NAME).stem)


def plans_of(world: ProgrammeScenario, files: tuple[Path, ...]) -> tuple[Plan, ...]:
    """Plans read and checked against the world. Raises InputError, located in the file."""
    from rebound_sim.policies import load_plan
    from rebound_sim.scenario import completed_plan

    found = tuple(load_plan(file) for file in files)
    for plan in found:
        completed_plan(plan, world)
    return found


def strategies_of(
    world: ProgrammeScenario,
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
