"""Figures of programmes, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rebound_sim.figures import style
from rebound_sim.figures.programme.context import Context
from rebound_sim.figures.programme.costs import costs_picture
from rebound_sim.figures.programme.gaps import gaps_picture
from rebound_sim.figures.programme.map import map_picture
from rebound_sim.figures.programme.money import money_picture
from rebound_sim.figures.programme.pairs import pairs_picture
from rebound_sim.figures.programme.plane import plane_picture
from rebound_sim.figures.programme.ranking import ranking_picture
from rebound_sim.figures.subject import Subject

_PICTURES: Mapping[str, Callable[[Context], style.Picture | None]] = {
    "strategies": ranking_picture,
    "pairs": pairs_picture,
    "efficiency_equity": plane_picture,
    "costs": costs_picture,
    "money": money_picture,
    "zones_gap": gaps_picture,
    "zones_map": map_picture,
}


def _drawn(
    picture: Callable[[Context], style.Picture | None],
) -> Callable[[Subject, str], style.Picture | None]:
    def draw(subject: Subject, language: str) -> style.Picture | None:
        if not subject.comparison.known:
            return None
        return picture(Context(subject.comparison, language, subject.boundaries))

    return draw


DRAWS = {name: _drawn(picture) for name, picture in _PICTURES.items()}
