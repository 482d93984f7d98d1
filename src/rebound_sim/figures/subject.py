"""What a figure is drawn of: a results folder, opened once, and what kind of results it holds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from rebound_sim.errors import InputError
from rebound_sim.experiment.manifest import not_results, read_manifest
from rebound_sim.experiment.sweep_run import read_sweep_manifest
from rebound_sim.statistics.comparable import panels_of
from rebound_sim.statistics.programme.summary import Summary
from rebound_sim.statistics.programme.sweep import SweepTable, read_sweep

KINDS = (
    "programme",
    "run",
    "sweep",
    "validation",
    "screening",
    "optimisation",
    "drivers",
    "information",
)
#: Files of decisions: their name tells the kind.
_RECORDS = {"drivers.json": "drivers", "value.json": "information"}


@dataclass(frozen=True)
class Subject:
    """Results to draw. Parts are read when a figure first asks for them.

    kind       : one of KINDS
    folder     : of the results, or the table of a screening; None when they are in memory
    made       : comparison of arms, or points of a sweep, in memory
    policy     : of a run, its first one if none is named
    boundaries : official file of the zones' boundaries, in place of bubbles alone
    """

    kind: str
    folder: Path | None = None
    made: Summary | SweepTable | None = None
    policy: str = ""
    boundaries: Path | None = None

    @cached_property
    def comparison(self) -> Summary:
        """A programme's results and what follows from them."""
        if isinstance(self.made, Summary):
            return self.made
        return Summary(panels_of(self._where))

    @cached_property
    def sweep(self) -> SweepTable:
        """Points of a sweep."""
        return self.made if isinstance(self.made, SweepTable) else read_sweep(self._where)

    @property
    def chosen(self) -> tuple[str, ...]:
        """Figures named in the file that the results come from; empty without a choice."""
        if self.folder is None or self.kind not in ("programme", "run", "sweep"):
            return ()
        if self.kind == "sweep":
            asked = read_sweep_manifest(self.folder).sweep
        else:
            asked = read_manifest(self.folder).world
        return tuple(asked.get("figures", {}).get("only", ()))

    @property
    def place(self) -> Path:
        """The folder, or the file of a study. Raises InputError for results in memory."""
        return self._where

    @property
    def _where(self) -> Path:
        if self.folder is None:
            raise InputError("these results have no folder")
        return self.folder


def subject_of(folder: str | Path, boundaries: str | Path | None = None) -> Subject:
    """Results of a folder, a table of sensitivity (a CSV file), or a study of decision (JSON).

    Raises InputError when it is neither.
    """
    place = Path(folder)
    outlines = Path(boundaries) if boundaries else None
    return Subject(_kind(place), place, boundaries=outlines)


def _kind(place: Path) -> str:
    if place.is_file() and place.suffix == ".csv":
        return "screening"
    if place.is_file() and place.name in _RECORDS:
        return _RECORDS[place.name]
    if (place / "optimise.json").is_file():
        return "optimisation"
    if (place / "moments.csv").is_file():
        return "validation"
    try:
        manifest: Any = json.loads((place / "manifest.json").read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise not_results(place, "manifest.json", "moments.csv") from None
    except (OSError, ValueError):
        raise InputError("the manifest cannot be read", file=str(place)) from None
    if isinstance(manifest, dict) and str(manifest.get("format", "")).startswith("sweep"):
        return "sweep"
    return "run" if read_manifest(place).is_of_one_zone else "programme"
