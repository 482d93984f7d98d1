"""docs/figures.md lists the figures that there are, in the words of the command."""

import re
from pathlib import Path

from rebound_sim.figures import FIGURES
from rebound_sim.figures.draw import USUAL

PAGE = Path(__file__).parents[2] / "docs" / "figures.md"


def test_the_page_lists_each_figure_in_the_words_of_the_command():
    rows = [line.split(" | ") for line in PAGE.read_text().splitlines() if line.startswith("| `")]
    listed = {row[0].strip("| `"): row[1] for row in rows}
    assert listed == {name: figure.about["en"] for name, figure in FIGURES.items()}


def test_every_moment_has_french_words_that_fit():
    from rebound_sim.calibration.moments.table import load_moments
    from rebound_sim.figures.calibration import _LABEL_WIDTH

    named = [moment.label_fr for moment in load_moments().values()]
    assert all(named) and max(map(len, named)) <= _LABEL_WIDTH


def test_the_page_names_the_figures_that_results_end_with():
    text = " ".join(PAGE.read_text(encoding="utf-8").split())
    for command, kind in (
        ("`rebound compare` ends with", "programme"),
        ("`rebound run` with", "run"),
    ):
        told = re.split(r"[;.] ", text.partition(command)[2])[0]
        assert tuple(re.findall(r"`(\w+)`", told)) == USUAL[kind]
