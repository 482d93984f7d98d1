"""The figures that a command of decision ends with."""

from __future__ import annotations

from pathlib import Path

from rebound_sim.experiment.durable import reason
from rebound_sim.figures.draw import FOLDER_NAME, pictures, saved


def draw_record(place: Path, language: str = "en") -> list[str]:
    """Draw an optimisation (its folder) or a study (its JSON file), beside it.

    Returns a line for each figure that could not be drawn: what was found is worth more.
    """
    target = (place if place.is_dir() else place.parent) / FOLDER_NAME
    faults: list[str] = []
    try:
        target.mkdir(exist_ok=True)
        saved(pictures(place, language, faults=faults), target, faults=faults)
    except OSError as fault:
        faults.append(f"figures: {target} cannot be written: {reason(fault)}")
    return faults
