"""Answers about results do not depend on where they stand, nor hold figures that do not exist."""

import csv
import json
import shutil

import pytest
from click.testing import CliRunner

from engine.stub_programme import experiment, run
from rebound_sim.cli.results import results
from rebound_sim.cli.sweep import _shown

pytest.importorskip("duckdb")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return run(experiment(2), tmp_path_factory.mktemp("results") / "out")


def ask(folder, sql, *options):
    done = CliRunner().invoke(
        results, [str(folder), "--query", sql, *options], catch_exceptions=False
    )
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize(
    "name", ["strategy=other", "arm=x", "point=7", "zone=Z9", "l'été [1] à 100 %", "a*b", "x=y=z"]
)
def test_the_name_of_a_folder_never_changes_an_answer(folder, tmp_path, name):
    moved = tmp_path / name / "point=3" / "strategy=elsewhere"
    shutil.copytree(folder, moved)
    for sql in ("SELECT * FROM runs ORDER BY ALL", "DESCRIBE trajectories"):
        assert json.loads(ask(moved, sql, "--json")) == json.loads(ask(folder, sql, "--json"))


def test_an_exported_answer_has_no_nan_and_keeps_zeros(folder, tmp_path):
    file = tmp_path / "réponse.CSV"
    sql = "SELECT 0 / 0.0 AS a, 'inf'::DOUBLE AS b, '0051' AS zone, 1.5::FLOAT AS c"
    assert json.loads(ask(folder, sql, "--export", str(file), "--json")) == {"written": str(file)}
    with file.open(encoding="utf-8", newline="") as stream:
        assert list(csv.reader(stream)) == [["a", "b", "zone", "c"], ["", "", "0051", "1.5"]]


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ({"estimate": "31", "low": "", "high": ""}, "31 (no interval)"),
        ({"estimate": "1234.5", "low": "-2", "high": "3000"}, "1,234 [-2; 3,000]"),
        ({"estimate": "", "low": "", "high": ""}, "not defined"),
    ],
)
def test_a_sweep_of_one_replication_is_told_without_interval(row, text):
    assert _shown(row) == text
