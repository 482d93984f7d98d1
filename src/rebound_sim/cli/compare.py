"""`rebound compare`: the strategies of a programme, ranked, with what is known and what is not."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rebound_sim.cli.options import (
    json_option,
    months_option,
    out_option,
    overwrite_option,
    resume_option,
    scheduler_option,
    seed_option,
    settings_option,
    workers_option,
)
from rebound_sim.cli.parameter_choice import parameters_note, parameters_option
from rebound_sim.cli.worlds import replications_asked, worlds_options

if TYPE_CHECKING:
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
@workers_option
@scheduler_option
@click.option(
    "--shard", metavar="i/n", help="Do this part of the work only: one job of a job array."
)
@click.option(
    "--group",
    type=int,
    metavar="N",
    help="Strategies simulated together at most: fewer need less memory and more time.",
)
@click.option(
    "--until",
    metavar="EXPR",
    help='Add replications until the interval is narrow: "additional_jobs.ci<5%".',
)
@click.option("--cap", type=int, metavar="N", help="Most replications with --until.")
@out_option("Results folder. Default: results/<name of the programme file>.")
@overwrite_option
@resume_option("Add what is missing to the results there; collect shards.")
@json_option
def compare(
    programme: Path | None,
    strategies: tuple[str, ...],
    strategy_files: tuple[str, ...],
    worlds: str | None,
    lucks: int | None,
    replications: int | None,
    zones: int | None,
    months: int | None,
    seed: int,
    settings: tuple[str, ...],
    choice: str | None,
    workers: int | None,
    scheduler: str | None,
    shard: str | None,
    group: int | None,
    until: str | None,
    cap: int | None,
    out: Path | None,
    overwrite: bool,
    resume: bool,
    as_json: bool,
) -> None:
    """Compare allocation strategies over the zones of PROGRAMME, world by world.

    A world is a set of parameters that the calibration does not rule out; in each, all strategies
    meet the same luck. The answer comes first, in words.

    Default: the shipped programme, 100 million euros over 30 territories of the car industry.
    """
    from rebound_sim.cli.programme_table import finish
    from rebound_sim.cli.progress import shown_progress
    from rebound_sim.cli.run import settings_of
    from rebound_sim.cli.stopping import stopping_measures
    from rebound_sim.errors import InputError, ReboundError
    from rebound_sim.experiment import ProgrammeExperiment, run_programme
    from rebound_sim.experiment.parameter_sets import write_parameter_sets
    from rebound_sim.experiment.programme_experiment import LARGEST_GROUP
    from rebound_sim.parameters.ensemble import choose_parameters
    from rebound_sim.scenario import open_programme
    from rebound_sim.scenario.programme_file import DEFAULT_NAME
    from rebound_sim.scenario.zone_sample import sample_of_zones

    if overwrite and resume:
        raise InputError("cannot be used together", file="--overwrite and --resume")
    for option, given in (
        ("--replications", replications),
        ("--worlds", worlds),
        ("--lucks", lucks),
    ):
        if given is not None and until is not None:
            raise InputError("--until decides; bound it with --cap", file=option)
    if workers is not None and not 1 <= workers <= 1024:
        raise InputError("out of range", file="--workers", value=workers, allowed="1 to 1024")
    world, source = open_programme(programme, settings_of(settings), months)
    if world.figures.only:
        from rebound_sim.figures.registry import known_of_kind

        known_of_kind(world.figures.only, "programme", "[figures] only")
    choices = strategies_of(world, source, strategies, strategy_files)
    if zones is not None:
        world = sample_of_zones(world, zones, seed)
    parameters = choose_parameters(choice)
    numbers = replications_asked(worlds, lucks, replications, len(parameters.sets))
    experiment = ProgrammeExperiment(
        world,
        choices,
        max(numbers) + 1,
        seed,
        LARGEST_GROUP if group is None else group,
        parameters,
        numbers,
    )
    stored: list[Path] = []

    def last_step(folder: Path) -> None:
        write_parameter_sets(folder, parameters, world.parameters, numbers)
        finish(folder)
        stored.append(folder)

    try:
        with shown_progress(world.title) as watcher:
            folder = run_programme(
                experiment,
                out or Path("results") / Path(programme or DEFAULT_NAME).stem,
                workers=workers,
                scheduler=scheduler,
                shard=shard,
                overwrite=overwrite,
                resume=resume,
                until=until,
                cap=cap,
                measures=stopping_measures() if until else None,
                command=["rebound", *sys.argv[1:]],
                last_step=last_step,
                watcher=watcher,
            )
    except ReboundError:
        # What could be compared is shown before the fault is.
        if stored:
            _report(stored[0], as_json=as_json)
        raise
    if shard is not None:
        _report_shard(folder, shard, as_json=as_json)
    else:
        _report(folder, as_json=as_json)


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
    return (*(StrategyChoice(name) for name in names), *own)


def _report(folder: Path, *, as_json: bool) -> None:
    from rich.console import Console

    from rebound_sim.cli.programme_table import comparison_json, print_comparison
    from rebound_sim.cli.summary import tell_missing
    from rebound_sim.experiment import read_programme

    tell_missing(folder)
    if as_json:
        click.echo(json.dumps(comparison_json(folder), ensure_ascii=False, allow_nan=False))
        return
    print_comparison(folder, Console(highlight=False))
    manifest = read_programme(folder).manifest
    note = parameters_note(manifest.parameters)
    if note:
        click.echo(note)
    click.echo(
        f"Results: {folder} ({manifest.done} of {manifest.tasks} tasks, "
        f"{manifest.duration_seconds:g} s)"
    )


def _report_shard(folder: Path, shard: str, *, as_json: bool) -> None:
    from rebound_sim.experiment import read_programme

    manifest = read_programme(folder).manifest
    if as_json:
        report = {"results": str(folder), "shard": shard, "tasks": manifest.done}
        click.echo(json.dumps(report, ensure_ascii=False))
        return
    click.echo(
        f"Shard {shard}: {manifest.done} tasks in {folder}. When all shards have ended, the same "
        "command with --resume in place of --shard collects them."
    )
