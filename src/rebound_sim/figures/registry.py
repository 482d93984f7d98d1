"""The list of figures: what each needs, and how it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from rebound_sim.errors import InputError, nearest
from rebound_sim.figures import run as run_figures
from rebound_sim.figures import style
from rebound_sim.figures.calibration import calibration_picture
from rebound_sim.figures.decision import optimal
from rebound_sim.figures.decision.causes import (
    box_picture,
    drivers_picture,
    information_picture,
)
from rebound_sim.figures.programme import drawings as programme_figures
from rebound_sim.figures.regret import regret_picture
from rebound_sim.figures.sensitivity import screening_tornado, sweep_tornado
from rebound_sim.figures.subject import Subject
from rebound_sim.figures.sweep import heatmap_picture, response_picture
from rebound_sim.figures.texts import LANGUAGES, TEXTS, typeset

Draw = Callable[[Subject, str], "style.Picture | None"]


@dataclass(frozen=True)
class FigureKind:
    """One figure.

    draws : kind of results -> how it is drawn from them, in a language
    own   : language: key: words that stand in its file; those of others stand in `texts`
    """

    name: str
    draws: Mapping[str, Draw]
    own: Mapping[str, Mapping[str, str]]

    @property
    def needs(self) -> tuple[str, ...]:
        """Kinds of results that have it."""
        return tuple(self.draws)

    @property
    def about(self) -> Mapping[str, str]:
        """What it shows, in one line, by language."""
        listed = {language: TEXTS[language]["list"].get(self.name, "") for language in LANGUAGES}
        return {
            language: typeset(self.own, language).get("about", listed[language])
            for language in LANGUAGES
        }


def _listed(
    draws: Mapping[str, Mapping[str, Draw]], own: Mapping[str, Mapping[str, Mapping[str, str]]]
) -> dict[str, FigureKind]:
    """Figures by name. own : figure: language: key: words, of those that have them in their file"""
    names = dict.fromkeys(name for kind in draws.values() for name in kind)
    return {
        name: FigureKind(
            name, {kind: of[name] for kind, of in draws.items() if name in of}, own.get(name, {})
        )
        for name in names
    }


#: Figures by name, in the order in which a report tells them.
FIGURES: Mapping[str, FigureKind] = _listed(
    {
        "programme": programme_figures.DRAWS,
        "run": run_figures.DRAWS,
        "sweep": {
            "response": response_picture,
            "heatmap": heatmap_picture,
            "tornado": sweep_tornado,
            "regret": regret_picture,
        },
        "screening": {"tornado": screening_tornado},
        "validation": {"calibration": calibration_picture},
        "optimisation": optimal.DRAWS,
        "drivers": {"drivers": drivers_picture, "box": box_picture},
        "information": {"information": information_picture},
    },
    programme_figures.WORDS,
)


def names(subject: Subject) -> tuple[str, ...]:
    """Figures that this kind of results may have, in the order of the list."""
    return tuple(name for name, figure in FIGURES.items() if subject.kind in figure.needs)


def known(wanted: Iterable[str], subject: Subject, file: str = "") -> tuple[str, ...]:
    """The names asked for, checked. Raises InputError with the nearest name, or the kind it needs.

    file : what asked for them, such as an option
    """
    return known_of_kind(wanted, subject.kind, file)


def known_of_kind(wanted: Iterable[str], kind: str, file: str = "") -> tuple[str, ...]:
    """The same, of results that do not exist yet."""
    found = tuple(dict.fromkeys(wanted))
    for name in found:
        if name not in FIGURES:
            raise InputError(
                "unknown figure",
                file=file,
                value=name,
                allowed=", ".join(n for n, figure in FIGURES.items() if kind in figure.needs),
                nearest=nearest(name, FIGURES),
            )
        if kind not in FIGURES[name].needs:
            needs = " or ".join(FIGURES[name].needs)
            raise InputError(
                f"not a figure of the results of a {kind}",
                file=file,
                value=name,
                allowed=f"results of a {needs}",
            )
    return found


def draw(name: str, subject: Subject, language: str = "en") -> style.Picture | None:
    """One figure, not yet written; None when these results do not hold what it shows.

    Raises InputError for a name or a language that does not exist.
    """
    (name,) = known([name], subject)
    if language not in LANGUAGES:
        raise InputError.unknown("unknown language", language, LANGUAGES, file="language")
    with style.house_style():
        picture = FIGURES[name].draws[subject.kind](subject, language)
        if picture is not None:
            style.finish(picture, language)
    return picture
