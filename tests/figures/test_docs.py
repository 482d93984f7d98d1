"""docs/figures.md lists the figures that there are, in the words of the command."""

from pathlib import Path

from rebound_sim.figures import FIGURES

PAGE = Path(__file__).parents[2] / "docs" / "figures.md"


def test_the_page_lists_each_figure_in_the_words_of_the_command():
    rows = [line.split(" | ") for line in PAGE.read_text().splitlines() if line.startswith("| `")]
    listed = {row[0].strip("| `"): row[1] for row in rows}
    assert listed == {name: figure.about["en"] for name, figure in FIGURES.items()}
