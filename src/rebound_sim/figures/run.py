"""Figures of one basin: one policy of a run against none."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rebound_sim.figures import style
from rebound_sim.figures.context import PolicyContext
from rebound_sim.figures.displaced import displaced_picture
from rebound_sim.figures.employment import employment_picture
from rebound_sim.figures.funnel import funnel_picture
from rebound_sim.figures.money import money_picture
from rebound_sim.figures.programme.drawings import DRAWS as COMPARISON_DRAWS
from rebound_sim.figures.setting import setting
from rebound_sim.figures.subject import Subject
from rebound_sim.figures.texts import TEXTS
from rebound_sim.figures.unemployment import unemployment_picture

_PICTURES: Mapping[str, Callable[[PolicyContext], style.Picture | None]] = {
    "employment": employment_picture,
    "unemployment": unemployment_picture,
    "displaced": displaced_picture,
    "funnel": funnel_picture,
    "money": money_picture,
}


def context_of(subject: Subject, language: str) -> PolicyContext:
    """The policy of the subject, in one language."""
    panels = subject.comparison.panels
    policy = subject.policy or panels.strategies[0]
    return PolicyContext(
        panels,
        policy,
        world=setting(panels, TEXTS[language]["run"], language),
        version=panels.version,
        seed=panels.seed,
        language=language,
        suffix=f"_{policy}" if len(panels.strategies) > 1 else "",
    )


def _drawn(
    picture: Callable[[PolicyContext], style.Picture | None],
) -> Callable[[Subject, str], style.Picture | None]:
    def draw(subject: Subject, language: str) -> style.Picture | None:
        if not subject.comparison.known:
            return None
        return picture(context_of(subject, language))

    return draw


#: Figures of a comparison that a zone alone has too, all its policies together.
_SHARED = ("job_account", "job_shares", "costs", "solutions", "hires")
DRAWS = {
    **{name: _drawn(picture) for name, picture in _PICTURES.items()},
    **{name: COMPARISON_DRAWS[name] for name in _SHARED},
}
