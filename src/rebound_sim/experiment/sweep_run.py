"""Run all points of a sweep on one team of workers, into one results folder.

`design.csv` and `design.parquet` have a row for each point; `points/point=0003` is the results
folder of a programme, so that the tables of all points open together.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from rebound_sim.cells import as_cell, write_cells
from rebound_sim.errors import EngineError, InputError
from rebound_sim.experiment.batches import STATE
from rebound_sim.experiment.dictionary import ColumnDescription, column_descriptions
from rebound_sim.experiment.durable import disk_faults, locked
from rebound_sim.experiment.executors import workers_of
from rebound_sim.experiment.interruption import tells_what_is_kept
from rebound_sim.experiment.manifest import FILE_NAME, Written, read_manifest, read_written
from rebound_sim.experiment.packed import PackedResult
from rebound_sim.experiment.provenance import git_commit, package_versions
from rebound_sim.experiment.store import (
    check_destination,
    clear_folder,
    opened,
)
from rebound_sim.experiment.sweep_file import Point, Sweep
from rebound_sim.experiment.task import Simulate, Task
from rebound_sim.experiment.under_way import Engine, UnderWay, do_tasks, engine_on
from rebound_sim.experiment.watcher import Watcher
from rebound_sim.windows_names import refuse_names

FORMAT, _FORMER = "sweep 2", "sweep 1"
POINTS = "points"


@dataclass(kw_only=True)
class SweepManifest(Written):
    """The manifest of a design. Each point has its own, with its world and arms."""

    sweep: dict[str, Any]
    points: int
    format: str = FORMAT


def read_sweep_manifest(folder: Path) -> SweepManifest:
    """Manifest of a sweep's results. Raises InputError when it is missing or another's."""
    return read_written(folder, SweepManifest, _of_this_version)


def _of_this_version(values: dict[str, Any], file: str) -> dict[str, Any]:
    form = values.pop("format")
    if form == _FORMER:
        noted = {name: values.pop(name) for name in ("version", "source_digest")}
        values["identity"] = {
            "provenance": {"rebound-sim": noted["version"], "sources": noted["source_digest"]},
            "seed": values["sweep"]["seed"],
            "world_digest": values.pop("design_digest"),
            "parameters_digest": "",
            "arm_digests": {},
        }
    elif form != FORMAT:
        raise InputError("not the results of a sweep", file=file, value=form)
    return values


def point_folder(folder: Path, number: int) -> Path:
    """Results folder of one point."""
    return folder / POINTS / f"point={number:04d}"


def run_sweep(
    sweep: Sweep,
    out: str | Path,
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    overwrite: bool = False,
    resume: bool = False,
    command: Sequence[str] = (),
    last_step: Callable[[Path], None] | None = None,
    watcher: Watcher | None = None,
    simulate: Simulate | None = None,
    dictionary: Sequence[ColumnDescription] | None = None,
) -> Path:
    """Simulate all points, store, and return the results folder. Options as `run_experiment`.

    Raises InputError, EngineError (tasks failed: the others are kept), KeyboardInterrupt.
    """
    watcher = watcher or Watcher()
    folder = Path(os.path.normpath(out))
    refuse_names(folder)
    manifest = SweepManifest(
        identity=sweep.identity(),
        sweep=sweep.file.model_dump(mode="json"),
        command=list(command),
        points=len(sweep.points),
        git_commit=git_commit(),
        versions=package_versions(),
    )
    columns = column_descriptions() if dictionary is None else dictionary
    with (
        workers_of(workers, scheduler) as team,
        disk_faults(folder, lambda: "finished tasks are kept; add --resume to go on"),
        tells_what_is_kept(folder),
    ):
        check_destination(folder, overwrite=overwrite, resume=resume)
        (folder / STATE).mkdir(parents=True, exist_ok=True)
        with locked(folder / STATE / "lock", folder):
            if resume and (folder / FILE_NAME).is_file():
                before = read_sweep_manifest(folder)
                manifest.identity.refuse_other(before.identity, folder, "design")
            elif overwrite:
                clear_folder(folder)
            manifest.write(folder)
            _write_design(sweep, folder)
            points = _Points(sweep, folder, columns, watcher)
            points.run(lambda: engine_on(team, watcher, simulate))
            if last_step is not None:
                last_step(folder)
            manifest.complete = not points.faults
            manifest.write(folder)
    if points.faults:
        raise points.faults[0]
    return folder


class _Points:
    """Points of a sweep, opened when their first task is handed out and closed after the last."""

    def __init__(
        self,
        sweep: Sweep,
        folder: Path,
        columns: Sequence[ColumnDescription],
        watcher: Watcher,
    ) -> None:
        self.faults: list[InputError | EngineError] = []
        self._sweep, self._folder, self._columns, self._watcher = sweep, folder, columns, watcher
        self._open: dict[int, tuple[UnderWay, ExitStack]] = {}
        self._ended = 0
        self._total = sum(self._tasks_of(point) for point in sweep.points)

    def run(self, engine: Callable[[], Engine]) -> None:
        """Do what is missing at every point."""
        try:
            todo = [point for point in self._sweep.points if not self._is_done(point)]
            self._ended = sum(self._tasks_of(p) for p in self._sweep.points) - sum(
                self._tasks_of(p) for p in todo
            )
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
            keys = run.missing(point.experiment.numbers)
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
        return before.complete and enough

    def _tasks_of(self, point: Point) -> int:
        return point.experiment.replications * len(point.experiment.groups)

    def _tell(self) -> None:
        self._watcher.advanced(self._ended, self._total)


def _write_design(sweep: Sweep, folder: Path) -> None:
    """One row for each point: point, programme, then the factors."""
    keys = [factor.key for factor in sweep.file.factor]
    rows = [
        {"point": point.number, "programme": point.programme, **point.values}
        for point in sweep.points
    ]
    names = ["point", "programme", *keys]
    write_cells(folder / "design.csv", names, rows, digits=None)
    columns = {name: _of_one_kind([row[name] for row in rows]) for name in names}
    pq.write_table(pa.table(columns), folder / "design.parquet")


def _of_one_kind(values: list[Any]) -> list[Any]:
    """Levels as a column holds them: as text where one of them is text."""
    kinds = {type(value) for value in values}
    if len(kinds) == 1:
        return values
    return [str(as_cell(v, None)) if str in kinds else float(v) for v in values]
