"""All figures of a results folder, written into it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from rebound_sim.figures import style
from rebound_sim.figures.registry import draw, names
from rebound_sim.figures.subject import Subject, subject_of

FOLDER_NAME = "figures"


def draw_figures(
    folder: str | Path, language: str = "en", formats: Sequence[str] = ("png", "svg")
) -> list[Path]:
    """Write figures/*.png, *.svg and *.csv into a results folder; return the paths.

    One set per policy of a run. Raises InputError (not a results folder), OSError.
    """
    target = Path(folder) / FOLDER_NAME
    target.mkdir(exist_ok=True)
    return [
        path
        for picture in pictures(subject_of(folder), language)
        for path in style.save(picture, target, formats)
    ]


def pictures(
    results: Subject | str | Path, language: str = "en", only: Sequence[str] = ()
) -> Iterator[style.Picture]:
    """The figures of some results, not yet written.

    only : names of those wanted; all that these results have without any
    """
    subject = results if isinstance(results, Subject) else subject_of(results)
    for one in by_policy(subject):
        for name in only or names(one):
            picture = draw(name, one, language)
            if picture is not None:
                yield picture


def by_policy(subject: Subject) -> Iterator[Subject]:
    """A run with several policies has its figures for each."""
    if subject.kind != "run":
        yield subject
        return
    for policy in subject.panels.policies:
        yield replace(subject, policy=policy)
