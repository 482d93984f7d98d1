"""`rebound results`: what is in a folder, and questions to it."""

import json

import pytest
from click.testing import CliRunner

from engine.stub_programme import DICTIONARY, MONTHS, experiment, level, run, simulate
from engine.test_sweep import ENVELOPES, HEAD, WORLD
from rebound_sim.cli.results import results
from rebound_sim.errors import InputError
from rebound_sim.experiment import load_sweep, run_sweep


def answer(folder, *options):
    """Standard output of the command; its errors are raised."""
    done = CliRunner().invoke(results, [str(folder), *options], catch_exceptions=False)
    return done.output


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return run(experiment(3), tmp_path_factory.mktemp("results") / "out")


def test_a_folder_is_described(folder):
    found = json.loads(answer(folder, "--json"))
    assert found["complete"] is True and found["done"] == 3
    rows = {table["table"]: table["rows"] for table in found["tables"]}
    assert rows["trajectories"] == 5 * 3 * 3 * MONTHS and rows["runs"] == 45
    text = " ".join(answer(folder).split())  # lines are folded at the width of the terminal
    assert "A small programme (complete)" in text and "column_dictionary.csv" in text


def test_questions_are_answered_over_all_tables(folder, tmp_path):
    pytest.importorskip("duckdb")
    sql = """SELECT t.employment, l.amount_eur FROM trajectories t JOIN ledger l
             USING (arm, replication) WHERE arm = 'merit' AND zone = 'Z1'
             AND replication = 2 AND t.month = 0"""
    with pytest.raises(InputError, match="zone"):
        answer(folder, "--query", sql)
    sql = sql.replace("AND zone", "AND t.zone").replace("SELECT", "SELECT DISTINCT")
    found = json.loads(answer(folder, "--query", sql, "--json", "--rows", "10"))
    jobs = level(0, 2, "merit", "Z1")
    assert jobs in {row["employment"] for row in found["rows"]}
    file = tmp_path / "answer.csv"
    answer(folder, "--query", "SELECT count(*) AS n FROM runs", "--export", str(file))
    assert file.read_text().split() == ["n", "45"]
    with pytest.raises(InputError, match=r"--query: .*allowed: tables: .*trajectories"):
        answer(folder, "--query", "SELECT * FROM trajectorys")
    with pytest.raises(InputError, match="--export: unknown format"):
        answer(folder, "--query", "SELECT 1", "--export", "answer.doc")


def test_points_of_a_sweep_are_one_table_beside_their_design(tmp_path):
    pytest.importorskip("duckdb")
    (tmp_path / "world.toml").write_text(WORLD)
    (tmp_path / "sweep.toml").write_text(HEAD + ENVELOPES)
    sweep = load_sweep(tmp_path / "sweep.toml", replications=1)
    out = run_sweep(sweep, tmp_path / "out", workers=1, simulate=simulate, dictionary=DICTIONARY)
    sql = """SELECT "programme.envelope_eur" AS envelope, count(DISTINCT arm) AS strategies,
             count(*) AS rows FROM trajectories JOIN design USING (point) GROUP BY 1 ORDER BY 1"""
    found = json.loads(answer(out, "--query", sql, "--json"))
    assert found["rows"] == [
        {"envelope": envelope, "strategies": 4, "rows": 2 * 4 * MONTHS}
        for envelope in (1_000_000, 2_000_000)
    ]


def test_a_folder_of_others_is_refused(tmp_path):
    with pytest.raises(InputError, match="not a results folder"):
        answer(tmp_path)
