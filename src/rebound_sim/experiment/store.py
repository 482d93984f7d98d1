"""The results folder of an experiment, filled while the run goes on.

Each finished task is on the disk, flushed, before it counts (`.state/parts`); parts are gathered in
batches of about a million rows. A run that ends in any way, power loss included, keeps every task
that had finished, and the folder can be read at any moment.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from rebound_sim.cells import write_csv_rows
from rebound_sim.errors import EngineError, InputError
from rebound_sim.experiment.batches import (
    FAILED_FILE,
    Batch,
    gather,
    read_index,
    remove_strays,
    table_folder,
    take_batch,
    write_rows,
)
from rebound_sim.experiment.dictionary import ColumnDescription
from rebound_sim.experiment.durable import STATE, disk_faults, locked
from rebound_sim.experiment.manifest import FILE_NAME, Manifest, read_manifest
from rebound_sim.experiment.packed import TABLES, PackedResult
from rebound_sim.experiment.printed import adopt_printed
from rebound_sim.experiment.shards import SHARDS
from rebound_sim.experiment.task_parts import Key, Part, read_parts, write_part
from rebound_sim.policies.arm import REFERENCES

DICTIONARY = "column_dictionary.csv"
_ROWS_PER_BATCH = 1_000_000


class ResultsStore:
    """The folder of one experiment. Use `opened`; `add` each result; then `finish`.

    done : (replication, group) of finished tasks    failed : of those that the engine lost
    """

    def __init__(
        self, folder: Path, manifest: Manifest, dictionary: Sequence[ColumnDescription]
    ) -> None:
        self.folder = folder
        self.manifest = manifest
        self.done: set[Key] = set()
        self.failed: dict[Key, Part] = {}
        self._described = {(row.table, row.column): row for row in dictionary}
        self._schemas: dict[str, pa.Schema] = {}
        self._parts: list[Part] = []
        self._total = 0
        self._next = 0
        self._references: dict[int, dict[int, str]] = {}
        self._index = folder / STATE / "batches"
        self._waiting = folder / STATE / "parts"
        self._lost = folder / STATE / "failed"

    def add(self, result: PackedResult) -> None:
        """Keep one task. Raises InputError when the disk is full or refuses, EngineError."""
        key = (result.replication, result.group)
        with disk_faults(self.folder, self.kept):
            if result.fault:
                self.failed[key] = write_part(self._lost, result)
                failure = {"replication": key[0], "group": key[1], "error": result.fault}
                self.manifest.failures.append(failure)
                return
            self._check_references(result)
            part = write_part(self._waiting, result)
            self.done.add(key)
            self._total += part.total
            self._parts.append(part)
            self._learn_columns(part)
            if sum(waiting.rows for waiting in self._parts) >= _ROWS_PER_BATCH:
                self._gather()

    def finish(self, *, complete: bool) -> None:
        """Gather what waits, write rows of failures, the dictionary and the manifest.

        A run cut short may have been stopped between the writing of a task and its counting: then
        what is on the disk counts.
        """
        with disk_faults(self.folder, self.kept):
            if not complete:
                self._read_disk()
            self._gather()
            for name in self.manifest.arms:
                rows = (part.read("runs", name) for part in self.failed.values())
                folder = table_folder(self.folder, "runs", name)
                write_rows((r for r in rows if r is not None), folder, FAILED_FILE)
            self.manifest.complete = complete
            self.write_manifest()

    def show(self, folder: Path) -> bool:
        """Write what is done so far as a results folder apart, which is not complete.

        False where some is gathered already: what is left would not be all.
        """
        if self._next > 0 or not self._parts:
            return False
        index = folder / STATE / "batches"
        index.mkdir(parents=True)
        gather(folder, index, 0, self._parts, self.manifest.arms, keep=True)
        self.manifest.done, self.manifest.complete = len(self.done), False
        self.manifest.write(folder)
        return True

    def write_manifest(self) -> None:
        """Write the manifest as it now stands."""
        manifest = self.manifest
        manifest.done, manifest.failed = len(self.done), len(self.failed)
        manifest.failures.sort(key=lambda row: (row["replication"], row["group"]))
        manifest.results_digest = f"{self._total % 2**128:032x}"[:16]
        manifest.write(self.folder)

    def kept(self) -> str:
        """What a fault of the disk leaves, in words."""
        if not self.done:
            return "nothing was kept"
        return f"{len(self.done)} of {self.manifest.tasks} tasks are kept; add --resume to go on"

    def recover(self) -> None:
        """Find what an earlier run has finished; its failed tasks are to be done again."""
        for folder in (self._index, self._waiting, self._lost):
            folder.mkdir(parents=True, exist_ok=True)
        self._read_disk()
        for path in [*self._lost.iterdir(), *self._waiting.glob(".*")]:
            path.unlink()

    def _read_disk(self) -> None:
        """Count anew what is finished: batches and the tasks that wait for one."""
        self.done.clear()
        self._parts, self._total, self._next = [], 0, 0
        batches = read_index(self._index)
        remove_strays(self.folder, batches)
        for batch in batches:
            self.done.update(batch.keys)
            self._total += batch.total
            self._next = batch.number + 1
        for part in read_parts(self._waiting):
            if part.key in self.done:
                part.path.unlink()
            else:
                self._parts.append(part)
                self.done.add(part.key)
                self._total += part.total
                self._learn_columns(part)

    def adopt(self, shard: Path) -> None:
        """Take over the tasks of another folder of the same experiment; it can be removed then."""
        state = shard / STATE
        for batch in read_index(state / "batches"):
            keys = tuple(key for key in batch.keys if key not in self.done)
            if not keys:
                continue
            wanted = self._wanted(keys)
            take_batch(shard, batch, wanted, self.folder, self._next)
            total = batch.total if keys == batch.keys else self._sum(wanted)
            Batch(self._next, keys, total).write(self._index, self.folder)
            self._next += 1
            self._total += total
            self.done.update(keys)
        for part in list(read_parts(state / "parts")):
            if part.key not in self.done:
                self._parts.append(part)
                self.done.add(part.key)
                self._total += part.total
        self._gather()

    def _wanted(self, keys: Sequence[Key]) -> dict[str, set[int]]:
        """Arm -> replications of these tasks."""
        return {
            name: {replication for replication, group in keys if group == number}
            for number, names in enumerate(self.manifest.groups)
            for name in ([*REFERENCES, *names] if number == 0 else names)
        }

    def _sum(self, wanted: dict[str, set[int]]) -> int:
        """Sum of digests of the runs of the batch being taken."""
        from rebound_sim.experiment.task import sum_of_digests

        total = 0
        for name in wanted:
            file = table_folder(self.folder, "runs", name) / Batch(self._next, (), 0).file
            if file.exists():
                rows = pq.read_table(file, partitioning=None)
                runs = {c: rows[c].to_numpy() for c in ("zone", "status", "digest")}
                runs["arm"] = np.full(rows.num_rows, name)
                numbers = rows["replication"].to_numpy()
                for replication in np.unique(numbers):
                    total += sum_of_digests(runs, numbers == replication, int(replication))
        return total % 2**128

    def _gather(self) -> None:
        if self._parts:
            gather(self.folder, self._index, self._next, self._parts, self.manifest.arms)
            self._parts, self._next = [], self._next + 1

    def _check_references(self, result: PackedResult) -> None:
        """`no_shock` and `none` must be the same beside any group of arms."""
        count = len(self.manifest.groups)
        if count == 1:
            return
        seen = self._references.setdefault(result.replication, {})
        seen[result.group] = result.reference
        if len(set(seen.values())) > 1:
            raise EngineError(
                f"replication {result.replication}: no_shock or none differs between groups of "
                "arms; please report this as a defect"
            )
        if len(seen) == count:
            del self._references[result.replication]

    def _learn_columns(self, part: Part) -> None:
        """Note the columns of tables met for the first time; each must have a description."""
        unknown = [table for table in TABLES if table not in self._schemas]
        for table in unknown:
            for name in self.manifest.arms:
                rows = part.read(table, name)
                if rows is not None:
                    self._schemas[table] = rows.schema
                    break
        if any(table in self._schemas for table in unknown):
            self._write_dictionary()

    def _write_dictionary(self) -> None:
        columns = ("table", "column", "type", "unit", "meaning", "formula")
        write_csv_rows(self.folder / DICTIONARY, columns, self._described_columns())

    def _described_columns(self) -> Iterator[tuple[str, ...]]:
        for table, schema in self._schemas.items():
            kinds = {"arm": "text"}
            for column in schema:
                kind = np.dtype(column.type.to_pandas_dtype()).name
                kinds[column.name] = "text" if kind == "object" else kind
            for name, kind in kinds.items():
                row = self._described.get((table, name))
                if row is None:
                    raise EngineError(f"column {name} of {table} has no description")
                yield table, name, kind, row.unit, row.meaning, row.formula


@contextmanager
def opened(
    folder: str | Path,
    manifest: Manifest,
    dictionary: Sequence[ColumnDescription],
    *,
    overwrite: bool = False,
    resume: bool = False,
) -> Iterator[ResultsStore]:
    """A store ready to receive results, locked against a second run.

    Raises InputError: the folder exists and neither `overwrite` nor `resume` is given; it is not a
    results folder; `resume` finds the results of another run; it cannot be written.
    """
    final = Path(os.path.normpath(Path(folder)))
    store = ResultsStore(final, manifest, dictionary)
    state = final / STATE
    with disk_faults(final, lambda: "nothing was written"):
        check_destination(final, overwrite=overwrite, resume=resume)
        fresh = not final.exists()
        state.mkdir(parents=True, exist_ok=True)
    with ExitStack() as hold:
        with disk_faults(final, lambda: "nothing was written"):
            hold.enter_context(locked(state / "lock", final))
        try:
            with disk_faults(final, lambda: "nothing was changed"):
                if resume and (final / FILE_NAME).is_file():
                    _continue(manifest, final)
                elif overwrite:
                    clear_folder(final)
                store.recover()
                if resume:
                    _adopt_shards(store)
                store.write_manifest()
            yield store
        finally:
            if fresh and not store.done and not store.failed:
                hold.close()
                shutil.rmtree(final, ignore_errors=True)


def check_destination(final: Path, *, overwrite: bool, resume: bool) -> None:
    """Raise InputError unless results may be written there."""
    if final.name in ("", "..") or final == Path():
        raise InputError("not a name for a results folder", file="--out", value=str(final))
    ancestors = [parent for parent in final.parents if parent.exists()]
    if ancestors and not ancestors[0].is_dir():
        raise InputError("this is a file, not a folder", file=str(ancestors[0]))
    if final.is_symlink() and not final.exists():
        raise InputError("this link leads nowhere", file=str(final), allowed="a new folder")
    if final.exists() and not final.is_dir():
        raise InputError("this is not a folder", file=str(final), allowed="a new folder")
    shards = final / SHARDS
    if shards.is_dir() and not any(shards.iterdir()):
        shards.rmdir()  # left by a shard that could not start
    if not final.is_dir() or not any(final.iterdir()):
        return
    if not any((final / name).exists() for name in (FILE_NAME, STATE, SHARDS)):
        # Never delete what this program has not written.
        raise InputError(
            "the folder exists and holds no results of rebound-sim",
            file=str(final),
            allowed="a new or empty folder",
        )
    if not (overwrite or resume):
        what = "the results folder exists"
        if not (final / FILE_NAME).exists() and (final / SHARDS).exists():
            what = "the folder holds shards"
        allowed = "--overwrite, --resume, or another --out"
        raise InputError(what, file=str(final), allowed=allowed)


def _continue(manifest: Manifest, final: Path) -> None:
    """Refuse another run's results; go on with the groups and the time of this one."""
    before = read_manifest(final)
    manifest.identity.refuse_other(before.identity, final)
    manifest.groups = before.groups
    manifest.duration_seconds = before.duration_seconds
    manifest.looks = before.looks


def clear_folder(final: Path) -> None:
    """Remove all of a results folder but its lock; of a link, the link alone."""
    for path in final.iterdir():
        if path.is_symlink():
            path.unlink()
        elif path.name == STATE:
            for inside in path.iterdir():
                if inside.is_dir():
                    shutil.rmtree(inside)
        elif path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _adopt_shards(store: ResultsStore) -> None:
    """Take over all shards of a job array that have a manifest."""
    shards = store.folder / SHARDS
    if not shards.is_dir():
        return
    for shard in sorted(shards.iterdir()):
        if shard.name.startswith("."):
            shutil.rmtree(shard)
            continue
        other = read_manifest(shard)
        store.manifest.identity.refuse_other(other.identity, shard)
        with locked(shard / STATE / "lock", shard):
            if not store.done:
                store.manifest.groups = other.groups
            elif store.manifest.groups != other.groups:
                problem = "this shard has other groups of arms"
                raise InputError(problem, file=str(shard), allowed="the same --group everywhere")
            store.adopt(shard)
            adopt_printed(shard, store.folder)
        # Gone in one step: half a shard could not be read again. The lock is released before, since
        # Windows renames no folder that holds an open file.
        shutil.rmtree(shard.replace(shard.with_name(f".{shard.name}.taken")))
    shards.rmdir()
