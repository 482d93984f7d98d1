"""One task of a programme: a replication under a group of strategies, done and packed by a worker.

Workers pack their tables as Parquet, so that the main process only writes bytes: its memory and
time hardly grow with the number of workers.
"""

from __future__ import annotations

import hashlib
import io
import platform
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import version
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from rebound_sim import __version__
from rebound_sim.errors import EngineError, InputError
from rebound_sim.experiment.manifest import source_digest
from rebound_sim.experiment.pool import described
from rebound_sim.parameters.ensemble import DECLARED, ParameterChoice
from rebound_sim.policies.definition import NO_POLICY
from rebound_sim.policies.strategy import StrategyChoice
from rebound_sim.scenario.programme import ProgrammeScenario
from rebound_sim.state.results import ProgrammeResult

SimulateProgramme = Callable[
    [ProgrammeScenario, tuple[StrategyChoice, ...], int, int], ProgrammeResult
]
REFERENCES = ("no_shock", NO_POLICY)
TABLES = ("runs", "trajectories", "ledger", "projects")
DONE, FAILED = "done", "failed"
_NARROW = {"month": np.int32, "replication": np.int32}


@dataclass(frozen=True)
class PackedResult:
    """What a task gives back.

    blobs     : (table, strategy) -> Parquet file, without the column `strategy`
    rows      : rows of trajectories
    reference : digest of `no_shock` and `none`, which must not depend on the group
    total     : sum of digests of the runs, see `sum_of_digests`
    errors    : strategy -> error of the strategies that failed
    printed   : strategy -> what the user's rule wrote on its output
    fault     : error of the engine that ended the task, "" without one
    """

    point: int
    replication: int
    group: int
    blobs: Mapping[tuple[str, str], bytes]
    rows: int = 0
    reference: str = ""
    total: int = 0
    errors: Mapping[str, str] = field(default_factory=dict)
    printed: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""


@dataclass(frozen=True)
class Setting:
    """What all tasks of one experiment share.

    point : of a sweep, 0 elsewhere    expected : provenance that a worker must have, None if it
    is this machine    prepare : called on the worker before each task (compilation)
    parameters : sets that replications use in turn
    """

    simulate: SimulateProgramme
    programme: ProgrammeScenario
    groups: tuple[tuple[StrategyChoice, ...], ...]
    seed: int
    point: int = 0
    expected: Mapping[str, str] | None = None
    prepare: Callable[[], None] | None = None
    parameters: ParameterChoice = DECLARED

    def world(self, replication: int) -> ProgrammeScenario:
        """The programme with the parameters of one replication, the same under all strategies."""
        values = self.parameters.of(replication, self.programme.parameters)
        return self.programme.model_copy(update={"parameters": values})


@dataclass(frozen=True)
class ProgrammeTask:
    """One replication of one group."""

    setting: Setting
    replication: int
    group: int

    def __call__(self) -> PackedResult:
        """Simulate and pack; an error of the engine is part of the result."""
        setting = self.setting
        if setting.expected is not None:
            refuse_other_worker(setting.expected, provenance(), "a worker")
        try:
            if setting.prepare is not None:
                setting.prepare()
            result = setting.simulate(
                setting.world(self.replication), setting.groups[self.group], setting.seed,
                self.replication,
            )  # fmt: skip
            return self._packed(result)
        except InputError:
            raise
        except Exception as fault:
            return self.lost(described(fault))

    def died(self, deaths: int) -> PackedResult:
        """The task that kills the processes that try it is a failure; others go on."""
        return self.lost(
            f"the worker process died {deaths} times (memory exhausted?); try fewer --workers"
        )

    def lost(self, fault: str) -> PackedResult:
        """Rows of `runs` that say why there is nothing else."""
        names = self._names()
        zones = self.setting.programme.codes
        runs: dict[str, NDArray[Any]] = {
            "strategy": np.repeat(names, len(zones)),
            "zone": np.tile(zones, len(names)),
            "status": np.full(len(names) * len(zones), FAILED),
            "error": np.full(len(names) * len(zones), fault),
            "allocation": np.full(len(names) * len(zones), ""),
            "digest": np.full(len(names) * len(zones), ""),
            "shared": np.zeros(len(names) * len(zones), dtype=bool),
            "months_simulated": np.zeros(len(names) * len(zones)),
        }
        blobs = pack({"runs": runs}, self.replication, names)
        return PackedResult(self.setting.point, self.replication, self.group, blobs, fault=fault)

    def _names(self) -> list[str]:
        """Strategies whose rows this task stores: references are those of the first group."""
        own = [choice.name for choice in self.setting.groups[self.group]]
        return [*REFERENCES, *own] if self.group == 0 else own

    def _packed(self, result: ProgrammeResult) -> PackedResult:
        names, runs = self._names(), result.runs
        kept = np.isin(runs["strategy"], names)
        failed = np.flatnonzero((runs["status"] == FAILED) & kept)
        for name in REFERENCES:
            wrong = np.flatnonzero((runs["strategy"] == name) & (runs["status"] == FAILED))
            if wrong.size:
                raise EngineError(f"{name}: {runs['error'][wrong[0]]}")
        tables = {table: getattr(result, table) for table in TABLES}
        references = np.isin(runs["strategy"], REFERENCES)
        return PackedResult(
            self.setting.point,
            self.replication,
            self.group,
            pack(tables, self.replication, names),
            rows=int(np.isin(result.trajectories["strategy"], names).sum()),
            reference=f"{sum_of_digests(runs, references, self.replication):032x}",
            total=sum_of_digests(runs, kept, self.replication),
            errors={str(runs["strategy"][row]): str(runs["error"][row]) for row in failed[::-1]},
            printed=dict(result.printed),
        )


def pack(
    tables: Mapping[str, Mapping[str, NDArray[Any]]], replication: int, names: Iterable[str]
) -> dict[tuple[str, str], bytes]:
    """One Parquet file for each table and strategy that has rows."""
    blobs = {}
    for table, columns in tables.items():
        if "replication" in columns:
            raise EngineError(f"column replication of {table} is reserved for the store")
        strategy = columns["strategy"]
        for name in names:
            rows = np.flatnonzero(strategy == name)
            if rows.size:
                blobs[table, name] = _parquet(columns, rows, replication)
    return blobs


def _parquet(columns: Mapping[str, NDArray[Any]], rows: NDArray[Any], replication: int) -> bytes:
    arrays = {
        "zone": pa.array(columns["zone"][rows]),
        "replication": pa.array(np.full(rows.size, replication, np.int32)),
    }
    for name, column in columns.items():
        if name not in ("strategy", "zone"):
            values = column[rows].astype(_NARROW[name]) if name in _NARROW else column[rows]
            arrays[name] = pa.array(values)
    sink = io.BytesIO()
    pq.write_table(pa.table(arrays), sink)
    return sink.getvalue()


def sum_of_digests(
    runs: Mapping[str, NDArray[Any]], rows: NDArray[np.bool_], replication: int
) -> int:
    """Sum, modulo 2**128, of a digest of each run: it does not depend on the order of tasks."""
    total = 0
    for row in np.flatnonzero(rows):
        text = "|".join(str(runs[name][row]) for name in ("strategy", "zone", "status", "digest"))
        total += int(hashlib.sha256(f"{replication}|{text}".encode()).hexdigest()[:32], 16)
    return total % 2**128


def grouped(
    strategies: Sequence[StrategyChoice], most: int
) -> tuple[tuple[StrategyChoice, ...], ...]:
    """Groups of at most `most` strategies, equal to one, in order; one empty group without any."""
    count = max(1, -(-len(strategies) // most))
    bounds = [len(strategies) * number // count for number in range(count + 1)]
    return tuple(tuple(strategies[a:b]) for a, b in pairwise(bounds))


@lru_cache(maxsize=1)
def provenance() -> dict[str, str]:
    """What decides the numbers that this process would produce."""
    return {
        "rebound-sim": __version__,
        "sources": source_digest(),
        "python": platform.python_version(),
        # Mathematical libraries differ by platform in their last bits.
        "platform": f"{platform.system()} {platform.machine()}",
        **{name: version(name) for name in ("numpy", "numba", "llvmlite")},
    }


def refuse_other_worker(expected: Mapping[str, str], found: Mapping[str, str], who: str) -> None:
    """Raise InputError when a worker would not produce the numbers of this process."""
    other = [
        f"{name} {found.get(name, 'absent')} (here {value})"
        for name, value in expected.items()
        if found.get(name) != value
    ]
    if other:
        raise InputError(
            f"{who} has another version: {', '.join(other)}",
            file="--scheduler",
            allowed="the same environment on every worker",
        )
