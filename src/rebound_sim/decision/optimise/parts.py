"""Finished tasks of an optimisation, on the disk as they come: one small file each.

A folder belongs to one question (world, menu, parameters, luck, sources): another is refused. What
is there is not done again, so that an interrupted run goes on, and a run with other limits or
objectives uses the response table that stands.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from rebound_sim.decision.optimise.ends import CELLS, Ends, EndsTask
from rebound_sim.errors import EngineError, InputError
from rebound_sim.experiment.compiling import compile_once
from rebound_sim.experiment.durable import disk_faults, locked, write_durably
from rebound_sim.experiment.pool import available_workers, run_jobs
from rebound_sim.experiment.provenance import INSTEAD, refuse_other_origin
from rebound_sim.experiment.watcher import Watcher

STATE = ".state"
_IDENTITY = "question.json"


class Parts:
    """Files of finished tasks in a folder, by key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / STATE / "tasks"

    def has(self, key: str) -> bool:
        """Whether this task is done."""
        return self._path(key).is_file()

    def read(self, key: str) -> Ends:
        """Raises InputError when the file is not whole."""
        try:
            values = json.loads(self._path(key).read_text(encoding="utf-8"))
            cells = {name: np.array(values["cells"][name], float) for name in CELLS}
            return Ends(
                key,
                tuple(values["zones"]),
                tuple(values["arms"]),
                cells,
                np.array(values["people"], float),
            )
        except (OSError, ValueError, KeyError, TypeError):
            raise InputError("cannot be read", file=str(self._path(key))) from None

    def write(self, ends: Ends) -> None:
        """Keep one. Raises OSError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        values = {
            "zones": ends.zones,
            "arms": ends.arms,
            "people": ends.people.tolist(),
            "cells": {name: cells.tolist() for name, cells in ends.cells.items()},
        }
        write_durably(self._path(ends.key), json.dumps(values).encode())

    def remembered(self, key: str, make: Callable[[], Any]) -> Any:
        """What `make` gave when it was first asked for under this key, as JSON keeps it."""
        path = self._path(key)
        try:
            return json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            found = make()
        self.folder.mkdir(parents=True, exist_ok=True)
        write_durably(path, json.dumps(found).encode())
        return found

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.json"


def key_of(kind: str, *parts: object) -> str:
    """Name of a task: its kind, and a digest of what decides its numbers."""
    text = json.dumps([str(part) for part in parts])
    return f"{kind}-{hashlib.sha256(text.encode()).hexdigest()[:20]}"


def do_missing(
    tasks: Iterable[EndsTask], parts: Parts, workers: int | None, watcher: Watcher
) -> None:
    """Do the tasks that are not done. Raises EngineError for one that fails, the others kept."""
    whole = list(tasks)
    missing = [task for task in whole if not parts.has(task.key)]
    done = len(whole) - len(missing)
    watcher.advanced(done, len(whole))
    if not missing:
        return
    compile_once(watcher.said)
    count = available_workers() if workers is None else workers
    results: Iterator[Ends] = run_jobs(missing, count)
    try:
        for ends in results:
            if ends.fault:
                raise EngineError(f"{ends.key}: {ends.fault}")
            parts.write(ends)
            done += 1
            watcher.advanced(done, len(whole))
    finally:
        results.close()  # type: ignore[attr-defined]  # a generator


@contextmanager
def opened(
    folder: Path, question: Mapping[str, object], *, overwrite: bool, resume: bool
) -> Iterator[Parts]:
    """The parts of a folder, locked, of this question alone.

    Raises InputError: results are there and neither option is given; they answer another question;
    the folder holds something else.
    """
    state = folder / STATE
    if folder.exists() and any(folder.iterdir()) and not state.is_dir():
        raise InputError(
            "the folder exists and holds no optimisation",
            file=str(folder),
            allowed="a new or empty folder",
        )
    if (state / _IDENTITY).is_file() and not (overwrite or resume):
        raise InputError(
            "the results folder exists",
            file=str(folder),
            allowed="--overwrite, --resume, or another --out",
        )
    with disk_faults(folder, lambda: "finished tasks are kept; add --resume to go on"):
        state.mkdir(parents=True, exist_ok=True)
        with locked(state / "lock", folder):
            text = json.dumps(question, sort_keys=True, indent=1)
            _check(state / _IDENTITY, text, folder, overwrite=overwrite)
            write_durably(state / _IDENTITY, text.encode())
            yield Parts(folder)


def _check(identity: Path, text: str, folder: Path, *, overwrite: bool) -> None:
    if not identity.is_file():
        return
    if overwrite:
        for path in (folder / STATE / "tasks").glob("*.json"):
            path.unlink()
        return
    now = json.loads(text)
    try:
        before = dict(json.loads(identity.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        raise InputError("cannot be read", file=str(identity), allowed=INSTEAD) from None
    refuse_other_origin(now, before, folder)
    other = [name for name in now if before.get(name) != now[name]]
    if other:
        raise InputError(
            f"these results answer another question: {', '.join(other)} differ",
            file=str(folder),
            allowed=INSTEAD,
        )
