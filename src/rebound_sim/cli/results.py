"""`rebound results`: what a results folder holds, and questions in SQL."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from rebound_sim.cli.options import json_option, path_option
from rebound_sim.json_text import json_text

_SUFFIXES = (".csv", ".parquet")


@dataclass(frozen=True)
class _StoredTable:
    """Files of one table. note : what the folder names in their paths add as columns."""

    name: str
    files: tuple[Path, ...]
    hive: tuple[str, ...]


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--query",
    metavar="SQL",
    help="Question to the tables, by their names: "
    '"SELECT arm, avg(workplace_employment) FROM trajectories WHERE month = 60 GROUP BY 1".',
)
@click.option("--rows", type=int, default=50, show_default=True, metavar="N", help="Rows shown.")
@path_option("--export", help="Write the answer to a .csv or .parquet file.")
@json_option
def results(folder: Path, query: str | None, rows: int, export: Path | None, as_json: bool) -> None:
    """Say what is in the results FOLDER of a run, comparison or sweep, or answer a query."""
    from rebound_sim.errors import InputError

    if query is None and export is not None:
        raise InputError("used without --query", file="--export", value=str(export))
    if export is not None and export.suffix.lower() not in _SUFFIXES:
        allowed = ", ".join(_SUFFIXES)
        raise InputError("unknown format", file="--export", value=str(export), allowed=allowed)
    if rows < 1:
        raise InputError("out of range", file="--rows", value=rows, allowed="1 or more")
    manifest = _manifest(folder)
    tables = list(_tables(folder))
    if query is None:
        _list(folder, manifest, tables, as_json=as_json)
    else:
        _answer(tables, query, rows, export, as_json=as_json)


def _manifest(folder: Path) -> dict[str, Any]:
    from rebound_sim.errors import InputError
    from rebound_sim.experiment.manifest import not_results

    try:
        found = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        if isinstance(found, dict):
            return found
        raise ValueError
    except (FileNotFoundError, NotADirectoryError):
        raise not_results(folder, "manifest.json") from None
    except (OSError, ValueError, RecursionError):
        raise InputError("the manifest cannot be read", file=str(folder)) from None


def _tables(folder: Path) -> Iterator[_StoredTable]:
    """Tables of a run, of all points of a sweep, or of a former run (one file each)."""
    for file in sorted(folder.glob("*.parquet")):
        yield _StoredTable(file.stem, (file,), ())
    from rebound_sim.experiment.batches import counted_files
    from rebound_sim.experiment.packed import TABLES

    points = sorted((folder / "points").glob("point=*"))
    for table in TABLES:
        files = [file for place in points or [folder] for file in counted_files(place, table)]
        if files:
            # `arm`, and `strategy` in former results.
            arm = files[0].parent.name.partition("=")[0]
            yield _StoredTable(table, tuple(files), ("point", arm) if points else (arm,))


def _metadata(file: Path) -> Any:
    """Metadata of a Parquet file. InputError names the file when it is damaged."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from rebound_sim.errors import InputError

    try:
        return pq.read_metadata(file)
    except (OSError, pa.ArrowException):
        raise InputError(
            "is not whole: copy it again, or run with --resume or --overwrite", file=str(file)
        ) from None


def _list(
    folder: Path, manifest: dict[str, Any], tables: list[_StoredTable], *, as_json: bool
) -> None:
    found = []
    for table in tables:
        metadata = [_metadata(file) for file in table.files]
        columns = [*table.hive, *metadata[0].schema.to_arrow_schema().names]
        found.append(
            {
                "table": table.name,
                "rows": sum(item.num_rows for item in metadata),
                "files": len(table.files),
                "bytes": sum(file.stat().st_size for file in table.files),
                "columns": columns,
            }
        )
    facts = {
        name: manifest[name]
        for name in (
            "complete",
            "strategies",
            "arms",
            "zones",
            "done",
            "tasks",
            "failed",
            "points",
            "requested_replications",
            "duration_seconds",
            "results_digest",
            "missing",
        )
        if name in manifest and manifest[name] != []
    }
    if as_json:
        click.echo(json_text({"results": str(folder), **facts, "tables": found}, 2))
        return
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    asked = manifest.get("world") or manifest.get("scenario") or manifest.get("sweep") or {}
    title = asked.get("title", "")
    state = "complete" if manifest.get("complete") else "incomplete: --resume goes on"
    console.print(f"{folder}: {title} ({state})", markup=False)
    for name, value in facts.items():
        if name != "complete":
            shown = ", ".join(map(str, value)) if isinstance(value, list) else value
            console.print(f"  {name.replace('_', ' ')}: {shown}", markup=False)
    shown_table = Table(box=None, pad_edge=False)
    for head in ("table", "rows", "MB", "columns"):
        shown_table.add_column(head, justify="left" if head in ("table", "columns") else "right")
    for row in found:
        names = row["columns"]
        several = ", ".join(names[:6]) + (f", … ({len(names)})" if len(names) > 6 else "")
        shown_table.add_row(row["table"], f"{row['rows']:,}", f"{row['bytes'] / 1e6:.1f}", several)
    console.print(shown_table)
    others = sorted(path.name for path in folder.iterdir() if path.suffix == ".csv")
    console.print(f"Also: {', '.join(others)}. Units: column_dictionary.csv.", markup=False)


def _answer(
    tables: list[_StoredTable], query: str, rows: int, export: Path | None, *, as_json: bool
) -> None:
    from rebound_sim.cli.results_query import ask

    heads, found = ask(tables, query, rows, export)
    if export is None:
        _print(heads, found, rows, as_json=as_json)
    else:
        click.echo(json_text({"written": str(export)}) if as_json else f"Written: {export}")


def _print(heads: list[str], found: list[Any], rows: int, *, as_json: bool) -> None:
    if as_json:
        records = [dict(zip(heads, row, strict=True)) for row in found[:rows]]
        report = {"rows": records, "more": len(found) > rows}
        click.echo(json_text(report, default=str))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in found[:rows]:
        table.add_row(*("" if value is None or value != value else str(value) for value in row))
    console = Console(highlight=False)
    console.print(table)
    if len(found) > rows:
        console.print(f"There are more than {rows} rows: --rows or --export.")
