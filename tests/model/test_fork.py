"""A copy of a model goes its own way, and shares what never changes."""

from __future__ import annotations

import numpy as np
import pytest

from model.worlds import small_world
from rebound_sim.model import BasinModel
from rebound_sim.state.columns import WORKER_COLUMNS

_FIXED = [column.name for column in WORKER_COLUMNS if column.fixed]


@pytest.mark.parametrize("policy", ["none", "rebond", "revitalisation"])
def test_fixed_columns_are_never_written(policy: str) -> None:
    model = BasinModel(small_world(), policy, seed=2)
    before = {name: getattr(model.state.workers, name).copy() for name in _FIXED}
    model.run()
    assert len(before) >= 6
    for name, column in before.items():
        assert np.array_equal(getattr(model.state.workers, name), column), name


def test_a_copy_shares_fixed_columns_alone_and_lives_the_same_life() -> None:
    model = BasinModel(small_world(months=24), "rebond", seed=2)
    for _ in range(20):
        model.advance()
    copy = model.fork()
    for column in WORKER_COLUMNS:
        ours, theirs = (getattr(m.state.workers, column.name) for m in (model, copy))
        assert np.shares_memory(ours, theirs) == column.fixed, column.name
    model.advance()
    assert copy.state.t == model.state.t - 1
    copy.advance()
    assert copy.run().digest() == model.run().digest()
