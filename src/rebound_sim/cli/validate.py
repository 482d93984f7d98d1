"""`rebound validate`: the model's moments beside those of the sources."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rebound_sim.cli.options import (
    cap_option,
    count_option,
    json_option,
    out_option,
    overwrite_option,
    path_option,
    resume_option,
    scheduler_option,
    seed_option,
    settings_option,
    shard_option,
    tell_lines,
    until_option,
    workers_option,
)
from rebound_sim.cli.parameter_choice import parameters_note, parameters_option
from rebound_sim.json_text import json_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rebound_sim.api.execution import Execution
    from rebound_sim.calibration.replays.forecasts import Judgement
    from rebound_sim.calibration.replays.together import Past
    from rebound_sim.statistics.validation import MomentComparison

#: Replications that keep the whole command below 20 minutes on two processors.
_DEFAULT_REPLICATIONS = 6
_MOST_REPLICATIONS = 1_000


@click.command()
@click.option(
    "--only",
    multiple=True,
    metavar="FAMILY|ID",
    help="Only a family of moments, one moment, or `panel` (zones from 2006 to 2018); `cases` "
    "also replays real closures; may be repeated.",
)
@path_option(
    "--case", help="Judge your own closure instead: a world file with tables [[count]] or [[gap]]."
)
@count_option("--replications", "Independent repetitions of every study.", _DEFAULT_REPLICATIONS)
@seed_option
@settings_option("a parameter")
@parameters_option
@workers_option
@scheduler_option
@shard_option
@until_option("a moment is known", "exits_2014.ci<5%")
@cap_option
@out_option("Write moments.csv, results.md, replays.csv, replays.md and the figures there.")
@overwrite_option
@resume_option("Go on with the runs kept in --out, with more replications too; collect shards.")
@json_option
def validate(
    only: tuple[str, ...],
    case: Path | None,
    replications: int,
    seed: int,
    settings: tuple[str, ...],
    parameters: str | None,
    out: Path | None,
    as_json: bool,
    **running: Any,
) -> None:
    """Measure the moments of the sources on simulated data, or replay a closure of the past.

    Exits 0 whatever the verdict.
    """
    from rebound_sim.api.execution import Execution
    from rebound_sim.calibration import Repetitions
    from rebound_sim.calibration.replays.forecasts import judged
    from rebound_sim.cli.run import settings_of
    from rebound_sim.cli.running import tell_shard
    from rebound_sim.cli.validation_runs import keeping, measured
    from rebound_sim.experiment.executors import workers_of
    from rebound_sim.experiment.shards import shard_asked
    from rebound_sim.parameters.ensemble import choose_parameters

    means = Execution(**running)
    part = shard_asked(means.shard, means.until)
    _refuse(only, case, replications, out, means)
    chosen = choose_parameters(parameters).overridden(_parameters(settings_of(settings)))
    if case is not None:
        _tell_replaced(case)
    with workers_of(means.workers, means.scheduler) as team:
        how = Repetitions(replications, seed, chosen, team, shard=part)
        with keeping(how, out, case, means) as kept:
            rows, past = measured(only, case, kept, means)
    if kept.kept is not None and means.shard is not None:
        done = sum(1 for _ in kept.kept)
        tell_shard(kept.kept.folder, means.shard, done, as_json=as_json)
        return
    judgement = judged(past, chosen)
    if out is not None:
        _write(out, rows, past, judgement)
    if as_json:
        _print_json(rows, past, judgement)
        return
    _print(rows, past, judgement, case)
    note = parameters_note(chosen.described())
    if note:
        click.echo(note)
    if out is not None:
        click.echo(f"Written: {out}")


def _refuse(
    only: tuple[str, ...], case: Path | None, replications: int, out: Path | None, means: Execution
) -> None:
    """Raise InputError for options that are out of range or exclude one another."""
    from rebound_sim.errors import InputError, refuse_outside
    from rebound_sim.experiment.durable import refuse_unwritable

    refuse_outside("--replications", replications, 1, _MOST_REPLICATIONS)
    for option, given in (("only", only), ("shard", means.shard), ("until", means.until)):
        if case is not None and given:
            raise InputError("cannot be used together", file=f"--case, --{option}")
    if out is not None:
        refuse_unwritable(out)
        return
    for option in ("shard", "overwrite", "resume"):
        if getattr(means, option):
            raise InputError("used without --out", file=f"--{option}")


def _print(
    rows: Sequence[MomentComparison], past: Past, judgement: Judgement, case: Path | None
) -> None:
    from rich.console import Console

    from rebound_sim.cli.replay_tables import print_coverage, print_replays
    from rebound_sim.cli.validation_tables import print_comparisons

    console = Console(highlight=False)
    if rows:
        print_comparisons(console, rows)
    if past.rows:
        print_replays(console, past.rows, None if case is None else past.cases[0].case.title)
        print_coverage(console, judgement)


def _tell_replaced(case: Path) -> None:
    """Say which figures of the case's zone stand for others, and read it before anything runs."""
    from rebound_sim.calibration.studies.published_cases import case_at
    from rebound_sim.scenario import open_world

    source = open_world(case)[1]
    if source.note:
        click.echo(source.note, err=True)
    case_at(str(case))


def _parameters(settings: dict[str, str]) -> dict[str, float]:
    from rebound_sim.errors import InputError
    from rebound_sim.parameters.load import check_value

    found = {}
    for name, text in settings.items():
        try:
            value = float(text)
        except ValueError:
            raise InputError("not a number", file="--set", key=name, value=text) from None
        found[name] = check_value(name, value)
    return found


def _write(out: Path, rows: Sequence[MomentComparison], past: Past, judgement: Judgement) -> None:
    from rebound_sim.errors import InputError
    from rebound_sim.figures.replays import draw_replays
    from rebound_sim.figures.validation import draw_families
    from rebound_sim.statistics.validation_files import (
        write_comparisons,
        write_coverage,
        write_replays,
    )

    try:
        out.mkdir(parents=True, exist_ok=True)
        if rows:
            write_comparisons(out, rows)
            tell_lines(draw_families(out, rows))
        if past.rows:
            write_replays(out, past.rows)
            write_coverage(out, judgement)
            tell_lines(draw_replays(out, past))
    except OSError as fault:
        raise InputError(
            f"cannot be written: {fault.strerror}", file="--out", value=str(out)
        ) from None


def _print_json(rows: Sequence[MomentComparison], past: Past, judgement: Judgement) -> None:
    from rebound_sim.statistics.validation import tally, tally_by_use
    from rebound_sim.statistics.validation_files import coverage_rows, score_rows

    inside = sum(row.inside for row in past.rows)
    replays = {
        "inside": inside,
        "outside": len(past.rows) - inside,
        "total": len(past.rows),
        "rows": [asdict(row) for row in past.rows],
        "held_out": coverage_rows(judgement),
        "forecasts": score_rows(judgement),
    }
    report = {
        **tally(rows),
        "use": tally_by_use(rows),
        "rows": [row.as_row() for row in rows],
        "replays": replays,
    }
    click.echo(json_text(report))
