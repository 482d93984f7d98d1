"""Records of columns or of numbers, as compiled code sees them: one pointer to a block of words.

In Python such a record is a named tuple. Numba would pass each of its columns as seven words at
each call, and compile all of them. Here the call from Python writes the address of each column, or
the value of each number, into a block, and every function receives the address of the block. A
column has no length in compiled code, and an index never counts from its end. Columns of a pack
(`fields.Column`) are read at constants from the address of its first.
Uses `numba.extending` alone; tested with Numba 0.68.1.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Mapping
from typing import Any

import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.core.typing.templates import AbstractTemplate, AttributeTemplate, infer_global, signature
from numba.extending import (
    NativeValue,
    infer_getattr,
    intrinsic,
    lower_builtin,
    lower_getattr_generic,
    models,
    register_model,
    typeof_impl,
    unbox,
)
from numba.np.arrayobj import make_array, populate_array
from numba.np.numpy_support import from_dtype

from rebound_sim.fields import FIELDS, Column, Dynamic, Field, Number, tell

_WORD, _BYTES = ir.IntType(64), ir.IntType(8).as_pointer()
#: Bytes before the fields of any object, then those of an array: data, number of dimensions, sizes.
_HEAD = object.__basicsize__
_DATA, _SIZES = _HEAD, _HEAD + 16
#: Keeps the compiler from reading the block before it is written: reads of it are marked as
#: unchanged for the whole life of the program.
_BARRIER = "=r,0,~{memory}"
_STRAY = "a column is not in the records of its pack (state.packs)"


class _BlockType(types.Type):
    """record : the named tuple's class."""

    def __init__(self, record: type) -> None:
        self.record = record
        super().__init__(name=f"Block({record.__module__}.{record.__qualname__})")


class _ColumnType(types.Type):
    """Address of the first cell. inner : sizes after the first    step : bytes between rows."""

    def __init__(self, dtype: Any, inner: tuple[int, ...], step: int) -> None:
        self.dtype, self.inner, self.step = dtype, inner, step
        super().__init__(name=f"Column({dtype}, {inner}, {step})")


register_model(_BlockType)(models.OpaqueModel)
register_model(_ColumnType)(models.OpaqueModel)


def _register(record: type) -> None:
    @typeof_impl.register(record)
    def typeof(value: Any, _context: Any) -> _BlockType:
        _check(value, FIELDS[record])
        return _BlockType(record)


tell(_register)


def is_block(record: type) -> bool:
    """True if compiled code receives records of this class as blocks."""
    return record in FIELDS


def _check(value: Any, fields: Mapping[str, Field]) -> None:
    """TypeError if an array is not what compiled code will take it for.

    Asked at the first call of a function with such records: then they are taken at their word
    (`state.columns.allocate`).
    """
    for name, field in fields.items():
        array = getattr(value, name)
        if isinstance(field, Number):
            continue
        right = array.ndim == (1 + len(field.inner) if isinstance(field, Column) else 2)
        placed = array.flags.c_contiguous
        if isinstance(field, Column) and field.pack:
            placed = array.size < 2 or array.strides[0] == field.step
        if array.dtype != np.dtype(field.dtype) or not right or not placed:
            raise TypeError(f"{name}: {array.dtype}{list(array.shape)} in place of {field}")


def _type_of(field: Field) -> Any:
    dtype = from_dtype(np.dtype(field.dtype))
    if isinstance(field, Column):
        inner = math.prod(field.inner) * np.dtype(field.dtype).itemsize
        return _ColumnType(dtype, field.inner, field.step or inner)
    return types.Array(dtype, 2, "C") if isinstance(field, Dynamic) else dtype


def _word(builder: Any, address: Any, number: int, kind: Any) -> Any:
    """Address of a word of a block, as that of a value of `kind`."""
    place = builder.gep(builder.bitcast(address, _WORD.as_pointer()), [_WORD(number)])
    return builder.bitcast(place, kind.as_pointer())


def _read(builder: Any, address: Any, number: int, kind: Any) -> Any:
    """A word of a block, which nothing changes while compiled code runs."""
    value = builder.load(_word(builder, address, number, kind))
    value.set_metadata("invariant.load", builder.module.add_metadata([]))
    return value


def _inside(builder: Any, item: Any, offset: int, kind: Any) -> Any:
    """Field of a Python object at some bytes from its start."""
    place = builder.gep(builder.bitcast(item, _BYTES), [_WORD(offset)])
    return builder.load(builder.bitcast(place, kind.as_pointer()))


@unbox(_BlockType)
def _unbox(kind: Any, obj: Any, context: Any) -> Any:
    """Write the block: a word a field, then the size of a `Dynamic`, or the number of rows.

    TypeError for a column that has left its pack: it would not be read.
    """
    builder, fields = context.builder, FIELDS[kind.record]
    words = cgutils.alloca_once(builder, ir.ArrayType(_WORD, len(fields) + 1))
    address = builder.bitcast(words, _BYTES)
    values: dict[str, Any] = {}
    for number, (name, field) in enumerate(fields.items()):
        item = context.pyapi.tuple_getitem(obj, number)
        if isinstance(field, Number):
            value = context.unbox(_type_of(field), item).value
        else:
            value = _inside(builder, item, _DATA, _BYTES)
            if number == 0 or isinstance(field, Dynamic):
                size = _inside(builder, item, _SIZES, _WORD.as_pointer())
                builder.store(builder.load(size), _word(builder, address, len(fields), _WORD))
            values[name] = value
        builder.store(value, _word(builder, address, number, value.type))
    strays = _strays(builder, values, fields)
    with builder.if_then(strays, likely=False):
        context.pyapi.err_set_string("PyExc_TypeError", f"{kind.record.__name__}: {_STRAY}")
    passes = ir.FunctionType(_BYTES, [_BYTES])
    block = builder.asm(passes, "", _BARRIER, [address], side_effect=True)
    return NativeValue(block, is_error=strays)


def _strays(builder: Any, values: Mapping[str, Any], fields: Mapping[str, Field]) -> Any:
    """True if a column is not where its pack has it. values : addresses by name"""
    strays = ir.IntType(1)(0)
    for name, field in fields.items():
        if isinstance(field, Column) and field.pack:
            place = builder.gep(values[field.pack], [_WORD(field.place)])
            strays = builder.or_(strays, builder.icmp_unsigned("!=", place, values[name]))
    return strays


@infer_getattr
class _BlockAttributes(AttributeTemplate):
    key = _BlockType

    def generic_resolve(self, kind: Any, name: str) -> Any:  # type: ignore[override]
        """Type of a field."""
        fields = FIELDS[kind.record]
        if name == "rows":
            return types.intp
        return _type_of(fields[name]) if name in fields else None


@lower_getattr_generic(_BlockType)
def _getattr(context: Any, builder: Any, kind: Any, value: Any, name: str) -> Any:
    fields = FIELDS[kind.record]
    if name == "rows":
        return _read(builder, value, len(fields), _WORD)
    number, field = list(fields).index(name), fields[name]
    if isinstance(field, Dynamic):
        return _square(context, builder, value, number, len(fields), field)
    if isinstance(field, Column):
        # One address for all columns of a pack: their cells stand at constants from it.
        first = list(fields).index(field.pack) if field.pack else number
        return builder.gep(_read(builder, value, first, _BYTES), [_WORD(field.place)])
    return _read(builder, value, number, context.get_value_type(_type_of(field)))


def _square(context: Any, builder: Any, value: Any, number: int, last: int, field: Field) -> Any:
    """The ordinary array of a `Dynamic`."""
    kind = _type_of(field)
    array = make_array(kind)(context, builder)
    cell = context.get_value_type(kind.dtype)
    size, width = _read(builder, value, last, _WORD), _WORD(np.dtype(field.dtype).itemsize)
    populate_array(
        array,
        _read(builder, value, number, cell.as_pointer()),
        shape=[size, size],
        strides=[builder.mul(size, width), width],
        itemsize=width,
        meminfo=None,
    )
    return array._getvalue()


def _suits(column: Any, index: Any) -> bool:
    parts = getattr(index, "types", (index,))
    whole = all(isinstance(part, types.Integer) for part in parts)
    return whole and len(parts) == 1 + len(column.inner)


@infer_global(operator.getitem)
class _GetItem(AbstractTemplate):
    def generic(self, args: Any, _kws: Any) -> Any:
        """column[row] or column[row, place]."""
        column, index = args
        if isinstance(column, _ColumnType) and _suits(column, index):
            return signature(column.dtype, column, index)
        return None


@infer_global(operator.setitem)
class _SetItem(AbstractTemplate):
    def generic(self, args: Any, _kws: Any) -> Any:
        """column[row] = value, converted as an array would."""
        column, index, _value = args
        if isinstance(column, _ColumnType) and _suits(column, index):
            return signature(types.none, column, index, column.dtype)
        return None


def _cell(
    context: Any, builder: Any, column: Any, index_type: Any, address: Any, index: Any
) -> Any:
    """Address of a cell."""
    whole = isinstance(index_type, types.BaseTuple)
    kinds = list(index_type) if whole else [index_type]
    parts = cgutils.unpack_tuple(builder, index) if whole else [index]
    cell = context.get_data_type(column.dtype)
    size = column.dtype.bitwidth // 8
    places = range(1, len(parts))
    steps = [column.step, *(size * math.prod(column.inner[number:]) for number in places)]
    place = _WORD(0)
    for kind, part, step in zip(kinds, parts, steps, strict=True):
        wide = types.int64 if kind.signed else types.uint64
        part = context.cast(builder, part, kind, wide)
        place = builder.add(place, builder.mul(part, _WORD(step)))
    return builder.bitcast(builder.gep(address, [place]), cell.as_pointer())


@lower_builtin(operator.getitem, _ColumnType, types.Any)
def _getitem(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    column, index = sig.args
    place = _cell(context, builder, column, index, *args)
    return context.unpack_value(builder, column.dtype, place)


@lower_builtin(operator.setitem, _ColumnType, types.Any, types.Any)
def _setitem(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    column, index = sig.args[:2]
    place = _cell(context, builder, column, index, *args[:2])
    context.pack_value(builder, column.dtype, args[2], place)
    return context.get_dummy_value()


def _prefetch(_context: Any, column: Any, row: Any) -> Any:
    """Have the processor begin to read the line of a cell: `prefetch(column, row)`."""

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        place = builder.bitcast(_cell(context, builder, *sig.args, *args), _BYTES)
        whole = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [_BYTES, whole, whole, whole])
        asked = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0i8")
        builder.call(asked, [place, whole(0), whole(3), whole(1)])  # to read, and soon again
        return context.get_dummy_value()

    return types.none(column, row), generate


prefetch: Any = intrinsic(_prefetch)
