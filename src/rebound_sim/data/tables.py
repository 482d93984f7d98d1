"""Reading of the compact tables of figures shipped with the package (csv module and NumPy only).

The folder is `tables/` beside this file, or the one named by the environment variable
REBOUND_TABLES (a folder written by `rebound data build`). Tables are read once per process.
An empty cell means "not published": NaN as a number, never zero.
"""

from __future__ import annotations

import csv
import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, wraps
from pathlib import Path
from typing import Final, ParamSpec, TypeVar

import numpy as np
from numpy.typing import NDArray

from rebound_sim.errors import InputError

P = ParamSpec("P")
R = TypeVar("R")

TABLES_VARIABLE: Final = "REBOUND_TABLES"
BOUNDARIES: Final = "boundaries.topojson"
SHIPPED: Final = Path(__file__).parent / "tables"
#: Tables that only official files fill; `marks` and `sources` tell what these files changed.
OPTIONAL_TABLES: Final = frozenset({"size_classes", "commuting", "census_age", "marks", "sources"})


#: Months registered of job-seekers: columns of the table `jobseekers`.
DURATIONS: Final = ("under_3", "3_to_5", "6_to_11", "12_to_23", "24_to_35", "36_plus")


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a figure comes from.

    source, vintage, licence : producer and title, year(s), licence
    imputed : the figure is not published for this zone and was filled or modelled
    method : how it was computed when it is not the published value itself ("" if it is)
    """

    source: str
    vintage: str
    licence: str
    imputed: bool = False
    method: str = ""


@dataclass(frozen=True)
class TextTable:
    """A table as columns of text, all of one length, in file order."""

    name: str
    columns: dict[str, list[str]]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), []))

    def numbers(self, column: str) -> NDArray[np.float64]:
        """Column as float64, shape (rows,); NaN where the cell is empty."""
        return np.array([float(text) if text else np.nan for text in self.columns[column]])

    def matrix(self, names: tuple[str, ...]) -> NDArray[np.float64]:
        """Columns side by side as float64, shape (rows, len(names))."""
        return np.stack([self.numbers(name) for name in names], axis=1)

    def row_index(self, column: str = "code") -> dict[str, int]:
        """Row number of each value of a column with unique values."""
        return {value: row for row, value in enumerate(self.columns[column])}


def tables_folder() -> Path:
    """Folder of the tables in use; raises InputError when REBOUND_TABLES is not a folder."""
    chosen = os.environ.get(TABLES_VARIABLE)
    if not chosen:
        return SHIPPED
    folder = Path(chosen)
    if not folder.is_dir():
        raise InputError(
            "is not a folder of tables (write one with `rebound data build`)",
            key=TABLES_VARIABLE,
            value=chosen,
        )
    return folder


@lru_cache(maxsize=8)
def _digest(files: tuple[tuple[str, int, int], ...]) -> str:
    digest = hashlib.sha256()
    for name, _, _ in files:
        path = Path(name)
        digest.update(path.name.encode())
        # A checkout or an editor may turn the ends of lines: the figures stay the same.
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]


def tables_digest() -> str:
    """Identity of the figures in use: 16 hexadecimal digits of all tables of the folder.

    Part of what decides the numbers of a run. Raises InputError as `tables_folder`.
    """
    found = sorted(p for p in tables_folder().iterdir() if p.suffix in (".csv", ".topojson"))
    return _digest(tuple((str(p), p.stat().st_mtime_ns, p.stat().st_size) for p in found))


def boundaries_file() -> Path:
    """Simplified boundaries of zones: those of the tables in use, else those of the package."""
    own = tables_folder() / BOUNDARIES
    return own if own.is_file() else SHIPPED / BOUNDARIES


def per_folder(compute: Callable[P, R]) -> Callable[P, R]:
    """Keep the results of a function of the tables, once for each folder of tables in use."""
    kept: dict[tuple[object, ...], R] = {}

    @wraps(compute)
    def recalled(*args: P.args, **kwargs: P.kwargs) -> R:
        key = (tables_folder(), *args, *kwargs.items())
        if key not in kept:
            kept[key] = compute(*args, **kwargs)
        return kept[key]

    return recalled


def read_csv(path: Path) -> TextTable:
    """Read a comma-separated table with one header line."""
    try:
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
    except (OSError, UnicodeError, csv.Error) as error:
        raise InputError(f"cannot be read ({error})", file=str(path)) from None
    if not rows:
        raise InputError("is empty: a header line is needed", file=str(path))
    header, body = rows[0], rows[1:]
    for number, row in enumerate(body, start=2):
        if len(row) != len(header):
            raise InputError(
                f"has {len(row)} cells where the header has {len(header)}",
                file=str(path),
                line=number,
            )
    if len(set(header)) < len(header):
        raise InputError("has a column twice", file=str(path), line=1)
    cells = zip(*body, strict=True) if body else ([] for _ in header)
    return TextTable(
        path.stem, {name: list(cell) for name, cell in zip(header, cells, strict=True)}
    )


@per_folder
def _checked() -> None:
    """Check a user's folder of tables, once: later commands read it without asking."""
    if tables_folder() != SHIPPED:
        from rebound_sim.data.building.checks import check_folder

        check_folder(tables_folder())


def marks_of(table_name: str, code: str) -> list[tuple[str, str, str]]:
    """Column, mark and note of the cells of a zone that are not plain published figures."""
    marks = optional_table("marks")
    if marks is None:
        return []
    c = marks.columns
    rows = zip(c["table"], c["code"], c["column"], c["mark"], c["note"], strict=True)
    return [row[2:] for row in rows if row[0] == table_name and row[1] in (code, "*")]


@per_folder
def optional_table(name: str) -> TextTable | None:
    """A table read once; None when it is one that only official files fill, and is absent."""
    _checked()
    path = tables_folder() / f"{name}.csv"
    if not path.is_file():
        if name in OPTIONAL_TABLES:
            return None
        raise InputError("is missing from the folder of tables", file=str(path))
    return read_csv(path)


def table(name: str) -> TextTable:
    """A shipped table, read once. Raises InputError when the file is missing or malformed."""
    found = optional_table(name)
    if found is None:
        raise InputError("is filled only by `rebound data build` with the official file", key=name)
    return found


@per_folder
def _column_notes() -> dict[tuple[str, str], dict[str, str]]:
    notes = table("columns")
    names = tuple(notes.columns)
    rows = zip(*(notes.columns[name] for name in names), strict=True)
    return {(row[0], row[1]): dict(zip(names, row, strict=True)) for row in rows}


def column_note(table_name: str, column: str) -> dict[str, str]:
    """Entry of the column dictionary: meaning, unit, source, vintage, licence.

    Columns that repeat over years, quarters or sectors are declared once, as `*`.
    """
    notes = _column_notes()
    return notes.get((table_name, column)) or notes[(table_name, "*")]


@per_folder
def _published(table_name: str, column: str) -> Provenance:
    note = column_note(table_name, column)
    return Provenance(note["source"], note["vintage"], note["licence"])


def published(table_name: str, column: str, method: str = "", imputed: bool = False) -> Provenance:
    """Provenance of a shipped column, optionally with the method that transforms it."""
    base = _published(table_name, column)
    if not method and not imputed:
        return base
    return Provenance(base.source, base.vintage, base.licence, imputed, method)
