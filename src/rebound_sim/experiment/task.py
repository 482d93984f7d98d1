"""One task: a replication of a world under a group of arms, done and packed by a worker.

Workers pack their tables as Parquet, so that the main process only writes bytes: its memory and
time hardly grow with the number of workers.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from rebound_sim.errors import EngineError, InputError
from rebound_sim.experiment.experiment import Experiment
from rebound_sim.experiment.packed import FAILED, TABLES, PackedResult
from rebound_sim.experiment.pieces import arms_of
from rebound_sim.experiment.pool import described, report
from rebound_sim.pace import heard
from rebound_sim.policies.arm import REFERENCES, Arm
from rebound_sim.state.results import SimulationResult

#: World, arms, seed, replication; `references` False leaves out no_shock and none.
Simulate = Callable[..., SimulationResult]
_NARROW = {"month": np.int32, "replication": np.int32}


@dataclass(frozen=True)
class WorkerSetting:
    """What all tasks of one experiment share.

    point : of a sweep, 0 elsewhere
    """

    simulate: Simulate
    experiment: Experiment
    groups: tuple[tuple[Arm, ...], ...]
    point: int = 0


@dataclass(frozen=True)
class Task:
    """One replication of one group, or a piece of it: some of its arms."""

    setting: WorkerSetting
    replication: int
    group: int
    piece: int = 0
    pieces: int = 1

    @property
    def arms(self) -> tuple[Arm, ...]:
        """Arms to simulate."""
        return arms_of(self.setting.groups[self.group], self.piece, self.pieces)

    def _report(self, share: float) -> None:
        report(share / self.pieces)

    def __call__(self) -> PackedResult:
        """Simulate and pack; an error of the engine is part of the result."""
        setting = self.setting
        try:
            with heard(self._report):
                result = setting.simulate(
                    setting.experiment.world_of(self.replication),
                    self.arms,
                    setting.experiment.seed,
                    self.replication,
                    **({"references": False} if self.piece > 0 else {}),
                )
            return self._packed(result)
        except InputError:
            raise
        except Exception as fault:
            return self.lost(described(fault))
        finally:
            report(0.0)

    def died(self, deaths: int) -> PackedResult:
        """The task that kills the processes that try it is a failure; others go on."""
        return self.lost(
            f"the worker process died {deaths} times (memory exhausted?); try fewer --workers"
        )

    def lost(self, fault: str) -> PackedResult:
        """Rows of `runs` that say why there is nothing else."""
        names = self._names()
        zones = self.setting.experiment.world.codes
        runs: dict[str, NDArray[Any]] = {
            "arm": np.repeat(names, len(zones)),
            "zone": np.tile(zones, len(names)),
            "status": np.full(len(names) * len(zones), FAILED),
            "error": np.full(len(names) * len(zones), fault),
            "allocation": np.full(len(names) * len(zones), ""),
            "digest": np.full(len(names) * len(zones), ""),
            "shared": np.zeros(len(names) * len(zones), dtype=bool),
            "months_simulated": np.zeros(len(names) * len(zones)),
        }
        blobs = pack({"runs": runs}, self.replication, names)
        return PackedResult(
            self.setting.point,
            self.replication,
            self.group,
            blobs,
            fault=fault,
            pieces=self.pieces,
        )

    def _names(self) -> list[str]:
        """Arms whose rows this task stores: references are those of the first group, and piece."""
        own = [arm.name for arm in self.arms]
        return [*REFERENCES, *own] if self.group == self.piece == 0 else own

    def _packed(self, result: SimulationResult) -> PackedResult:
        names, runs = self._names(), result.runs
        kept = np.isin(runs["arm"], names)
        failed = np.flatnonzero((runs["status"] == FAILED) & kept)
        for name in REFERENCES:
            wrong = np.flatnonzero((runs["arm"] == name) & (runs["status"] == FAILED))
            if wrong.size:
                raise EngineError(f"{name}: {runs['error'][wrong[0]]}")
        tables = {table: getattr(result, table) for table in TABLES}
        return PackedResult(
            self.setting.point,
            self.replication,
            self.group,
            pack(tables, self.replication, names),
            rows=int(np.isin(result.trajectories["arm"], names).sum()),
            reference=self._digest_of_references(runs),
            total=sum_of_digests(runs, kept, self.replication),
            errors={str(runs["arm"][row]): str(runs["error"][row]) for row in failed[::-1]},
            printed=dict(result.printed),
            pieces=self.pieces,
        )

    def _digest_of_references(self, runs: Mapping[str, NDArray[Any]]) -> str:
        """Of no_shock and none; "" of a piece without them."""
        rows = np.isin(runs["arm"], REFERENCES)
        return f"{sum_of_digests(runs, rows, self.replication):032x}" if rows.any() else ""


def pack(
    tables: Mapping[str, Mapping[str, NDArray[Any]]], replication: int, names: Iterable[str]
) -> dict[tuple[str, str], bytes]:
    """One Parquet file for each table and arm that has rows."""
    blobs = {}
    for table, columns in tables.items():
        if "replication" in columns:
            raise EngineError(f"column replication of {table} is reserved for the store")
        arm = columns["arm"]
        for name in names:
            rows = np.flatnonzero(arm == name)
            if rows.size:
                blobs[table, name] = _parquet(columns, rows, replication)
    return blobs


def _parquet(columns: Mapping[str, NDArray[Any]], rows: NDArray[Any], replication: int) -> bytes:
    arrays = {
        "zone": pa.array(columns["zone"][rows]),
        "replication": pa.array(np.full(rows.size, replication, np.int32)),
    }
    for name, column in columns.items():
        if name not in ("arm", "zone"):
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
        text = "|".join(str(runs[name][row]) for name in ("arm", "zone", "status", "digest"))
        total += int(hashlib.sha256(f"{replication}|{text}".encode()).hexdigest()[:32], 16)
    return total % 2**128
