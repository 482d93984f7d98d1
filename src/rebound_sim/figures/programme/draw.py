"""All figures of a programme."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rebound_sim.figures import style
from rebound_sim.figures.draw import FOLDER_NAME, pictures
from rebound_sim.figures.subject import Subject
from rebound_sim.statistics.programme.summary import Comparison


def draw_programme(comparison: Comparison, folder: Path, language: str = "en") -> list[Path]:
    """Write figures/*.png, *.svg and *.csv into a results folder; return the paths.

    Nothing is drawn when no strategy can be compared. Raises OSError.
    """
    target = folder / FOLDER_NAME
    target.mkdir(exist_ok=True)
    return [
        path
        for picture in programme_pictures(comparison, language)
        for path in style.save(picture, target)
    ]


def programme_pictures(comparison: Comparison, language: str = "en") -> Iterator[style.Picture]:
    """The figures, not yet written."""
    return pictures(Subject("programme", made=comparison), language)
