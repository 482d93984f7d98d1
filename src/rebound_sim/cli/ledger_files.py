"""Accounts of a programme as a CSV file or a workbook, in whole euros."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rebound_sim.cells import write_csv_rows
from rebound_sim.policies.ledger import LAWS
from rebound_sim.statistics.ledger import ACCOUNTS, MEANINGS
from rebound_sim.statistics.panels import Panels

_KEY_MEANINGS = {
    "arm": "what is done: a strategy, a plan or a policy",
    "replication": "number of the replication, from 0",
    "zone": "code of the zone",
    "name": "name of the zone",
    "instrument": "instrument",
    "project": "identity of the project in its zone",
    "month": "end of the month, since the end of the burn-in",
}
_LAWS = ("envelope = allocated + unallocated, where the envelope is national", *LAWS)
_ROWS_MOST = 1_048_575  # of a sheet, header left out


def write_csv(path: Path, panels: Panels, accounts: Mapping[str, Any]) -> None:
    """One row per arm, replication and group; amounts in columns `*_eur`. Raises OSError."""
    header, rows = _sheet(panels, accounts)
    write_csv_rows(path, [name for name, _ in header], rows)


def write_workbook(path: Path, panels: Panels, accounts: Mapping[str, Any]) -> None:
    """The same rows as a sheet, with formats, and a sheet of notes.

    Text is written as text: nothing becomes a formula or a link. Raises InputError beyond the
    rows of a sheet, OSError.
    """
    from rebound_sim.errors import InputError
    from rebound_sim.report.workbook import opened_workbook

    header, rows = _sheet(panels, accounts)
    size = accounts["paid"].size
    if size > _ROWS_MOST:
        raise InputError(
            "too many rows for a sheet",
            file="--export",
            value=f"{size:,}",
            allowed=f"{_ROWS_MOST:,}; a .csv file, or fewer columns in --by",
        )
    with opened_workbook(path) as (book, bold):
        euros = book.add_format({"num_format": "#,##0"})
        sheet = book.add_worksheet("Ledger")
        for column, (name, _) in enumerate(header):
            amount = name.endswith("_eur")
            sheet.set_column(column, column, 16 if amount else 14, euros if amount else None)
            title = name.removesuffix("_eur").replace("_", " ")
            sheet.write_string(0, column, f"{title} (EUR)" if amount else title, bold)
        for place, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(place, column, value)
                else:
                    sheet.write_number(place, column, value)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, size, len(header) - 1)
        _write_notes(book, bold, panels, header)


def _write_notes(book: Any, bold: Any, panels: Panels, header: list[tuple[str, str]]) -> None:
    notes = book.add_worksheet("Notes")
    notes.set_column(0, 0, 22)
    notes.set_column(1, 1, 100)
    lines = [
        ("Programme", panels.title),
        ("Source", f"simulation with rebound-sim {panels.version}, seed {panels.seed}"),
        ("Amounts", "whole euros, cumulated to the end of the run, or of the month of the row"),
        *(("Law, checked", law) for law in _LAWS),
        *((name, meaning) for name, meaning in header),
    ]
    for row, (name, words) in enumerate(lines):
        notes.write_string(row, 0, name, bold)
        notes.write_string(row, 1, words)


def _sheet(
    panels: Panels, accounts: Mapping[str, Any]
) -> tuple[list[tuple[str, str]], Iterator[list[Any]]]:
    """Columns with their meaning, and the rows of values."""
    keys = [name for name in accounts if name not in ACCOUNTS]
    named = [part for key in keys for part in ((key, "name") if key == "zone" else (key,))]
    header = [(name, _KEY_MEANINGS[name]) for name in named]
    names = [name for name in ACCOUNTS if name in accounts]
    header += [(f"{name}_eur", f"{MEANINGS[name]}, cumulated [EUR]") for name in names]

    def rows() -> Iterator[list[Any]]:
        for row in range(accounts["paid"].size):
            values: list[Any] = []
            for key in keys:
                value = accounts[key][row].item()
                values.append(value)
                if key == "zone":
                    values.append(panels.zone_name(value))
            yield values + [int(accounts[name][row]) for name in names]

    return header, rows()
