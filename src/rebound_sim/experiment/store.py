"""The results folder: there and whole, or not there.

A run writes into a hidden folder beside the final one and renames it at the end. What a kill leaves
in the hidden folder can be resumed; the final folder is never half written.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from rebound_sim.errors import EngineError, InputError
from rebound_sim.experiment.durable import disk_faults, locked, reason
from rebound_sim.experiment.manifest import FILE_NAME, Identity, Manifest, read_manifest
from rebound_sim.experiment.parts import finished_parts, join_parts, split_results, write_part
from rebound_sim.state.results import ReplicationResult


@dataclass(frozen=True)
class ColumnDescription:
    """One row of column_dictionary.csv."""

    table: str
    column: str
    unit: str
    meaning: str
    formula: str = ""


@dataclass(frozen=True)
class Results:
    """A results folder in memory.

    trajectories : column -> array[rows]; rows by replication, then policy, then month
    projects     : column -> array[rows]; one row per supported project
    """

    folder: Path
    manifest: Manifest
    trajectories: Mapping[str, NDArray[Any]]
    projects: Mapping[str, NDArray[Any]]

    def panel(self, outcome: str, policy: str) -> NDArray[Any]:
        """One outcome of one arm: array[replications, months].

        Raises InputError when the results have no such outcome or policy.
        """
        for name, known in ((outcome, self.trajectories), (policy, self.manifest.arms)):
            if name not in known:
                raise InputError(
                    "not in these results",
                    file=str(self.folder),
                    value=name,
                    allowed=", ".join(known),
                )
        rows = self.trajectories["policy"] == policy
        values: NDArray[Any] = self.trajectories[outcome][rows]
        return values.reshape(len(self.manifest.replications), -1)


def read_results(folder: str | Path) -> Results:
    """Read a results folder. Raises InputError when it is not one."""
    folder = Path(folder)
    manifest = read_manifest(folder)
    try:
        tables = {
            name: _as_arrays(pq.read_table(folder / f"{name}.parquet"))
            for name in ("trajectories", "projects")
        }
    except (OSError, pa.ArrowException) as fault:
        problem = f"the results cannot be read: {reason(fault)}"
        raise InputError(problem, file=str(folder)) from None
    return Results(folder, manifest, tables["trajectories"], tables["projects"])


def _as_arrays(table: pa.Table) -> dict[str, NDArray[Any]]:
    return {name: table.column(name).to_numpy() for name in table.column_names}


class ResultsStore:
    """The folder of one run, from its opening to its renaming.

    Use `opened`, which holds the lock and cleans up; `add` each replication; then `finish`.
    """

    def __init__(self, final: Path, manifest: Manifest) -> None:
        self.final = final
        self.working = final.parent / f".{final.name}.partial"
        self.parts = self.working / "parts"
        self.manifest = manifest
        self.done: dict[int, dict[str, str]] = {}
        #: The working folder is of no more use: it goes when the lock is released.
        self.over = False

    def add(self, result: ReplicationResult) -> None:
        """Keep one replication. Raises InputError when the disk is full or refuses."""
        with disk_faults(self.final, self._kept):
            write_part(self.parts, result)
        self.done[result.replication] = {n: arm.digest for n, arm in result.arms.items()}

    def finish(
        self,
        dictionary: Sequence[ColumnDescription] = (),
        last_step: Callable[[Path], None] | None = None,
    ) -> Path:
        """Join the parts, write the manifest and dictionary, and put the folder in its place.

        last_step : called with the folder before it is renamed, to add headline and figures.
        Returns the final folder. Raises InputError when the disk is full or refuses.
        """
        with disk_faults(self.final, self._kept):
            staged = self.working / "results"
            shutil.rmtree(staged, ignore_errors=True)
            staged.mkdir()
            join_parts(self.parts, staged, self.done)
            _write_dictionary(staged, dictionary)
            self.manifest.replications = sorted(self.done)
            self.manifest.results_digest = self._digest()
            self.manifest.write(staged)
            if last_step is not None:
                last_step(staged)
            self._replace_final(staged)
        return self.final

    def _digest(self) -> str:
        text = json.dumps(sorted(self.done.items()), sort_keys=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def _replace_final(self, staged: Path) -> None:
        if self.final.exists():
            former = self.working / "former"
            self.final.replace(former)
        staged.replace(self.final)
        self.over = True

    def _kept(self) -> str:
        """What a fault of the disk leaves, in words; without a finished replication, nothing."""
        if not self.done:
            self.over = True
            return "nothing was kept"
        total = self.manifest.requested_replications
        return f"{len(self.done)} of {total} replications are kept; add --resume to go on"


@contextmanager
def opened(
    folder: str | Path, manifest: Manifest, *, overwrite: bool = False, resume: bool = False
) -> Iterator[ResultsStore]:
    """A store ready to receive replications, locked against a second run.

    Raises InputError: the folder exists and neither `overwrite` nor `resume` is given; it is not a
    results folder; `resume` finds the results of another run; it cannot be written.
    """
    final = Path(os.path.normpath(Path(folder)))
    store = ResultsStore(final, manifest)
    with disk_faults(final, lambda: "nothing was written"):
        _check_destination(store, overwrite=overwrite, resume=resume)
        final.parent.mkdir(parents=True, exist_ok=True)
        left_by_a_kill = store.working.exists()
        store.working.mkdir(exist_ok=True)
    try:
        with _held(store, left_by_a_kill=left_by_a_kill, resume=resume):
            yield store
    finally:
        if store.over:
            shutil.rmtree(store.working, ignore_errors=True)


@contextmanager
def _held(store: ResultsStore, *, left_by_a_kill: bool, resume: bool) -> Iterator[None]:
    """The lock of a store, and the parts of an earlier run."""
    with ExitStack() as stack:
        with disk_faults(store.final, lambda: "nothing was written"):
            stack.enter_context(locked(store.working / "lock", store.final))
        try:
            with disk_faults(store.final, lambda: "nothing was changed"):
                _prepare_parts(store, resume=resume)
        except BaseException:
            # What an earlier run has left belongs to it: only an own folder is removed.
            store.over = not left_by_a_kill
            raise
        try:
            yield
        finally:
            store.over = store.over or not store.done


def _check_destination(store: ResultsStore, *, overwrite: bool, resume: bool) -> None:
    final = store.final
    if final.name in ("", "..") or final == Path():
        raise InputError("not a name for a results folder", file="--out", value=str(final))
    ancestors = [parent for parent in final.parents if parent.exists()]
    if ancestors and not ancestors[0].is_dir():
        raise InputError("this is a file, not a folder", file=str(ancestors[0]))
    if final.is_symlink() or (final.exists() and not final.is_dir()):
        raise InputError("this is not a folder", file=str(final), allowed="a new folder")
    if final.is_dir() and any(final.iterdir()):
        if not (final / FILE_NAME).is_file():
            # Never delete what this program has not written.
            raise InputError(
                "the folder exists and holds no results of rebound-sim",
                file=str(final),
                allowed="a new or empty folder",
            )
        if not (overwrite or resume):
            raise InputError(
                "the results folder exists",
                file=str(final),
                allowed="--overwrite, --resume, or another --out",
            )
    elif store.parts.is_dir() and finished_parts(store.parts) and not (overwrite or resume):
        count = len(finished_parts(store.parts))
        raise InputError(
            f"an interrupted run left {count} finished replication{'s' if count > 1 else ''} here",
            file=str(store.working),
            allowed="--resume to go on, --overwrite to start again, or another --out",
        )


def _prepare_parts(store: ResultsStore, *, resume: bool) -> None:
    """An empty folder of parts, or, to resume, one with the replications of the earlier run."""
    note = store.working / "identity.json"
    if resume and store.parts.is_dir() and note.is_file():
        try:
            earlier = Identity(**json.loads(note.read_text(encoding="utf-8")))
            done = finished_parts(store.parts)
        except (ValueError, TypeError):
            raise InputError(
                "what the interrupted run left cannot be read",
                file=str(store.working),
                allowed="--overwrite, or another --out",
            ) from None
        store.manifest.identity.refuse_other(earlier, store.final)
        store.done = done
        return
    shutil.rmtree(store.parts, ignore_errors=True)
    if resume and (store.final / FILE_NAME).is_file():
        before = read_manifest(store.final)
        store.manifest.identity.refuse_other(before.identity, store.final)
        store.parts.mkdir()
        split_results(store.final, store.parts)
        store.manifest.duration_seconds = before.duration_seconds
    else:
        store.parts.mkdir()
    note.write_text(json.dumps(asdict(store.manifest.identity)), encoding="utf-8")
    store.done = finished_parts(store.parts)


def _write_dictionary(folder: Path, dictionary: Sequence[ColumnDescription]) -> None:
    """One row per stored column; a column without a description is an error of the program."""
    described = {(row.table, row.column): row for row in dictionary}
    with (folder / "column_dictionary.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("table", "column", "type", "unit", "meaning", "formula"))
        for table in ("trajectories", "projects"):
            for column in pq.read_schema(folder / f"{table}.parquet"):
                row = described.get((table, column.name))
                if row is None:
                    raise EngineError(f"column {column.name} of {table} has no description")
                kind = np.dtype(column.type.to_pandas_dtype()).name
                kind = "text" if kind == "object" else kind
                writer.writerow((table, row.column, kind, row.unit, row.meaning, row.formula))
