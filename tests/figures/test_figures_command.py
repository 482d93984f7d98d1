"""`rebound figures`: what it writes, what it refuses, and the choice in a file."""

import json

import pytest
from click.testing import CliRunner

from figures.layout import check
from figures.subjects import screening_subject, validation_subject
from rebound_sim.cli.figures import figures
from rebound_sim.errors import InputError
from rebound_sim.figures import FIGURES, draw, subject_of
from rebound_sim.scenario.programme import World
from synthetic_results import write_results


def run(*arguments):
    return CliRunner().invoke(figures, [str(word) for word in arguments])


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    return screening_subject(tmp_path_factory.mktemp("screening")).folder


def test_the_list_has_a_line_a_figure_in_the_language():
    lines = run("--list", "--lang", "fr").output.splitlines()
    assert len(lines) == len(FIGURES)
    assert lines[0].startswith("worlds")
    assert "dans chaque monde" in lines[0] and lines[0].endswith("(programme)")
    listed = json.loads(run("--list", "--json").output)["figures"]
    assert [figure["name"] for figure in listed] == list(FIGURES)


def test_files_of_the_forms_asked_for(table, tmp_path):
    done = run(table, "--lang", "fr", "--format", "pdf", "--format", "png", "--out", tmp_path)
    assert done.exit_code == 0, done.output
    assert {path.name for path in tmp_path.iterdir()} == {
        "tornado.pdf",
        "tornado.png",
        "tornado.csv",
    }
    assert (tmp_path / "tornado.pdf").read_bytes()[:5] == b"%PDF-"
    assert "Barres par paramètre" in done.output


def test_all_forms_beside_the_results_without_options(tmp_path):
    folder = validation_subject(tmp_path).folder
    report = json.loads(run(folder, "--json").output)
    assert report["figures"][0]["files"] == [
        f"calibration.{form}" for form in ("png", "svg", "pdf", "csv")
    ]
    assert all((folder / "figures" / name).is_file() for name in report["figures"][0]["files"])
    assert report["not_drawn"] == []


def test_figures_of_a_run_have_the_name_of_each_policy(tmp_path):
    folder = write_results(
        tmp_path, replications=2, months=30, policies=("rebond", "revitalisation")
    )
    options = ("--only", "money", "--lang", "fr", "--format", "svg", "--out", tmp_path / "f")
    done = run(folder, *options)
    assert done.exit_code == 0, done.output
    names = {path.name for path in (tmp_path / "f").iterdir()}
    assert names == {f"money_{p}.{s}" for p in ("rebond", "revitalisation") for s in ("svg", "csv")}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--only", "tornada"), "unknown figure.*did you mean tornado"),
        (("--only", "costs"), "results of a programme"),
        (("--lang", "es"), "--lang"),
        (("--format", "gif"), "--format"),
        (("--boundaries", "nowhere.topojson"), "no such file"),
    ],
)
def test_wrong_options_are_said_in_one_line(table, options, words):
    fault = run(table, *options).exception
    assert isinstance(fault, InputError) and fault.exit_code == 2
    assert "\n" not in fault.message
    with pytest.raises(InputError, match=words):
        raise fault


def test_features_that_no_map_draws_are_counted(table, tmp_path):
    outline = {"type": "Polygon", "coordinates": [[[5, 48], [6, 48], [6, 49]]]}
    features = [
        {"type": "Feature", "properties": {"code": code}, "geometry": shape}
        for code, shape in (("4404", outline), ("4401", None), ("9999", outline))
    ]
    file = tmp_path / "mine.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    done = run(table, "--boundaries", file, "--format", "svg", "--out", tmp_path / "f")
    assert done.exit_code == 0, done.output
    assert done.stderr.splitlines()[0].endswith("code of a zone: 2 (4401, 9999)")


def test_a_table_that_is_not_one_of_sensitivity_is_refused(tmp_path):
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match="not a table of sensitivity"):
        raise run(wrong).exception
    wrong.write_text("parameter,low,high,effect\nx,0,1,much\n")
    with pytest.raises(InputError, match=r"wrong\.csv:2: not a number"):
        raise run(wrong).exception


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_morris_screening_shows_the_moment_that_each_parameter_moves_most(tmp_path, language):
    file = tmp_path / "screening.csv"
    file.write_text(
        "parameter,moment,strength\nsearch.applications_unemployed,flow_ue_q,2.5\n"
        "search.applications_unemployed,build,1\nprojects.hazard,build,14\nwages.x,build,\n"
    )
    picture = draw("tornado", subject_of(file), language)
    check(picture.figure)
    assert list(picture.table["effect"]) == [14.0, 2.5]
    assert picture.table["parameter"][1] == "search.applications_unemployed (flow_ue_q)"


def test_a_choice_of_figures_does_not_change_the_world():
    record = {
        "title": "t",
        "programme": {"envelope_eur": 1_000_000, "strategies": ("equal",)},
        "zone": [{"code": "0051"}],
    }
    plain = World.model_validate(record)
    chosen = World.model_validate(record | {"figures": {"only": ("costs", "money")}})
    assert chosen.figures.only == ("costs", "money")
    assert plain.digest() == chosen.digest()
