"""Points of a sweep, done by one team of workers: each has the results folder of an experiment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from rebound_sim.errors import EngineError, InputError
from rebound_sim.experiment.dictionary import ColumnDescription
from rebound_sim.experiment.manifest import read_manifest
from rebound_sim.experiment.packed import PackedResult
from rebound_sim.experiment.shards import SHARDS, Shard
from rebound_sim.experiment.store import opened
from rebound_sim.experiment.sweep_file import Point
from rebound_sim.experiment.task import Task
from rebound_sim.experiment.under_way import Engine, UnderWay, do_tasks
from rebound_sim.experiment.watcher import Watcher

POINTS = "points"


def point_folder(folder: Path, number: int) -> Path:
    """Results folder of one point."""
    return folder / POINTS / f"point={number:04d}"


class PointsUnderWay:
    """Points of a sweep, opened when their first task is handed out and closed after the last."""

    def __init__(
        self,
        points: Sequence[Point],
        folder: Path,
        columns: Sequence[ColumnDescription],
        watcher: Watcher,
        shard: Shard | None,
    ) -> None:
        self.faults: list[InputError | EngineError] = []
        self._points, self._folder, self._columns, self._watcher = points, folder, columns, watcher
        self._shard = shard
        self._open: dict[int, tuple[UnderWay, ExitStack]] = {}
        self._ended = 0
        self._total = sum(self._tasks_of(point) for point in points) // (
            shard.count if shard else 1
        )

    def run(self, engine: Callable[[], Engine]) -> None:
        """Do what is missing at every point."""
        try:
            todo = [point for point in self._points if not self._is_done(point)]
            done = [point for point in self._points if point not in todo]
            self._ended = sum(self._tasks_of(point) for point in done)
            self._tell()
            if todo:
                chosen = engine()
                do_tasks(chosen.team, self._tasks(todo, chosen), self._keep)
        except BaseException as fault:
            for _, stack in self._open.values():
                # The same end for each point: what is finished is stored, marked incomplete.
                stack.__exit__(type(fault), fault, fault.__traceback__)
            raise

    def _tasks(self, points: Sequence[Point], engine: Engine) -> Iterator[Task]:
        for point in points:
            run = self._opened(point)
            before = point.number * self._tasks_of(point)
            keys = run.missing(point.experiment.numbers, self._shard, before)
            self._ended += run.ended
            if keys:
                yield from run.tasks(keys, engine)
            else:
                self._close(point.number)

    def _opened(self, point: Point) -> UnderWay:
        stack = ExitStack()
        store = stack.enter_context(
            opened(
                point_folder(self._folder, point.number),
                point.experiment.manifest(()),
                self._columns,
                resume=True,
            )
        )
        # Progress is that of the sweep; lines of a point are told as they are.
        quiet = Watcher(said=self._watcher.said)
        run = UnderWay(point.experiment, store, quiet, point.number)
        stack.enter_context(run.kept_on_faults())
        self._open[point.number] = (run, stack)
        return run

    def _keep(self, result: PackedResult) -> None:
        run, _ = self._open[result.point]
        run.keep(result)
        self._ended += 1
        self._tell()
        if run.ended == run.store.manifest.tasks:
            self._close(result.point)

    def _close(self, number: int) -> None:
        run, stack = self._open.pop(number)
        with stack:
            run.close(complete=not run.store.failed)
        try:
            run.raise_faults()
        except (InputError, EngineError) as fault:
            self.faults.append(fault)

    def _is_done(self, point: Point) -> bool:
        """Whether an earlier run has finished this point with as many replications."""
        try:
            before = read_manifest(point_folder(self._folder, point.number))
        except InputError:
            return False
        enough = before.requested_replications >= point.experiment.replications
        shards = (point_folder(self._folder, point.number) / SHARDS).is_dir()
        return before.complete and enough and not shards

    def _tasks_of(self, point: Point) -> int:
        return point.experiment.replications * len(point.experiment.groups)

    def _tell(self) -> None:
        self._watcher.advanced(self._ended, self._total)
