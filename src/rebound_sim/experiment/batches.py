"""Many finished tasks in a few Parquet files: `TABLE/arm=NAME/batch-00000.parquet`.

A batch counts from the moment its entry in the index is on the disk, which is written last; files
without an entry are what a kill has left, and are removed when the folder is opened again.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pyarrow as pa
import pyarrow.parquet as pq

from rebound_sim.errors import EngineError, InputError
from rebound_sim.experiment.durable import (
    STATE,
    flush_file,
    flush_folder,
    write_durably,
)
from rebound_sim.experiment.packed import TABLES
from rebound_sim.experiment.task_parts import Key, Part
from rebound_sim.whole_files import replace_file

FAILED_FILE = "failed.parquet"
_ROWS_PER_GROUP = 50_000


@dataclass(frozen=True)
class Batch:
    """One entry of the index.

    keys  : its tasks    total : sum of digests of their runs
    files : its files as they were written; empty where an earlier version wrote it
    """

    number: int
    keys: tuple[Key, ...]
    total: int
    files: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """Name of its files, the same in every folder."""
        return f"batch-{self.number:05d}.parquet"

    def write(self, index: Path, results: Path) -> None:
        """Make the batch count, with the files of the results that are its own."""
        files = sorted(
            file.relative_to(results).as_posix()
            for table in TABLES
            for file in (results / table).glob(f"arm=*/{self.file}")
        )
        values = {"keys": self.keys, "total": f"{self.total:032x}", "files": files}
        write_durably(index / f"{self.number:05d}.json", json.dumps(values).encode())


def read_index(index: Path) -> list[Batch]:
    """Batches that count, in order. Raises InputError for what this did not write."""
    found = []
    for path in sorted(index.glob("[0-9]*.json")):
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            keys = tuple((int(a), int(b)) for a, b in values["keys"])
            files = tuple(map(str, values.get("files", ())))
            found.append(Batch(int(path.stem), keys, int(values["total"], 16), files))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise InputError(
                "its list of batches is damaged",
                file=str(index.parents[1]),
                allowed="a new copy, or --overwrite",
            ) from None
    return found


def table_folder(results: Path, table: str, arm: str, key: str = "arm") -> Path:
    """Folder of the rows of a table in an arm, named as Hive does. key : of former results too."""
    return results / table / f"{key}={quote(arm, safe='')}"


def counted_files(results: Path, table: str) -> list[Path]:
    """Files of a table that count, in order; all visible ones in a copy without hidden files."""
    index = results / STATE / "batches"
    found = sorted((results / table).glob("*=*/*.parquet"))
    if not index.is_dir():
        return found
    known = {FAILED_FILE, *(batch.file for batch in read_index(index))}
    return [file for file in found if file.name in known]


def gather(
    results: Path,
    index: Path,
    number: int,
    parts: Sequence[Part],
    arms: Iterable[str],
    keep: bool = False,
) -> Batch:
    """Make a batch of parts, which are removed at the end unless they are to be kept."""
    parts = sorted(parts, key=lambda part: part.key)
    total = sum(part.total for part in parts) % 2**128
    batch = Batch(number, tuple(part.key for part in parts), total)
    for table in TABLES:
        for name in arms:
            tables = (part.read(table, name) for part in parts)
            folder = table_folder(results, table, name)
            write_rows((t for t in tables if t is not None), folder, batch.file)
    batch.write(index, results)
    for part in parts if not keep else ():
        part.path.unlink()
    return batch


def write_rows(tables: Iterable[pa.Table], folder: Path, file: str) -> None:
    """One Parquet file of several tables of the same columns; none when there is no table."""
    writer, waiting, rows = None, [], 0
    partial = folder / f".{file}.writing"
    schema = None
    try:
        for table in tables:
            if writer is None:
                folder.mkdir(parents=True, exist_ok=True)
                schema = table.schema
                writer = pq.ParquetWriter(partial, schema)
            waiting.append(_conform(table, schema))
            rows += table.num_rows
            if rows >= _ROWS_PER_GROUP:
                writer.write_table(pa.concat_tables(waiting))
                waiting, rows = [], 0
        if writer is None:
            return
        if waiting:
            writer.write_table(pa.concat_tables(waiting))
    finally:
        if writer is not None:
            writer.close()
    flush_file(partial)
    replace_file(partial, folder / file)
    flush_folder(folder)


def _conform(table: pa.Table, schema: pa.Schema) -> pa.Table:
    if table.schema.names != schema.names:
        other = sorted(set(table.schema.names) ^ set(schema.names))
        raise EngineError(f"tasks gave different columns: {', '.join(other)}")
    return table.cast(schema)


def take_batch(
    source: Path, batch: Batch, wanted: dict[str, set[int]], results: Path, number: int
) -> None:
    """Files of a batch of another folder, under a new number, not yet in the index.

    wanted : arm -> replications to take; the files are linked when that is all they hold
    """
    every = {replication for replication, _ in batch.keys}
    for table in TABLES:
        for name, replications in wanted.items():
            file = table_folder(source, table, name) / batch.file
            if not file.exists() or not replications:
                continue
            folder = table_folder(results, table, name)
            folder.mkdir(parents=True, exist_ok=True)
            final = folder / Batch(number, (), 0).file
            if replications == every:
                _link(file, final)
            else:
                rows = pq.read_table(file, partitioning=None)
                kept = pa.array(sorted(replications), pa.int32())
                rows = rows.filter(pa.compute.is_in(rows["replication"], kept))
                write_rows([rows], folder, final.name)
            flush_folder(folder)


def _link(file: Path, final: Path) -> None:
    final.unlink(missing_ok=True)
    try:
        os.link(file, final)
    except OSError:
        shutil.copyfile(file, final)
        flush_file(final)


def remove_strays(results: Path, batches: Iterable[Batch]) -> None:
    """Remove files of tables that no batch counts."""
    known = {batch.file for batch in batches}
    for table in TABLES:
        for file in (results / table).glob("arm=*/*"):
            if file.name not in known:
                file.unlink()
