"""What an interruption leaves, said with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def tells_what_is_kept(folder: Path) -> Iterator[None]:
    """Let an interruption say, as its text, that the work in a folder can go on."""
    try:
        yield
    except KeyboardInterrupt as stop:
        if not stop.args:
            stop.args = (
                f"what is finished is kept in {folder}; the same command with --resume goes on",
            )
        raise
