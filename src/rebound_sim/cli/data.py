"""`rebound data`: derive the tables of figures from official statistics."""

from __future__ import annotations

import json
from pathlib import Path

import click

from rebound_sim.cli.options import json_option


@click.group()
def data() -> None:
    """Tables of figures shipped with the package."""


@data.command("build")
@click.option(
    "--from", "source", required=True, metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder of source files (docs/data.md lists them); official downloads take precedence.",
)  # fmt: skip
@click.option(
    "--out", default="rebound-tables", show_default=True, metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder to write; set REBOUND_TABLES to it to use the tables.",
)  # fmt: skip
@json_option
def build_command(source: Path, out: Path, as_json: bool) -> None:
    """Derive the compact tables from the files of DIR."""
    from rebound_sim.data.build import build_tables
    from rebound_sim.data.draft import write_tables

    tables = build_tables(source)
    written = write_tables(tables, out)
    if as_json:
        record = {"folder": str(out), "bytes": written, "official_files": tables.official}
        click.echo(json.dumps(record, indent=2))
        return
    for name, size in written.items():
        click.echo(f"{size:>9,}  {name}")
    click.echo(f"{sum(written.values()):>9,}  bytes in {out}")
    if tables.official:
        click.echo("Official files used: " + ", ".join(tables.official))
    click.echo(f"To use these tables: export REBOUND_TABLES={out}")
