"""A table of a user: a CSV of a spreadsheet in any language and encoding, or the sheet itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rebound_sim.data.official.files import Cells, Grid, NotATable, grids
from rebound_sim.errors import InputError
from rebound_sim.reading.source import check_small_file

_MOST_ROWS = 10_000


@dataclass(frozen=True)
class UserTable:
    """Titles of columns, and the rows under them that are not blank, with their lines.

    file : as messages show it    line : of the titles
    """

    file: str
    line: int
    titles: Cells
    rows: tuple[tuple[int, Cells], ...]


def read_user_table(path: Path, kind: str) -> UserTable:
    """The first table of a small file: separated by ; , tabs or |, or a sheet of a workbook.

    UTF-8, UTF-16 or the code page of Windows; `sep=;` and blank lines above the titles are passed
    over. kind : what is expected, for messages. Raises InputError, located.
    """
    file = str(path)
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
    first = tables[0][0].part
    _, rows = max(
        (table for table in tables if table[0].part == first), key=lambda table: _width(table[1][0])
    )
    if len(rows) > _MOST_ROWS:
        raise InputError(
            f"the table has {len(rows):,} rows", file=file, allowed=f"at most {_MOST_ROWS:,}"
        )
    (line, titles), body = rows[0], rows[1:]
    while titles and not titles[-1].strip():
        titles = titles[:-1]  # a spreadsheet ends its rows with empty cells
    return UserTable(file, line, [title.strip() for title in titles], tuple(body))


def _rows(grid: Grid) -> list[tuple[int, Cells]]:
    rows: list[tuple[int, Cells]] = []
    for number, cells in grid.rows(""):
        if not any(cell.strip() for cell in cells):
            continue
        if not rows and cells[0].strip().casefold().startswith("sep="):
            continue
        rows.append((number, cells))
    return rows


def _width(row: tuple[int, Cells]) -> int:
    return len(row[1])
