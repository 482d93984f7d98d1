"""Figures of a validation: the families of moments."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rebound_sim.figures import style
from rebound_sim.figures.calibration import family_pictures
from rebound_sim.figures.draw import saved, told
from rebound_sim.statistics.validation import MomentComparison


def draw_families(
    folder: Path, comparisons: Sequence[MomentComparison], language: str = "en"
) -> list[str]:
    """Write validation_FAMILY.png, .svg and .csv; what cannot be drawn. Raises OSError."""
    faults: list[str] = []
    with told("validation", faults), style.house_style():
        saved(family_pictures(comparisons, language), folder, faults=faults)
    return faults
