"""Results folders of earlier versions, read as those of this one. They are never written again.

`1`           : `run`, one scenario: one Parquet file a table, a column `policy`, money in columns
`programme 1` : `compare`: as now, with `strategy` where `arm` stands
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from rebound_sim.errors import InputError

#: Column of the arm by format, in file names or in tables.
ARM_NAMES: Mapping[str, str] = {"1": "policy", "programme 1": "strategy"}


def _manifest_of_run(values: Mapping[str, Any]) -> dict[str, Any]:
    scenario, identity = dict(values["scenario"]), values["identity"]
    basin = scenario.pop("basin")
    synthetic = basin.get("synthetic")
    code = str(basin.get("zone") or (synthetic or {}).get("label"))
    zone = {"code": code, "closure": scenario.pop("closure", []), "synthetic": synthetic}
    arms, count = list(values["arms"]), len(values["replications"])
    kept = (
        "command",
        "failures",
        "complete",
        "interrupted",
        "results_digest",
        "duration_seconds",
        "git_commit",
        "versions",
        "parameters",
        "requested_replications",
    )
    return {
        **{name: values[name] for name in kept if name in values},
        "identity": _identity(identity, "policy_digests"),
        "world": {**scenario, "programme": None, "zone": [zone]},
        "arms": arms,
        "zones": [code],
        "groups": [arms[2:]],
        "titles": {p["name"]: p.get("title", "") for p in values.get("policies", ())},
        "tasks": values["requested_replications"],
        "done": count,
        "written_utc": values.get("finished_utc", ""),
        "format": str(values["format"]),
    }


def _manifest_of_programme(values: Mapping[str, Any]) -> dict[str, Any]:
    found = {k: v for k, v in values.items() if k not in ("identity", "scenario", "strategies")}
    return found | {
        "identity": _identity(values["identity"], "strategy_digests"),
        "world": values["scenario"],
        "arms": values["strategies"],
    }


def _identity(noted: Mapping[str, Any], arms: str) -> dict[str, Any]:
    return {
        "provenance": {"rebound-sim": noted["version"], "sources": noted["source_digest"]},
        "seed": noted["seed"],
        "world_digest": noted["scenario_digest"],
        "parameters_digest": noted["parameters_digest"],
        "arm_digests": noted[arms],
    }


#: Format → the manifest of this version that says the same.
FORMATS: Mapping[object, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    1: _manifest_of_run,
    "programme 1": _manifest_of_programme,
}


def unknown_column(folder: Path, column: str, known: Sequence[str]) -> InputError:
    """An InputError that names the nearest column."""
    return InputError.unknown("not in these results", column, known, file=str(folder))


def rows_of_run(
    folder: Path, table: str, arms: Sequence[str], zone: str, columns: Sequence[str] | None
) -> Iterator[tuple[str, pa.Table]]:
    """(arm, rows) of a table of a former run, months of the burn-in left out."""
    if table == "runs":
        whole = _digests(folder)
    elif table == "ledger":
        whole = _journal(pq.read_table(folder / "trajectories.parquet"))
    else:
        whole = pq.read_table(folder / f"{table}.parquet")
    if table == "trajectories":
        whole = whole.filter(pa.compute.greater_equal(whole["month"], 0))
    for column in columns or ():
        if column != "zone" and column not in whole.column_names:
            raise unknown_column(folder, column, whole.column_names)
    whole = whole.append_column("zone", pa.array([zone] * whole.num_rows, pa.string()))
    for arm in arms:
        rows = whole.filter(pa.compute.equal(whole["policy"], arm)).drop_columns(["policy"])
        if rows.num_rows:
            yield arm, rows if columns is None else rows.select(list(columns))


def with_present_names(rows: pa.Table) -> pa.Table:
    """The same with the names that instruments have now."""
    place = rows.schema.get_field_index("instrument")
    if place < 0:
        return rows
    names = rows["instrument"]
    for then, now in _INSTRUMENTS.items():
        names = pa.compute.if_else(pa.compute.equal(names, then), now, names)
    return rows.set_column(place, "instrument", names)


def _digests(folder: Path) -> pa.Table:
    """Every replication stored had ended well."""
    with (folder / "digests.csv").open(encoding="utf-8", newline="") as stream:
        found = list(csv.DictReader(stream))
    count = len(found)
    return pa.table(
        {
            "policy": pa.array([row["policy"] for row in found], pa.string()),
            "replication": pa.array([int(row["replication"]) for row in found], pa.int32()),
            "status": pa.array(["done"] * count, pa.string()),
            "error": pa.array([""] * count, pa.string()),
            "allocation": pa.array([""] * count, pa.string()),
            "digest": pa.array([row["digest"] for row in found], pa.string()),
            "shared": pa.array([False] * count),
            "months_simulated": pa.array([0.0] * count),
        }
    )


#: Former name of an instrument in journals → its name.
_INSTRUMENTS: Mapping[str, str] = {"takeover": "takeover_support"}
#: Kinds of the journal, by the columns where a former run had their sums.
_KINDS = {
    "envelope": "allocated",
    "committed": "committed",
    "cancelled": "cancelled",
    "paid": "paid",
    "returned": "returned",
}


def _journal(rows: pa.Table) -> pa.Table:
    """Movements of euros of each month, from the sums that stood in columns; of no project."""
    found: dict[str, list[Any]] = {
        name: [] for name in ("policy", "replication", "instrument", "month", "kind", "amount_eur")
    }
    keys = [rows[name].to_numpy() for name in ("policy", "replication", "month")]
    order = np.lexsort((keys[2], keys[1], keys[0].astype(str)))
    policy, replication, month = (key[order] for key in keys)
    first = np.r_[True, (policy[1:] != policy[:-1]) | (replication[1:] != replication[:-1])]
    for column in rows.column_names:
        instrument, _, kind = column.removesuffix("_total_eur").rpartition("_")
        if not column.endswith("_total_eur") or kind not in _KINDS:
            continue
        sums = rows[column].to_numpy()[order].astype(np.int64)
        moved = np.where(first, sums, np.diff(sums, prepend=0))
        for row in np.flatnonzero(moved):
            less = moved[row] < 0
            cells = (
                policy[row],
                int(replication[row]),
                instrument,
                int(month[row]),
                "recalled" if less else _KINDS[kind],
                abs(int(moved[row])),
            )
            for name, value in zip(found, cells, strict=True):
                found[name].append(value)
    return pa.table(found).append_column("project", pa.array([-1] * len(found["month"])))
