"""Values as cells of a CSV file, whoever reads it: R, Stata, a spreadsheet, Python."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

import numpy as np

from rebound_sim.whole_files import write_whole

_FLOATS = (float, np.floating)  # a union made anew at each cell would cost more than the cell


def as_cell(value: Any, digits: int | None = 6) -> Any:
    """Numbers as short as they are exact enough, nothing where a figure does not exist, and text
    that a spreadsheet would take for a formula after an apostrophe. digits : None for all of them

    A figure that is not finite does not exist either: `inf` in one cell makes a column text for
    Stata and for most readers of CSV.
    """
    if isinstance(value, _FLOATS):
        number = float(value)
        if not math.isfinite(number):
            return ""
        if digits is None:
            return repr(number)
        return f"{number:.{digits}g}" if abs(number) < 10**digits else f"{number:.0f}"
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value


def write_cells(
    path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]], digits: int | None = 6
) -> None:
    """Write a CSV table, one mapping a row; see `write_csv_rows`. Raises OSError."""
    write_csv_rows(path, columns, ([row[name] for name in columns] for row in rows), digits=digits)


def write_csv_rows(
    target: Path | TextIO,
    columns: Iterable[str],
    rows: Iterable[Iterable[Any]],
    *,
    digits: int | None = 6,
    french: bool = False,
    ends: str = "\r\n",
) -> None:
    """Write a CSV table: UTF-8, comma, decimal point. Raises OSError.

    french : for Excel in French: semicolons, decimal commas, and the mark that Excel looks for
    ends   : of lines
    """
    if isinstance(target, Path):
        text = io.StringIO(newline="")
        write_csv_rows(text, columns, rows, digits=digits, french=french, ends=ends)
        write_whole(target, text.getvalue().encode("utf-8-sig" if french else "utf-8"))
        return
    writer = csv.writer(target, delimiter=";" if french else ",", lineterminator=ends)
    writer.writerow(columns)
    cell = _french_cell if french else as_cell
    writer.writerows([cell(value, digits) for value in row] for row in rows)


def _french_cell(value: Any, digits: int | None) -> Any:
    found = as_cell(value, digits)
    number = isinstance(value, _FLOATS)
    return found.replace(".", ",") if number else found
