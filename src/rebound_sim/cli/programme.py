"""`rebound programme`: pick zones by rule, show a programme file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rebound_sim.cli.options import settings_option

if TYPE_CHECKING:
    from rebound_sim.scenario import World


@click.group()
def programme() -> None:
    """Programmes: one envelope over many zones. Pick zones by rule, show a file."""


@programme.command("pick")
@click.option("--zones", type=int, default=30, show_default=True, metavar="N", help="Zones taken.")
@click.option(
    "--seed", type=int, default=2030, show_default=True, metavar="S", help="Draw of the closures."
)
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write a programme file."
)
def pick_command(zones: int, seed: int, out: Path | None) -> None:
    """Pick the zones most exposed to the car industry and draw a closure in each.

    Prints the rule and the table; the same numbers always give the same file.
    """
    from rich.console import Console

    from rebound_sim.cli.programme_zones import print_picked
    from rebound_sim.scenario.pick import pick, programme_text

    picked = pick(zones, seed)
    if out is not None:
        _write(out, programme_text(picked, seed))
    print_picked(Console(highlight=False), picked)
    if out is not None:
        click.echo(f"Written: {out}")


@programme.command("show")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@settings_option("a parameter or a value of the file")
def show_command(file: Path | None, settings: tuple[str, ...]) -> None:
    """Print a programme: money, calendar, zones and closures. Default: the shipped one."""
    from rich.console import Console

    from rebound_sim.cli.programme_zones import print_programme
    from rebound_sim.cli.run import settings_of

    print_programme(Console(highlight=False), named_programme(file, settings_of(settings)))


def named_programme(
    path: Path | None, overrides: dict[str, str] | None = None, months: int | None = None
) -> World:
    """A programme read and checked, the names of its strategies included.

    path : None for the shipped programme.  Raises InputError.
    """
    from rebound_sim.scenario import check_strategies, open_programme

    found, source = open_programme(path, overrides, months)
    if source.note:
        click.echo(source.note, err=True)
    check_strategies(found, source)
    return found


def _write(path: Path, text: str) -> None:
    from rebound_sim.errors import InputError
    from rebound_sim.whole_files import write_text_whole

    if path.exists():
        raise InputError("this file exists, and is not replaced", file="--out", value=str(path))
    try:
        write_text_whole(path, text)
    except OSError as fault:
        raise InputError(
            f"cannot be written: {fault.strerror}", file="--out", value=str(path)
        ) from None
