"""Rows as records: tables of packed columns are read and written as if they were apart."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from rebound_sim.compilation import compiled
from rebound_sim.fields import FIELDS
from rebound_sim.state import packs
from rebound_sim.state.columns import PACKS, TABLES, Column, Workers, allocate

ROWS = 5_003  # more than `apart` takes at a time
_FIXED = [column.name for column in TABLES["workers"][1] if column.fixed]


def filled(table: str) -> Any:
    """A table whose cells all differ within their column, as far as their types allow."""
    made = allocate(table, ROWS)
    for number, array in enumerate(made):
        array[:] = (np.arange(array.size).reshape(array.shape) * (2 * number + 1)) % 251
    return made


def assert_same(table: Any, other: Any) -> None:
    for name, one, two in zip(table._fields, table, other, strict=True):
        np.testing.assert_array_equal(one, two, err_msg=name)


@compiled
def _employ(workers, firms):  # type: ignore[no-untyped-def]
    for i in range(workers.rows):
        f = workers.employer[i] % firms.rows
        firms.members[f, workers.qualification[i] % 4] += 1
        firms.employment[f] += 1
        workers.wage[i] += firms.premium[f] + workers.since[i]
        workers.displaced[i] = workers.regime[i]
        workers.watch[i] += 1


@pytest.mark.parametrize("table", list(TABLES))
def test_a_new_table_holds_the_declared_values(table: str) -> None:
    for column, array in zip(TABLES[table][1], allocate(table, 7), strict=True):
        assert array.dtype == column.dtype and (array == column.fill).all(), column.name
        assert array.shape == (7,) if column.width == 1 else (7, column.width)


@pytest.mark.parametrize("table", ["workers", "firms"])
def test_no_record_crosses_a_line_and_no_cells_overlap(table: str) -> None:
    made = allocate(table, ROWS)
    known = FIELDS[type(made)]
    for names in PACKS[type(made).__name__]:
        taken = np.zeros(known[names[0]].step, dtype=np.int64)
        for name in names:
            array, column = getattr(made, name), known[name]
            assert array.strides[0] == column.step
            assert array.ctypes.data % array.itemsize == 0
            taken[column.place : column.place + array[0].nbytes] += 1
        assert taken.max() == 1
        assert getattr(made, names[0]).ctypes.data % 64 == 0 and 64 % column.step == 0


def test_compiled_code_reads_and_writes_packed_columns() -> None:
    ours, theirs = ((filled("workers"), filled("firms")) for _ in range(2))
    _employ(*ours)
    _employ.py_func(*theirs)
    for one, other in zip(ours, theirs, strict=True):
        assert_same(one, other)


@pytest.mark.parametrize("kept", [[], _FIXED])
def test_a_copy_is_equal_shares_what_is_kept_and_nothing_else(kept: list[str]) -> None:
    table = filled("workers")
    copy = packs.copied(table, kept)
    assert_same(table, copy)
    for name in table._fields:
        ours, theirs = getattr(table, name), getattr(copy, name)
        assert np.shares_memory(ours, theirs) == (name in kept), name
        before = ours.copy()
        theirs[3] += 1
        assert np.array_equal(ours, before) == (name not in kept), name


def test_columns_apart_are_packed_again() -> None:
    table = filled("firms")
    loose = packs.apart(table)
    assert_same(table, loose)
    assert all(array.flags.c_contiguous for array in loose)
    again = packs.packed(type(table), loose._asdict(), ("state",))
    assert_same(table, again)
    assert again.state is loose.state and again.members is not loose.members
    _employ(filled("workers"), again)


@pytest.mark.parametrize("place", ["copied apart", "of another table", "kept without its pack"])
def test_compiled_code_refuses_a_column_that_has_left_its_pack(place: str) -> None:
    workers, firms = filled("workers"), filled("firms")
    _employ(workers, firms)
    if place == "copied apart":
        stray = workers._replace(since=workers.since.copy())
    elif place == "of another table":
        stray = workers._replace(since=filled("workers").since)
    else:
        stray = packs.copied(workers, ["ease"])
    before = packs.apart(stray)
    with pytest.raises(TypeError, match=r"Workers: .* pack"):
        _employ(stray, firms)
    assert_same(stray, before)


def test_a_pack_larger_than_a_line_is_refused() -> None:
    columns = [Column(f"c{number}", "f8", "1", "") for number in range(9)]
    assert packs.fields_of(columns, [[c.name for c in columns[:8]]])["c7"].place == 56
    with pytest.raises(ValueError, match="72 bytes a row: c0, c1"):
        packs.fields_of(columns, [[c.name for c in columns]])


def test_every_changing_column_of_people_is_packed_but_those_swept() -> None:
    together = {name for names in PACKS["Workers"] for name in names}
    assert set(Workers._fields) - together == {"status", "watch"}
