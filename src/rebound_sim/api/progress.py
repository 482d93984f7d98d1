"""Progress of a run: a bar on a terminal, a line in a notebook, lines elsewhere."""

from __future__ import annotations

import html
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from rebound_sim.experiment import Watcher

_SECONDS_BETWEEN = 0.5
_WIDTH = 30


#: Makes what is shown of a results folder before the end, None for nothing.
Shown = Callable[[Path], Any]
#: Columns: of the title before the first phase, of the bar, of a terminal that holds the longer.
_TITLE, _NARROW_BAR, _BAR, _WIDE = 14, 8, 28, 80


@contextmanager
def shown_progress(
    title: str, provisional: Shown | None = None, unit: str = ""
) -> Iterator[Watcher]:
    """A watcher that draws a bar where it can be redrawn, and only prints lines elsewhere.

    unit : of the work that is counted. On a terminal the bar names the phase and fits in 60
    columns; what `provisional` makes stands above it, and is replaced in place.
    """
    display = _notebook()
    if display is not None:
        yield _in_notebook(title, display)
        return
    from rich.console import Console

    console = Console(stderr=True, highlight=False)
    if console.is_terminal:
        with _on_terminal(console, title, provisional, unit) as watcher:
            yield watcher
        return
    # In a log or a pipe a redrawn bar is noise.
    yield Watcher(said=lambda line: console.print(line, markup=False, soft_wrap=True))


@contextmanager
def _on_terminal(
    console: Any, title: str, provisional: Shown | None, unit: str
) -> Iterator[Watcher]:
    from rich.console import Group
    from rich.live import Live
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    progress = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=_NARROW_BAR if console.width < _WIDE else _BAR),
        MofNCompleteColumn(),
        TextColumn(f"{unit} left".strip()),
        TimeRemainingColumn(),
        console=console,
    )
    bar = progress.add_task(title[:_TITLE], total=None)
    with Live(progress, console=console, refresh_per_second=4, transient=True) as live:

        def readable(folder: Path) -> None:
            table = None if provisional is None else provisional(folder)
            if table is not None:
                live.update(Group(table, progress))

        yield Watcher(
            advanced=lambda done, total: progress.update(bar, completed=done, total=total),
            said=lambda line: console.print(line, markup=False, soft_wrap=True),
            phase=lambda name: progress.update(bar, description=name),
            readable=None if provisional is None else readable,
        )


def _notebook() -> Callable[..., Any] | None:
    """What displays in the notebook that this runs in, None elsewhere."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if shell is None or type(shell).__name__ != "ZMQInteractiveShell":
        return None
    shown: Callable[..., Any] = import_module("IPython.display").display
    return shown


def _in_notebook(title: str, display: Callable[..., Any]) -> Watcher:
    page: Any = import_module("IPython.display").HTML
    handle = display(page(""), display_id=True)
    started, last, lines = time.monotonic(), [0.0], list[str]()

    def draw(done: int, total: int) -> None:
        now = time.monotonic()
        if done < total and now - last[0] < _SECONDS_BETWEEN:
            return
        last[0] = now
        full = round(_WIDTH * done / max(total, 1))
        bar = "█" * full + "░" * (_WIDTH - full)
        text = f"{html.escape(title)} {bar} {done}/{total}, {now - started:.0f} s"
        notes = "".join(f"<br>{html.escape(line)}" for line in lines)
        handle.update(page(f"<pre style='display:inline'>{text}{notes}</pre>"))

    return Watcher(advanced=draw, said=lines.append)
