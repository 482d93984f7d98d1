"""Who is told of each month that ends in this process, of all zones and arms of a replication."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Listener = Callable[[float], None]
_listeners: list[Listener] = []


@contextmanager
def heard(listener: Listener) -> Iterator[None]:
    """Tell `listener` the share of months that have ended, while the block runs."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


def tell(share: float) -> None:
    """A month has ended. share : of the months of the replication."""
    for listener in _listeners:
        listener(share)
