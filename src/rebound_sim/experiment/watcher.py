"""What a run tells while it goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Watcher:
    """What a run tells while it goes. Both do nothing unless given.

    advanced : called with (finished tasks, requested ones)
    said     : called with a line worth showing (compilation, resuming, failures)
    """

    advanced: Callable[[int, int], None] = field(default=lambda _done, _total: None)
    said: Callable[[str], None] = field(default=lambda _line: None)
