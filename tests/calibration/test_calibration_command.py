"""The commands, with an analytic function in place of the model."""

import json

import pytest

from calibration.analytic import Analytic, problem
from rebound_sim.calibration.search import problem as model
from rebound_sim.cli.main import cli
from rebound_sim.errors import InputError
from rebound_sim.experiment import compiling


@pytest.fixture
def analytic(monkeypatch):
    """Both commands on the analytic problem. Returns what was asked for."""
    asked = []

    def stand_in(searched=None, drawn=(), seed=0, zones=4):
        asked.append((searched, drawn, seed, zones))
        return problem(Analytic(), 3, 2) if drawn else problem()

    monkeypatch.setattr(model, "model_problem", stand_in)
    monkeypatch.setattr(compiling, "compile_once", lambda _said=None: None)
    return asked


def run(*arguments):
    cli.main([str(argument) for argument in arguments], standalone_mode=False)


def test_screening_then_calibration(analytic, tmp_path, capsys):
    first, second = tmp_path / "first", tmp_path / "second"
    run("sensitivity", "--trajectories", 3, "--workers", 1, "--out", first)
    said = capsys.readouterr().out
    assert "3 parameters are identified" in said and "2 by none" in said
    run(
        "calibrate", "--screening", first, "--waves", 4, "--points", 40, "--sets", 8,
        "--workers", 1, "--out", second,
    )  # fmt: skip
    said = capsys.readouterr().out
    assert "Inside: " in said and "in the mean of 8 sets" in said
    searched, drawn, _, zones = analytic[-1]
    assert len(searched) == 3 and len(drawn) == 2 and zones == 2
    provenance = json.loads((second / "ensemble.json").read_text())
    assert provenance["moments"] == ["sum", "gap", "wave", "product"]
    assert len((second / "ensemble.csv").read_text().splitlines()) == 9
    run("calibrate", "--screening", first, "--waves", 4, "--points", 40, "--sets", 8,
        "--workers", 1, "--out", second, "--resume", "--json")  # fmt: skip
    report = json.loads(capsys.readouterr().out)
    assert report["evaluations"] == provenance["evaluations"]
    assert report["inside_ensemble_mean"] == report["moments"] == 4


def test_without_screening_all_parameters_with_a_prior_are_searched(analytic, tmp_path):
    run("calibrate", "--waves", 1, "--points", 20, "--sets", 2, "--workers", 1,
        "--out", tmp_path / "out")  # fmt: skip
    searched, drawn, _, _ = analytic[-1]
    assert searched is None and not drawn


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("calibrate", "--budget", 0), "--budget"),
        (("calibrate", "--points", 3), "--points"),
        (("calibrate", "--zones", 1), "--zones"),
        (("calibrate", "--screening", "nowhere"), "no screening"),
        (("sensitivity", "--trajectories", 0), "--trajectories"),
        (("sensitivity", "--zones", 7), "--zones"),
    ],
)
def test_options_out_of_range_are_refused(arguments, said, analytic, tmp_path):
    with pytest.raises(InputError, match=said):
        run(*arguments, "--out", tmp_path / "out")
    assert not (tmp_path / "out").exists() and isinstance(analytic, list)


def test_free_parameters_are_listed(capsys):
    run("sensitivity", "--list")
    said = capsys.readouterr().out
    assert "search.applications_unemployed" in said and "closure.csp_months" not in said
    run("sensitivity", "--list", "--json")
    report = json.loads(capsys.readouterr().out)
    assert report["fixed"] > 0
    assert {"uniform", "normal"} <= {row["prior"] for row in report["free"]}
