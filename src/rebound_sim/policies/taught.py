"""In which worlds a plan was chosen: there its figures flatter it, and it must be said.

`rebound optimise` writes plans/taught.json beside its plans; whoever reads one of them finds it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from rebound_sim.whole_files import write_text_whole

FILE = "taught.json"


@dataclass(frozen=True)
class Taught:
    """What chose the plans of a folder.

    parameters : digest of all sets    choice : their name    worlds : sets that taught
    seed : of the luck    version : of the software    plans : names, the preferred one first
    """

    parameters: str
    choice: str
    worlds: tuple[int, ...]
    seed: int
    version: str
    plans: tuple[str, ...]

    def among(self, parameters: str) -> tuple[int, ...]:
        """Worlds that taught, by their numbers among the sets of this digest: none of others."""
        return self.worlds if parameters == self.parameters else ()


def write_taught(taught: Taught, folder: Path) -> None:
    """Write it beside the plans. Raises OSError."""
    text = json.dumps(asdict(taught), indent=1, ensure_ascii=False)
    write_text_whole(folder / FILE, text + "\n")


def taught_in(folder: Path) -> Taught | None:
    """What chose the plans of a folder; None where nothing says so, or not in a form known here."""
    try:
        values = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return Taught(
            str(values["parameters"]),
            str(values["choice"]),
            tuple(int(world) for world in values["worlds"]),
            int(values["seed"]),
            str(values["version"]),
            tuple(str(name) for name in values["plans"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def taught_of(plan: Path) -> Taught | None:
    """The same for one plan: None for a file that the optimisation did not write."""
    taught = taught_in(plan.parent)
    return taught if taught is not None and plan.stem in taught.plans else None
