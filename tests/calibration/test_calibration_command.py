"""The commands, with an analytic function in place of the model."""

import csv
import json

import numpy as np
import pytest

from calibration.analytic import Analytic, problem
from rebound_sim.calibration.search import problem as model
from rebound_sim.calibration.smoother.posterior import DRAWS
from rebound_sim.cli.main import cli
from rebound_sim.errors import InputError
from rebound_sim.experiment import executors
from rebound_sim.parameters.ensemble import choose_parameters, read_ensemble


@pytest.fixture
def analytic(monkeypatch):
    """Both commands on the analytic problem. Returns what was asked for."""
    asked = []

    def stand_in(searched=None, drawn=(), seed=0, zones=4):
        asked.append((searched, drawn, seed, zones))
        return problem(Analytic(), 3, 2) if drawn else problem()

    monkeypatch.setattr(model, "model_problem", stand_in)
    monkeypatch.setattr(executors, "compile_once", lambda _said=None: None)
    return asked


def run(*arguments):
    cli.main([str(argument) for argument in arguments], standalone_mode=False)


def test_screening_then_calibration(analytic, tmp_path, capsys):
    first, second = tmp_path / "first", tmp_path / "second"
    run("sensitivity", "--trajectories", 3, "--workers", 1, "--out", first)
    said = capsys.readouterr().out
    assert "3 parameters are identified" in said and "2 by none" in said
    line = ["calibrate", "--screening", first, "--waves", 4, "--points", 40, "--sets", 8]
    line += ["--workers", 1, "--out", second]
    run(*line)
    said = capsys.readouterr().out
    assert "Inside: " in said and "in the mean of 8 sets" in said
    assert "Each moment predicted by the others:" in said and "of 4 inside" in said
    searched, drawn, _, zones = analytic[-1]
    assert len(searched) == 3 and len(drawn) == 2 and zones == 2
    provenance = json.loads((second / "ensemble.json").read_text())
    assert provenance["moments"] == ["sum", "gap", "wave", "product"]
    assert len((second / "ensemble.csv").read_text().splitlines()) == 9
    _read_as_shipped(second, provenance)
    written = {name: (second / name).read_bytes() for name in ("ensemble.csv", "posterior.csv")}
    run(*line, "--resume", "--json")
    report = json.loads(capsys.readouterr().out)
    assert report["evaluations"] == provenance["evaluations"]
    assert report["inside_ensemble_mean"] == report["moments"] == 4
    assert all((second / name).read_bytes() == held for name, held in written.items())


def _read_as_shipped(folder, provenance):
    """Sets and draws come back through the reader of `--parameters`, and agree with each other."""
    ensemble = read_ensemble(folder)
    draws = choose_parameters("posterior", folder).sets
    assert len(ensemble.sets) == 8 and len(draws) == DRAWS
    assert ensemble.names == tuple(draws[0])
    # In random order: the first ones are a sample, the best is not the first but by chance.
    distances = [about["distance"] for about in ensemble.about]
    assert distances != sorted(distances)
    weights = provenance["weights_without_series"]
    assert len(weights) == 8 and sum(weights) == pytest.approx(1.0, abs=1e-4)
    for name in ensemble.names[:3]:
        values = np.array([one[name] for one in draws])
        assert values.std() > 0.0
        halves = np.array([values[:300].mean(), values[300:].mean()])
        assert abs(np.diff(halves)[0]) < 5.0 * values.std() / np.sqrt(300)
    moments = list(csv.DictReader((folder / "sets.csv").read_text().splitlines()))
    assert len(moments) == 8 and set(moments[0]) == set(provenance["moments"])
    left = list(csv.DictReader((folder / "left_out.csv").read_text().splitlines()))
    assert [row["moment"] for row in left] == provenance["moments"]
    assert all(float(row["effective"]) >= 1.0 for row in left)


def test_without_screening_all_parameters_with_a_prior_are_searched(analytic, tmp_path):
    run(
        "calibrate",
        "--waves",
        1,
        "--points",
        20,
        "--sets",
        2,
        "--workers",
        1,
        "--out",
        tmp_path / "out",
    )
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
