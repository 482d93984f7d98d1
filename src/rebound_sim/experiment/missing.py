"""What a results folder lacks although its runs are there: said in its manifest."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from rebound_sim.experiment.durable import write_durably
from rebound_sim.experiment.manifest import FILE_NAME

#: What is missing while tables and figures are made: it stays when the run is stopped meanwhile.
UNDER_WAY: Final = "tables and figures: the run was stopped while they were made"


def note_missing(folder: Path, lines: Sequence[str]) -> None:
    """Write in the manifest what is not there (a line each); it is complete without any.

    Raises OSError.
    """
    place = folder / FILE_NAME
    values = json.loads(place.read_text(encoding="utf-8"))
    values["missing"] = list(lines)
    values["complete"] = not lines and not values.get("failed")
    write_durably(place, (json.dumps(values, indent=2, ensure_ascii=False) + "\n").encode())


def missing_in(folder: Path) -> list[str]:
    """The same lines, none when all is there. Raises OSError, ValueError."""
    values = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
    return [str(line) for line in values.get("missing", ())]
