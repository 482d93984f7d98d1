"""A table of a user: a CSV of a spreadsheet in any language and encoding, or the sheet itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rebound_sim.data.official.files import Cells, Grid, NotATable, grids
from rebound_sim.data.official.recognise import DEEPEST_HEADER
from rebound_sim.data.words import folded
from rebound_sim.errors import InputError
from rebound_sim.reading.source import check_small_file
from rebound_sim.reading.titles import Found, Heads

_MOST_ROWS = 10_000
_TOTALS = frozenset({"total", "totaux", "total general", "ensemble", "somme", "sum", "totals"})
#: Missing values of Python, NumPy and pandas, as text.
_MISSING = frozenset({"None", "nan", "NaT", "<NA>"})
Rows = list[tuple[int, Cells]]


@dataclass(frozen=True)
class UserTable:
    """Columns that are known, and the rows under their titles that are not blank.

    file : as messages show it    line : of the titles    rows : line, and cells by column
    notes : what was passed over, for who wrote the table
    """

    file: str
    line: int
    columns: Found
    rows: tuple[tuple[int, dict[str, str]], ...]
    notes: tuple[str, ...]


def read_user_table(path: Path, kind: str, heads: Heads) -> UserTable:
    """The table of a small file: separated by ; , tabs or |, or a sheet of a workbook.

    UTF-8, UTF-16 or the code page of Windows. The titles are the row that has the most columns of
    `heads`: what stands above it is passed over, and totals, remarks (#) and columns that are not
    known below it, which the notes say. kind : what is expected, for messages. Raises InputError,
    located.
    """
    file = str(path)
    if path.suffix.casefold() == ".toml":
        raise InputError("a TOML file, where a table is expected", file=file, allowed=kind)
    grid, rows, first = _titles(_tables(path, file, kind), heads, file)
    notes = [f"{file}: read from sheet {grid.part}"] if grid.part else []
    return _user_table(file, rows[first:], heads, notes)


def table_in_memory(
    name: str, titles: Sequence[Any], rows: Iterable[Sequence[Any]], heads: Heads
) -> UserTable:
    """As `read_user_table`, of rows in Python, numbered from 1. Raises InputError.

    name : as messages show it    rows : None and NaN are empty cells
    """
    texts = [[_text(cell) for cell in row] for row in (titles, *rows)]
    body = [
        (line, cells) for line, cells in enumerate(texts) if line == 0 or any(map(str.strip, cells))
    ]
    return _user_table(name, body, heads, [])


def _text(cell: Any) -> str:
    text = str(cell)
    return "" if text in _MISSING else text


def _user_table(file: str, rows: Rows, heads: Heads, notes: list[str]) -> UserTable:
    """rows : the titles, then what stands under them"""
    if len(rows) > _MOST_ROWS:
        raise InputError(
            f"the table has {len(rows):,} rows", file=file, allowed=f"at most {_MOST_ROWS:,}"
        )
    line, titles = rows[0]
    if not heads.known(titles) and any(cell.strip().isdigit() for cell in titles):
        raise InputError("no row of titles", file=file, line=line, allowed=", ".join(heads.words))
    while titles and not titles[-1].strip():
        titles = titles[:-1]  # a spreadsheet ends its rows with empty cells
    columns = heads.found([title.strip() for title in titles], file, line)
    if columns.unused:
        notes.append(f"{file}: columns not used: {', '.join(columns.unused)}")
    body = tuple(_body(rows[1:], len(titles), columns, file, notes))
    return UserTable(file, line, columns, body, tuple(notes))


def _tables(path: Path, file: str, kind: str) -> list[tuple[Grid, Rows]]:
    """Each way to read the file that gives rows. Raises InputError."""
    check_small_file(path, file, kind)
    try:
        found = [(grid, _rows(grid)) for grid in grids(path)]
    except NotATable as fault:
        raise InputError(f"the file {fault}", file=file, allowed=kind) from None
    except InputError as fault:
        raise InputError(
            fault.problem, file=file, line=fault.line, key=fault.key, allowed=kind
        ) from None
    tables = [(grid, rows) for grid, rows in found if rows]
    if not tables:
        raise InputError("the file is empty", file=file, allowed=kind)
    return tables


def _titles(tables: list[tuple[Grid, Rows]], heads: Heads, file: str) -> tuple[Grid, Rows, int]:
    """The reading of the file and the row in it where most columns are known; the first of them.

    Raises InputError when two sheets or members have as many.
    """
    known = [
        (heads.known(cells), len(cells), -place, grid, rows)
        for grid, rows in tables
        for place, (_, cells) in enumerate(rows[:DEEPEST_HEADER])
    ]
    count, _, place, grid, rows = max(known, key=lambda one: one[:3])
    if count == 0:
        first = tables[0][0].part
        same = [one for one in tables if one[0].part == first]
        grid, rows = max(same, key=lambda one: len(one[1][0][1]))
        return grid, rows, 0
    others = {other.part for most, *_, other, _ in known if most == count}
    if len(others) > 1:
        raise InputError(
            "several sheets have such a table",
            file=file,
            value=", ".join(sorted(others)),
            allowed="a file with one of them",
        )
    return grid, rows, -place


def _body(
    rows: Rows, width: int, columns: Found, file: str, notes: list[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of the table, by column. Raises InputError: too many cells, a quote left open."""
    for line, cells in rows:
        given = [cell.strip() for cell in cells]
        if given[0].startswith("#") and not any(given[1:]):
            continue
        first = folded(next(cell for cell in given if cell)).rstrip(" :")
        if first in _TOTALS:
            notes.append(f"{file}:{line}: passed over, a row of totals")
            continue
        if any(given[width:]):
            raise InputError(
                f"{len(given)} cells for {width} columns",
                file=file,
                line=line,
                allowed="a number with commas stands in quotes",
            )
        row = columns.cells(given)
        broken = next((name for name, text in row.items() if "\n" in text or "\r" in text), None)
        if broken is not None or cells[-1].endswith(("\n", "\r")):
            raise InputError(
                "several lines in one cell: is a quotation mark left open?",
                file=file,
                line=line - row.get(broken or "", "").count("\n"),
                key=broken,
            )
        yield line, {name: _plain(text) for name, text in row.items()}


def _plain(text: str) -> str:
    """A cell without what keeps a spreadsheet from taking a code for a number: `="0051"`, `'0051`.

    Quotes around a text of a word processor go too."""
    return text.removeprefix("=").strip("\"'“”«» \u00a0\u202f") if text[:1] in "=\"'“«" else text


def _rows(grid: Grid) -> Rows:
    rows: Rows = []
    for number, cells in grid.rows(""):
        if not any(cell.strip() for cell in cells):
            continue
        if not rows and cells[0].strip().casefold().startswith("sep="):
            continue
        rows.append((number, cells))
    return rows
