"""docs/figures.md lists the figures that there are, in the words of the command."""

import re
from pathlib import Path

import pytest

from rebound_sim.figures import FIGURES, LANGUAGES
from rebound_sim.figures.draw import USUAL
from rebound_sim.figures.sweep import factor_name
from rebound_sim.policies.programme_table import ProgrammeTable
from rebound_sim.policies.timing import LEVERS, PREFIX

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


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_lever_and_every_calibrated_parameter_has_words(language):
    levers = [
        f"programme.{name}"
        for name, field in ProgrammeTable.model_fields.items()
        if (field.json_schema_extra or {}).get("unit")
    ]
    levers += [f"{PREFIX}{name}" for name in LEVERS]
    assert len(levers) > 15
    for key in (*levers, "search.effort_decay", "projects.maturation"):
        words = factor_name(key, language)
        assert key not in words and "_" not in words, key
