"""All figures of some results, written into a folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from rebound_sim.errors import ReboundError
from rebound_sim.figures import style
from rebound_sim.figures.registry import draw, names
from rebound_sim.figures.subject import Subject, subject_of

FOLDER_NAME = "figures"
#: Figures that results end with, by kind; `rebound figures` draws all of them.
USUAL: Mapping[str, tuple[str, ...]] = {
    "programme": (
        "worlds",
        "duels",
        "strategies",
        "pairs",
        "efficiency_equity",
        "costs",
        "money",
        "zones_gap",
        "zones_map",
    ),
    "run": ("employment", "displaced", "funnel", "money", "hires"),
}


def draw_figures(
    results: Subject | str | Path,
    folder: Path | None = None,
    language: str = "en",
    formats: Sequence[str] = ("png", "svg"),
    only: Sequence[str] = (),
    faults: list[str] | None = None,
) -> list[Path]:
    """Write figures/*.png, *.svg and *.csv into a results folder; return the paths.

    results : of a folder, or in memory with the `folder` to write into
    only    : names of figures; those chosen in the world file, or else the usual ones, without any
    faults  : as in `pictures`
    One set per policy of a run. Raises InputError (not results, an unknown name), OSError.
    """
    subject = results if isinstance(results, Subject) else subject_of(results)
    place = folder or subject.folder
    if place is None:
        raise ValueError("results in memory need a folder to be drawn into")
    target = place / FOLDER_NAME
    target.mkdir(exist_ok=True)
    wanted = only or subject.chosen or USUAL.get(subject.kind, ())
    return saved(pictures(subject, language, wanted, faults), target, formats, faults)


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
    drawn = set()
    for one in by_policy(subject):
        for name in only or names(one):
            picture = None
            with told(name, faults):
                picture = draw(name, one, language)
            # Some figures of a run show all its policies together.
            if picture is not None and picture.name not in drawn:
                drawn.add(picture.name)
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
    for policy in subject.comparison.panels.strategies:
        yield replace(subject, policy=policy)
