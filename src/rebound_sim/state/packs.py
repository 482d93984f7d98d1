"""Rows of a table as records of bytes: the cells of a person, or of a firm, in one line of cache.

What happens to a person reads a dozen of her cells, and three of her firm's. With every column
apart, each is a wait for memory of its own; side by side they are one, which a loop can ask for
some turns ahead (`kernels.ahead`). In Python a packed column is an array like any other, whose
cells do not follow each other.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import as_strided

from rebound_sim import fields

#: Bytes of a line of the processor's cache: records begin where they cross none.
_LINE = 64
#: Rows that `apart` takes at a time, so that their records stay near the processor.
_ROWS = 4096


class Declared(Protocol):
    """A column as declared: `width` values of NumPy's type `dtype` per row."""

    @property
    def name(self) -> str:
        """Of the column."""

    @property
    def dtype(self) -> str:
        """NumPy's."""

    @property
    def width(self) -> int:
        """Values per row."""


def fields_of(columns: Sequence[Declared], packs: Sequence[Sequence[str]]) -> dict[str, Any]:
    """What compiled code must know of each column: `fields.Column` by name.

    packs : names of columns that lie side by side, largest cells first. A record takes a power of
    two of bytes. Raises ValueError for one that no line of cache holds.
    """
    inner = {c.name: () if c.width == 1 else (c.width,) for c in columns}
    known = {c.name: fields.Column(c.dtype, inner[c.name]) for c in columns}
    for names in packs:
        size = sum(_bytes_of(known[name]) for name in names)
        step, place = 1 << (size - 1).bit_length(), 0
        if step > _LINE:
            raise ValueError(f"{size} bytes a row: {', '.join(names)}")
        for name in names:
            column = known[name]
            known[name] = fields.Column(column.dtype, column.inner, names[0], place, step)
            place += _bytes_of(column)
    return known


def _bytes_of(column: fields.Column) -> int:
    return int(np.prod(column.inner, dtype=np.int64)) * np.dtype(column.dtype).itemsize


def blank(record: Any, rows: int, kept: Mapping[str, npt.NDArray[Any]] | None = None) -> Any:
    """A table of this class whose cells are to be written. kept : columns that it shares"""
    kept = kept or {}
    records: dict[str, npt.NDArray[np.uint8]] = {}
    arrays: list[npt.NDArray[Any]] = []
    for name, column in fields.FIELDS[record].items():
        assert isinstance(column, fields.Column)
        if name in kept:
            arrays.append(kept[name])
        elif not column.pack:
            arrays.append(np.empty((rows, *column.inner), column.dtype))
        else:
            if column.pack not in records:
                records[column.pack] = _records(rows, column.step)
            arrays.append(_column(records[column.pack], rows, column))
    return record(*arrays)


def _records(rows: int, step: int) -> npt.NDArray[np.uint8]:
    """Bytes of so many records, at the start of a line."""
    memory = np.empty(rows * step + _LINE, np.uint8)
    first = -memory.ctypes.data % _LINE
    return memory[first : first + rows * step]


def _column(records: npt.NDArray[np.uint8], rows: int, column: fields.Column) -> Any:
    size = np.dtype(column.dtype).itemsize
    strides = (column.step, *(size for _ in column.inner))
    return np.ndarray((rows, *column.inner), column.dtype, records, column.place, strides)


def copied(table: Any, kept: Collection[str]) -> Any:
    """A table with columns of its own, but those of names `kept`: all of a pack, or none."""
    other = blank(type(table), table.rows, {name: getattr(table, name) for name in kept})
    for name, column in fields.FIELDS[type(table)].items():
        assert isinstance(column, fields.Column)
        if name not in kept and column.pack in ("", name):
            _whole(getattr(other, name), column)[:] = _whole(getattr(table, name), column)
    return other


def _whole(array: npt.NDArray[Any], column: fields.Column) -> npt.NDArray[Any]:
    """All cells of the pack that `array` is the first column of; the array itself without one."""
    if not column.pack:
        return array
    size = array.itemsize
    return as_strided(array, (array.shape[0], column.step // size), (column.step, size))


def packed(record: Any, arrays: Mapping[str, npt.NDArray[Any]], kept: Collection[str]) -> Any:
    """A table with the values of all these columns; those of names `kept` are shared."""
    rows = next(iter(arrays.values())).shape[0]
    table = blank(record, rows, {name: arrays[name] for name in kept})
    for name, array in zip(record._fields, table, strict=True):
        if name not in kept:
            array[:] = arrays[name]
    return table


def apart(table: Any) -> Any:
    """A copy with every column apart, which NumPy reads faster; compiled code refuses it."""
    arrays = [np.empty(array.shape, array.dtype) for array in table]
    for first in range(0, table.rows, _ROWS):
        rows = slice(first, first + _ROWS)
        for ours, theirs in zip(arrays, table, strict=True):
            ours[rows] = theirs[rows]
    return type(table)(*arrays)
