"""Forecasts of zones: scores on laws whose answer is known, and what the command refuses."""

import csv
from dataclasses import replace

import numpy as np
import pytest
from click.testing import CliRunner

from rebound_sim.calibration.panel import forecast, table, worlds
from rebound_sim.calibration.panel.table import ZonesPanel, published_paths
from rebound_sim.calibration.panel.worlds import START, sample
from rebound_sim.calibration.replays import forecasts
from rebound_sim.calibration.replays.forecasts import crps_of_normal, crps_of_runs, held_out, scores
from rebound_sim.calibration.side_by_side import prediction_interval
from rebound_sim.cli.validate import validate
from rebound_sim.errors import InputError
from rebound_sim.parameters.ensemble import Ensemble, ParameterChoice


def test_scores_of_runs_and_of_the_law_they_come_from_agree():
    """2,000 runs of a normal law score as the law itself; so do ten, on average."""
    draw = np.random.default_rng(3)
    observed = draw.normal(0.0, 1.0, 400)
    law = crps_of_normal(observed, np.zeros(400), 1.0)
    assert crps_of_runs(observed, draw.normal(0.0, 1.0, (2_000, 400))) == pytest.approx(law, 0.02)
    few = [crps_of_runs(observed, draw.normal(0.0, 1.0, (10, 400))) for _ in range(20)]
    assert np.mean(few) == pytest.approx(law, rel=0.03)
    # The score of the right law is the expected one: 1/√π of its standard deviation.
    assert law == pytest.approx(1.0 / np.sqrt(np.pi), rel=0.1)


def test_a_sharp_right_forecast_scores_better_and_a_wrong_one_worse():
    observed = np.zeros(50)
    right = crps_of_normal(observed, np.zeros(50), 0.1)
    assert right < crps_of_normal(observed, np.zeros(50), 1.0)
    assert crps_of_normal(observed, np.full(50, 3.0), 0.1) == pytest.approx(3.0, rel=0.05)


def test_coverage_of_zones_that_move_as_those_of_the_past_is_near_the_level():
    start = START["2014"]
    jobs, rates = published_paths(start)
    draw = np.random.default_rng(5)
    noise = 0.4 * np.sqrt(np.arange(rates.shape[1]))
    runs = rates[None] + draw.normal(0.0, 1.0, (200, *rates.shape)) * noise
    made = ZonesPanel(
        start,
        jobs,
        rates + draw.normal(0.0, 1.0, rates.shape) * noise,
        np.repeat(jobs[None], 200, axis=0),
        runs,
        np.zeros(0),
    )
    lines = {line.what: line for line in held_out((), (made,))}
    for years in (2, 3, 5):
        covered = lines[f"unemployment of zones from 2014, {years} years"].covered
        assert 0.55 <= covered[0.8] <= 1.0
    assert lines["all figures"].figures == 2 * 3 * len(rates)
    found = scores((made,))
    assert [(s.quantity, s.years) for s in found] == [
        (quantity, years) for quantity in ("unemployment", "jobs") for years in (2, 3, 5)
    ]
    # Jobs as published are a perfect forecast of themselves.
    assert all(s.model == pytest.approx(0.0, abs=1e-9) and s.better for s in found[3:])
    assert 0.2 < forecasts.drift_of_jobs() < 2.0


@pytest.mark.parametrize(
    ("zone", "until", "told"),
    [
        ("3202", None, "starts at a quarter"),
        ("3202@2018-T4", "2023", "not a quarter"),
        ("3202@2018-T4", "2020-T1", "not a whole number of years"),
        ("3202@2018-T4", "2018-T4", "not a whole number of years"),
    ],
)
def test_dates_that_cannot_be_forecast_are_refused(zone, until, told):
    with pytest.raises(InputError, match=told):
        forecast.years_until(zone, until)


def test_a_national_path_is_read_or_refused(tmp_path):
    path = tmp_path / "nation.csv"
    path.write_text("year,unemployment_rate\n2018,8.5\n2019,8.1\n2020,9.0\n", encoding="utf-8")
    found = forecast.read_national(path, "2018-T4", 2)
    assert found.rates == (8.5, 8.1, 9.0) and found.growth == (1.0, 1.0, 1.0)
    assert found.level_growth == 2
    with pytest.raises(InputError, match="2021"):
        forecast.read_national(path, "2018-T4", 3)
    path.write_text("year,unemployment_rate,jobs\n2018,8,100\n2019,8,102\n", encoding="utf-8")
    grown = forecast.read_national(path, "2018-T4", 1)
    assert grown.growth == pytest.approx((1.0, 1.02)) and grown.level_growth == 0
    path.write_text("year,unemployment_rate,jobs\n2018,8,100\n2019,8,0\n", encoding="utf-8")
    with pytest.raises(InputError, match="no number of jobs"):
        forecast.read_national(path, "2018-T4", 1)
    path.write_text("year,rate\n2018,8\n", encoding="utf-8")
    with pytest.raises(InputError, match="columns are lacking"):
        forecast.read_national(path, "2018-T4", 0)
    path.write_text("year,unemployment_rate\n2018,many\n", encoding="utf-8")
    with pytest.raises(InputError, match="not a year and its figures"):
        forecast.read_national(path, "2018-T4", 0)


def test_the_world_of_a_forecast_follows_the_nation():
    nation = forecast.published_national("2018-T4", 3)
    made = forecast.world_of_forecast("3202@2018-T4", 3, nation)
    assert nation.level_rates == nation.level_growth == 0 and len(nation.rates) == 4
    assert made.conditions.external_unemployment == nation.rates
    assert len(nation.growth) == 4 and nation.growth[3] > 1.02
    late = forecast.published_national("2023-T4", 5)
    assert late.level_growth >= late.level_rates > 0 and len(late.growth) == 6
    assert made.conditions.external_demand[0] == 1.0
    assert made.time.months == 36


def test_weights_of_sets_come_with_the_ensemble(monkeypatch):
    sets = tuple({"search.own_sector": 0.1 * n} for n in range(1, 5))
    about = ({"wave": 1.0, "inside": 1.0, "distance": 1.0},) * 4
    weights = [0.4, 0.3, 0.2, 0.1]
    made = Ensemble(sets, about, {"weights_without_series": weights})
    monkeypatch.setattr(forecasts, "shipped_ensemble", lambda: made)
    choice = ParameterChoice("ensemble", sets)
    assert forecasts.weights_of(choice, 4) == pytest.approx(weights)
    # Sets come back in turn; a sample worth one set or two says nothing.
    assert forecasts.weights_of(choice, 6) == pytest.approx(np.array([4, 3, 2, 1, 4, 3]) / 17)
    assert forecasts.weights_of(choice, 2) is None
    assert forecasts.weights_of(ParameterChoice("ensemble", sets[:3]), 3) is None
    assert forecasts.weights_of(ParameterChoice(), 4) is None


def test_equal_weights_change_no_interval():
    values = np.random.default_rng(6).normal(size=(9, 5))
    plain = prediction_interval(values, 0.8)
    weighted = prediction_interval(values, 0.8, np.full(9, 1.0 / 9.0))
    assert np.allclose(plain, weighted)


ZONES = sample()[:3]


def test_the_whole_way_on_three_small_zones(tmp_path, monkeypatch):
    """Zones simulated from each date by the command, judged, printed and written."""
    made = {name: replace(study, places=lambda: ZONES) for name, study in worlds.STUDIES.items()}
    monkeypatch.setattr(table, "STUDIES", made)
    monkeypatch.setattr(table, "sample", lambda: ZONES)
    options = ["--only", "panel", "--replications", "3", "--workers", "1", "--out", str(tmp_path)]
    shown = CliRunner().invoke(validate, options, catch_exceptions=False)
    assert shown.exit_code == 0
    assert "Held-out figures inside" in shown.stdout and "CRPS" in shown.stdout
    with (tmp_path / "held_out.csv").open(encoding="utf-8") as stream:
        lines = {row["what"]: row for row in csv.DictReader(stream)}
    # Two quantities, three horizons, four starts, three zones.
    assert int(lines["all figures"]["figures"]) == 2 * 3 * 4 * 3
    for row in lines.values():
        inside = [float(row[f"inside{level}"]) for level in (50, 80, 95)]
        assert 0.0 <= inside[0] <= inside[1] <= inside[2] <= 1.0
    assert float(lines["all figures"]["inside95"]) > 0.5
    with (tmp_path / "forecasts.csv").open(encoding="utf-8") as stream:
        scored = list(csv.DictReader(stream))
    assert {row["quantity"] for row in scored} == {"unemployment", "jobs"}
    assert len(scored) == 2 * 3 * 4
    for row in scored:
        assert float(row["no_change"]) > 0.0 and 0.0 < float(row["model"]) < 20.0
        best = float(row["model"]) < min(float(row["no_change"]), float(row["nation"]))
        assert row["better"] == str(best)
    tables = (tmp_path / "held_out.md").read_text(encoding="utf-8")
    assert "| all figures | 72 |" in tables and "| unemployment, point | 2006 | 2 |" in tables
