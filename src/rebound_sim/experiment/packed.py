"""What a task gives back: tables packed as Parquet by the worker, and the names of the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

TABLES = ("runs", "trajectories", "ledger", "projects")
DONE, FAILED = "done", "failed"


@dataclass(frozen=True)
class PackedResult:
    """What a task gives back.

    blobs     : (table, arm) -> Parquet file, without the column `arm`
    rows      : rows of trajectories
    reference : digest of `no_shock` and `none`, which must not depend on the group
    total     : sum of digests of the runs, see `sum_of_digests`
    errors    : arm -> error of the arms that failed
    printed   : arm -> what the user's rule wrote on its output
    fault     : error of the engine that ended the task, "" without one
    pieces    : of the task, one of which this is
    """

    point: int
    replication: int
    group: int
    blobs: Mapping[tuple[str, str], bytes]
    rows: int = 0
    reference: str = ""
    total: int = 0
    errors: Mapping[str, str] = field(default_factory=dict)
    printed: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""
    pieces: int = 1
