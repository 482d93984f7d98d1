"""Figures of one basin: one policy of a run against none."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rebound_sim.figures import style
from rebound_sim.figures.context import Context
from rebound_sim.figures.displaced import displaced_picture
from rebound_sim.figures.employment import employment_picture
from rebound_sim.figures.funnel import funnel_picture
from rebound_sim.figures.money import money_picture
from rebound_sim.figures.subject import Subject

_PICTURES: Mapping[str, Callable[[Context], style.Picture | None]] = {
    "employment": employment_picture,
    "displaced": displaced_picture,
    "funnel": funnel_picture,
    "money": money_picture,
}


def context_of(subject: Subject, language: str) -> Context:
    """The policy of the subject, in one language."""
    manifest, panels = subject.results.manifest, subject.panels
    policy = subject.policy or panels.policies[0]
    return Context(
        panels,
        policy,
        world=str(manifest.scenario.get("title", "")),
        version=manifest.identity.version,
        seed=manifest.identity.seed,
        language=language,
        suffix=f"_{policy}" if len(panels.policies) > 1 else "",
    )


def _drawn(
    picture: Callable[[Context], style.Picture | None],
) -> Callable[[Subject, str], style.Picture | None]:
    def draw(subject: Subject, language: str) -> style.Picture | None:
        if not subject.panels.policies:
            return None
        return picture(context_of(subject, language))

    return draw


DRAWS = {name: _drawn(picture) for name, picture in _PICTURES.items()}
