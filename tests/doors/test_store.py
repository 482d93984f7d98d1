"""The results folder: whole or absent, resumable, and never taken for another run's."""

import csv
import json

import numpy as np
import pyarrow.parquet as pq
import pytest

from doors.stubbed import DICTIONARY, simulate_arms
from doors.worlds import names
from rebound_sim.errors import EngineError, InputError
from rebound_sim.experiment import ColumnDescription, Experiment, read_results, run_experiment
from rebound_sim.policies import load_policy
from rebound_sim.scenario import load_scenario
from rebound_sim.state.results import ArmResult


@pytest.fixture
def experiment(world):
    return Experiment(load_scenario(world), (load_policy("rebond"),), replications=4, seed=7)


def run(experiment, out, **options):
    options = {"workers": 1, "simulate": simulate_arms, "dictionary": DICTIONARY, **options}
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
        "column_dictionary.csv",
        "digests.csv",
        "manifest.json",
        "projects.parquet",
        "trajectories.parquet",
    ]
    assert names(folder.parent) == ["out"]
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["complete"] is True
    assert manifest["replications"] == [0, 1, 2, 3]
    assert manifest["arms"] == ["no_shock", "none", "rebond"]
    assert manifest["command"] == ["rebound", "run", "x"]
    assert manifest["identity"]["seed"] == 7
    assert {"python", "numba", "mesa", "rebound-sim"} <= set(manifest["versions"])
    assert str(tmp_path) not in (folder / "manifest.json").read_text()


def test_results_read_back_as_columns_and_panels(experiment, tmp_path):
    results = read_results(run(experiment, tmp_path / "out"))
    assert results.trajectories["month"].shape == (4 * 3 * 24,)
    panel = results.panel("employment", "rebond")
    assert panel.shape == (4, 24)
    assert panel.dtype == np.int64
    assert panel[:, 0].tolist() == [1009, 1019, 1029, 1039]
    assert panel[2].tolist() == list(range(1029, 1053))
    assert results.projects["grant"].tolist() == [0, 0, 1000] * 4
    with pytest.raises(InputError, match="allowed: policy, replication"):
        results.panel("unemployment", "rebond")


def test_every_stored_column_is_described(experiment, tmp_path):
    folder = run(experiment, tmp_path / "out")
    with (folder / "column_dictionary.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    for table in ("trajectories", "projects"):
        stored = pq.read_schema(folder / f"{table}.parquet").names
        assert [row["column"] for row in rows if row["table"] == table] == stored
    assert {row["column"]: row["type"] for row in rows}["employment"] == "int64"
    with pytest.raises(EngineError, match="column rate of trajectories has no description"):
        run(experiment, tmp_path / "other", dictionary=DICTIONARY[:4])
    assert not (tmp_path / "other").exists()


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

    def counting(scenario, policies, seed, replication):
        asked.append(replication)
        return simulate_arms(scenario, policies, seed, replication)

    run(experiment, tmp_path / "out", resume=True, simulate=counting)
    assert asked == [2, 3]
    resumed = read_results(tmp_path / "out")
    assert resumed.manifest.results_digest == whole.manifest.results_digest
    for name, column in whole.trajectories.items():
        assert np.array_equal(resumed.trajectories[name], column)
    assert np.array_equal(resumed.projects["grant"], whole.projects["grant"])
    asked.clear()
    run(changed(experiment, replications=1), tmp_path / "out", resume=True, simulate=counting)
    assert asked == []
    assert read_results(tmp_path / "out").manifest.replications == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("overrides", "seed", "policy", "words"),
    [
        ({}, 8, "rebond", "another seed (then 7, now 8)"),
        ({}, 7, "money_only", "other policies (then rebond, now money_only)"),
        ({"closure.0.jobs": "21"}, 7, "rebond", "another scenario"),
        ({"search.effort_decay": "0.1"}, 7, "rebond", "other parameters"),
    ],
)
def test_resume_refuses_another_run(overrides, seed, policy, words, experiment, tmp_path, world):
    out = run(experiment, tmp_path / "out")
    scenario = load_scenario(world, overrides=overrides)
    other = Experiment(scenario, (load_policy(policy),), replications=6, seed=seed)
    assert f"cannot resume: these results were made with {words}" in refused(
        other, out, resume=True
    )
    assert len(read_results(out).manifest.replications) == 4


def test_resume_refuses_another_state_of_the_program(experiment, tmp_path):
    out = run(experiment, tmp_path / "out")
    file = out / "manifest.json"
    values = json.loads(file.read_text())
    values["identity"]["version"] = "0.0.1"
    file.write_text(json.dumps(values))
    assert "another version of rebound-sim (then 0.0.1, now" in refused(
        experiment, out, resume=True
    )
    file.write_text("{}")
    assert "the manifest cannot be read" in refused(experiment, out, resume=True)


def test_a_failed_replication_is_reported_and_the_others_kept(experiment, tmp_path, monkeypatch):
    monkeypatch.setenv("STUB_FAILS", "2")
    with pytest.raises(EngineError, match="1 of 4 replications failed; replication 2: ValueError"):
        run(experiment, tmp_path / "out")
    manifest = read_results(tmp_path / "out").manifest
    assert (manifest.complete, manifest.replications) == (False, [0, 1, 3])
    assert manifest.failures[0]["error"].startswith("ValueError: negative stock in replication 2 (")
    monkeypatch.delenv("STUB_FAILS")
    run(experiment, tmp_path / "out", resume=True)
    manifest = read_results(tmp_path / "out").manifest
    assert (manifest.complete, manifest.failures) == (True, [])


def test_when_all_fail_no_folder_is_left(experiment, tmp_path, monkeypatch):
    monkeypatch.setenv("STUB_FAILS", "0,1,2,3")
    with pytest.raises(EngineError):
        run(experiment, tmp_path / "out")
    assert names(tmp_path) == ["world.toml"]


def test_a_kill_between_two_files_does_not_count_as_a_replication(experiment, tmp_path):
    with pytest.raises(RuntimeError, match="killed"):
        run(experiment, tmp_path / "out", last_step=_killed)
    parts = tmp_path / ".out.partial" / "parts"
    (parts / "000001.json").unlink()
    (parts / "000002.trajectories.writing").write_bytes(b"half")
    assert "an interrupted run left 3 finished replications" in refused(
        experiment, tmp_path / "out"
    )
    asked = []

    def counting(scenario, policies, seed, replication):
        asked.append(replication)
        return simulate_arms(scenario, policies, seed, replication)

    run(experiment, tmp_path / "out", resume=True, simulate=counting)
    assert asked == [1]
    assert read_results(tmp_path / "out").panel("employment", "none").shape == (4, 24)
    assert not parts.exists()


def test_a_refused_resume_leaves_the_interrupted_run_alone(experiment, tmp_path):
    with pytest.raises(RuntimeError, match="killed"):
        run(experiment, tmp_path / "out", last_step=_killed)
    text = refused(changed(experiment, seed=8), tmp_path / "out", resume=True)
    assert "another seed (then 7, now 8)" in text
    note = tmp_path / ".out.partial" / "identity.json"
    whole = note.read_text()
    note.write_text("{")
    assert "cannot be read" in refused(experiment, tmp_path / "out", resume=True)
    note.write_text(whole)
    run(experiment, tmp_path / "out", resume=True, simulate=_never)
    assert len(read_results(tmp_path / "out").manifest.replications) == 4


def _never(*_arguments):
    raise AssertionError("everything was there already")


def _killed(_folder):
    raise RuntimeError("killed")


def test_two_runs_do_not_write_in_one_place(experiment, tmp_path):
    seen = []

    def second(_folder):
        seen.append(refused(experiment, tmp_path / "out"))

    run(experiment, tmp_path / "out", last_step=second)
    assert "an interrupted run left" in seen[0] or "another run is writing here" in seen[0]
    assert read_results(tmp_path / "out").manifest.complete


def test_numbers_out_of_range_are_refused_before_anything_starts(experiment):
    for values, words in (
        ({"replications": 0}, "--replications: out of range, got 0"),
        ({"seed": -1}, "--seed: out of range"),
        ({"seed": 2**63}, "--seed: out of range"),
        ({"policies": (load_policy("none"),) * 2}, "a policy is given twice"),
    ):
        with pytest.raises(InputError, match=words.replace("(", r"\(")):
            changed(experiment, **values)


def test_columns_of_unequal_length_are_refused():
    with pytest.raises(ValueError, match="of one length"):
        ArmResult({"a": np.zeros(2), "b": np.zeros(3)}, {}, "")


def test_reserved_columns_are_refused(experiment, tmp_path):
    def clashing(scenario, policies, seed, replication):
        result = simulate_arms(scenario, policies, seed, replication)
        result.arms["none"].trajectory["policy"] = np.zeros(24)
        return result

    with pytest.raises(EngineError, match="reserved for the store"):
        run(experiment, tmp_path / "out", simulate=clashing)
    assert not (tmp_path / "out").exists()


def test_a_description_is_one_row():
    assert ColumnDescription("trajectories", "x", "jobs", "jobs").formula == ""
