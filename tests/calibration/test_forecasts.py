"""Forecasts of zones: scores on laws whose answer is known, and what the command refuses."""

import numpy as np
import pytest

from rebound_sim.calibration.panel import forecast
from rebound_sim.calibration.panel.table import Panel, published_paths
from rebound_sim.calibration.panel.worlds import START
from rebound_sim.calibration.replays.forecasts import crps_of_normal, crps_of_runs, held_out, scores
from rebound_sim.errors import InputError


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
    made = Panel(start, jobs, rates + draw.normal(0.0, 1.0, rates.shape) * noise,
                 np.repeat(jobs[None], 200, axis=0), runs, np.zeros(0))  # fmt: skip
    lines = {line.what: line for line in held_out((), (made,))}
    for years in (2, 3, 5):
        covered = lines[f"unemployment of zones from 2014, {years} years"].covered
        assert 0.55 <= covered[0.8] <= 1.0
    assert lines["all figures"].figures == 2 * 3 * len(rates)
    assert [score.years for score in scores((made,))] == [2, 3, 5]


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
    assert forecast.read_national(path, "2018-T4", 2) == (8.5, 8.1, 9.0)
    with pytest.raises(InputError, match="2021"):
        forecast.read_national(path, "2018-T4", 3)
    path.write_text("year,rate\n2018,8\n", encoding="utf-8")
    with pytest.raises(InputError, match="columns are lacking"):
        forecast.read_national(path, "2018-T4", 0)
    path.write_text("year,unemployment_rate\n2018,many\n", encoding="utf-8")
    with pytest.raises(InputError, match="not a year and a rate"):
        forecast.read_national(path, "2018-T4", 0)


def test_the_world_of_a_forecast_follows_the_nation():
    rates, level = forecast.published_national("2018-T4", 3)
    made = forecast.world_of_forecast("3202@2018-T4", 3, rates)
    assert level == 0 and len(rates) == 4
    assert made.conditions.external_unemployment == rates
    assert made.conditions.external_demand[0] == 1.0
    assert made.time.months == 36
