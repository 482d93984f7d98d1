"""Records that a command wrote and another reads: what they lack is a fault of the file, not of the
program (a copy cut short, an editor, another version)."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from rebound_sim.errors import InputError


class Record(dict[str, Any]):
    """A mapping read from a file; a key that is not there raises InputError."""

    file = ""

    def __missing__(self, key: str) -> Any:
        raise InputError("not whole, or of another version", file=self.file, key=key)


def _of(path: Path, values: dict[str, Any]) -> Record:
    record = Record(values)
    record.file = str(path)
    return record


def read_record(path: Path) -> Record:
    """A JSON object; objects inside are records too. Raises InputError when it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
        found = json.loads(text, object_hook=lambda values: _of(path, values))
    except (OSError, ValueError, RecursionError):
        found = None
    if not isinstance(found, Record):
        raise InputError("cannot be read", file=str(path))
    return found


def read_rows(path: Path) -> tuple[Record, ...]:
    """Rows of a CSV table. Raises InputError when it cannot be read, or a row is short."""
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream, restkey="", restval=None))
    except OSError as fault:
        raise InputError("cannot be read", file=str(path), value=fault.strerror) from None
    except (ValueError, csv.Error):
        raise InputError("cannot be read", file=str(path)) from None
    if any("" in row or None in row.values() for row in rows):
        raise InputError("has rows that are shorter or longer than its header", file=str(path))
    return tuple(_of(path, row) for row in rows)
