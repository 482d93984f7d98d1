"""Run all points of a sweep on one team of workers, into one results folder.

`design.csv` and `design.parquet` have a row for each point; `points/point=0003` is the results
folder of a programme, so that the tables of all points open together.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from rebound_sim.cells import as_cell, write_cells
from rebound_sim.errors import InputError
from rebound_sim.experiment.dictionary import ColumnDescription, column_descriptions
from rebound_sim.experiment.durable import STATE, disk_faults, locked
from rebound_sim.experiment.executors import workers_of
from rebound_sim.experiment.interruption import tells_what_is_kept
from rebound_sim.experiment.manifest import FILE_NAME, Written, read_manifest, read_written
from rebound_sim.experiment.provenance import git_commit, package_versions
from rebound_sim.experiment.results import read_results
from rebound_sim.experiment.run import replications_at_looks
from rebound_sim.experiment.sequential import Measure, Until, look_at, parse_until
from rebound_sim.experiment.shards import SHARDS, shard_asked
from rebound_sim.experiment.store import (
    check_destination,
    clear_folder,
)
from rebound_sim.experiment.sweep_file import Point, Sweep
from rebound_sim.experiment.sweep_points import POINTS, PointsUnderWay, point_folder
from rebound_sim.experiment.task import Simulate
from rebound_sim.experiment.under_way import engine_on
from rebound_sim.experiment.watcher import Watcher
from rebound_sim.windows_names import refuse_names

FORMAT, _FORMER = "sweep 2", "sweep 1"


@dataclass(kw_only=True)
class SweepManifest(Written):
    """The manifest of a design. Each point has its own, with its world and arms."""

    sweep: dict[str, Any]
    points: int
    format: str = FORMAT


def tasks_done(folder: Path) -> int:
    """Finished tasks of all points of a sweep, or of a shard of one."""
    return sum(read_manifest(place).done for place in (folder / POINTS).glob("point=*"))


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


def run_sweep(
    sweep: Sweep,
    out: str | Path,
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    shard: str | None = None,
    until: str | None = None,
    cap: int | None = None,
    measures: Mapping[str, Measure] | None = None,
    overwrite: bool = False,
    resume: bool = False,
    command: Sequence[str] = (),
    last_step: Callable[[Path], None] | None = None,
    watcher: Watcher | None = None,
    simulate: Simulate | None = None,
    dictionary: Sequence[ColumnDescription] | None = None,
) -> Path:
    """Simulate all points, store, and return the results folder. Options as `run_experiment`.

    until : each point has its own looks, and ends when its own intervals are narrow
    Raises InputError, EngineError (tasks failed: the others are kept), KeyboardInterrupt.
    """
    watcher = watcher or Watcher()
    part = shard_asked(shard, until)
    goal = None if until is None else _Goal.of(until, measures or {}, sweep, watcher)
    sizes = replications_at_looks(sweep.points[0].experiment.numbers, goal is not None, cap)
    folder = Path(os.path.normpath(out))
    refuse_names(folder)
    if part is not None:
        folder = folder / SHARDS / part.name
    columns = column_descriptions() if dictionary is None else dictionary
    with (
        workers_of(workers, scheduler) as team,
        _opened(sweep, folder, command, overwrite=overwrite, resume=resume) as manifest,
    ):
        engine = cache(partial(engine_on, team, watcher, simulate))
        left, faults = list(sweep.points), []
        for number, size in enumerate(sizes, start=1):
            sized = [_with_replications(point, size) for point in left] if goal else left
            points = PointsUnderWay(sized, folder, columns, watcher, part)
            points.run(engine)
            faults += points.faults
            if goal is None or faults:
                break
            left = [point for point in left if not goal.reached(point, folder, number)]
            if not left:
                break
        if goal is not None and left and not faults:
            watcher.said(f"The goal is not reached at {len(left)} points.")
        if last_step is not None and part is None:
            last_step(folder)
        manifest.complete = not faults
        manifest.write(folder)
    if faults:
        raise faults[0]
    return folder


@contextmanager
def _opened(
    sweep: Sweep, folder: Path, command: Sequence[str], *, overwrite: bool, resume: bool
) -> Iterator[SweepManifest]:
    """The folder, locked, with its manifest and design; shards are taken in on `resume`."""
    manifest = SweepManifest(
        identity=sweep.identity(),
        sweep=sweep.file.model_dump(mode="json"),
        command=list(command),
        points=len(sweep.points),
        git_commit=git_commit(),
        versions=package_versions(),
    )
    with (
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
            if resume:
                _take_shards(folder, manifest)
            manifest.write(folder)
            _write_design(sweep, folder)
            yield manifest


@dataclass(frozen=True)
class _Goal:
    """How narrow the intervals of each point are to be. names : arms that must be so"""

    rule: Until
    names: tuple[str, ...]
    measure: Measure
    watcher: Watcher

    @classmethod
    def of(
        cls, until: str, measures: Mapping[str, Measure], sweep: Sweep, watcher: Watcher
    ) -> _Goal:
        """The goal as typed. Raises InputError."""
        rule = parse_until(until, measures)
        arms = tuple(arm.name for arm in sweep.points[0].experiment.simulated)
        return cls(rule, rule.asked(arms), measures[rule.outcome], watcher)

    def reached(self, point: Point, folder: Path, number: int) -> bool:
        """Look at a point for the `number`-th time, and note it in its manifest."""
        place = point_folder(folder, point.number)
        values = self.measure(read_results(place))
        look = look_at(self.rule, {n: values[n] for n in self.names if n in values}, number)
        manifest = read_manifest(place)
        manifest.until = self.rule.text
        manifest.looks = [*manifest.looks[: number - 1], look.as_row()]
        manifest.write(place)
        self.watcher.said(f"Point {point.number}: {look}")
        return look.reached


def _with_replications(point: Point, numbers: Sequence[int]) -> Point:
    return replace(point, experiment=replace(point.experiment, replications=len(numbers), some=()))


def _take_shards(folder: Path, manifest: SweepManifest) -> None:
    """Put the points of all shards of a job array under those of the whole, which adopt them."""
    shards = folder / SHARDS
    if not shards.is_dir():
        return
    for shard in sorted(shards.iterdir()):
        manifest.identity.refuse_other(read_sweep_manifest(shard).identity, shard, "design")
        with locked(shard / STATE / "lock", shard):
            for point in sorted((shard / POINTS).glob("point=*")):
                place = folder / POINTS / point.name / SHARDS
                place.mkdir(parents=True, exist_ok=True)
                point.replace(place / shard.name)
        shutil.rmtree(shard)
    shards.rmdir()


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
