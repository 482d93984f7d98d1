"""Finished tasks on disk, one file each, until they are gathered in a batch."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from rebound_sim.experiment.durable import write_durably
from rebound_sim.experiment.packed import PackedResult

SUFFIX = ".part"
Key = tuple[int, int]


@dataclass(frozen=True)
class Part:
    """Where a task's tables stand: a file with a line of JSON, then its Parquet files.

    key : (replication, group)    rows : of trajectories    total : see `sum_of_digests`
    places : (table, arm) -> (first byte, number of bytes)
    """

    path: Path
    key: Key
    rows: int
    total: int
    places: dict[tuple[str, str], tuple[int, int]]

    def read(self, table: str, arm: str, columns: list[str] | None = None) -> pa.Table | None:
        """Rows of a table and arm, None without any."""
        if (table, arm) not in self.places:
            return None
        first, length = self.places[table, arm]
        with self.path.open("rb") as stream:
            stream.seek(first)
            return pq.read_table(io.BytesIO(stream.read(length)), columns=columns)


def write_part(folder: Path, result: PackedResult) -> Part:
    """Put a task on the disk for good. Raises OSError when the disk refuses."""
    head: dict[str, Any] = {
        "replication": result.replication,
        "group": result.group,
        "rows": result.rows,
        "total": f"{result.total:032x}",
        "blobs": [[table, name, len(blob)] for (table, name), blob in result.blobs.items()],
    }
    path = folder / f"{result.replication:07d}-{result.group:03d}{SUFFIX}"
    write_durably(path, json.dumps(head).encode() + b"\n", *result.blobs.values())
    return _as_part(path, head, len(json.dumps(head)) + 1)


def read_parts(folder: Path) -> Iterator[Part]:
    """Parts of a folder by replication and group. What cannot be read is not a finished task."""
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        try:
            with path.open("rb") as stream:
                line = stream.readline()
            part = _as_part(path, json.loads(line), len(line))
            end = max((a + n for a, n in part.places.values()), default=len(line))
            if path.stat().st_size == end:
                yield part
        except (OSError, ValueError, KeyError, TypeError):
            continue


def _as_part(path: Path, head: dict[str, Any], first: int) -> Part:
    places = {}
    for table, name, length in head["blobs"]:
        places[table, name] = (first, length)
        first += length
    key = (int(head["replication"]), int(head["group"]))
    return Part(path, key, int(head["rows"]), int(head["total"], 16), places)
