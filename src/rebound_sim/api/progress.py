"""Progress of a run: a bar on a terminal, a line in a notebook, lines elsewhere."""

from __future__ import annotations

import html
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from rebound_sim.experiment import Watcher

_SECONDS_BETWEEN = 0.5
_WIDTH = 30


@contextmanager
def shown_progress(title: str) -> Iterator[Watcher]:
    """A watcher that draws a bar where it can be redrawn, and only prints lines elsewhere."""
    display = _notebook()
    if display is not None:
        yield _in_notebook(title, display)
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

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
