"""An experiment under way: which tasks are missing, what is kept, what is told at the end."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from rebound_sim.errors import EngineError, InputError
from rebound_sim.experiment.compiling import compile_once
from rebound_sim.experiment.durable import disk_faults
from rebound_sim.experiment.executors import Workers
from rebound_sim.experiment.experiment import Experiment
from rebound_sim.experiment.printed import keep_printed
from rebound_sim.experiment.store import ResultsStore
from rebound_sim.experiment.task import (
    PackedResult,
    Setting,
    Simulate,
    Task,
)
from rebound_sim.experiment.task_parts import Key
from rebound_sim.experiment.watcher import Watcher


@dataclass(frozen=True)
class Shard:
    """Part of the tasks, for a job of an array: number 1 to `count`."""

    number: int
    count: int

    @property
    def name(self) -> str:
        """Folder of its results inside `shards`."""
        return f"{self.number}-of-{self.count}"


@dataclass(frozen=True)
class Engine:
    """What simulates, and what workers must do and be; see `Setting`."""

    simulate: Simulate
    team: Workers
    prepare: Callable[[], None] | None = None


def engine_on(team: Workers, watcher: Watcher, simulate: Simulate | None) -> Engine:
    """The model's engine unless another is given, compiled where it will run.

    Workers must not compile at the same time: one does on each machine, the others wait.
    """
    if simulate is not None:
        return Engine(simulate, team)
    from rebound_sim.programme import simulate as simulate_world

    compile_once(watcher.said)
    team.warm()
    # A machine may join a cluster later.
    return Engine(simulate_world, team, None if team.expected is None else compile_once)


def do_tasks(
    team: Workers, tasks: Iterable[Task], keep: Callable[[PackedResult], None]
) -> None:
    """Do tasks and keep each result as it comes; workers are stopped whatever happens."""
    results = team.run(tasks)
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
        self._started = time.monotonic() - store.manifest.duration_seconds
        by_name = {choice.name: choice for choice in experiment.simulated}
        self._groups = tuple(
            tuple(by_name[name] for name in names) for names in store.manifest.groups
        )

    def missing(self, numbers: Sequence[int], shard: Shard | None = None) -> list[Key]:
        """Tasks to do until there are these replications."""
        store, manifest = self.store, self.store.manifest
        keys = [(r, g) for r in numbers for g in range(len(self._groups))]
        if shard is not None:
            keys = keys[shard.number - 1 :: shard.count]
        missing = [key for key in keys if key not in store.done and key not in store.failed]
        manifest.requested_replications = len(numbers)
        manifest.tasks = len(store.done) + len(store.failed) + len(missing)
        self._watcher.advanced(self.ended, manifest.tasks)
        return missing

    def tasks(self, keys: Sequence[Key], engine: Engine) -> Iterator[Task]:
        """Tasks as workers get them."""
        experiment = self.experiment
        setting = Setting(
            engine.simulate,
            experiment,
            self._groups,
            self.point,
            engine.team.expected,
            engine.prepare,
        )
        return (Task(setting, replication, group) for replication, group in keys)

    @property
    def ended(self) -> int:
        """Tasks finished or lost."""
        return len(self.store.done) + len(self.store.failed)

    def keep(self, result: PackedResult) -> None:
        """Store a result and tell what is new."""
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
        self._watcher.advanced(self.ended, self.store.manifest.tasks)

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
            raise InputError(
                f"{error}; what the others gave is in {folder}", file="arm", key=name
            )
