"""What a results folder lacks although its runs are there: said in its manifest."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from rebound_sim.experiment.durable import write_durably
from rebound_sim.experiment.manifest import FILE_NAME


def note_missing(folder: Path, lines: Sequence[str]) -> None:
    """Write in the manifest what could not be made (a line each): the folder is then incomplete.

    Raises OSError.
    """
    if not lines:
        return
    place = folder / FILE_NAME
    values = json.loads(place.read_text(encoding="utf-8"))
    values["missing"], values["complete"] = list(lines), False
    write_durably(place, (json.dumps(values, indent=2, ensure_ascii=False) + "\n").encode())


def missing_in(folder: Path) -> list[str]:
    """The same lines, none when all is there. Raises OSError, ValueError."""
    values = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
    return [str(line) for line in values.get("missing", ())]
