"""`rebound sensitivity`: which parameters are free, and which moments they move."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rebound_sim.cli.options import (
    count_option,
    finite,
    json_option,
    out_option,
    resume_option,
    scheduler_option,
    seed_option,
    workers_option,
    zones_option,
)
from rebound_sim.json_text import json_text

if TYPE_CHECKING:
    from rebound_sim.calibration.sensitivity.screening import Screening

_DEFAULT_TRAJECTORIES = 4
#: A third of the time of four; effects of interest are larger than the noise of two.
_DEFAULT_ZONES = 2
FEWEST_ZONES, MOST_ZONES = 2, 6
_MOST_TRAJECTORIES = 1_000
_SHOWN_MOMENTS = 3


@click.command()
@click.option("--list", "list_only", is_flag=True, help="List the free parameters and stop.")
@count_option(
    "--trajectories",
    "Random paths through the space of parameters; each simulates one point a parameter.",
    _DEFAULT_TRAJECTORIES,
)
@click.option("--budget", type=finite, metavar="MINUTES", help="Stop after this. Default: no end.")
@seed_option
@zones_option(_DEFAULT_ZONES)
@workers_option
@scheduler_option
@out_option("Folder of the points and of screening.csv.", Path("results/sensitivity"))
@resume_option("Add what is missing to the points that are there.")
@json_option
def sensitivity(
    list_only: bool,
    trajectories: int,
    budget: float | None,
    seed: int,
    zones: int,
    workers: int | None,
    scheduler: str | None,
    out: Path,
    resume: bool,
    as_json: bool,
) -> None:
    """Find the moments that identify each free parameter (elementary effects of Morris).

    All points have the same luck. `rebound calibrate --screening DIR` searches what is identified
    and draws the rest from its prior.
    """
    from rebound_sim.api.progress import shown_progress
    from rebound_sim.calibration.search.evaluations import Budget, opened_evaluations
    from rebound_sim.calibration.search.problem import model_problem
    from rebound_sim.calibration.sensitivity.screening import screen
    from rebound_sim.calibration.smoother.ensemble_files import write_screening
    from rebound_sim.errors import refuse_outside
    from rebound_sim.experiment.executors import workers_of

    if list_only:
        _list_free(as_json=as_json)
        return
    refuse_outside("--trajectories", trajectories, 1, _MOST_TRAJECTORIES)
    spending = Budget(seconds_of(budget))
    refuse_zones(zones)
    problem = model_problem(seed=seed, zones=zones)
    with (
        shown_progress("sensitivity") as watcher,
        workers_of(workers, scheduler) as team,
        opened_evaluations(out, problem, resume=resume, watcher=watcher, team=team) as store,
    ):
        team.prepare(watcher)
        found = screen(store, trajectories, seed, spending)
        write_screening(found, out)
    _report(found, out, as_json=as_json)


def refuse_zones(zones: int) -> None:
    """Raise InputError for an option `--zones` out of range."""
    from rebound_sim.errors import refuse_outside

    refuse_outside("--zones", zones, FEWEST_ZONES, MOST_ZONES)


def seconds_of(budget: float | None) -> float:
    """Option `--budget` in seconds, infinite without it. Raises InputError."""
    from rebound_sim.errors import InputError

    if budget is None:
        return math.inf
    if not 0.0 < budget <= 100_000:
        raise InputError("out of range", file="--budget", value=budget, allowed="minutes, above 0")
    return budget * 60.0


def _list_free(*, as_json: bool) -> None:
    from rich.console import Console
    from rich.table import Table

    from rebound_sim.parameters import PARAMETERS
    from rebound_sim.parameters.priors import free_parameters
    from rebound_sim.units import with_unit

    free = free_parameters()
    if as_json:
        rows = [
            {
                "parameter": one.full_name,
                "value": one.value,
                "unit": one.unit,
                "low": one.low,
                "high": one.high,
                "prior": one.prior,
                "evidence": one.evidence,
            }
            for one in free
        ]
        report = {"free": rows, "fixed": len(PARAMETERS) - len(free)}
        click.echo(json_text(report))
        return
    table = Table(box=None, pad_edge=False)
    # A name cut short cannot be typed.
    table.add_column("parameter", no_wrap=True, overflow="ignore")
    for head in ("value", "prior", "95 % of it", "evidence"):
        table.add_column(head)
    for one in free:
        value = with_unit(one.value, one.unit)
        ends = f"{with_unit(one.low, '')} to {with_unit(one.high, '')}"
        table.add_row(one.full_name, value, one.prior, ends, one.evidence)
    Console(highlight=False).print(table)
    click.echo(f"{len(free)} parameters have a prior; {len(PARAMETERS) - len(free)} are fixed.")


def _report(found: Screening, out: Path, *, as_json: bool) -> None:
    influential, rest = found.influential(), found.unidentified()
    if as_json:
        report = {
            "results": str(out),
            "trajectories": found.trajectories,
            "identified": {name: dict(found.of(name)) for name in influential},
            "unidentified": list(rest),
        }
        click.echo(json_text(report))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    table.add_column("parameter", no_wrap=True, overflow="ignore")
    table.add_column("identified by (μ* in standard deviations)")
    for name in influential:
        moments = found.of(name)[:_SHOWN_MOMENTS]
        table.add_row(name, ", ".join(f"{moment} {strength:.1f}" for moment, strength in moments))
    console = Console(highlight=False)
    console.print(table)
    count = found.trajectories
    console.print(
        f"{len(influential)} parameters are identified by a moment, over {count} "
        f"trajector{'y' if count == 1 else 'ies'}; {len(rest)} by none: they stay at their prior."
    )
    console.print(", ".join(rest) or "–", style="dim")
    click.echo(f"All effects: {out / 'screening.csv'}")
