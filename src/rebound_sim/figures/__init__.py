"""Print-ready figures of results folders. What a report or a command needs is here.

    from rebound_sim.figures import FIGURES, Subject, draw, names, save, subject_of

    subject = subject_of(folder)                      # a finished folder, read once
    for name in names(subject):                       # those that its kind can have, in order
        picture = draw(name, subject, language="fr")  # None: nothing to show in these results
        if picture is not None:
            save(picture, folder, formats=("svg",))   # NAME.svg and NAME.csv

`FIGURES[name]` says of a figure
    name     what `--only` takes, and the stem of its files
    needs    kinds of results that have it: "programme", "run", "sweep", "validation", "screening"
    about    one line, by language ("en", "fr")

`draw` returns a `Picture`
    name         as above, with `_POLICY` where a run has several
    figure       a Matplotlib `Figure` with its canvas, closed to no backend: `figure.savefig(...)`
    table        the columns drawn, name -> values, all of one length: what NAME.csv holds
    title        the words above the figure
    alternative  a sentence or two for a reader who does not see it, in the same language, made of
                 the numbers drawn
    language     "en" or "fr"
`svg(picture)` gives the text of a self-contained `<svg>`, glyphs drawn as outlines; `png(picture)`
the bytes of a PNG file.

A picture is drawn from what the statistics say and never computes an outcome of its own. A figure
whose results do not hold what it shows is None; a figure that does not exist is an InputError with
the nearest name. Nothing is written but by `save`.
"""

from rebound_sim.matplotlib_settings import import_matplotlib

import_matplotlib()  # before any module that needs it

# ruff: noqa: E402
from rebound_sim.figures.draw import draw_figures, pictures
from rebound_sim.figures.registry import FIGURES, FigureKind, draw, names
from rebound_sim.figures.style import Picture, house_style, png, save, svg
from rebound_sim.figures.subject import KINDS, Subject, subject_of
from rebound_sim.figures.texts import LANGUAGES

__all__ = [
    "FIGURES",
    "KINDS",
    "LANGUAGES",
    "FigureKind",
    "Picture",
    "Subject",
    "draw",
    "draw_figures",
    "house_style",
    "names",
    "pictures",
    "png",
    "save",
    "subject_of",
    "svg",
]
