"""Figures of programmes, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rebound_sim.figures import style
from rebound_sim.figures.programme import at_least
from rebound_sim.figures.programme.account import account_picture
from rebound_sim.figures.programme.context import ComparisonContext
from rebound_sim.figures.programme.costs import costs_picture
from rebound_sim.figures.programme.event import event_picture
from rebound_sim.figures.programme.gaps import gaps_picture
from rebound_sim.figures.programme.hires import hires_picture
from rebound_sim.figures.programme.lorenz import lorenz_picture
from rebound_sim.figures.programme.map import map_picture
from rebound_sim.figures.programme.marginal import marginal_picture
from rebound_sim.figures.programme.money import money_picture
from rebound_sim.figures.programme.over_worlds import (
    duels_picture,
    regret_picture,
    worlds_picture,
)
from rebound_sim.figures.programme.pairs import pairs_picture
from rebound_sim.figures.programme.plane import plane_picture
from rebound_sim.figures.programme.ranking import ranking_picture
from rebound_sim.figures.programme.shares import shares_picture
from rebound_sim.figures.programme.solutions import solutions_picture
from rebound_sim.figures.programme.whole import (
    whole_displaced,
    whole_employment,
    whole_funnel,
)
from rebound_sim.figures.subject import Subject

_PICTURES: Mapping[str, Callable[[ComparisonContext], style.Picture | None]] = {
    "worlds": worlds_picture,
    "duels": duels_picture,
    "at_least": at_least.at_least_picture,
    "strategies": ranking_picture,
    "pairs": pairs_picture,
    "efficiency_equity": plane_picture,
    "costs": costs_picture,
    "employment": whole_employment,
    "event_study": event_picture,
    "job_account": account_picture,
    "job_shares": shares_picture,
    "funnel": whole_funnel,
    "displaced": whole_displaced,
    "solutions": solutions_picture,
    "hires": hires_picture,
    "money": money_picture,
    "zones_gap": gaps_picture,
    "zones_map": map_picture,
    "lorenz": lorenz_picture,
    "marginal": marginal_picture,
    "world_regret": regret_picture,
}

#: Words of figures that stand in their own files: figure: language: key: words. "about" says in
#: one line what it shows.
WORDS: Mapping[str, Mapping[str, Mapping[str, str]]] = {"at_least": at_least.WORDS}


def _drawn(
    name: str, picture: Callable[[ComparisonContext], style.Picture | None]
) -> Callable[[Subject, str], style.Picture | None]:
    def draw(subject: Subject, language: str) -> style.Picture | None:
        if not subject.comparison.known:
            return None
        own = WORDS.get(name, {})
        return picture(ComparisonContext(subject.comparison, language, subject.boundaries, own))

    return draw


DRAWS = {name: _drawn(name, picture) for name, picture in _PICTURES.items()}
