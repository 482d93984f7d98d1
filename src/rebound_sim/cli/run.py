"""`rebound run`: one scenario, with and without a policy."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from rebound_sim.cli.options import (
    json_option,
    months_option,
    out_option,
    overwrite_option,
    resume_option,
    seed_option,
    settings_option,
    workers_option,
)
from rebound_sim.cli.parameter_choice import parameters_note, parameters_option

_DEFAULT_REPLICATIONS = 20


@click.command()
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option(
    "--policy",
    "policies",
    multiple=True,
    metavar="NAME|FILE",
    help="Policy compared with doing nothing; may be repeated. "
    "Default: the one that the scenario names.",
)
@click.option("--zone", metavar="CODE", help="Employment zone, in place of the scenario's.")
@click.option(
    "--replications",
    type=int,
    default=_DEFAULT_REPLICATIONS,
    show_default=True,
    metavar="N",
    help="Independent repetitions.",
)
@months_option
@seed_option
@settings_option("a parameter or a value of the scenario")
@parameters_option
@workers_option
@out_option("Results folder. Default: results/<name of the scenario file>.")
@overwrite_option
@resume_option()
@json_option
def run(
    scenario: Path,
    policies: tuple[str, ...],
    zone: str | None,
    replications: int,
    months: int | None,
    seed: int,
    settings: tuple[str, ...],
    choice: str | None,
    workers: int | None,
    out: Path | None,
    overwrite: bool,
    resume: bool,
    as_json: bool,
) -> None:
    """Simulate SCENARIO with and without a policy and store the results."""
    from rebound_sim.cli import summary
    from rebound_sim.cli.progress import shown_progress
    from rebound_sim.errors import InputError
    from rebound_sim.experiment import Experiment, run_experiment
    from rebound_sim.parameters.ensemble import choose_parameters
    from rebound_sim.policies import load_policy
    from rebound_sim.scenario import open_scenario, policy_of

    if overwrite and resume:
        raise InputError("cannot be used together", file="--overwrite and --resume")
    if workers is not None and not 1 <= workers <= 1024:
        raise InputError("out of range", file="--workers", value=workers, allowed="1 to 1024")
    world, source = open_scenario(scenario, settings_of(settings), zone, months)
    try:
        chosen = tuple(load_policy(name) for name in policies) or (policy_of(world, source),)
    except InputError as error:
        raise error.located(file="--policy") from None
    experiment = Experiment(world, chosen, replications, seed, choose_parameters(choice))
    with shown_progress(world.title) as watcher:
        folder = run_experiment(
            experiment,
            out or Path("results") / scenario.stem,
            workers=workers,
            overwrite=overwrite,
            resume=resume,
            command=["rebound", *sys.argv[1:]],
            last_step=summary.add_summary,
            watcher=watcher,
        )
    _report(folder, world.title, as_json=as_json)


def settings_of(settings: tuple[str, ...]) -> dict[str, str]:
    """Options `--set KEY=VALUE` as a mapping; InputError without =, or for a key given twice."""
    from rebound_sim.errors import InputError

    found: dict[str, str] = {}
    for setting in settings:
        key, equals, value = setting.partition("=")
        key = key.strip()
        if not equals or not key:
            raise InputError("not of the form KEY=VALUE", file="--set", value=setting)
        if key in found:
            raise InputError("this key is given twice", file="--set", key=key)
        found[key] = value.strip()
    return found


def _report(folder: Path, title: str, *, as_json: bool) -> None:
    from rebound_sim.cli import summary
    from rebound_sim.cli.json_values import without_nan
    from rebound_sim.experiment.manifest import read_manifest

    manifest = read_manifest(folder)
    summary.tell_missing(folder)
    if not as_json:
        summary.print_summary(folder)
        note = parameters_note(manifest.parameters)
        if note:
            click.echo(note)
        click.echo(
            f"Results: {folder} ({len(manifest.replications)} replications, "
            f"{manifest.duration_seconds:g} s)"
        )
        return
    report: dict[str, Any] = {
        "results": str(folder),
        "title": title,
        "arms": manifest.arms,
        "replications": len(manifest.replications),
        "seed": manifest.identity.seed,
        "complete": manifest.complete,
        "missing": manifest.missing,
        "results_digest": manifest.results_digest,
        "scenario_digest": manifest.identity.scenario_digest,
        "parameters": manifest.parameters,
        "duration_seconds": manifest.duration_seconds,
        "headline": summary.summarise(folder),
    }
    click.echo(json.dumps(without_nan(report), ensure_ascii=False, allow_nan=False))
