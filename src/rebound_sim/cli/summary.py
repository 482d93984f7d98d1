"""What a run adds to its results folder and says of it: the one place that calls statistics."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def add_summary(folder: Path) -> None:
    """Add headline.csv and figures to a results folder that is about to be put in its place."""
    from rebound_sim.figures import draw_figures
    from rebound_sim.statistics import write_headline

    write_headline(folder)
    draw_figures(folder)


def summarise(folder: Path) -> list[dict[str, Any]]:
    """Headline outcomes of a results folder, one mapping per row, ready for JSON."""
    from rebound_sim.statistics import headline

    rows: list[dict[str, Any]] = headline(folder)
    return rows


def print_summary(folder: Path) -> None:
    """Headline outcomes as a table on standard output."""
    from rich.console import Console

    from rebound_sim.cli.headline_table import headline_tables, notes
    from rebound_sim.statistics import as_panels, headline_rows

    panels = as_panels(folder)
    rows = headline_rows(panels)
    console = Console(highlight=False)
    for table in headline_tables(rows, panels, console.width):
        console.print(table)
    for note in notes(rows, panels):
        console.print(note, style="dim")
