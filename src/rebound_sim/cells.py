"""Values as cells of a CSV file, whoever reads it: R, Stata, a spreadsheet, Python."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np


def as_cell(value: Any, digits: int = 6) -> Any:
    """Numbers as short as they are exact enough, nothing where a figure does not exist, and text
    that a spreadsheet would take for a formula after an apostrophe.

    A figure that is not finite does not exist either: `inf` in one cell makes a column text for
    Stata and for most readers of CSV.
    """
    if isinstance(value, float | np.floating):
        number = float(value)
        if not math.isfinite(number):
            return ""
        return f"{number:.{digits}g}" if abs(number) < 10**digits else f"{number:.0f}"
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value


def write_cells(
    path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]], digits: int = 6
) -> None:
    """Write a CSV table (UTF-8, comma, decimal point), one mapping a row. Raises OSError."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(columns)
        writer.writerows([as_cell(row[name], digits) for name in columns] for row in rows)
