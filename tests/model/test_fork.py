"""A copy of a model goes its own way, and shares what never changes."""

from __future__ import annotations

import numpy as np
import pytest

from model.worlds import small_world
from rebound_sim import schedule
from rebound_sim.model import BasinModel
from rebound_sim.policies import named_policies
from rebound_sim.programme import cores
from rebound_sim.state.codes import FirmState
from rebound_sim.state.columns import WORKER_COLUMNS

_FIXED = [column.name for column in WORKER_COLUMNS if column.fixed]


@pytest.mark.parametrize("policy", ["none", "rebond", "revitalisation"])
def test_fixed_columns_are_never_written(policy: str) -> None:
    model = BasinModel(small_world(), policy, seed=2)
    before = {name: getattr(model.state.workers, name).copy() for name in _FIXED}
    structure = {name: getattr(model.state.market, name).copy() for name in cores.STRUCTURE}
    model.run()
    assert len(before) >= 6
    for name, column in before.items():
        assert np.array_equal(getattr(model.state.workers, name), column), name
    for name, array in structure.items():
        assert np.array_equal(getattr(model.state.market, name), array), name


def test_a_copy_shares_fixed_columns_alone_and_lives_the_same_life() -> None:
    model = BasinModel(small_world(months=24), "rebond", seed=2)
    for _ in range(20):
        model.advance()
    copy = cores.fork(model)
    for column in WORKER_COLUMNS:
        ours, theirs = (getattr(m.state.workers, column.name) for m in (model, copy))
        assert np.shares_memory(ours, theirs) == column.fixed, column.name
    model.advance()
    assert copy.state.t == model.state.t - 1
    copy.advance()
    assert copy.run().digest() == model.run().digest()


@pytest.mark.parametrize("policy", named_policies())
def test_the_public_side_writes_in_its_cells_alone(policy: str) -> None:
    """Else copies would share people and firms that differ."""
    model = BasinModel(small_world(), policy, seed=2)
    for _ in range(model.months):
        for _, phase in (*schedule.FIRST, *schedule.BEFORE):
            phase(model)
        before = _arrays_of_the_core(model)
        for _, phase in schedule.PUBLIC:
            phase(model)
        for name, array in _arrays_of_the_core(model).items():
            assert np.array_equal(array, before[name]), name
        for _, phase in (*schedule.AFTER, schedule.PHASES[-1]):
            phase(model)
        model.state.t += 1


def test_what_help_changes_is_known_before_firms_move() -> None:
    """Else copies would share firms that fail in one alone."""
    model = BasinModel(small_world(), "rebond", seed=2)
    failed = 0
    for _ in range(model.months):
        for _, phase in schedule.FIRST:
            phase(model)
        firms = model.state.firms
        announced = np.frombuffer(cores.failures(model), dtype=np.int32)
        help_given = [getattr(firms, name).copy() for name in cores.PUBLIC_COLUMNS]
        former = firms.state.copy()
        for _, phase in schedule.BEFORE:
            phase(model)
        closed = (former == FirmState.OPEN) & (firms.state == FirmState.CLOSED)
        np.testing.assert_array_equal(np.flatnonzero(closed), announced)
        failed += announced.size
        for name, column in zip(cores.PUBLIC_COLUMNS, help_given, strict=True):
            np.testing.assert_array_equal(getattr(firms, name), column)
        for _, phase in (*schedule.PUBLIC, *schedule.AFTER, schedule.PHASES[-1]):
            phase(model)
        model.state.t += 1
    assert failed > 0
    assert (model.state.firms.protection > 0.0).any()


def _arrays_of_the_core(model: BasinModel) -> dict[str, np.ndarray]:
    state = model.state
    columns = (*cores.FIRM_CELLS, *cores.PUBLIC_COLUMNS)
    cells = {*(f"firms.{name}" for name in columns), "market.conditions"}
    arrays = {
        f"{table}.{name}": array.copy()
        for table in ("workers", "firms", "market")
        for name, array in zip(getattr(state, table)._fields, getattr(state, table), strict=True)
        if f"{table}.{name}" not in cells
    }
    return arrays | {
        f"site {k}.{n}": v for k, site in enumerate(state.sites) for n, v in vars(site).items()
    }
