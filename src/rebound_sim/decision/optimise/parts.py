"""Tasks of an optimisation, kept as they come: what is there is not done again.

A run with other limits or objectives uses the response table that stands.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from rebound_sim.decision.optimise.ends import CELLS, Ends, EndsTask
from rebound_sim.errors import EngineError
from rebound_sim.experiment.executors import Team, workers_on
from rebound_sim.experiment.kept import Kept
from rebound_sim.experiment.memory import bytes_of_world, that_fit
from rebound_sim.experiment.watcher import Watcher


def kept_ends(kept: Kept, key: str) -> Ends:
    """What a task left. Raises InputError when its file is not whole."""

    def made(values: Any) -> Ends:
        cells = {name: np.array(values["cells"][name], float) for name in CELLS}
        people = np.array(values["people"], float)
        return Ends(key, tuple(values["zones"]), tuple(values["arms"]), cells, people)

    return kept.read(key, made)


def keep_ends(kept: Kept, ends: Ends) -> None:
    """Keep what a task left. Raises InputError when the disk refuses."""
    values = {
        "zones": ends.zones,
        "arms": ends.arms,
        "people": ends.people.tolist(),
        "cells": {name: cells.tolist() for name, cells in ends.cells.items()},
    }
    kept.write(ends.key, values)


def key_of(kind: str, *parts: object) -> str:
    """Name of a task: its kind, and a digest of what decides its numbers."""
    text = json.dumps([str(part) for part in parts])
    return f"{kind}-{hashlib.sha256(text.encode()).hexdigest()[:20]}"


def do_missing(tasks: Iterable[EndsTask], parts: Kept, team: Team, watcher: Watcher) -> None:
    """Do the tasks that are not done. Raises EngineError for one that fails, the others kept."""
    whole = list(tasks)
    missing = [task for task in whole if not parts.has(task.key)]
    done = len(whole) - len(missing)
    watcher.advanced(done, len(whole))
    if not missing:
        return
    workers = workers_on(_fitting(missing, watcher) if team is None else team)
    workers.prepare(watcher)
    results: Iterator[Ends] = workers.run(missing)
    try:
        for ends in results:
            if ends.fault:
                raise EngineError(f"{ends.key}: {ends.fault}")
            keep_ends(parts, ends)
            done += 1
            watcher.advanced(done, len(whole))
    finally:
        results.close()  # type: ignore[attr-defined]  # a generator


def _fitting(tasks: Sequence[EndsTask], watcher: Watcher) -> int:
    """Processes that memory holds: arms of the whole programme need some 2 GB together."""
    sizes = {(task.world.codes, len(task.arms)): task for task in tasks}
    need = max(bytes_of_world(task.world, len(task.arms)) for task in sizes.values())
    count, note = that_fit(need, len(tasks))
    if note:
        watcher.said(note)
    return count
