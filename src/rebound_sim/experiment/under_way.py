"""An experiment under way: which tasks are missing, what is kept, what is told at the end."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from rebound_sim.errors import EngineError, InputError
from rebound_sim.experiment.durable import disk_faults
from rebound_sim.experiment.executors import Workers
from rebound_sim.experiment.experiment import Experiment
from rebound_sim.experiment.packed import PackedResult
from rebound_sim.experiment.pieces import Pieces, pieces_of
from rebound_sim.experiment.pool import Pace
from rebound_sim.experiment.printed import keep_printed
from rebound_sim.experiment.shards import Shard
from rebound_sim.experiment.store import ResultsStore
from rebound_sim.experiment.task import (
    Simulate,
    Task,
    WorkerSetting,
)
from rebound_sim.experiment.task_parts import Key
from rebound_sim.experiment.watcher import Watcher
from rebound_sim.policies.arm import REFERENCES


@dataclass(frozen=True)
class Engine:
    """What simulates, and where."""

    simulate: Simulate
    team: Workers


def engine_on(team: Workers, watcher: Watcher, simulate: Simulate | None) -> Engine:
    """The model's engine unless another is given, compiled where it will run."""
    if simulate is not None:
        return Engine(simulate, team)
    from rebound_sim.programme import simulate as simulate_world

    team.prepare(watcher)
    return Engine(simulate_world, team)


def do_tasks(
    team: Workers,
    tasks: Iterable[Task],
    keep: Callable[[PackedResult], None],
    pace: Pace | None = None,
) -> None:
    """Do tasks and keep each result as it comes; workers are stopped whatever happens."""
    results = team.run(tasks, pace)
    try:
        for result in results:
            keep(result)
    finally:
        results.close()  # type: ignore[attr-defined]  # a generator


class UnderWay:
    """One experiment, from its opened store to its end. point : of a sweep, 0 elsewhere."""

    def __init__(
        self,
        experiment: Experiment,
        store: ResultsStore,
        watcher: Watcher,
        point: int = 0,
    ) -> None:
        self.experiment, self.store, self.point = experiment, store, point
        self._watcher = watcher
        self._user_faults: dict[str, str] = {}
        self._furthest = 0
        self._readable_at = 1
        self._pieces = Pieces()
        self._started = time.monotonic() - store.manifest.duration_seconds
        by_name = {choice.name: choice for choice in experiment.simulated}
        self._groups = tuple(
            tuple(by_name[name] for name in names) for names in store.manifest.groups
        )

    def missing(
        self, numbers: Sequence[int], shard: Shard | None = None, before: int = 0
    ) -> list[Key]:
        """Tasks to do until there are these replications. before : tasks of a sweep before them"""
        store, manifest = self.store, self.store.manifest
        keys = [(r, g) for r in numbers for g in range(len(self._groups))]
        if shard is not None:
            keys = shard.of(keys, before)
        missing = [key for key in keys if key not in store.done and key not in store.failed]
        manifest.requested_replications = len(numbers)
        manifest.tasks = len(store.done) + len(store.failed) + len(missing)
        self.pace(0.0)
        return missing

    def tasks(self, keys: Sequence[Key], engine: Engine, cut: bool = False) -> Iterator[Task]:
        """Tasks as workers get them. cut : the first in pieces, see `pieces`"""
        experiment = self.experiment
        setting = WorkerSetting(engine.simulate, experiment, self._groups, self.point)
        for replication, group in keys:
            count = pieces_of(experiment, replication, group) if cut else 1
            for piece in range(count):
                yield Task(setting, replication, group, piece, count)

    @property
    def ended(self) -> int:
        """Tasks finished or lost."""
        return len(self.store.done) + len(self.store.failed)

    def pace(self, under_way: float) -> None:
        """Tell the zone-months done. under_way : sum of the shares done of tasks under way."""
        world = self.experiment.world
        months = world.time.burn_in_months + world.time.months
        arms = len(self.experiment.simulated) + len(REFERENCES) * len(self._groups)
        of_a_task = len(world.codes) * months * arms / len(self._groups)
        tasks = self.store.manifest.tasks
        done = round(min(self.ended + self._pieces.done + under_way, tasks) * of_a_task)
        self._furthest = max(self._furthest, done)  # a result arrives after its last month
        self._watcher.advanced(self._furthest, round(tasks * of_a_task))

    def _tell_readable(self) -> None:
        """What is done is worth a look after the first replication, and when it has doubled.

        In a folder apart: the results keep few and large files.
        """
        done = self.store.done
        groups = range(len(self._groups))
        whole = sum(all((r, g) in done for g in groups) for r in {r for r, _ in done})
        readable = self._watcher.readable
        if readable is None or whole < self._readable_at or self.ended == self.store.manifest.tasks:
            return
        self._readable_at = 2 * whole
        # Windows keeps a file that is still mapped: what cannot be removed is left.
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, suppress(OSError):
            folder = Path(name) / self.store.folder.name
            if self.store.show(folder):
                readable(folder)

    def keep(self, result: PackedResult) -> None:
        """Store a result and tell what is new. A piece waits for the others of its task."""
        whole = self._pieces.whole(result)
        if whole is None:
            self.pace(0.0)
            return
        result = whole
        self.store.add(result)
        with disk_faults(self.store.folder, self.store.kept):
            for place in keep_printed(self.store.folder, result.replication, result.printed):
                self._watcher.said(f"What strategy {place.stem} writes is kept in {place}.")
        if result.fault:
            self._watcher.said(f"Replication {result.replication} failed: {result.fault}")
        for name, error in result.errors.items():
            if name not in self._user_faults:
                self._user_faults[name] = error
                self._watcher.said(
                    f"Arm {name} failed in replication {result.replication}: {error}"
                )
        self.pace(0.0)
        self._tell_readable()

    def close(self, *, complete: bool) -> None:
        """Write all that is known."""
        self.store.manifest.duration_seconds = round(time.monotonic() - self._started, 1)
        self.store.finish(complete=complete)

    @contextmanager
    def kept_on_faults(self) -> Iterator[None]:
        """Store what is finished when the run is interrupted or fails."""
        store = self.store
        try:
            yield
        except BaseException as fault:
            store.manifest.interrupted = isinstance(fault, KeyboardInterrupt)
            # The fault that ended the run is the one to report; tasks are on the disk in any case.
            with suppress(InputError, EngineError):
                self.close(complete=False)
            if store.done:
                self._watcher.said(
                    f"{len(store.done)} of {store.manifest.tasks} tasks are kept in "
                    f"{store.folder}, marked incomplete; the same command with --resume goes on."
                )
            raise

    def raise_faults(self) -> None:
        """Raise EngineError when tasks were lost, InputError when an arm of the user failed."""
        manifest, folder = self.store.manifest, self.store.folder
        if manifest.failures:
            first = manifest.failures[0]
            raise EngineError(
                f"{len(manifest.failures)} of {manifest.tasks} tasks failed; "
                f"replication {first['replication']}: {first['error']}; "
                f"the others are in {folder}"
            )
        if self._user_faults:
            name, error = next(iter(self._user_faults.items()))
            raise InputError(f"{error}; what the others gave is in {folder}", file="arm", key=name)
