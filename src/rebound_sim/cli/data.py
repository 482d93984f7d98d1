"""`rebound data`: derive the tables of figures from official statistics."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rebound_sim.cli.options import json_option
from rebound_sim.json_text import json_text

if TYPE_CHECKING:
    from rebound_sim.data.building.draft import Tables

_out_option = click.option(
    "--out",
    default="rebound-tables",
    show_default=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder to write, whole or not at all; set REBOUND_TABLES to it to use the tables.",
)
_skip_option = click.option(
    "--skip", multiple=True, metavar="NAME", help="Name of a file to leave out. Repeat as needed."
)


@click.group()
def data() -> None:
    """Tables of figures shipped with the package."""


@data.command("build")
@click.option(
    "--from",
    "source",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder of source files (docs/data.md lists them); official downloads take precedence.",
)
@_out_option
@_skip_option
@json_option
def build_command(source: Path, out: Path, skip: tuple[str, ...], as_json: bool) -> None:
    """Derive the compact tables from the files of DIR, each recognised or refused by name."""
    from rebound_sim.data.building.build import build_tables

    _write(build_tables(source, skip), out, as_json=as_json)


@data.command("update")
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path)
)
@_out_option
@_skip_option
@json_option
def update_command(
    files: tuple[Path, ...], out: Path, skip: tuple[str, ...], as_json: bool
) -> None:
    """Put official FILEs (or the files of folders) over the tables in use.

    Recognised by their columns, whatever their names: unemployment rates, Flores, commuting flows,
    composition of zones, census by age, Urssaf, FIGARO; CSV in any encoding, .xlsx, zip. The newest
    vintage of each is taken. Prints what was read of each file, and what was not.
    """
    from rebound_sim.data.building.build import update_tables

    _write(update_tables(files, skip), out, as_json=as_json)


def _write(tables: Tables, out: Path, *, as_json: bool) -> None:
    from rebound_sim.data.building.draft import write_tables

    written = write_tables(tables, out)
    if as_json:
        record = {
            "folder": str(out),
            "bytes": written,
            "official_files": tables.official,
            "files": [found.as_json() for found in tables.records],
            "marks": len(tables.marks),
        }
        click.echo(json_text(record, 2))
        return
    for name, size in written.items():
        click.echo(f"{size:>9,}  {name}")
    click.echo(f"{sum(written.values()):>9,}  bytes in {out}")
    told = [r for r in tables.records if r.kind != "prepared"]
    if told:
        click.echo("Files, and what was read of them:")
    for found in told:
        click.echo(f"  {found.sentence()}")
    unused = [r.file for r in tables.records if r.kind == "prepared" and r.use == "not needed"]
    if unused:
        click.echo(f"Prepared files that the tables do not need: {', '.join(unused)}")
    if tables.marks:
        click.echo(
            f"{len(tables.marks)} cells withheld, provisional or of a former vintage: "
            f"{out / 'marks.csv'}"
        )
    place = str(out.resolve())
    click.echo(f"To use these tables: export REBOUND_TABLES={shlex.quote(place)}")
    doubled = place.replace("'", "''")
    click.echo(f"On Windows (PowerShell): $env:REBOUND_TABLES = '{doubled}'")
