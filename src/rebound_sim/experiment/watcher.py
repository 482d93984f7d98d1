"""What a run tells while it goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Watcher:
    """What a run tells while it goes. All do nothing unless given.

    advanced : called with (work finished, work requested), in zone-months where months are told,
    else in tasks    said : called with a line worth showing (compilation, resuming, failures)
    phase    : called with what is being done: compiling, simulating, writing, drawing
    readable : called with a folder of what is done, removed after the call: after the first
    replication, then each time their number has doubled; not after the last
    """

    advanced: Callable[[int, int], None] = field(default=lambda _done, _total: None)
    said: Callable[[str], None] = field(default=lambda _line: None)
    phase: Callable[[str], None] = field(default=lambda _name: None)
    readable: Callable[[Path], None] | None = None
