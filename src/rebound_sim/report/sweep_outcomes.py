"""outcomes.csv of a design: the rows of comparison.csv of each point, with its number."""

from __future__ import annotations

from dataclasses import asdict, fields
from pathlib import Path

from rebound_sim.cells import write_cells
from rebound_sim.experiment import Sweep
from rebound_sim.experiment.sweep_run import point_folder
from rebound_sim.statistics.comparable import panels_of
from rebound_sim.statistics.programme import Row, comparison_rows


def write_outcomes(asked: Sweep, folder: Path) -> None:
    """Write outcomes.csv into the folder of a design. Raises InputError, OSError."""
    columns = ["point", *(field.name for field in fields(Row))]
    rows = (
        {"point": point.number, **asdict(row)}
        for point in asked.points
        for row in _rows_of(folder, point.number)
    )
    write_cells(folder / "outcomes.csv", columns, rows)


def _rows_of(folder: Path, number: int) -> list[Row]:
    panels = panels_of(point_folder(folder, number))
    return comparison_rows(panels) if panels.count else []
