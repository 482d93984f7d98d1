"""Panels of a results folder: which arms and replications can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from rebound_sim.arrays import Column
from rebound_sim.data.directory import zone_names
from rebound_sim.errors import InputError
from rebound_sim.experiment.packed import DONE
from rebound_sim.experiment.results import Results, read_results
from rebound_sim.statistics.panels import NO_SHOCK, NONE, Failure, Panels


def comparable(
    runs: Mapping[str, Column], arms: tuple[str, ...], replications: NDArray[np.int64]
) -> tuple[tuple[str, ...], NDArray[np.int64], tuple[Failure, ...]]:
    """Arms compared, `none` first; positions of replications where all are; failures.

    Replications without both references are left out. A strategy that failed in one of the others
    is left out of all: those where it did not fail are not a fair sample. Replications that lack
    an arm (the run was interrupted) are left out too.
    """
    zones = max(np.unique(runs["zone"]).size, 1)
    done = {
        arm: _whole(runs, (runs["arm"] == arm) & (runs["status"] == DONE), replications, zones)
        for arm in arms
    }
    base = np.ones(replications.size, dtype=bool)
    for reference in (NO_SHOCK, NONE):
        base &= done.get(reference, np.zeros(replications.size, dtype=bool))
    failures = []
    for arm in arms:
        wrong = (runs["arm"] == arm) & (runs["status"] != DONE)
        if arm not in (NO_SHOCK, NONE):
            wrong &= np.isin(runs["replication"], replications[base])
        rows = np.flatnonzero(wrong)
        if rows.size:
            count = np.unique(runs["replication"][rows]).size
            failures.append(Failure(arm, count, str(runs["error"][rows[0]])))
    failed = {failure.arm for failure in failures}
    rest = tuple(arm for arm in arms if arm not in failed and arm not in (NO_SHOCK, NONE))
    for arm in rest:
        base &= done[arm]
    return (NONE, *rest), np.flatnonzero(base), tuple(failures)


def _whole(
    runs: Mapping[str, Column], rows: Column, replications: NDArray[np.int64], zones: int
) -> NDArray[np.bool_]:
    """Replications where as many rows as there are zones were selected: bool[replications]."""
    counts = np.zeros(replications.size, np.int64)
    found = runs["replication"][rows]
    np.add.at(counts, np.searchsorted(replications, found), 1)
    return np.asarray(counts == zones)


def panels_of(results: Panels | Results | str | Path) -> Panels:
    """Panels of a results folder, read or not. Raises InputError (not such a folder)."""
    if isinstance(results, Panels):
        return results
    if isinstance(results, str | Path):
        results = read_results(results)
    manifest, world = results.manifest, results.manifest.world
    runs = _texts(results.table("runs"))
    if not runs:
        raise InputError("nothing has ended in these results", file=str(results.folder))
    arms, replications = tuple(results.arms), np.asarray(results.replications, np.int64)
    compared, complete, failures = comparable(runs, arms, replications)
    sets = _parameter_sets(manifest.parameters)
    # In the order of the worlds, whichever of their lucks came first.
    worlds = replications[complete] % sets if sets > 1 else replications[complete]
    first = np.unique(worlds, return_index=True)[1]
    return Panels(
        read=results.panel,
        arms=arms,
        zones=tuple(results.zones),
        months=np.arange(int(world["time"]["months"])),
        groups=len(manifest.groups),
        burn_in=int(world["time"]["burn_in_months"]),
        ended=replications,
        replications=replications[complete[first]],
        further=replications[np.delete(complete, first)],
        compared=compared,
        closures={entry["code"]: tuple(entry["closure"]) for entry in world["zone"]},
        runs=runs,
        ledger=_texts(results.table("ledger")) or _no_entries(),
        read_projects=lambda: _texts(results.table("projects")),
        failures=failures,
        names=zone_names(),
        titles=manifest.titles,
        taught=manifest.taught,
        parameter_sets=sets,
        until=manifest.until,
        envelope_eur=float((world.get("programme") or {}).get("envelope_eur", 0.0)),
        title=str(world.get("title", "")),
        seed=manifest.identity.seed,
        version=manifest.version,
    )


def _parameter_sets(recorded: Mapping[str, Any]) -> int:
    """Sets that replications use in turn. recorded : `parameters` of a manifest."""
    several = recorded.get("choice") in ("ensemble", "posterior")
    return int(recorded["sets"]) if several else 0


def _texts(table: Mapping[str, Column]) -> dict[str, Column]:
    """Text columns as fixed-width text, which compares and sorts faster than objects."""
    return {
        name: _fixed_width(column) if column.dtype == object else column
        for name, column in table.items()
    }


def _fixed_width(column: Column) -> Column:
    """The few different words are converted, not each cell."""
    encoded = pa.array(column, pa.string()).dictionary_encode()
    words: Column = np.array(encoded.dictionary.to_pylist(), dtype=str)
    return np.asarray(words[encoded.indices.to_numpy()])


def _no_entries() -> dict[str, Column]:
    """The ledger of a run in which no euro has moved."""
    texts = {name: np.array([], dtype=str) for name in ("arm", "zone", "instrument", "kind")}
    numbers = ("replication", "project", "month", "amount_eur")
    return texts | {name: np.array([], dtype=np.int64) for name in numbers}
