"""Progress of a run on standard error: a bar with the remaining time on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from rebound_sim.experiment import Watcher


@contextmanager
def shown_progress(title: str) -> Iterator[Watcher]:
    """A watcher that draws a bar on a terminal, and only prints lines elsewhere."""
    console = Console(stderr=True, highlight=False)
    progress = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("elapsed"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        console=console,
        # In a log or a pipe a redrawn bar is noise.
        disable=not console.is_terminal,
    )
    bar = progress.add_task(title, total=None)
    with progress:
        yield Watcher(
            advanced=lambda done, total: progress.update(bar, completed=done, total=total),
            said=lambda line: console.print(line, markup=False, soft_wrap=True),
        )
