"""The statistics tables for people: CSV, XLSX, LaTeX, Markdown."""

from __future__ import annotations

import csv
from pathlib import Path

from rebound_sim.report.table import Table
from rebound_sim.statistics.cells import as_cell


def write_csv(table: Table, path: Path) -> None:
    """One table as comma-separated values, UTF-8, decimal point; formulas made harmless."""
    names = [column.name for column in table.columns]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(names)
        for row in table.rows:
            writer.writerow([as_cell(row[name]) for name in names])
