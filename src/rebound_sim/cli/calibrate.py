"""`rebound calibrate`: parameter sets that the moments do not rule out."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rebound_sim.cli.options import (
    count_option,
    finite,
    json_option,
    out_option,
    path_option,
    resume_option,
    scheduler_option,
    seed_option,
    workers_option,
    zones_option,
)
from rebound_sim.json_text import json_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rebound_sim.calibration.search.problem import Problem
    from rebound_sim.calibration.smoother.ensemble_files import MomentFit
    from rebound_sim.calibration.smoother.left_out import LeftOut
    from rebound_sim.parameters.ensemble import Ensemble

_DEFAULT_BUDGET = 60.0
_DEFAULT_POINTS, _DEFAULT_SETS, _DEFAULT_WAVES, _DEFAULT_ZONES = 128, 30, 8, 2


@click.command()
@click.option(
    "--budget",
    type=finite,
    default=_DEFAULT_BUDGET,
    show_default=True,
    metavar="MINUTES",
    help="Time to spend; with --resume, time to add.",
)
@path_option(
    "--screening",
    help="Results of rebound sensitivity: what no moment identifies is spread as its whole "
    "prior from the start. Default: the waves find out which parameters that is.",
    metavar="DIR",
)
@count_option("--points", "Points of a wave.", _DEFAULT_POINTS)
@count_option("--sets", "Sets of the ensemble.", _DEFAULT_SETS)
@count_option(
    "--waves", "Waves at most; the budget tells how many there is time for.", _DEFAULT_WAVES
)
@seed_option
@zones_option(_DEFAULT_ZONES)
@workers_option
@scheduler_option
@out_option("Folder of points, of the ensemble and of moments.csv.", Path("results/calibration"))
@resume_option("Go on with the points that are there.")
@click.option(
    "--install",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="Put the ensemble of this folder in the package, for --parameters, and stop.",
)
@json_option
def calibrate(
    budget: float,
    screening: Path | None,
    points: int,
    sets: int,
    waves: int,
    seed: int,
    zones: int,
    workers: int | None,
    scheduler: str | None,
    out: Path,
    resume: bool,
    install: Path | None,
    as_json: bool,
) -> None:
    """Search the parameter sets that the moments marked `calibrate` do not rule out.

    Ensemble smoother: waves of points, each moved toward the moments by the one before; what no
    moment identifies keeps its prior. docs/calibration.md explains it.
    """
    from rebound_sim.api.progress import shown_progress
    from rebound_sim.calibration.search.evaluations import Budget, opened_evaluations
    from rebound_sim.calibration.search.problem import calibration_zones
    from rebound_sim.calibration.sensitivity.emulator import refuse_without_processes
    from rebound_sim.calibration.smoother.ensemble_files import left_out_of, write_calibration
    from rebound_sim.calibration.smoother.waves import WaveSettings
    from rebound_sim.calibration.smoother.waves import calibrate as search
    from rebound_sim.calibration.studies import design
    from rebound_sim.cli.sensitivity import refuse_zones, seconds_of
    from rebound_sim.errors import refuse_outside
    from rebound_sim.experiment.executors import workers_of

    if install is not None:
        _install(install)
        return
    refuse_outside("--points", points, 12, 10_000)
    for option, value in (("--sets", sets), ("--waves", waves)):
        refuse_outside(option, value, 1, 10_000)
    spending = Budget(seconds_of(budget))
    refuse_zones(zones)
    refuse_without_processes()
    problem = _problem(screening, seed, zones)
    with (
        shown_progress("calibration") as watcher,
        workers_of(workers, scheduler) as team,
        opened_evaluations(out, problem, resume=resume, watcher=watcher, team=team) as store,
    ):
        team.prepare(watcher)
        found = search(store, WaveSettings(points, sets, waves, seed), spending)
        about = {
            "command": ["rebound", *(_shown(word) for word in sys.argv[1:])],
            "seed": seed,
            "zones": list(calibration_zones(zones)),
            "zones_of_centres_and_sets": list(design.zones()),
        }
        ensemble, fits = write_calibration(found, out, about)
    if as_json:
        report = {
            "results": str(out),
            **ensemble.provenance,
            **_inside(fits),
            "inside_left_out": sum(one.inside for one in left_out_of(found)),
        }
        click.echo(json_text(report))
        return
    _report(ensemble, fits, left_out_of(found), out)


def _shown(word: str) -> str:
    """A word of the command as the ensemble records it: it ships, so no folder of this machine."""
    return Path(word).name if Path(word).is_absolute() else word


def _problem(screening: Path | None, seed: int, zones: int) -> Problem:
    """All parameters with a prior; with a screening, those that no moment identifies apart."""
    from rebound_sim.calibration.search.problem import model_problem
    from rebound_sim.calibration.smoother.ensemble_files import SCREENING_SUMMARY
    from rebound_sim.errors import InputError
    from rebound_sim.parameters import PARAMETERS

    if screening is None:
        return model_problem(seed=seed, zones=zones)
    try:
        text = (screening / SCREENING_SUMMARY).read_text(encoding="utf-8")
        summary = json.loads(text)
        searched = [PARAMETERS[name] for name in summary["influential"]]
        drawn = [PARAMETERS[name] for name in summary["unidentified"]]
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(
            "holds no screening of these parameters",
            file="--screening",
            value=str(screening),
            allowed="the --out of rebound sensitivity",
        ) from None
    if not searched:
        raise InputError("no parameter is identified", file="--screening", value=str(screening))
    return model_problem(searched, drawn, seed, zones)


def _install(folder: Path) -> None:
    from rebound_sim.parameters.ensemble import install_ensemble

    ensemble = install_ensemble(folder)
    click.echo(
        f"Installed {len(ensemble.sets)} sets of {len(ensemble.names)} parameters: "
        "--parameters point or ensemble uses them."
    )


def _inside(fits: Sequence[MomentFit]) -> dict[str, Any]:
    """Numbers of moments inside their bands, before and after."""
    return {
        "inside_declared": sum(fit.inside(fit.declared) for fit in fits),
        "inside_point": sum(fit.inside(fit.point) for fit in fits),
        "inside_ensemble_mean": sum(fit.inside(fit.mean) for fit in fits),
        "moments": len(fits),
    }


def _report(
    ensemble: Ensemble, fits: Sequence[MomentFit], left: Sequence[LeftOut], out: Path
) -> None:
    from rich.console import Console
    from rich.table import Table

    from rebound_sim.calibration.smoother.left_out import worth_of

    table = Table(box=None, pad_edge=False)
    for head in ("moment", "band", "declared", "point", "sets: mean [lowest; highest]", "reach"):
        first = head == "moment"
        # A name cut short cannot be looked up.
        table.add_column(head, justify="left" if first else "right", no_wrap=first)
    for fit in fits:
        marks = [f"{v:.3g}{'' if fit.inside(v) else ' *'}" for v in (fit.declared, fit.point)]
        spread = f"{fit.mean:.3g} [{fit.lowest:.3g}; {fit.highest:.3g}]"
        spread += "" if fit.inside(fit.mean) else " *"
        table.add_row(
            fit.moment, f"{fit.low:g} to {fit.high:g}", *marks, spread, f"{fit.reach:.1f}"
        )
    console = Console(highlight=False)
    console.print(table)
    counts = _inside(fits)
    console.print(
        "Declared: mean of six replications; sets: one, on all zones of the validation. "
        "*: outside its band. Reach: least "
        "implausibility of any simulated point; above 3, no point came near.",
        style="dim",
    )
    about = ensemble.provenance
    console.print(
        f"Inside: {counts['inside_declared']} of {counts['moments']} at declared values, "
        f"{counts['inside_point']} at the point, {counts['inside_ensemble_mean']} in the mean of "
        f"{len(ensemble.sets)} sets."
    )
    count, prior = len(ensemble.names), len(about["unidentified"])
    console.print(
        f"{about['evaluations']} points simulated in {about['waves']} waves, which took in "
        f"{about['data_taken_in']:.0%} of the data. No moment identifies {prior} of {count} "
        "parameters: they are spread as their prior (parameters.csv)."
    )
    if left:
        usual, fewest = worth_of(left)
        console.print(
            f"Each moment predicted by the others: {sum(one.inside for one in left)} of "
            f"{len(left)} inside, from members of the last wave reweighted (worth "
            f"{usual:.0f} in the median, {fewest:.0f} at least): left_out.csv."
        )
    click.echo(f"Ensemble: {out / 'ensemble.csv'}; rebound calibrate --install {out} ships it")
