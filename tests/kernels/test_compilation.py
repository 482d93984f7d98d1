"""What was compiled once is found again by the next process; records reach kernels as blocks."""

import os
import pickle
import subprocess
import sys

import numpy as np
import pytest

from rebound_sim.compilation import compiled, source_digest
from rebound_sim.parameters import TOPICS
from rebound_sim.state.columns import TABLES, allocate
from rebound_sim.state.market import Market, Rates, allocate_market

RECORDS = [topic.record for topic in TOPICS.values()]
RECORDS += [kind for kind, _ in TABLES.values()]
RECORDS += [Market, Rates]
PROGRAM = """
from rebound_sim.parameters import ParameterSet
from rebound_sim.rules.demand import layoffs
layoffs(10, 5, 0.5, ParameterSet().demand)
print(sum(layoffs.stats.cache_hits.values()), sum(layoffs.stats.cache_misses.values()))
"""


def test_second_process_compiles_nothing(tmp_path):
    environment = {**os.environ, "REBOUND_CACHE_DIR": str(tmp_path)}
    counts = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        for _ in range(2)
    ]
    assert counts == [["0", "1"], ["1", "0"]]


@pytest.mark.parametrize(
    "record",
    RECORDS,
    ids=lambda record: record.__name__,
)
def test_argument_types_can_be_imported_by_name(record):
    """Else Numba takes each process's type for a new one and compiles all kernels again."""
    assert pickle.loads(pickle.dumps(record)) is record


def test_digest_of_sources_is_stable():
    assert source_digest() == source_digest()
    assert len(source_digest()) == 16


@compiled
def _plus(a, b):
    return a + b


@compiled
def _move(workers, firms, market, rates, shift):
    """Reads and writes of every kind of field."""
    for i in range(workers.rows):
        workers.since[i] = _plus(workers.since[i], shift)
        workers.wage[i] += _plus(0.1, _plus(workers.since[i], 1))
        firms.members[workers.employer[i], workers.qualification[i]] -= _plus(2, 3)
    market.migration[7, 1, 0] = rates.business + market.willing[2, 1] + market.willing.shape[0]


def _records():
    workers, firms, market = allocate("workers", 5), allocate("firms", 3), allocate_market(4)
    workers.since[:] = [-3, 0, 7, 300, -30_000]
    workers.employer[:] = [0, 2, 2, 1, 0]
    workers.qualification[:] = [3, 0, 1, 2, 3]
    market.willing[:] = np.arange(16.0).reshape(4, 4)
    return workers, firms, market, Rates(*np.arange(1.0, 1.0 + len(Rates._fields)))


def test_blocks_give_what_the_interpreter_gives():
    compiled_records, plain_records = _records(), _records()
    _move(*compiled_records, 9)
    _move.py_func(*plain_records, 9)
    for ours, theirs in zip(compiled_records, plain_records, strict=True):
        for one, other in zip(ours, theirs, strict=True):
            np.testing.assert_array_equal(one, other)


def test_constants_share_one_version():
    _move(*_records(), 1)
    assert len(_plus.inner.overloads) == 3  # int16 + int64, float + int, int + int


@pytest.mark.parametrize("wrong", ["dtype", "dimensions", "order"])
def test_block_refuses_an_array_that_it_would_misread(wrong):
    workers, firms, market, rates = _records()
    if wrong == "dtype":
        workers = workers._replace(wage=workers.wage.astype(np.float64))
    elif wrong == "dimensions":
        firms = firms._replace(members=np.zeros((3, 4, 1), np.int32))
    else:
        market = market._replace(people=np.asfortranarray(market.people))
    first_call = compiled(_move.py_func)
    with pytest.raises(TypeError, match=r"wage|members|people"):
        first_call(workers, firms, market, rates, 1)


def test_each_kind_of_argument_finds_its_own_machine_code():
    @compiled
    def half(values, pair):
        return values[0] / 2, pair[1]

    whole, real = np.array([7]), np.array([7.5], np.float32)
    for _ in range(2):
        assert half(whole, (1, 2)) == (3.5, 2)
        assert half(real, (1, 2.5)) == (3.75, 2.5)
        assert half(values=real, pair=(1, 2)) == (3.75, 2)
        assert half(np.array([1, 7])[1:], (True, False)) == (3.5, False)
