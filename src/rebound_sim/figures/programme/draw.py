"""All figures of a programme."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rebound_sim.figures import style
from rebound_sim.figures.draw import FOLDER_NAME
from rebound_sim.figures.programme.context import Context
from rebound_sim.figures.programme.costs import costs_picture
from rebound_sim.figures.programme.gaps import gaps_picture
from rebound_sim.figures.programme.map import map_picture
from rebound_sim.figures.programme.money import money_picture
from rebound_sim.figures.programme.pairs import pairs_picture
from rebound_sim.figures.programme.plane import plane_picture
from rebound_sim.figures.programme.ranking import ranking_picture
from rebound_sim.statistics.programme.summary import Comparison


def draw_programme(comparison: Comparison, folder: Path, language: str = "en") -> list[Path]:
    """Write figures/*.png, *.svg and *.csv into a results folder; return the paths.

    Nothing is drawn when no strategy can be compared. Raises OSError.
    """
    target = folder / FOLDER_NAME
    target.mkdir(exist_ok=True)
    with style.house_style():
        return [
            path
            for picture in programme_pictures(comparison, language)
            for path in style.save(picture, target)
        ]


def programme_pictures(comparison: Comparison, language: str = "en") -> Iterator[style.Picture]:
    """The figures, not yet written; to be used within `house_style`."""
    if not comparison.known:
        return
    context = Context(comparison, language)
    for draw in (
        ranking_picture, pairs_picture, plane_picture, costs_picture, money_picture, gaps_picture,
        map_picture,
    ):  # fmt: skip
        picture = draw(context)
        if picture is not None:
            yield picture
