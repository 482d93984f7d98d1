"""All figures of a programme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rebound_sim.figures import style
from rebound_sim.figures.draw import FOLDER_NAME, pictures, saved
from rebound_sim.figures.subject import Subject
from rebound_sim.statistics.programme.summary import Comparison

#: Figures that a comparison ends with; `rebound figures` draws all of them.
USUAL = (
    "strategies", "pairs", "efficiency_equity", "costs", "money", "zones_gap", "zones_map",
)  # fmt: skip


def draw_programme(
    comparison: Comparison,
    folder: Path,
    language: str = "en",
    only: Sequence[str] = (),
    faults: list[str] | None = None,
) -> list[Path]:
    """Write figures/*.png, *.svg and *.csv into a results folder; return the paths.

    only : names of figures, the usual ones without any. faults : as in `draw.pictures`. Nothing is
    drawn when no strategy can be compared. Raises InputError for an unknown name, OSError.
    """
    target = folder / FOLDER_NAME
    target.mkdir(exist_ok=True)
    subject = Subject("programme", made=comparison)
    return saved(pictures(subject, language, only or USUAL, faults), target, faults=faults)


def programme_pictures(
    comparison: Comparison, language: str = "en", only: Sequence[str] = ()
) -> Iterator[style.Picture]:
    """The figures, not yet written. only : their names, all without any."""
    return pictures(Subject("programme", made=comparison), language, only)
