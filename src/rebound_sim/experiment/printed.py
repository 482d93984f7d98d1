"""What the rules of users write on their output: kept apart, in `printed/NAME.txt` of the results.

A rule runs in a process of its own, so that its output reaches neither the command's nor JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rebound_sim.windows_names import kept_name

FOLDER = "printed"
_LARGEST_BYTES = 5_000_000


def keep_printed(folder: Path, replication: int, printed: Mapping[str, str]) -> list[Path]:
    """Add what strategies wrote in a replication to their files; those that are new.

    Raises OSError.
    """
    new = []
    for name, text in printed.items():
        place = folder / FOLDER / f"{kept_name(name)}.txt"
        if not text or (place.exists() and place.stat().st_size > _LARGEST_BYTES):
            continue
        if not place.exists():
            place.parent.mkdir(exist_ok=True)
            new.append(place)
        with place.open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(f"--- replication {replication}\n{text.rstrip()}\n")
    return new


def adopt_printed(shard: Path, folder: Path) -> None:
    """Add the files of a part of the work to those of the whole. Raises OSError."""
    for found in sorted((shard / FOLDER).glob("*.txt")):
        place = folder / FOLDER / found.name
        place.parent.mkdir(exist_ok=True)
        with place.open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(found.read_text(encoding="utf-8"))
