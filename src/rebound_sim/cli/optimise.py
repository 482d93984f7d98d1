"""`rebound optimise`: the best allocations, judged in worlds that did not choose them."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rebound_sim.cli.options import (
    count_option,
    json_option,
    months_option,
    out_option,
    overwrite_option,
    path_option,
    repeated_option,
    resume_option,
    scheduler_option,
    seed_option,
    settings_option,
    tell_lines,
    workers_option,
)
from rebound_sim.cli.parameter_choice import parameters_option
from rebound_sim.json_text import json_text

if TYPE_CHECKING:
    from rich.console import Console

    from rebound_sim.decision.optimise.answer import Optimisation
    from rebound_sim.decision.optimise.verdict import PlansVerdict

#: Half of them teach, the others judge (`docs/decide.md` says what it takes).
_WORLDS = 20
_MILLION = 1e6


@click.command()
@click.argument("world", required=False, type=click.Path(path_type=Path))
@count_option(
    "--worlds",
    "Sets of parameters: half teach what each option does, the others judge.  [default: 20, or all "
    "that there are]",
)
@count_option(
    "--finalists",
    "Plans judged beside the strategies, after a rehearsal of all in worlds that taught.  "
    "[default: 6]",
)
@path_option(
    "--menu",
    help="Your own options: a CSV of name, days, grants_eur, engineering_start, grants_start "
    "(and parts, every: equal parts, months between two).",
)
@repeated_option(
    "--limit",
    "limits",
    "TEXT",
    'A floor or a ceiling, such as "each grants >= 500000", "Bretagne money <= 2e7" or '
    '"2714 jobs >= 50"; may be repeated.',
)
@repeated_option(
    "--strategy",
    "strategies",
    "NAME",
    "Strategy judged beside the plans; may be repeated. Default: those of the programme.",
)
@months_option
@seed_option
@settings_option("a parameter or a value of the programme")
@parameters_option
@workers_option
@scheduler_option
@out_option("Results folder. Default: results/optimise-<name of the world file>.")
@overwrite_option
@resume_option("Go on; other limits or strategies use the response table that is there.")
@json_option
def optimise(
    world: Path | None,
    worlds: int | None,
    finalists: int | None,
    menu: Path | None,
    limits: tuple[str, ...],
    strategies: tuple[str, ...],
    months: int | None,
    seed: int,
    settings: tuple[str, ...],
    parameters: str | None,
    workers: int | None,
    scheduler: str | None,
    out: Path | None,
    overwrite: bool,
    resume: bool,
    as_json: bool,
) -> None:
    """Find the best allocations of WORLD between zones, instruments and dates.

    Each zone is simulated alone under each option of a menu; allocations are then chosen by
    integer programming for several objectives and tried in the coupled programme. Those that no
    other beats, and all strategies, are judged in other worlds with another luck. Plans are written
    as files that `rebound compare --plan` takes.
    """
    from rebound_sim.api.execution import Execution
    from rebound_sim.api.progress import shown_progress
    from rebound_sim.cli.arms import strategies_of
    from rebound_sim.cli.run import settings_of
    from rebound_sim.decision.optimise.answer import answered
    from rebound_sim.decision.optimise.menu import default_menu, read_menu
    from rebound_sim.decision.optimise.question import Question
    from rebound_sim.decision.optimise.rehearsal import FINALISTS
    from rebound_sim.decision.optimise.tables import summary, write_answer
    from rebound_sim.decision.optimise.verdict import verdict
    from rebound_sim.experiment.executors import workers_of
    from rebound_sim.experiment.kept import opened_kept
    from rebound_sim.figures.decision.draw import draw_record
    from rebound_sim.parameters.ensemble import choose_parameters
    from rebound_sim.policies.arm import REFERENCES, Arm
    from rebound_sim.scenario import open_programme
    from rebound_sim.scenario.programme_file import DEFAULT_NAME

    Execution(workers=workers, scheduler=scheduler, overwrite=overwrite, resume=resume)
    scenario, source = open_programme(world, settings_of(settings), months)
    if source.note:
        click.echo(source.note, err=True)
    chosen = strategies_of(scenario, source, strategies)
    closing = sum(1 for entry in scenario.zone if entry.closure)
    options = read_menu(menu) if menu else default_menu(scenario.national(), max(closing, 1))
    sets = choose_parameters(parameters)
    question = Question(
        scenario,
        options,
        limits,
        tuple(Arm.of_strategy(c) for c in chosen if c.name not in REFERENCES),
        sets,
        _usual_worlds(len(sets.sets)) if worlds is None else worlds,
        seed,
        FINALISTS if finalists is None else finalists,
    )
    start = time.monotonic()
    folder = out or Path("results") / f"optimise-{Path(world or DEFAULT_NAME).stem}"
    with (
        shown_progress(scenario.title) as watcher,
        workers_of(workers, scheduler) as team,
        opened_kept(folder, question.identity(), overwrite=overwrite, resume=resume) as parts,
    ):
        # How many processes memory holds is known task by task.
        local = scheduler is None and workers is None
        answer = answered(question, parts, None if local else team, watcher)
        found = verdict(answer)
        seconds = time.monotonic() - start
        write_answer(answer, found, folder, ["rebound", *sys.argv[1:]], seconds)
        tell_lines(draw_record(folder))
    if as_json:
        report = {"results": str(folder), **summary(answer, found)}
        click.echo(json_text(report))
        return
    from rich.console import Console

    _print(answer, found, folder, Console(highlight=False))


def _usual_worlds(sets: int) -> int:
    """Of one set alone worlds differ by their luck, and there are as many as one likes."""
    return min(_WORLDS, sets) if sets > 1 else _WORLDS


def _print(answer: Optimisation, found: PlansVerdict, folder: Path, console: Console) -> None:
    from rebound_sim.decision.optimise.tables import judged_rows
    from rebound_sim.decision.optimise.verdict import words

    for line in words(answer, found):
        console.print(line)
    console.print()
    rows = list(judged_rows(answer, found))
    count = len(answer.question.judging)
    console.print(
        f"Additional jobs after {answer.question.world.time.months} months in {count} worlds that "
        f"did not choose the plans (*)",
        style="bold",
    )
    console.print(
        _table(
            (
                "",
                "median\nworld",
                "4 worlds\nof 5",
                f"above\n{found.reference}",
                "worst\ntenth",
                "M EUR\ngiven",
                "M EUR\nspent",
                "pre-\ndicted",
            ),
            [_cells(row, found.reference) for row in rows],
        )
    )
    console.print()
    console.print("What each limit costs, jobs (mean of the worlds that taught)", style="bold")
    console.print(
        _table(
            ("limit", "bound", "moved by\na tenth", "dropped"),
            [
                [p.limit, f"{p.bound:,.0f}", f"{p.relaxed:+,.0f}", f"{p.removed:+,.0f}"]
                for p in answer.prices
            ],
        )
    )
    console.print()
    console.print(
        f"Plans: {folder}/plans/*.csv (rebound compare --plan). Tables: judged.csv, zones.csv, "
        f"frontier.csv, prices.csv, responses.csv in {folder}."
    )


def _cells(row: dict[str, Any], reference: str) -> list[str]:
    def millions(value: float) -> str:
        return "" if math.isnan(value) else f"{value / _MILLION:,.1f}"

    plan = row["kind"] == "plan"
    return [
        f"{row['arm']}{' *' if plan else ''}",
        f"{row['median']:,.0f}",
        f"{row['low']:,.0f} to {row['high']:,.0f}",
        "" if row["arm"] == reference else f"{row['beats_reference']:g}/{row['worlds']}",
        f"{row['worst_tenth_loss']:.2f}",
        millions(row["allocated_eur"]),
        millions(row["spent_eur"]),
        f"{row['predicted']:,.0f}" if plan else "",
    ]


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Any:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="left" if place == 0 else "right", no_wrap=place > 0)
    for row in rows:
        table.add_row(*row)
    return table
