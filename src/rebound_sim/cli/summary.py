"""What a run adds to its results folder and says of it: the one place that calls statistics."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def add_summary(folder: Path) -> None:
    """Add headline.csv and figures to a results folder that is about to be put in its place.

    What cannot be made is named in the manifest: it does not take the runs away.
    """
    from rebound_sim.errors import ReboundError
    from rebound_sim.experiment.missing import note_missing
    from rebound_sim.statistics import write_headline

    faults: list[str] = []
    try:
        write_headline(folder)
    except (ReboundError, OSError):
        raise
    except Exception as fault:
        faults.append(f"headline.csv: {type(fault).__name__}: {' '.join(str(fault).split())}")
    try:
        from rebound_sim.figures import draw_figures

        draw_figures(folder, faults=faults)
    except ImportError as fault:
        faults.append(f"figures: Matplotlib cannot be imported ({fault})")
    note_missing(folder, faults)


def tell_missing(folder: Path) -> None:
    """Say on standard error what a results folder lacks."""
    import click

    from rebound_sim.experiment.missing import missing_in

    lines = missing_in(folder)
    for line in lines:
        click.echo(f"Missing: {line}", err=True)
    if any(line.startswith("figure") for line in lines):
        click.echo(f"`rebound figures {folder}` draws figures again.", err=True)


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
