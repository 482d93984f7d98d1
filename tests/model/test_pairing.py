"""Same address, same luck: seeds, threads, processes, and arms before the shock."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import numpy as np

from model.worlds import small_world
from rebound_sim.model import BasinModel


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
    arms = {"no_shock": ("none", False), "none": ("none", True), "rebond": ("rebond", True)}
    paths = {
        arm: BasinModel(small_world(months=24), policy, 4, 2, closure).run().recorder.trajectory()
        for arm, (policy, closure) in arms.items()
    }
    before = paths["none"]["month"] < 0
    # The mission starts in month 3: nothing differs from no policy before it.
    early = paths["none"]["month"] < 3
    for name, column in paths["none"].items():
        for arm, months in (("no_shock", before), ("rebond", early)):
            assert np.array_equal(column[months], paths[arm][name][months]), (arm, name)
