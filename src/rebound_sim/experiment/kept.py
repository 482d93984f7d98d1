"""Small results kept as they come: a JSON file each, written whole, in the folder of one question.

A folder belongs to one question, sources and all that decides numbers included: another is refused.
What is there is not done again, so that an interrupted run goes on.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from rebound_sim.errors import InputError
from rebound_sim.experiment.durable import STATE, disk_faults, locked, write_durably
from rebound_sim.experiment.interruption import tells_what_is_kept
from rebound_sim.experiment.provenance import INSTEAD, refuse_other_origin
from rebound_sim.experiment.shards import SHARDS
from rebound_sim.windows_names import refuse_names

_QUESTION, _RECORDS = "question.json", "tasks"
Made = TypeVar("Made")


class Kept:
    """Records of a folder, by key. Use `opened_kept`, which checks and locks."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __iter__(self) -> Iterator[str]:
        """Keys of those that are done, sorted."""
        return iter(sorted(path.stem for path in _records(self.folder).glob("*.json")))

    def has(self, key: str) -> bool:
        """Whether this one is done."""
        return self._path(key).is_file()

    def read(self, key: str, made: Callable[[Any], Made]) -> Made:
        """What `made` makes of a record. Raises InputError when the file is not whole."""
        path = self._path(key)
        try:
            return made(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            allowed = "the file removed: it is done again"
            raise InputError("cannot be read", file=str(path), allowed=allowed) from None

    def write(self, key: str, record: Any) -> None:
        """Keep one. Raises InputError when the disk refuses."""
        with _refused_disk(self.folder):
            write_durably(self._path(key), json.dumps(record).encode())

    def remembered(self, key: str, make: Callable[[], Any]) -> Any:
        """What `make` gave when it was first asked for under this key, as JSON keeps it."""
        if not self.has(key):
            self.write(key, make())
        return self.read(key, lambda record: record)

    def _path(self, key: str) -> Path:
        return _records(self.folder) / f"{key}.json"


@contextmanager
def opened_kept(
    folder: Path,
    question: Mapping[str, Any],
    *,
    resume: bool,
    overwrite: bool | None = None,
    beside: bool = False,
) -> Iterator[Kept]:
    """The records of a folder, locked, of this question alone.

    question  : what is asked and its provenance, by words that say what differs
    overwrite : None where the command has no such option
    beside    : the folder may hold other files
    Raises InputError: results are there and neither option is given; they answer another question;
    the folder holds something else; it cannot be written.
    """
    note, instead = folder / STATE / _QUESTION, "another --out" if overwrite is None else INSTEAD
    refuse_names(folder)
    if folder.exists() and not folder.is_dir():
        raise InputError("this is not a folder", file=str(folder), allowed="a new folder")
    if note.is_file() and not (overwrite or resume):
        allowed = f"--resume, or {instead}" if overwrite is None else f"--resume, {instead}"
        raise InputError("the results folder exists", file=str(folder), allowed=allowed)
    if not (beside or note.is_file()) and _holds_something(folder):
        allowed = "a new or empty folder"
        raise InputError("the folder holds something else", file=str(folder), allowed=allowed)
    with _refused_disk(folder):
        _records(folder).mkdir(parents=True, exist_ok=True)
        with locked(folder / STATE / "lock", folder):
            if note.is_file() and not overwrite:
                _refuse_other(note, question, folder, instead)
            for path in _records(folder).glob("*.json") if overwrite else ():
                path.unlink()
            if resume:
                _take_shards(folder, question, instead)
            write_durably(note, json.dumps(question, sort_keys=True, indent=1).encode())
            with tells_what_is_kept(folder):
                yield Kept(folder)


def _take_shards(folder: Path, question: Mapping[str, Any], instead: str) -> None:
    """Take over the records of all jobs of an array. Raises InputError for another question."""
    shards = folder / SHARDS
    for shard in sorted(shards.iterdir()) if shards.is_dir() else ():
        with locked(shard / STATE / "lock", shard):
            _refuse_other(shard / STATE / _QUESTION, question, shard, instead)
            for record in _records(shard).glob("*.json"):
                record.replace(_records(folder) / record.name)
        shutil.rmtree(shard)
    if shards.is_dir():
        shards.rmdir()


def _refused_disk(folder: Path) -> Any:
    return disk_faults(folder, lambda: "finished tasks are kept; add --resume to go on")


def _records(folder: Path) -> Path:
    return folder / STATE / _RECORDS


def _holds_something(folder: Path) -> bool:
    """Anything but what a run leaves that was killed as it began."""
    if not folder.is_dir():
        return False
    others = [path for path in folder.iterdir() if path.name != STATE]
    return bool(others) or any(_records(folder).glob("*.json"))


def _refuse_other(note: Path, question: Mapping[str, Any], folder: Path, instead: str) -> None:
    now = json.loads(json.dumps(question))
    try:
        before = dict(json.loads(note.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        raise InputError("cannot be read", file=str(note), allowed=instead) from None
    refuse_other_origin(now, before, folder, instead)
    other = [name for name in now if before.get(name) != now[name]]
    if other:
        problem = f"these results answer another question: {', '.join(other)} differ"
        raise InputError(problem, file=str(folder), allowed=instead)
