"""Each figure looks as it did when it was last looked at.

A figure is drawn small, turned grey and cut in cells; the means of cells are compared with those
in reference.json. Letters and lines move with the version of Matplotlib, so that the comparison is
made with the pinned one alone. After a change that was looked at:

    PYTHONPATH=src:tests python -m figures.test_regression
"""

import json
from pathlib import Path

import matplotlib
import numpy as np
import pytest

from figures.subjects import (
    programme_subject,
    screening_subject,
    sweep_subject,
    validation_subject,
)
from rebound_sim.figures import draw, names

REFERENCE = Path(__file__).with_name("reference.json")
DPI, CELLS = 50, 24
#: Of 255 levels of grey: the mean of all cells, and the worst one.
MEAN_TOLERANCE, CELL_TOLERANCE = 1.0, 14


def subjects(folder):
    return (
        programme_subject(),
        sweep_subject(),
        validation_subject(folder),
        screening_subject(folder),
    )


def fingerprint(picture) -> list[int]:
    """Mean grey of each cell of a grid over the figure, row by row."""
    picture.figure.set_dpi(DPI)
    canvas = picture.figure.canvas
    canvas.draw()
    grey = np.asarray(canvas.buffer_rgba(), float)[..., :3].mean(axis=2)
    rows = np.array_split(grey, CELLS, axis=0)
    return [round(c.mean()) for row in rows for c in np.array_split(row, CELLS, axis=1)]


def fingerprints(folder) -> dict[str, list[int]]:
    return {
        f"{subject.kind}-{name}": fingerprint(draw(name, subject, "fr"))
        for subject in subjects(folder)
        for name in names(subject)
    }


@pytest.fixture(scope="module")
def known():
    found = json.loads(REFERENCE.read_text())
    if found["matplotlib"] != matplotlib.__version__:
        pytest.skip(f"drawn with Matplotlib {found['matplotlib']}, here {matplotlib.__version__}")
    return found["figures"]


def test_figures_look_as_they_did(known, tmp_path):
    now = fingerprints(tmp_path)
    assert set(now) == set(known)
    moved = {}
    for name, cells in now.items():
        gap = np.abs(np.array(cells) - np.array(known[name]))
        if gap.mean() > MEAN_TOLERANCE or gap.max() > CELL_TOLERANCE:
            moved[name] = f"mean {gap.mean():.1f}, worst {gap.max()}"
    assert not moved, moved


def test_a_figure_that_changes_is_seen(known):
    other = programme_subject(gains={"equal": 2.0, "merit": 30.0, "a": 1.0, "b": 2.0})
    gap = np.abs(
        np.array(fingerprint(draw("strategies", other, "fr")))
        - np.array(known["programme-strategies"])
    )
    assert gap.max() > CELL_TOLERANCE


def main() -> None:
    """Write the reference anew."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        found = {"matplotlib": matplotlib.__version__, "figures": fingerprints(Path(folder))}
    REFERENCE.write_text(json.dumps(found, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
