"""`rebound compare`: arms of a world, ranked, with what is known and what is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from rebound_sim.cli.options import (
    count_option,
    months_option,
    out_option,
    repeated_option,
    seed_option,
    settings_option,
)
from rebound_sim.cli.parameter_choice import parameters_option
from rebound_sim.cli.running import Running, running_options
from rebound_sim.cli.worlds import worlds_options


@click.command()
@click.argument("world_file", metavar="[WORLD]", required=False, type=click.Path(path_type=Path))
@repeated_option(
    "--strategy",
    "strategies",
    "NAME",
    "Strategy to compare; may be repeated (rebound strategies lists them). "
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
@repeated_option(
    "--policy",
    "policies",
    "NAME|FILE",
    "What every zone with a closure does by itself, compared too; may be repeated. Default "
    "without a programme: those that the world names.",
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
@click.option(
    "--optimal/--no-optimal",
    default=None,
    help="Compare the optimal plans that ship with the default programme too.  "
    "[default: when nothing else is asked for]",
)
@worlds_options
@count_option(
    "--zones",
    "A sample of N zones of the programme, with their share of money and capacities; plans keep "
    "their lines there, with as much of the money.",
)
@months_option
@seed_option
@settings_option("a parameter or a value of the programme")
@parameters_option
@out_option("Results folder. Default: results/<name of the programme file>.")
@running_options
def compare(
    world_file: Path | None,
    strategies: tuple[str, ...],
    strategy_files: tuple[str, ...],
    policies: tuple[str, ...],
    plans: tuple[Path, ...],
    optimal: bool | None,
    zones: int | None,
    months: int | None,
    settings: tuple[str, ...],
    out: Path | None,
    **options: Any,
) -> None:
    """Compare strategies, plans and policies over the zones of the file WORLD.

    They are compared world by world: sets of parameters that the calibration does not rule out; in
    each, all meet the same luck. The answer comes first, in words. Strategies need a [programme],
    whose envelope they allocate; policies and plans do not.

    Default: the shipped programme, 100 million euros over 30 territories of the car industry.
    """
    from rebound_sim.api.optimal_plans import default_plans, flattering, optimal_plans
    from rebound_sim.api.questions import comparison_asked
    from rebound_sim.cli.arms import arms_of
    from rebound_sim.cli.run import settings_of
    from rebound_sim.policies.arm import plan_notes
    from rebound_sim.scenario import open_world
    from rebound_sim.scenario.programme_file import DEFAULT_NAME

    how, asked = Running.split(options)
    world, source = open_world(world_file, settings_of(settings), None, months)
    if optimal is None:
        given = (world_file, strategies, strategy_files, policies, plans, zones, months, settings)
        plans = (*plans, *default_plans(*given))
    elif optimal:
        plans = (*plans, *optimal_plans(world_file))
    arms = arms_of(world, source, strategies, strategy_files, policies, plans)
    experiment = comparison_asked(world, arms, zones=zones, **asked)
    for note in (source.note, *plan_notes(arms), *flattering(experiment)):
        if note:
            click.echo(note, err=True)
    how.execute(experiment, out or Path("results") / Path(world_file or DEFAULT_NAME).stem)
