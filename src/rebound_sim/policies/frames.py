"""Values between two processes: a length, then a pickle."""

from __future__ import annotations

import pickle
from typing import IO, Any

_LENGTH = 8


def write_frame(stream: IO[bytes], value: Any) -> None:
    """Send a value. Raises OSError when nobody listens."""
    content = pickle.dumps(value)
    stream.write(len(content).to_bytes(_LENGTH, "big") + content)
    stream.flush()


def read_frame(stream: IO[bytes]) -> Any:
    """The next value. Raises EOFError when the other side is gone."""
    head = stream.read(_LENGTH)
    content = stream.read(int.from_bytes(head, "big")) if len(head) == _LENGTH else b""
    if len(head) < _LENGTH or len(content) < int.from_bytes(head, "big"):
        raise EOFError
    return pickle.loads(content)
