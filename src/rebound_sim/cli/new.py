"""`rebound new`: a commented world file from a question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from rebound_sim.cli.options import repeated_option


@click.group()
def new() -> None:
    """Write a commented world file, of a zone or a programme; or a policy as a plan to edit."""


def _out_option(what: str) -> Callable[[Any], Any]:
    return click.option(
        "--out", type=click.Path(path_type=Path), metavar="FILE", help=f"Default: {what}."
    )


@new.command("zone")
@click.argument("zone", metavar="ZONE")
@click.option("--jobs", required=True, metavar="N", help="Jobs of the site that closes.")
@click.option(
    "--sector",
    required=True,
    metavar="CODE|WORDS",
    help="Its sector: a code, or words of its label (rebound basins sectors).",
)
@click.option("--month", default="0", metavar="M", help="Month of the announcement.")
@click.option("--insolvent", is_flag=True, help="An insolvent owner: sooner, without means.")
@repeated_option(
    "--policy",
    "policies",
    "NAME",
    "Policy to compare with doing nothing; may be repeated.  [default: rebond]",
)
@click.option("--months", default="120", metavar="N", help="Months simulated.")
@_out_option("the name of the zone")
def zone_command(
    zone: str,
    jobs: str,
    sector: str,
    month: str,
    insolvent: bool,
    policies: tuple[str, ...],
    months: str,
    out: Path | None,
) -> None:
    """Write a world of one ZONE (code, name, municipality, postcode...) that loses a site."""
    from rebound_sim.cli.basins import tell_place
    from rebound_sim.data.basins import load_basin
    from rebound_sim.reading.numbers import whole_number
    from rebound_sim.scenario.new_world import zone_world

    tell_place(zone)
    values = zone_world(
        zone,
        whole_number(jobs, "--jobs"),
        sector,
        month=whole_number(month, "--month"),
        insolvent=insolvent,
        policies=policies or ("rebond",),
        months=whole_number(months, "--months"),
    )
    name = load_basin(values["zone"][0]["code"]).name
    head = [
        f"One site closes in {name}. Written by `rebound new zone`; edit it as you like.",
        f"`rebound basins show {values['zone'][0]['code']}` gives the figures of the zone.",
    ]
    path = _write(values, head, out or Path(f"{_slug(name)}.toml"))
    click.echo(f"Written: {path}. Next: rebound run {path}")


@new.command("programme")
@click.option(
    "--zones-from",
    "table",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="CSV: zone; sector; jobs; month; insolvent. A row for each closure; a zone alone is a "
    "control.",
)
@click.option("--envelope", required=True, metavar="EUR", help="Money over all zones: 25M.")
@repeated_option(
    "--strategy", "strategies", "NAME", "May be repeated.  [default: equal, per_job_lost, merit]"
)
@click.option("--months", default="84", metavar="N", help="Months simulated.")
@_out_option("the name of the table")
def programme_command(
    table: Path, envelope: str, strategies: tuple[str, ...], months: str, out: Path | None
) -> None:
    """Write a programme over the zones of a table, with closures and one envelope."""
    from rebound_sim.reading.numbers import whole_number
    from rebound_sim.scenario.new_world import programme_world
    from rebound_sim.scenario.zones_table import read_zones

    rows, notes = read_zones(table)
    for note in notes:
        click.echo(note, err=True)
    values = programme_world(
        rows,
        whole_number(envelope, "--envelope"),
        months=whole_number(months, "--months"),
        strategies=strategies or ("equal", "per_job_lost", "merit"),
    )
    head = [
        f"A programme over the zones of {table.name}. Written by `rebound new programme`; edit it.",
        "`rebound schema programme` lists all that may stand under [programme].",
    ]
    path = _write(values, head, out or Path(f"{_slug(table.stem)}.toml"))
    click.echo(f"Written: {path}. Next: rebound compare {path}")


@new.command("plan")
@click.argument("world_file", metavar="WORLD", type=click.Path(path_type=Path))
@click.option(
    "--from", "policy", required=True, metavar="NAME|FILE", help="Policy to start from: rebond."
)
@_out_option("NAME_plan, a table (.csv) or, where no table can say it, a .toml file")
def plan_command(world_file: Path, policy: str, out: Path | None) -> None:
    """Write a policy as a plan for the zones of WORLD: who gets what, when; edit and compare it."""
    from rebound_sim.policies import load_policy
    from rebound_sim.policies.plan_file import name_of_plan, write_plan
    from rebound_sim.scenario import completed_plan, open_world
    from rebound_sim.scenario.policy_plan import plan_of_policy, plan_text
    from rebound_sim.whole_files import write_text_whole

    world, _ = open_world(world_file)
    given = load_policy(policy)
    plan = plan_of_policy(given, world, given.name)
    table = all(line.settings is None for line in plan.lines)
    path = out or Path(f"{given.name}_plan.{'csv' if table else 'toml'}")
    name_of_plan(path)
    completed_plan(plan, world)
    with _new_file(path):
        if path.suffix.lower() == ".toml":
            write_text_whole(path, plan_text(plan))
        else:
            write_plan(plan, path)
    click.echo(f"Written: {path}. Next: rebound compare {world_file} --plan {path}")


def _write(values: dict[str, Any], head: list[str], path: Path) -> Path:
    """Check the world, then write it: a file that is written can be run. Raises InputError."""
    from rebound_sim.reading.source import Source
    from rebound_sim.reading.strict import validated
    from rebound_sim.scenario import World
    from rebound_sim.scenario.new_world import world_text
    from rebound_sim.scenario.programme_file import check_programme
    from rebound_sim.whole_files import write_text_whole

    source = Source("the new world", values)
    world = validated(World, values, source)
    check_programme(world, source)
    for note in world.date_notes():
        click.echo(note, err=True)
    with _new_file(path):
        write_text_whole(path, world_text(values, head))
    return path


@contextmanager
def _new_file(path: Path) -> Iterator[None]:
    """Raise InputError for a file that exists, and for one that cannot be written inside."""
    from rebound_sim.errors import InputError

    if path.exists():
        raise InputError("this file exists, and is not replaced", file="--out", value=str(path))
    try:
        yield
    except OSError as fault:
        raise InputError(
            f"cannot be written: {fault.strerror}", file="--out", value=str(path)
        ) from None


def _slug(name: str) -> str:
    from rebound_sim.data.words import folded

    return re.sub(r"[^a-z0-9]+", "_", folded(name)).strip("_") or "world"
