"""The results folder: whole or absent, resumable, and never taken for another run's."""

import csv
import json

import numpy as np
import pyarrow.parquet as pq
import pytest

from doors.stubbed import DICTIONARY, simulate
from doors.worlds import names
from rebound_sim.errors import EngineError, InputError
from rebound_sim.experiment import ColumnDescription, Experiment, read_results, run_experiment
from rebound_sim.policies import load_policy
from rebound_sim.policies.arm import Arm
from rebound_sim.scenario import load_scenario, world_of
from rebound_sim.state.results import SimulationResult

FORMER_FORM = True  # of the world's file: it is still read


@pytest.fixture
def experiment(world):
    arms = (Arm.of_policy(load_policy("rebond")),)
    return Experiment(world_of(load_scenario(world)), arms, replications=4, seed=7)


def run(experiment, out, **options):
    options = {"workers": 1, "simulate": simulate, "dictionary": DICTIONARY, **options}
    return run_experiment(experiment, out, **options)


def changed(experiment, **values):
    return Experiment(**{**vars(experiment), **values})


def refused(experiment, out, **options):
    with pytest.raises(InputError) as caught:
        run(experiment, out, **options)
    return str(caught.value)


def test_a_folder_holds_all_that_describes_it(experiment, tmp_path):
    folder = run(experiment, tmp_path / "deep" / "out", command=["rebound", "run", "x"])
    assert sorted(path.name for path in folder.iterdir()) == [
        ".state",
        "column_dictionary.csv",
        "ledger",
        "manifest.json",
        "projects",
        "runs",
        "trajectories",
    ]
    assert names(folder.parent) == ["out"]
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["complete"] is True
    assert (manifest["done"], manifest["tasks"], manifest["failed"]) == (4, 4, 0)
    assert manifest["arms"] == ["no_shock", "none", "rebond"]
    assert manifest["command"] == ["rebound", "run", "x"]
    assert manifest["identity"]["seed"] == 7
    assert {"python", "numba", "mesa", "rebound-sim"} <= set(manifest["versions"])
    assert str(tmp_path) not in (folder / "manifest.json").read_text()


def test_results_read_back_as_tables_and_panels(experiment, tmp_path):
    results = read_results(run(experiment, tmp_path / "out"))
    assert results.table("trajectories")["month"].shape == (4 * 3 * 24,)
    panel = results.panel("employment", arm="rebond")
    assert panel.dims == ("zone", "replication", "month")
    values = panel.values[0]
    assert values[:, 0].tolist() == [1009, 1019, 1029, 1039]
    assert values[2].tolist() == list(range(1029, 1053))
    assert results.table("projects")["granted_eur"].tolist() == [1000] * 4 + [2000] * 8
    with pytest.raises(InputError, match="allowed: zone, replication, month, employment"):
        results.panel("unemployment", arm="rebond")
    with pytest.raises(InputError, match=r"no such arm.*did you mean rebond"):
        results.panel("employment", arm="rebon")


def test_every_stored_column_is_described(experiment, tmp_path):
    folder = run(experiment, tmp_path / "out")
    with (folder / "column_dictionary.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    for table in ("trajectories", "projects"):
        file = next((folder / table / "arm=rebond").glob("*.parquet"))
        stored = ["arm", *pq.read_schema(file).names]
        assert [row["column"] for row in rows if row["table"] == table] == stored
    assert {row["column"]: row["type"] for row in rows}["employment"] == "int64"
    with pytest.raises(EngineError, match="column rate of trajectories has no description"):
        run(experiment, tmp_path / "other", dictionary=DICTIONARY[:-1])


def test_an_existing_folder_needs_a_decision(experiment, tmp_path):
    out = run(experiment, tmp_path / "out")
    before = (out / "manifest.json").read_bytes()
    text = refused(experiment, out)
    assert text == (
        f"{out}: the results folder exists (allowed: --overwrite, --resume, or another --out)"
    )
    assert (out / "manifest.json").read_bytes() == before
    run(changed(experiment, seed=8), out, overwrite=True)
    assert read_results(out).manifest.identity.seed == 8
    assert names(tmp_path) == ["out", "world.toml"]


def test_a_folder_that_is_not_a_results_folder_is_never_replaced(experiment, tmp_path):
    precious = tmp_path / "home"
    precious.mkdir()
    (precious / "thesis.txt").write_text("ten years")
    assert "holds no results" in refused(experiment, precious, overwrite=True)
    assert (precious / "thesis.txt").read_text() == "ten years"
    (tmp_path / "file").write_text("")
    assert "not a folder" in refused(experiment, tmp_path / "file", overwrite=True)
    assert "a file, not a folder" in refused(experiment, tmp_path / "file" / "out")
    assert "not a name" in refused(experiment, ".")
    assert "File name too long" in refused(experiment, tmp_path / ("a" * 300))
    (tmp_path / "empty").mkdir()
    assert run(experiment, tmp_path / "empty").name == "empty"


def test_resume_adds_only_what_is_missing(experiment, tmp_path):
    whole = read_results(run(experiment, tmp_path / "whole"))
    run(changed(experiment, replications=2), tmp_path / "out")
    asked = []

    def counting(world, arms, seed, replication):
        asked.append(replication)
        return simulate(world, arms, seed, replication)

    run(experiment, tmp_path / "out", resume=True, simulate=counting)
    assert asked == [2, 3]
    resumed = read_results(tmp_path / "out")
    assert resumed.manifest.results_digest == whole.manifest.results_digest
    for table in ("runs", "trajectories", "ledger", "projects"):
        for name, column in whole.table(table).items():
            assert np.array_equal(resumed.table(table)[name], column)
    asked.clear()
    run(changed(experiment, replications=1), tmp_path / "out", resume=True, simulate=counting)
    assert asked == []
    assert read_results(tmp_path / "out").replications == (0, 1, 2, 3)


@pytest.mark.parametrize(
    ("overrides", "seed", "policy", "words"),
    [
        ({}, 8, "rebond", "another seed (then 7, now 8)"),
        ({}, 7, "money_only", "other arms (then rebond, now money_only)"),
        ({"closure.0.jobs": "21"}, 7, "rebond", "another world"),
        ({"search.effort_decay": "0.1"}, 7, "rebond", "other parameters"),
    ],
)
def test_resume_refuses_another_run(overrides, seed, policy, words, experiment, tmp_path, world):
    out = run(experiment, tmp_path / "out")
    scenario = load_scenario(world, overrides=overrides)
    arms = (Arm.of_policy(load_policy(policy)),)
    other = Experiment(world_of(scenario), arms, replications=6, seed=seed)
    assert f"these results were made with {words}" in refused(other, out, resume=True)
    assert len(read_results(out).replications) == 4


def test_resume_refuses_another_state_of_the_program(experiment, tmp_path):
    out = run(experiment, tmp_path / "out")
    file = out / "manifest.json"
    for name, words in (
        ("rebound-sim", "another version of rebound-sim"),
        ("tables", "other tables of figures"),
        ("platform", "another platform"),
        ("libm", "another library of mathematics"),
        ("numba", "another version of numba"),
    ):
        whole = file.read_text()
        values = json.loads(whole)
        values["identity"]["provenance"][name] = "0.0.1"
        file.write_text(json.dumps(values))
        assert f"{words} (then 0.0.1, now" in refused(experiment, out, resume=True)
        file.write_text(whole)
    file.write_text("{}")
    assert "the manifest cannot be read" in refused(experiment, out, resume=True)


def test_a_failed_replication_is_reported_and_the_others_kept(experiment, tmp_path, monkeypatch):
    monkeypatch.setenv("STUB_FAILS", "2")
    with pytest.raises(EngineError, match="1 of 4 tasks failed; replication 2: ValueError"):
        run(experiment, tmp_path / "out")
    manifest = read_results(tmp_path / "out").manifest
    assert (manifest.complete, manifest.done, manifest.failed) == (False, 3, 1)
    assert manifest.failures[0]["error"].startswith("ValueError: negative stock in replication 2 (")
    monkeypatch.delenv("STUB_FAILS")
    run(experiment, tmp_path / "out", resume=True)
    manifest = read_results(tmp_path / "out").manifest
    assert (manifest.complete, manifest.failures) == (True, [])


def test_a_refused_resume_leaves_the_results_alone(experiment, tmp_path):
    out = run(experiment, tmp_path / "out")
    text = refused(changed(experiment, seed=8), out, resume=True)
    assert "another seed (then 7, now 8)" in text
    run(experiment, out, resume=True, simulate=_never)
    assert read_results(out).replications == (0, 1, 2, 3)


def _never(*_arguments):
    raise AssertionError("everything was there already")


def test_two_runs_do_not_write_in_one_place(experiment, tmp_path):
    seen = []

    def second(_folder):
        seen.append(refused(experiment, tmp_path / "out", overwrite=True))

    run(experiment, tmp_path / "out", last_step=second)
    assert "another run is writing here" in seen[0]
    assert read_results(tmp_path / "out").manifest.complete


def test_numbers_out_of_range_are_refused_before_anything_starts(experiment):
    for values, words in (
        ({"replications": 0}, "--replications: out of range, got 0"),
        ({"seed": -1}, "--seed: out of range"),
        ({"seed": 2**63}, "--seed: out of range"),
        ({"arms": (Arm("x"), Arm("x"))}, "two arms have the same name"),
    ):
        with pytest.raises(InputError, match=words.replace("(", r"\(")):
            changed(experiment, **values)


def test_columns_of_unequal_length_are_refused():
    with pytest.raises(ValueError, match="of one length"):
        SimulationResult(0, {"a": np.zeros(2), "b": np.zeros(3)}, {}, {}, {})


def test_reserved_columns_are_refused(experiment, tmp_path):
    def clashing(world, arms, seed, replication):
        result = simulate(world, arms, seed, replication)
        result.trajectories["replication"] = result.trajectories["month"]
        return result

    with pytest.raises(EngineError, match="reserved for the store"):
        run(experiment, tmp_path / "out", simulate=clashing)


def test_a_description_is_one_row():
    assert ColumnDescription("trajectories", "x", "jobs", "jobs").formula == ""
