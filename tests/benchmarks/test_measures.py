"""Structure of the measurements, with tiny sizes; no time is asserted."""

import csv
import math
from pathlib import Path

import pytest

from rebound_sim.benchmarks import (
    beside_targets,
    history,
    measure,
    measure_comparison,
    measure_programme,
)
from rebound_sim.benchmarks.measures import slope
from rebound_sim.benchmarks.mesa_market import MesaMarket


def test_every_figure_is_there_and_positive():
    figures = measure(
        active=2_000,
        months=8,
        sizes=(1_500, 3_000),
        mesa_workers=300,
        mesa_months=2,
        cold=False,
        repeats=1,
    )
    assert set(figures) == {
        "ns_per_worker_month",
        "ns_per_active_month",
        "peak_bytes_per_worker",
        "build_seconds",
        "mesa_ratio",
        "mesa_ns_per_worker_month",
        "exponent",
        "load_average",
        "workers",
        "active",
    }
    assert all(math.isfinite(value) for value in figures.values())
    assert figures["workers"] > figures["active"] > 0
    assert figures["ns_per_active_month"] > figures["ns_per_worker_month"] > 0
    assert figures["mesa_ratio"] * figures["ns_per_worker_month"] == pytest.approx(
        figures["mesa_ns_per_worker_month"]
    )


def test_the_slope_of_a_power_is_its_exponent():
    assert slope([1, 10, 100], [3, 30, 300]) == pytest.approx(1.0)
    assert slope([10, 20], [1, 4]) == pytest.approx(2.0)


def test_the_plain_market_fires_and_hires_and_loses_nobody():
    market = MesaMarket(400)
    before = market.unemployed()
    for _ in range(6):
        market.step()
    staff = sum(len(firm.staff) for firm in market.companies)
    assert staff + market.unemployed() == 400
    assert 0 < market.unemployed() != before


@pytest.mark.slow
def test_every_figure_of_a_programme_is_there():
    figures = measure_programme(zones=2, months=36, few=(1, 36), replications=(1, 2))
    assert figures["zones"] == 2
    assert figures["months"] == 60
    assert all(math.isfinite(value) for value in figures.values())
    assert 0.0 <= figures["engine_overhead"] < 1.0
    assert figures["ns_per_active_month"] * figures["active"] * 60 == pytest.approx(
        figures["national_run_seconds"] * 1e9
    )


def test_targets_say_what_is_reached():
    rows = beside_targets({"mesa_ratio": 64.9, "exponent": 1.0, "something_else": 3.0})
    assert [(t.figure, t.met(value)) for t, value in rows] == [
        ("mesa_ratio", False),
        ("exponent", True),
    ]


def test_the_history_grows_by_a_line_a_run(tmp_path):
    path = tmp_path / "history.csv"
    history.append(path, {"mesa_ratio": 40.123456, "workers": 7.0})
    history.append(path, {"worker_bytes": 2e9})
    first, second = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    assert first["mesa_ratio"] == "40.12"
    assert (second["mesa_ratio"], second["worker_bytes"]) == ("", "2e+09")
    assert first["commit"] and first["machine"]
    shipped = Path(__file__).parents[2] / "benchmarks" / "history.csv"
    assert shipped.read_text(encoding="utf-8").splitlines()[0].split(",") == list(history.COLUMNS)


@pytest.mark.slow
def test_every_figure_of_a_comparison_is_there():
    figures = measure_comparison(zones=2, mesa_months=1)
    assert all(math.isfinite(value) and value >= 0.0 for value in figures.values())
    assert 0.3 < figures["share_simulated"] < 1.0
    assert "replication_over_before" not in figures
