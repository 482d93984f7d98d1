"""Tables under construction: reading of source rows, fixed-format numbers, writing of files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rebound_sim.errors import InputError

Row = dict[str, str]
Cells = Sequence[str]


@dataclass
class Tables:
    """Tables under construction: header and rows by name, and changed column notes.

    revised : (table, column) -> (source, vintage) where an official file replaced a column
    official : names of the official files used
    """

    header: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, list[list[str]]] = field(default_factory=dict)
    revised: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    official: list[str] = field(default_factory=list)

    def put(self, name: str, header: Iterable[str], rows: Iterable[Cells]) -> None:
        self.header[name] = list(header)
        self.rows[name] = [list(row) for row in rows]


def read_prepared(folder: Path, name: str) -> list[Row]:
    """Rows of one prepared file; InputError names the file when it is missing."""
    path = folder / name
    if not path.is_file():
        raise InputError("source file not found", file=str(path), key="--from")
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def number(text: str | float | None, decimals: int) -> str:
    """Number with fixed decimals, trailing zeros dropped; "" stays "" (not published)."""
    if text is None or text == "" or text != text:
        return ""
    shown = f"{float(text):.{decimals}f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def wide(
    rows: Iterable[Row], key: str, across: str, value: str, columns: Sequence[str] | None = None
) -> tuple[list[str], list[list[str]]]:
    """Long rows to one row per key and one column per value of `across`, sorted."""
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        found.setdefault(row[key], {})[row[across]] = row[value]
    names = columns or sorted({name for cells in found.values() for name in cells})
    body = [[code, *(found[code].get(name, "") for name in names)] for code in sorted(found)]
    return ["code", *names], body


def table_text(header: Cells, rows: Iterable[Cells]) -> str:
    """CSV text of a table, with LF line ends."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue()


def write_tables(tables: Tables, out: Path) -> dict[str, int]:
    """Write every table to `out`; returns bytes by file name. Each file appears whole."""
    out.mkdir(parents=True, exist_ok=True)
    written: dict[str, int] = {}
    for name in sorted(tables.header):
        data = table_text(tables.header[name], tables.rows[name]).encode("utf-8")
        temporary = out / f".{name}.partial"
        temporary.write_bytes(data)
        temporary.replace(out / f"{name}.csv")
        written[f"{name}.csv"] = len(data)
    return written
