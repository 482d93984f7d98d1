"""outcomes.csv of a design: the rows of comparison.csv of each point, with its number."""

from __future__ import annotations

from pathlib import Path

from rebound_sim.cells import write_cells
from rebound_sim.experiment import Sweep
from rebound_sim.experiment.sweep_points import point_folder
from rebound_sim.statistics.cell import COLUMNS, Cell
from rebound_sim.statistics.comparable import panels_of
from rebound_sim.statistics.programme.comparison import comparison_rows


def write_outcomes(asked: Sweep, folder: Path) -> None:
    """Write outcomes.csv into the folder of a design. Raises InputError, OSError."""
    columns = ["point", *COLUMNS]
    rows = (
        {"point": point.number, **row.row()}
        for point in asked.points
        for row in _rows_of(folder, point.number)
    )
    write_cells(folder / "outcomes.csv", columns, rows)


def _rows_of(folder: Path, number: int) -> list[Cell]:
    panels = panels_of(point_folder(folder, number))
    return comparison_rows(panels) if panels.count else []
