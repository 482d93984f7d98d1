"""Tables under construction: reading of source rows, fixed-format numbers, writing of files."""

from __future__ import annotations

import csv
import io
import math
import os
import shutil
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rebound_sim.data.building.zones_columns import declared_vintage
from rebound_sim.data.official.files import NotATable, grids
from rebound_sim.data.official.record import SOURCE_COLUMNS, FileRecord
from rebound_sim.data.tables import OPTIONAL_TABLES, read_csv
from rebound_sim.errors import InputError

Cells = Sequence[str]
#: Columns of the table `marks`: cells that are not plain published figures.
MARK_COLUMNS = ("table", "code", "column", "mark", "note")


class Row(dict[str, str]):
    """A row of a prepared file, which knows where it stands."""

    def __init__(self, cells: Iterable[tuple[str, str]], file: str, line: int) -> None:
        super().__init__(cells)
        self.file, self.line = file, line

    def __missing__(self, column: str) -> str:
        raise InputError("column not found", file=self.file, key=column)

    def number(self, column: str, decimals: int) -> str:
        """Number of a cell with fixed decimals; InputError names the cell."""
        return number(self[column], decimals, self.file, self.line, column)


@dataclass
class Tables:
    """Tables under construction: header and rows by name, and changed column notes.

    revised : (table, column) -> (source, vintage) where an official file replaced a column
    marks : rows of the table `marks`; files : other files of the folder
    records : what was read of each file, official or not
    """

    header: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, list[list[str]]] = field(default_factory=dict)
    revised: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    marks: list[tuple[str, ...]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    records: list[FileRecord] = field(default_factory=list)

    def put(self, name: str, header: Iterable[str], rows: Iterable[Cells]) -> None:
        self.header[name] = list(header)
        self.rows[name] = [list(row) for row in rows]

    def mark(self, table: str, code: str, column: str, mark: str, note: str) -> None:
        """Say of a cell (`*`: of all) that it is no plain published figure, and why."""
        self.marks.append((table, code, column, mark, note))

    def forget_marks(self, table: str, codes: Collection[str] | None = None) -> None:
        """Drop the marks of cells that a newer file replaces (all zones by default)."""
        self.marks = [m for m in self.marks if m[0] != table or (codes and m[1] not in codes)]

    def keep_former(self, table: str, column: str, updated: Collection[str], vintage: str) -> str:
        """Mark the zones that a new file does not have; returns the words for it, "" if none.

        Their figures stay those of the vintage of the column.
        """
        former = self.vintage(table, column)
        kept = [row[0] for row in self.rows[table] if row[0] not in updated]
        marked = {(m[0], m[1]) for m in self.marks}
        for code in kept:
            if (table, code) not in marked:
                self.mark(table, code, "*", "former", f"not in {vintage}: figure of {former}")
        if not kept:
            return ""
        return f"{len(kept)} zones are not in it and keep their former figures ({former})"

    def vintage(self, table: str, column: str) -> str:
        """Vintage of a column at this point of the build."""
        if (table, column) in self.revised:
            return self.revised[table, column][1]
        for row in self.rows.get("columns", ()):
            if row[:2] == [table, column]:
                return row[5]
        return declared_vintage(table, column)

    def column(self, table: str, column: str) -> dict[str, str]:
        """Cells of a column by the first column."""
        if column not in self.header[table]:
            raise InputError("column not found", file=f"{table}.csv", line=1, key=column)
        at = self.header[table].index(column)
        return {row[0]: row[at] for row in self.rows[table]}

    def set_column(self, table: str, column: str, values: dict[str, str]) -> None:
        """Put values by code into a column; other rows keep theirs."""
        at = self.header[table].index(column)
        for row in self.rows[table]:
            row[at] = values.get(row[0], row[at])

    def zone_names(self) -> dict[str, str]:
        """Name of each zone by code."""
        return self.column("zones", "name")

    def mainland(self) -> list[str]:
        """Codes of the zones that can be simulated: those with census rates."""
        return [code for code, rate in self.column("zones", "employment_rate").items() if rate]

    @property
    def official(self) -> list[str]:
        """Names of the official files used."""
        used = [r.file for r in self.records if r.use == "used" and r.kind != "prepared"]
        return list(dict.fromkeys(used))


def read_prepared(folder: Path, name: str) -> list[Row]:
    """Rows of one prepared file; InputError names the file when it is missing or malformed."""
    path = folder / name
    if not path.is_file():
        raise InputError("source file not found", file=str(path), key="--from")
    try:
        grid = next(g for g in grids(path) if g.delimiter == ",")
    except (NotATable, StopIteration) as error:
        raise InputError(str(error) or "is not a CSV file", file=name) from None
    lines = grid.rows("")
    _, header = next(lines, (0, []))
    rows = []
    for line, cells in lines:
        if len(cells) != len(header) and any(cells):
            raise InputError(
                f"has {len(cells)} cells where the header has {len(header)}", file=name, line=line
            )
        if cells:
            rows.append(Row(zip(header, cells, strict=False), name, line))
    if not rows:
        raise InputError("has no row", file=name)
    return rows


def number(
    text: str | float | None,
    decimals: int,
    file: str | None = None,
    line: int | None = None,
    key: str | None = None,
) -> str:
    """Number with fixed decimals, trailing zeros dropped; "" stays "" (not published).

    Raises InputError for text that is no finite number.
    """
    if text is None or text == "" or text != text:
        return ""
    try:
        value = float(text)
        if not math.isfinite(value):
            raise ValueError
    except ValueError:
        raise InputError("is not a number", file=file, line=line, key=key, value=text) from None
    shown = f"{value:.{decimals}f}"
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    return "0" if shown == "-0" else shown


def wide(
    rows: Iterable[Row],
    key: str,
    across: str,
    value: str,
    decimals: int,
    columns: Sequence[str] | None = None,
) -> tuple[list[str], list[list[str]]]:
    """Long rows to one row per key and one column per value of `across`, sorted."""
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        cells, cell = found.setdefault(row[key], {}), row.number(value, decimals)
        if row[across] in cells and cells[row[across]] != cell:
            raise InputError(
                f"{row[key]} {row[across]} given twice with another value",
                file=row.file,
                line=row.line,
                key=value,
                value=row[value],
            )
        cells[row[across]] = cell
    names = columns or sorted({name for cells in found.values() for name in cells})
    body = [[code, *(found[code].get(name, "") for name in names)] for code in sorted(found)]
    return ["code", *names], body


def read_tables(folder: Path) -> Tables:
    """The tables of a folder, to put newer figures over. Raises InputError."""
    tables = Tables()
    for path in sorted(folder.glob("*.csv")):
        found = read_csv(path)
        rows = [list(cells) for cells in zip(*found.columns.values(), strict=True)]
        if path.stem == "marks":
            tables.marks = [tuple(row) for row in rows]
        elif path.stem != "sources":
            tables.put(path.stem, found.columns, rows)
    tables.files = {path.name: path.read_bytes() for path in sorted(folder.glob("*.topojson"))}
    return tables


def table_text(header: Cells, rows: Iterable[Cells]) -> str:
    """CSV text of a table, with LF line ends."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue()


def contents(tables: Tables) -> dict[str, bytes]:
    """Every file of the folder of tables, by name."""
    found = {
        f"{name}.csv": table_text(tables.header[name], tables.rows[name]).encode("utf-8")
        for name in sorted(tables.header)
    }
    if tables.marks:
        found["marks.csv"] = table_text(MARK_COLUMNS, sorted(tables.marks)).encode("utf-8")
    if tables.official:
        told = [record.cells() for record in tables.records if record.kind != "prepared"]
        found["sources.csv"] = table_text(SOURCE_COLUMNS, told).encode("utf-8")
    return found | tables.files


def write_tables(tables: Tables, out: Path) -> dict[str, int]:
    """Write the whole folder `out` or nothing; returns bytes by file name.

    The files are written beside it and the folder takes its name at the end. Raises InputError
    for a folder that holds anything but tables, or that cannot be written.
    """
    made = contents(tables)
    _refuse_other(out, made)
    place = out.resolve()
    partial = place.with_name(f".{place.name}.{os.getpid()}.partial")
    former = place.with_name(f".{place.name}.{os.getpid()}.former")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        partial.mkdir()
        for name, data in made.items():
            (partial / name).write_bytes(data)
        if place.exists():
            place.rename(former)
        partial.rename(place)
    except OSError as error:
        if former.exists() and not place.exists():
            former.rename(place)
        problem = f"cannot be written: {error.strerror or error}"
        raise InputError(problem, file="--out", value=str(out)) from None
    finally:
        shutil.rmtree(partial, ignore_errors=True)
        shutil.rmtree(former, ignore_errors=True)
    return {name: len(data) for name, data in made.items()}


def _refuse_other(out: Path, made: Collection[str]) -> None:
    """A folder that exists is replaced whole: it must hold tables and nothing else."""
    if not out.exists():
        return
    if not out.is_dir():
        raise InputError("is a file", file="--out", value=str(out), allowed="a folder of tables")
    known = {f"{name}.csv" for name in OPTIONAL_TABLES} | set(made)
    others = sorted(path.name for path in out.iterdir() if path.name not in known)
    if others:
        raise InputError(
            f"holds something else than tables ({', '.join(others[:3])})",
            file="--out",
            value=str(out),
            allowed="a new folder, or one written by this command",
        )
