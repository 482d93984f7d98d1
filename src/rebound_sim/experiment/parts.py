"""Finished replications on disk, one set of small files each, and their union.

A replication is written as soon as it is there, so that memory does not grow with their number.
Its digests are written last: a replication without them does not count, whatever a kill left.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from rebound_sim.errors import EngineError
from rebound_sim.state.results import ReplicationResult

TABLES = ("trajectories", "projects")
DIGESTS_FILE = "digests.csv"
_ROWS_PER_GROUP = 100_000


def write_part(folder: Path, result: ReplicationResult) -> None:
    """Write one replication into a folder of parts. Raises OSError when the disk refuses."""
    stem = f"{result.replication:06d}"
    for table in TABLES:
        final = folder / f"{stem}.{table}.parquet"
        partial = final.with_suffix(".writing")
        pq.write_table(_as_table(result, table), partial)
        partial.replace(final)
    marker = folder / f"{stem}.json"
    digests = {name: arm.digest for name, arm in result.arms.items()}
    partial = marker.with_suffix(".writing")
    partial.write_text(json.dumps(digests), encoding="utf-8")
    partial.replace(marker)


def finished_parts(folder: Path) -> dict[int, dict[str, str]]:
    """Replication -> arm -> digest, for all finished replications of a folder of parts."""
    return {
        int(marker.stem): json.loads(marker.read_text(encoding="utf-8"))
        for marker in sorted(folder.glob("*.json"))
    }


def _as_table(result: ReplicationResult, table: str) -> pa.Table:
    """Rows of one replication: policy, replication, (month,) then one column per quantity."""
    pieces = []
    for name, arm in result.arms.items():
        columns = dict(arm.trajectory if table == "trajectories" else arm.projects)
        rows = len(next(iter(columns.values()))) if columns else 0
        keys: dict[str, Any] = {
            "policy": pa.array([name] * rows, pa.string()),
            "replication": pa.array(np.full(rows, result.replication, np.int32)),
        }
        if table == "trajectories":
            # Engines that record the burn-in give their months, negative ones included.
            months = columns.pop("month", np.arange(rows))
            keys["month"] = pa.array(np.asarray(months, dtype=np.int32))
        clash = keys.keys() & columns.keys()
        if clash:
            raise EngineError(f"columns {sorted(clash)} of {table} are reserved for the store")
        arrays = {column: pa.array(np.ascontiguousarray(v)) for column, v in columns.items()}
        pieces.append(pa.table({**keys, **arrays}))
    return pa.concat_tables(pieces, promote_options="permissive")


def split_results(results: Path, parts: Path) -> None:
    """Turn a finished folder back into parts, so that a resumed run can add to them."""
    digests: dict[int, dict[str, str]] = {}
    with (results / DIGESTS_FILE).open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            digests.setdefault(int(row["replication"]), {})[row["policy"]] = row["digest"]
    for table in TABLES:
        whole = pq.read_table(results / f"{table}.parquet")
        numbers = whole.column("replication").to_numpy()
        for replication in digests:
            rows = whole.filter(pa.array(numbers == replication))
            pq.write_table(rows, parts / f"{replication:06d}.{table}.parquet")
    for replication, arms in digests.items():
        (parts / f"{replication:06d}.json").write_text(json.dumps(arms), encoding="utf-8")


def join_parts(parts: Path, results: Path, replications: Iterable[int]) -> None:
    """Write one Parquet file per table, rows by replication, arm and month, and the digests."""
    numbers = sorted(replications)
    for table in TABLES:
        files = [parts / f"{number:06d}.{table}.parquet" for number in numbers]
        schema = pa.unify_schemas(
            [pq.read_schema(file) for file in files], promote_options="permissive"
        )
        with pq.ParquetWriter(results / f"{table}.parquet", schema) as writer:
            for batch in _batches(files, schema):
                writer.write_table(batch)
    digests = finished_parts(parts)
    with (results / DIGESTS_FILE).open("w", encoding="utf-8", newline="") as stream:
        writer_csv = csv.writer(stream)
        writer_csv.writerow(("replication", "policy", "digest"))
        for number in numbers:
            writer_csv.writerows((number, arm, text) for arm, text in digests[number].items())


def _batches(files: list[Path], schema: pa.Schema) -> Iterator[pa.Table]:
    """Tables of about `_ROWS_PER_GROUP` rows: few row groups, and memory that stays flat."""
    waiting: list[pa.Table] = []
    rows = 0
    for file in files:
        table = pq.read_table(file)
        waiting.append(table)
        rows += table.num_rows
        if rows >= _ROWS_PER_GROUP:
            yield _united(waiting, schema)
            waiting, rows = [], 0
    if waiting:
        yield _united(waiting, schema)


def _united(tables: list[pa.Table], schema: pa.Schema) -> pa.Table:
    united = pa.concat_tables(tables, promote_options="permissive")
    missing = [name for name in schema.names if name not in united.column_names]
    for name in missing:
        united = united.append_column(name, pa.nulls(united.num_rows, schema.field(name).type))
    return united.select(schema.names).cast(schema)
