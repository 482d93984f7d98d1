"""What compiled code must know of a record: its fields, declared without a compiler.

Tables of figures and parameters are read by commands that compile nothing, and Numba takes half a
second to import: records are declared here, and `compilation.blocks` takes note of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Column:
    """An array whose sizes after the first are known. dtype : NumPy's    inner : those sizes.

    pack : name of the first field of the records of bytes that hold its cells, "" if they follow
    each other    place : bytes from that field's cell    step : bytes of a record.
    """

    dtype: str
    inner: tuple[int, ...] = ()
    pack: str = ""
    place: int = 0
    step: int = 0


@dataclass(frozen=True)
class Dynamic:
    """A square table of any size, an ordinary array in compiled code. dtype : NumPy's."""

    dtype: str


@dataclass(frozen=True)
class Number:
    """A float64 or a uint64. dtype : NumPy's."""

    dtype: str = "f8"


Field = Column | Dynamic | Number
#: Fields of each declared named tuple, in its order.
FIELDS: dict[type, dict[str, Field]] = {}
_listeners: list[Callable[[type], None]] = []


def block(record: Any, fields: Mapping[str, Field]) -> Any:
    """Have compiled code receive records of this named tuple as blocks; returns `record`.

    fields : every field of the tuple, in its order. `rows`, the length of the first array, is
    added to the tuple; compiled code has it where the first field is a column.
    """
    FIELDS[record] = dict(fields)
    record.rows = property(lambda self: self[0].shape[0])
    for listener in _listeners:
        listener(record)
    return record


def tell(listener: Callable[[type], None]) -> None:
    """Tell `listener` of every record declared so far, and of those to come."""
    for record in FIELDS:
        listener(record)
    _listeners.append(listener)
