"""All figures of a results folder, written into it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from rebound_sim.errors import ReboundError
from rebound_sim.figures import style
from rebound_sim.figures.registry import draw, names
from rebound_sim.figures.subject import Subject, subject_of

FOLDER_NAME = "figures"


def draw_figures(
    folder: str | Path,
    language: str = "en",
    formats: Sequence[str] = ("png", "svg"),
    faults: list[str] | None = None,
) -> list[Path]:
    """Write figures/*.png, *.svg and *.csv into a results folder; return the paths.

    One set per policy of a run. faults : as in `pictures`. Raises InputError (not a results
    folder), OSError.
    """
    target = Path(folder) / FOLDER_NAME
    target.mkdir(exist_ok=True)
    return saved(pictures(subject_of(folder), language, faults=faults), target, formats, faults)


def pictures(
    results: Subject | str | Path,
    language: str = "en",
    only: Sequence[str] = (),
    faults: list[str] | None = None,
) -> Iterator[style.Picture]:
    """The figures of some results, not yet written.

    only   : names of those wanted; all that these results have without any
    faults : receives a line for each figure that cannot be drawn, and the others go on; without
             it the first fault is raised
    """
    subject = results if isinstance(results, Subject) else subject_of(results)
    for one in by_policy(subject):
        for name in only or names(one):
            picture = None
            with told(name, faults):
                picture = draw(name, one, language)
            if picture is not None:
                yield picture


def saved(
    drawn: Iterable[style.Picture],
    target: Path,
    formats: Sequence[str] = ("png", "svg"),
    faults: list[str] | None = None,
) -> list[Path]:
    """Write pictures into a folder; return the paths. faults : as in `pictures`."""
    paths = []
    for picture in drawn:
        with told(picture.name, faults):
            paths += style.save(picture, target, formats)
    return paths


@contextmanager
def told(name: str, faults: list[str] | None) -> Iterator[None]:
    """Add a fault of the program or of a library in a figure to `faults`, if there is a list.

    Mistakes of the user and faults of the disk are raised in any case.
    """
    try:
        yield
    except (ReboundError, OSError):
        raise
    except Exception as fault:
        if faults is None:
            raise
        faults.append(f"figure {name}: {type(fault).__name__}: {' '.join(str(fault).split())}")


def by_policy(subject: Subject) -> Iterator[Subject]:
    """A run with several policies has its figures for each."""
    if subject.kind != "run":
        yield subject
        return
    for policy in subject.panels.policies:
        yield replace(subject, policy=policy)
