"""What `run` and `compare` share: how tasks are done, stored, and told at the end."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rebound_sim.api.execution import Execution
from rebound_sim.cli.options import (
    cap_option,
    count_option,
    json_option,
    overwrite_option,
    resume_option,
    scheduler_option,
    shard_option,
    tell_lines,
    until_option,
    workers_option,
)
from rebound_sim.cli.parameter_choice import parameters_note
from rebound_sim.json_text import json_text

if TYPE_CHECKING:
    from rebound_sim.experiment import Experiment

_OPTIONS = (
    workers_option,
    scheduler_option,
    shard_option,
    count_option(
        "--group", "Arms simulated together at most: fewer need less memory and more time."
    ),
    until_option("the interval is narrow", "additional_jobs.ci<5%"),
    cap_option,
    click.option(
        "--no-figures", is_flag=True, help="Write tables alone; `rebound figures` draws later."
    ),
    overwrite_option,
    resume_option("Add what is missing to the results there; collect shards."),
    json_option,
)


def running_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options of `Running` and `--group`, added to a command; see `Running.split`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@dataclass(frozen=True)
class Running(Execution):
    """How a command runs an experiment: values of `running_options`. Raises InputError."""

    as_json: bool = False

    @classmethod
    def split(cls, options: dict[str, Any]) -> tuple[Running, dict[str, Any]]:
        """How to run, and what is asked: the other options, which `api.questions` takes."""
        own = [field.name for field in fields(cls)]
        how = cls(**{name: value for name, value in options.items() if name in own})
        asked = {name: value for name, value in options.items() if name not in own}
        return how, {**asked, "until": how.until}

    def execute(self, experiment: Experiment, out: Path) -> None:
        """Run, store, and tell; what could be compared is told before a fault is."""
        from rebound_sim.api.progress import shown_progress
        from rebound_sim.errors import ReboundError

        stored: list[Path] = []
        try:
            with shown_progress(experiment.world.title, _provisional, "zone-months") as watcher:
                command = ["rebound", *sys.argv[1:]]
                folder = self.carry_out(experiment, out, command, watcher, stored.append)
        except ReboundError:
            if stored:
                self._tell(stored[0])
            raise
        if self.shard is not None:
            from rebound_sim.experiment.manifest import read_manifest

            tell_shard(folder, self.shard, read_manifest(folder).done, as_json=self.as_json)
        else:
            self._tell(folder)

    def _tell(self, folder: Path) -> None:
        from rich.console import Console

        from rebound_sim.cli.base_words import base_words
        from rebound_sim.cli.headline_table import headline_json, print_headline
        from rebound_sim.cli.ledger_tables import print_ledger
        from rebound_sim.cli.programme_table import comparison_json, print_comparison
        from rebound_sim.experiment.manifest import read_manifest
        from rebound_sim.statistics.comparable import panels_of
        from rebound_sim.statistics.programme.summary import Summary

        tell_missing(folder)
        comparison, manifest = Summary(panels_of(folder)), read_manifest(folder)
        alone = manifest.is_of_one_zone
        if self.as_json:
            report = (
                headline_json(comparison, manifest, folder)
                if alone
                else comparison_json(comparison)
            )
            click.echo(json_text(report))
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


def tell_shard(folder: Path, shard: str, tasks: int, *, as_json: bool) -> None:
    """Say what one job of an array has done, and how the jobs are put together."""
    if as_json:
        click.echo(json_text({"results": str(folder), "shard": shard, "tasks": tasks}))
        return
    click.echo(
        f"Shard {shard}: {tasks} tasks in {folder}. When all shards have ended, the same command "
        "with --resume in place of --shard collects them."
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
    tell_lines(lines)
    if any(line.startswith("figure") for line in lines):
        click.echo(f"`rebound figures {folder}` draws figures again.", err=True)
