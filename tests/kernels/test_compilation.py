"""What was compiled once is found again by the next process."""

import os
import pickle
import subprocess
import sys

import pytest

from rebound_sim.compilation import _source_digest
from rebound_sim.parameters import TOPICS
from rebound_sim.state.columns import TABLES
from rebound_sim.state.market import Market, Rates

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
            [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True,
            check=True,
        ).stdout.split()
        for _ in range(2)
    ]  # fmt: skip
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
    assert _source_digest() == _source_digest()
    assert len(_source_digest()) == 16
