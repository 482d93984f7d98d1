"""What `run` and `compare` share: how tasks are done, stored, and told at the end."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rebound_sim.cli.options import (
    json_option,
    overwrite_option,
    resume_option,
    scheduler_option,
    workers_option,
)
from rebound_sim.cli.parameter_choice import parameters_note

if TYPE_CHECKING:
    from rebound_sim.experiment import Experiment

_OPTIONS = (
    workers_option,
    scheduler_option,
    click.option(
        "--shard", metavar="i/n", help="Do this part of the work only: one job of a job array."
    ),
    click.option(
        "--group",
        type=int,
        metavar="N",
        help="Arms simulated together at most: fewer need less memory and more time.",
    ),
    click.option(
        "--until",
        metavar="EXPR",
        help='Add replications until the interval is narrow: "additional_jobs.ci<5%".',
    ),
    click.option("--cap", type=int, metavar="N", help="Most replications with --until."),
    click.option(
        "--no-figures", is_flag=True, help="Write tables alone; `rebound figures` draws later."
    ),
    overwrite_option,
    resume_option("Add what is missing to the results there; collect shards."),
    json_option,
)


def running_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options of `Running`, added to a command, which passes them on as keywords."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@dataclass(frozen=True)
class Running:
    """How an experiment is run: values of `running_options`. Raises InputError."""

    workers: int | None
    scheduler: str | None
    shard: str | None
    group: int | None
    until: str | None
    cap: int | None
    no_figures: bool
    overwrite: bool
    resume: bool
    as_json: bool

    def __post_init__(self) -> None:
        from rebound_sim.errors import InputError

        if self.overwrite and self.resume:
            raise InputError("cannot be used together", file="--overwrite and --resume")
        if self.workers is not None and not 1 <= self.workers <= 1024:
            raise InputError(
                "out of range", file="--workers", value=self.workers, allowed="1 to 1024"
            )

    def refuse_with_until(self, **given: object) -> None:
        """Raise InputError for an option that sets the number of replications beside --until."""
        from rebound_sim.errors import InputError

        for option, value in given.items():
            if value is not None and self.until is not None:
                raise InputError("--until decides; bound it with --cap", file=f"--{option}")

    @property
    def arms_together(self) -> int:
        """Arms of one task at most."""
        from rebound_sim.experiment.experiment import LARGEST_GROUP

        return LARGEST_GROUP if self.group is None else self.group

    def execute(self, experiment: Experiment, out: Path) -> None:
        """Run, store, and tell; what could be compared is told before a fault is."""
        from rebound_sim.api.progress import shown_progress
        from rebound_sim.errors import ReboundError
        from rebound_sim.experiment import run_experiment
        from rebound_sim.experiment.parameter_sets import write_parameter_sets
        from rebound_sim.report.outputs import add_tables_and_figures
        from rebound_sim.statistics.stopping import stopping_measures

        stored: list[Path] = []

        def last_step(folder: Path) -> None:
            write_parameter_sets(
                folder, experiment.parameters, experiment.world.parameters, experiment.numbers
            )
            add_tables_and_figures(folder, not self.no_figures, watcher.phase)
            stored.append(folder)

        try:
            with shown_progress(
                experiment.world.title, _provisional, "zone-months"
            ) as watcher:
                folder = run_experiment(
                    experiment,
                    out,
                    workers=self.workers,
                    scheduler=self.scheduler,
                    shard=self.shard,
                    overwrite=self.overwrite,
                    resume=self.resume,
                    until=self.until,
                    cap=self.cap,
                    measures=stopping_measures() if self.until else None,
                    command=["rebound", *sys.argv[1:]],
                    last_step=last_step,
                    watcher=watcher,
                )
        except ReboundError:
            if stored:
                self._tell(stored[0])
            raise
        if self.shard is not None:
            self._tell_shard(folder, self.shard)
        else:
            self._tell(folder)

    def _tell(self, folder: Path) -> None:
        from rich.console import Console

        from rebound_sim.cli.base_words import base_words
        from rebound_sim.cli.headline_table import headline_json, print_headline
        from rebound_sim.cli.json_values import without_nan
        from rebound_sim.cli.ledger_tables import print_ledger
        from rebound_sim.cli.programme_table import comparison_json, print_comparison
        from rebound_sim.experiment.manifest import read_manifest
        from rebound_sim.statistics.programme import as_programme
        from rebound_sim.statistics.programme.summary import Comparison

        tell_missing(folder)
        comparison, manifest = Comparison(as_programme(folder)), read_manifest(folder)
        alone = manifest.is_of_one_zone
        if self.as_json:
            report = (
                without_nan(headline_json(comparison, manifest, folder))
                if alone
                else comparison_json(comparison)
            )
            click.echo(json.dumps(report, ensure_ascii=False, allow_nan=False))
            return
        console = Console(highlight=False)
        if alone:
            print_headline(comparison, console)
            print_ledger(comparison.panels, console)
        else:
            print_comparison(comparison, console)
        click.echo(base_words(manifest))
        note = parameters_note(manifest.parameters)
        if note:
            click.echo(note)
        click.echo(
            f"Results: {folder} ({manifest.done} of {manifest.tasks} tasks, "
            f"{manifest.duration_seconds:g} s)"
        )

    def _tell_shard(self, folder: Path, shard: str) -> None:
        from rebound_sim.experiment.manifest import read_manifest

        manifest = read_manifest(folder)
        if self.as_json:
            report = {"results": str(folder), "shard": shard, "tasks": manifest.done}
            click.echo(json.dumps(report, ensure_ascii=False))
            return
        click.echo(
            f"Shard {shard}: {manifest.done} tasks in {folder}. When all shards have ended, the "
            "same command with --resume in place of --shard collects them."
        )


def _provisional(folder: Path) -> Any:
    """The table of means of a comparison that is under way, None when there is nothing yet."""
    from rebound_sim.cli.programme_table import provisional_table
    from rebound_sim.experiment.manifest import read_manifest

    try:
        return None if read_manifest(folder).is_of_one_zone else provisional_table(folder)
    except Exception:  # a look before the end must not end the run
        return None


def tell_missing(folder: Path) -> None:
    """Say on standard error what a results folder lacks."""
    from rebound_sim.experiment.missing import missing_in

    lines = missing_in(folder)
    for line in lines:
        click.echo(f"Missing: {line}", err=True)
    if any(line.startswith("figure") for line in lines):
        click.echo(f"`rebound figures {folder}` draws figures again.", err=True)
