"""The figures that a command of decision ends with."""

from __future__ import annotations

from pathlib import Path

from rebound_sim.figures.draw import FOLDER_NAME, pictures, saved


def draw_record(place: Path, language: str = "en") -> list[Path]:
    """Draw an optimisation (its folder) or a study (its JSON file); return the paths.

    Raises InputError, OSError.
    """
    target = (place if place.is_dir() else place.parent) / FOLDER_NAME
    target.mkdir(exist_ok=True)
    return saved(pictures(place, language), target)
