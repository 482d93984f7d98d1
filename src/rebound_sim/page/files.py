"""Tables that a reader takes away: each is an address inside the page."""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass

from rebound_sim.cells import write_csv_rows
from rebound_sim.report.table import Table

#: Of the element around an address, and of its name in the note on what was left out.
_AROUND = 200


@dataclass(frozen=True)
class File:
    """name : with its suffix    content : bytes of a CSV file"""

    name: str
    content: bytes

    @property
    def address(self) -> str:
        """A `data:` address."""
        return f"data:text/csv;base64,{b64encode(self.content).decode()}"

    @property
    def weight(self) -> int:
        """Bytes that it takes in the page."""
        return len(self.content) * 4 // 3 + len(self.name) * 2 + _AROUND


def of_table(table: Table) -> File:
    """A table as the results folder has it: UTF-8, commas, points."""
    stream = io.StringIO(newline="")
    names = [column.name for column in table.columns]
    write_csv_rows(stream, names, ([row[name] for name in names] for row in table.rows), ends="\n")
    return File(f"{table.name}.csv", stream.getvalue().encode())


def fitting(every: Iterable[File], room: int) -> tuple[list[File], list[File]]:
    """Files that fit, the smallest first, and the others; both by name."""
    given: list[File] = []
    left_out: list[File] = []
    for file in sorted(every, key=lambda each: each.weight):
        room -= file.weight
        (given if room >= 0 and not left_out else left_out).append(file)
    return sorted(given, key=_name), sorted(left_out, key=_name)


def _name(file: File) -> str:
    return file.name
