"""Tables that a reader takes away, one by one or all in a workbook: addresses inside the page."""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from rebound_sim.cells import write_csv_rows
from rebound_sim.report.people_tables import people_tables
from rebound_sim.report.table import Book, ReportTable
from rebound_sim.report.workbook import write_workbook
from rebound_sim.statistics.panels import Panels

#: Half of the weight of all tables together, with thirty zones.
_HEAVY = ("zone_outcomes",)
#: Date of a workbook whose results have none: the same results give the same page.
_UNKNOWN = datetime(2000, 1, 1)
#: Of the element around an address, and of its name in the note on what was left out.
_AROUND = 200


CSV = "text/csv"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class File:
    """name : with its suffix    kind : of its content, for the browser"""

    name: str
    content: bytes
    kind: str = CSV

    @property
    def address(self) -> str:
        """A `data:` address."""
        return f"data:{self.kind};base64,{b64encode(self.content).decode()}"

    @property
    def weight(self) -> int:
        """Bytes that it takes in the page."""
        return len(self.content) * 4 // 3 + len(self.name) * 2 + _AROUND


def of_table(table: ReportTable) -> File:
    """A table as the results folder has it: UTF-8, commas, points."""
    stream = io.StringIO(newline="")
    names = [column.name for column in table.columns]
    write_csv_rows(stream, names, ([row[name] for name in names] for row in table.rows), ends="\n")
    return File(f"{table.name}.csv", stream.getvalue().encode())


def of_workbook(book: Book, panels: Panels, language: str, made: datetime | None) -> File:
    """Tables in words of a language, a sheet each. made : when the results were written"""
    name = f"tables_{language}.xlsx"
    with TemporaryDirectory(prefix="rebound-page-") as folder:
        place = Path(folder) / name
        told = list(people_tables(book, language, [t.name for t in book if t.name not in _HEAVY]))
        write_workbook(told, place, panels, language, made or _UNKNOWN)
        return File(name, place.read_bytes(), WORKBOOK)


def fitting(every: Iterable[File], room: int) -> tuple[list[File], list[File]]:
    """Files that fit, workbooks before tables and the smallest first, and the others; by name."""
    given: list[File] = []
    left_out: list[File] = []
    for file in sorted(every, key=lambda each: (each.kind == CSV, each.weight)):
        fits = file.weight <= room
        (given if fits else left_out).append(file)
        room -= file.weight * fits
    return sorted(given, key=_order), sorted(left_out, key=_order)


def _order(file: File) -> tuple[bool, str]:
    return file.kind == CSV, file.name
