"""`rebound run`: one zone, with and without policies."""

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


@click.command()
@click.argument("scenario", metavar="WORLD", type=click.Path(path_type=Path))
@repeated_option(
    "--policy",
    "policies",
    "NAME|FILE",
    "Policy compared with doing nothing; may be repeated. Default: those that the world names.",
)
@click.option("--zone", metavar="CODE", help="Employment zone, in place of the scenario's.")
@count_option("--replications", "Independent repetitions.  [default: 20]")
@months_option
@seed_option
@settings_option("a parameter or a value of the scenario")
@parameters_option
@out_option("Results folder. Default: results/<name of the scenario file>.")
@running_options
def run(
    scenario: Path,
    policies: tuple[str, ...],
    zone: str | None,
    months: int | None,
    settings: tuple[str, ...],
    out: Path | None,
    **options: Any,
) -> None:
    """Simulate the zone of WORLD with and without policies and store the results."""
    from rebound_sim.api.questions import run_asked
    from rebound_sim.cli.arms import arms_of
    from rebound_sim.scenario import open_zone

    how, asked = Running.split(options)
    world, source = open_zone(scenario, settings_of(settings), zone, months)
    experiment = run_asked(world, arms_of(world, source, (), (), policies, ()), **asked)
    if source.note:
        click.echo(source.note, err=True)
    how.execute(experiment, out or Path("results") / scenario.stem)


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
