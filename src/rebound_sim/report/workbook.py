"""The statistics tables as one workbook: a sheet each, formats, units, notes; no formula."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from rebound_sim.report.people_tables import PeopleTable, unit_words
from rebound_sim.report.texts import texts
from rebound_sim.statistics.panels import Panels
from rebound_sim.whole_files import write_whole

_OPTIONS = {
    "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    "in_memory": True,  # no temporary files, whose folder may be full
}  # fmt: skip
_LONGEST_CELL = 32_767  # characters of a cell of Excel
_FORMATS = {
    "EUR": "#,##0", "EUR/job": "#,##0", "job": "#,##0.0", "probability": "0.000", "%": "0.0",
    "month": "0", "person": "#,##0",
}  # fmt: skip


@contextmanager
def opened_workbook(path: Path) -> Iterator[tuple[Any, Any]]:
    """A workbook and the format of its headings; text is never a formula. Raises OSError."""
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, _OPTIONS) as book:
        yield (
            book,
            book.add_format(
                {
                    "bold": True,
                    "bottom": 1,
                    "text_wrap": True,
                    "valign": "top",
                    "bg_color": "#F1F4F6",
                }
            ),
        )
    write_whole(path, stream.getvalue())


def write_workbook(
    tables: Sequence[PeopleTable],
    path: Path,
    panels: Panels,
    language: str,
    made: datetime | None = None,
) -> None:
    """Write a workbook. Text is written as text, whatever it begins with. Raises OSError.

    made : date that the file tells; the present one without it
    """
    with opened_workbook(path) as (book, bold):
        if made is not None:
            book.set_properties({"created": made})
        _notes(book, bold, tables, panels, language)
        for table in tables:
            _sheet(book, bold, table)


def _sheet(book: Any, bold: Any, table: PeopleTable) -> None:
    # Names of sheets are the program's own: at most 31 characters, none that Excel refuses.
    sheet = book.add_worksheet(table.name[:31])
    for place, (column, heading) in enumerate(zip(table.columns, table.headings, strict=True)):
        kind = _FORMATS.get(column.unit)
        sheet.set_column(place, place, 18, book.add_format({"num_format": kind}) if kind else None)
        sheet.write_string(0, place, heading, bold)
    for number, row in enumerate(table.rows, start=1):
        for place, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, place, value[:_LONGEST_CELL])
            elif value is not None and abs(value) != float("inf"):
                sheet.write_number(number, place, value)
            elif value is not None:
                sheet.write_string(number, place, "∞" if value > 0 else "−∞")
    sheet.freeze_panes(1, 0)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _notes(
    book: Any, bold: Any, tables: Sequence[PeopleTable], panels: Panels, language: str
) -> None:
    words = texts(f"columns_{language}")["notes"]
    sheet = book.add_worksheet(words["heading"])
    sheet.set_column(0, 3, 34)
    source = (
        f"{words['simulation']} {panels.version}, {words['seed']} {panels.seed}, "
        f"{panels.count} {words['replications']}"
    )
    lines = [[words["title"], panels.title], [words["source"], source]]
    luck = "sets" if panels.parameter_sets else "luck"
    lines += [[words[key]] for key in ("interval", "order", luck, "assumptions")]
    lines += [[], [words["table"], words["column"], words["label"], words["unit"]]]
    header = len(lines) - 1
    for table in tables:
        for column, heading in zip(table.columns, table.headings, strict=True):
            unit = unit_words(column.unit, language) if column.unit else ""
            lines.append([table.name, column.name, heading, unit])
    for number, line in enumerate(lines):
        for place, text in enumerate(line):
            sheet.write_string(number, place, text, bold if number == header else None)
