"""`rebound sweep`: programmes × strategies × levers and parameters × replications."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rebound_sim.cli.options import (
    cap_option,
    json_option,
    out_option,
    overwrite_option,
    resume_option,
    scheduler_option,
    shard_option,
    until_option,
    workers_option,
)
from rebound_sim.cli.parameter_choice import parameters_note, parameters_option
from rebound_sim.json_text import json_text

if TYPE_CHECKING:
    from rebound_sim.experiment.sweep_file import Sweep

_SHOWN = "additional_jobs"


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replications", type=int, metavar="N", help="In place of the file's.")
@parameters_option
@workers_option
@scheduler_option
@shard_option
@until_option("the interval is narrow", "additional_jobs.ci<5%")
@cap_option
@out_option("Results folder. Default: results/<name of the file>.")
@overwrite_option
@resume_option("Add what is missing to the results there; collect shards.")
@click.option("--dry-run", is_flag=True, help="Show the points and simulate nothing.")
@json_option
def sweep(
    file: Path,
    replications: int | None,
    parameters: str | None,
    out: Path | None,
    dry_run: bool,
    as_json: bool,
    **running: Any,
) -> None:
    """Simulate every point of the design in FILE, all under the same luck.

    experiments/*.toml are examples. `rebound results DIR --query SQL` reads what it leaves.
    """
    from rebound_sim.api.execution import Execution
    from rebound_sim.api.progress import shown_progress
    from rebound_sim.cli.running import tell_shard
    from rebound_sim.errors import ReboundError
    from rebound_sim.experiment import load_sweep
    from rebound_sim.experiment.sweep_file import told_before
    from rebound_sim.experiment.sweep_run import tasks_done
    from rebound_sim.parameters.ensemble import choose_parameters
    from rebound_sim.report.sweep_outcomes import write_outcomes

    how = Execution(**running)
    asked = load_sweep(file, replications, choose_parameters(parameters))
    for line in told_before(asked):
        click.echo(line, err=True)
    if dry_run:
        _show_design(asked, as_json=as_json)
        return
    stored: list[Path] = []

    def last_step(folder: Path) -> None:
        write_outcomes(asked, folder)
        stored.append(folder)

    try:
        with shown_progress(asked.file.title) as watcher:
            target, command = out or Path("results") / file.stem, ["rebound", *sys.argv[1:]]
            folder = how.carry_out_sweep(asked, target, command, watcher, last_step)
    except ReboundError:
        # Points that could be simulated are shown before the fault is.
        if stored:
            _report(asked, stored[0], as_json=as_json)
        raise
    if how.shard is not None:
        tell_shard(folder, how.shard, tasks_done(folder), as_json=as_json)
        return
    _report(asked, folder, as_json=as_json)


def _factors(asked: Sweep) -> list[str]:
    several = len({point.programme for point in asked.points}) > 1
    return [*(["programme"] if several else []), *(factor.key for factor in asked.file.factor)]


def _arms(asked: Sweep) -> list[str]:
    """Strategies and plans."""
    return [arm.name for arm in asked.points[0].experiment.arms]


def _levels(asked: Sweep, number: int) -> dict[str, Any]:
    point = asked.points[number]
    return {"programme": point.programme, **point.values}


def _show_design(asked: Sweep, *, as_json: bool) -> None:
    points = [{"point": p.number, "programme": p.programme, **p.values} for p in asked.points]
    if as_json:
        click.echo(json_text({"title": asked.file.title, "points": points}))
        return
    _print_table(
        ["point", *_factors(asked)],
        [[p.number, *(_levels(asked, p.number)[f] for f in _factors(asked))] for p in asked.points],
    )
    replications = asked.points[0].experiment.replications
    runs, count = len(asked.points) * replications, len(_arms(asked))
    click.echo(
        f"{len(asked.points)} points × {replications} replications × "
        f"{count} arm{'' if count == 1 else 's'} ({runs} national runs of all arms)"
    )


def _report(asked: Sweep, folder: Path, *, as_json: bool) -> None:

    with (folder / "outcomes.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["outcome"] == _SHOWN]
    last = max((int(row["month"]) for row in rows), default=0)
    rows = [row for row in rows if int(row["month"]) == last and row["arm"] != "none"]
    if as_json:
        values = ("estimate", "low", "high")
        figures = [
            {
                **_levels(asked, int(row["point"])),
                **{name: row[name] for name in ("outcome", "month", "arm", "unit")},
                **{name: float(row[name]) if row[name] else None for name in values},
                "point": int(row["point"]),
            }
            for row in rows
        ]
        report = {"results": str(folder), "title": asked.file.title, "outcomes": figures}
        click.echo(json_text(report))
        return
    click.echo(f"Additional jobs after {last} months [95 % interval]: {asked.file.title}")
    cells: dict[int, dict[str, str]] = {}
    for row in rows:
        cells.setdefault(int(row["point"]), {})[row["arm"]] = _shown(row)
    names = [name for name in _arms(asked) if name != "none"]
    _print_table(
        ["point", *_factors(asked), *names],
        [
            [number, *(_levels(asked, number)[f] for f in _factors(asked))]
            + [found.get(name, "failed") for name in names]
            for number, found in cells.items()
        ],
    )
    note = parameters_note(asked.points[0].experiment.parameters.described())
    if note:
        click.echo(note)
    click.echo(f"All outcomes: {folder / 'outcomes.csv'}; points: {folder / 'design.csv'}")


def _shown(row: dict[str, str]) -> str:
    """Estimate and interval; one replication has no interval, and an empty cell no figure."""
    if not row["estimate"]:
        return "not defined"
    estimate = f"{float(row['estimate']):,.0f}"
    if not row["low"] or not row["high"]:
        return f"{estimate} (no interval)"
    return f"{estimate} [{float(row['low']):,.0f}; {float(row['high']):,.0f}]"


def _print_table(heads: list[str], rows: list[list[Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for head in heads:
        table.add_column(head.rpartition(".")[2], justify="right", overflow="fold")
    for row in rows:
        shown = (
            f"{v:,}" if isinstance(v, int) and not isinstance(v, bool) else str(v) for v in row
        )
        table.add_row(*shown)
    Console(highlight=False).print(table)
