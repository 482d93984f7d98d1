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
    from rebound_sim.statistics import print_headline

    print_headline(folder)
