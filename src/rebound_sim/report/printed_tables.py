"""The report's own tables as files: one workbook, and a CSV file each, numbers as numbers.

An interval takes three columns. Values are scaled and rounded as they are printed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rebound_sim.cells import write_csv_rows
from rebound_sim.report.blocks import Document, Runs, TableBlock
from rebound_sim.report.sentence import Run
from rebound_sim.report.texts import texts
from rebound_sim.report.typography import FORMATS
from rebound_sim.report.workbook import opened_workbook

WORKBOOK = "report_tables.xlsx"
_SIDES = {1: ("",), 2: ("low", "high"), 3: ("", "low", "high")}


@dataclass(frozen=True)
class PrintedTable:
    """A table of the report. rows : text, numbers, None where nothing is"""

    number: int
    caption: str
    headings: tuple[str, ...]
    rows: list[list[Any]]


def write_printed_tables(document: Document, out: Path, folder: Path) -> list[Path]:
    """Write the workbook into `out` and a CSV file a table into `folder`; return the paths.

    CSV in French has semicolons and decimal commas. Raises OSError.
    """
    tables = list(printed_tables(document))
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("table_*.csv"):
        old.unlink()
    paths = [out / WORKBOOK]
    _write_workbook(tables, paths[0], document)
    for table in tables:
        paths.append(folder / f"table_{table.number:02d}.csv")
        _write_csv(table, paths[-1], document.language == "fr")
    return paths


def printed_tables(document: Document) -> list[PrintedTable]:
    """The tables of a report, in its order."""
    words = texts(f"columns_{document.language}")["sides"]
    return [_told(block, words) for block in document.blocks if isinstance(block, TableBlock)]


def _told(grid: TableBlock, words: Any) -> PrintedTable:
    widths = [
        max((len(_numbers(row[place])) for row in grid.rows), default=0)
        for place in range(len(grid.columns))
    ]
    headings = [
        f"{head} {words[side]}" if side else head
        for (head, _, _), width in zip(grid.columns, widths, strict=True)
        for side in _SIDES.get(width, ("",))
    ]
    rows = [
        [value for runs, width in zip(row, widths, strict=True) for value in _values(runs, width)]
        for row in grid.rows
    ]
    return PrintedTable(grid.number, _text(grid.caption), tuple(headings), rows)


def _values(runs: Runs, width: int) -> list[Any]:
    """One table cell as `width` values; words alone stand in the first."""
    numbers = _numbers(runs)
    if not width:
        return [_text(runs)]
    if not numbers:
        return [_text(runs), *[None] * (width - 1)]
    if len(numbers) < width:
        return [*numbers, *[None] * (width - len(numbers))]
    return numbers


def _numbers(runs: Runs) -> list[Any]:
    """Numbers of a cell as they are printed, scaled and rounded."""
    return [
        _scaled(cell.value, run)
        for run in runs
        if run.kind == "cell"
        for cell in run.cells
        if isinstance(cell.value, int | float)
    ]


def _scaled(value: float, run: Run) -> Any:
    form = FORMATS[run.form]
    if math.isnan(value):
        return None
    if run.form == "chance":
        return round(100.0 * value, 1)
    if form.whole is not None or math.isinf(value):
        return value
    return round(value / form.divisor, form.digits) + 0.0


def _text(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs).replace("\u200b", "")


def _write_csv(table: PrintedTable, path: Path, french: bool) -> None:
    write_csv_rows(path, table.headings, table.rows, french=french)


def _write_workbook(tables: Sequence[PrintedTable], path: Path, document: Document) -> None:
    with opened_workbook(path) as (book, bold):
        book.set_properties({"title": document.title, "author": document.author})
        for table in tables:
            sheet = book.add_worksheet(f"{document.labels['table']} {table.number}")
            _fill(sheet, table, bold)


def _fill(sheet: Any, table: PrintedTable, bold: Any) -> None:
    sheet.write_string(0, 0, table.caption)
    for place, heading in enumerate(table.headings):
        sheet.write_string(1, place, heading, bold)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, max(len(table.headings) - 1, 1), 14)
    for number, row in enumerate(table.rows, start=2):
        for place, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, place, value)
            elif value is not None and math.isfinite(value):
                sheet.write_number(number, place, value)
            elif value is not None:
                sheet.write_string(number, place, "∞" if value > 0 else "−∞")
    sheet.freeze_panes(2, 1)
    sheet.repeat_rows(1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
