"""Same address, same luck: seeds, threads, processes, and arms before the shock."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import numpy as np

from model.worlds import small_world
from rebound_sim.model import BasinModel, simulate_arms
from rebound_sim.policies import load_policy


def _digest(address: tuple[int, int]) -> str:
    return BasinModel(small_world(months=12), "rebond", *address).run().digest()


_ADDRESSES = [(0, 0), (0, 1), (1, 0), (2**63, 0)]


def test_same_seed_same_digest_whatever_the_engine() -> None:
    serial = [_digest(address) for address in _ADDRESSES]
    assert len(set(serial)) == len(_ADDRESSES)
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(_digest, _ADDRESSES)) == serial
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        assert list(pool.map(_digest, _ADDRESSES)) == serial


def test_arms_are_the_same_until_the_policy_or_the_shock_reaches_them() -> None:
    result = simulate_arms(small_world(months=24), (load_policy("rebond"),), 4, 2)
    assert list(result.arms) == ["no_shock", "none", "rebond"]
    before = result.arms["none"].trajectory["month"] < 0
    for name, column in result.arms["none"].trajectory.items():
        for arm in ("no_shock", "rebond"):
            other = result.arms[arm].trajectory[name]
            assert np.array_equal(column[before], other[before]), (arm, name)
    # The mission starts in month 3: nothing differs from no policy before it.
    early = result.arms["none"].trajectory["month"] < 3
    for name, column in result.arms["none"].trajectory.items():
        assert np.array_equal(column[early], result.arms["rebond"].trajectory[name][early]), name
