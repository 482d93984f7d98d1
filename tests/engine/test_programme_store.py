"""Results of a programme: every task once, whatever happens, and readable by all."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas
import pyarrow.dataset as ds
import pytest

from engine.stub_programme import DICTIONARY, MONTHS, experiment, level, programme, run, simulate
from engine.test_progress import OF_A_REPLICATION
from rebound_sim.errors import EngineError, InputError
from rebound_sim.experiment import read_results
from rebound_sim.policies.arm import Arm
from rebound_sim.policies.strategy_choice import StrategyChoice

SCRIPT = Path(__file__).with_name("stub_programme.py")


def same(one, other):
    """Whether two folders hold the same rows and digest."""
    first, second = read_results(one), read_results(other)
    assert first.manifest.results_digest == second.manifest.results_digest
    assert np.array_equal(
        first.panel("employment").values, second.panel("employment").values, equal_nan=True
    )
    for name in ("runs", "trajectories", "ledger", "projects"):
        left, right = first.table(name), second.table(name)
        assert list(left) == list(right)
        for column in left:
            assert np.array_equal(left[column], right[column]), (name, column)
    return True


def refused(*arguments, **options):
    with pytest.raises(InputError) as caught:
        run(*arguments, **options)
    return str(caught.value)


@pytest.fixture(scope="module")
def serial(tmp_path_factory):
    """Six replications done one after the other."""
    return run(experiment(6), tmp_path_factory.mktemp("serial") / "out")


def test_panels_and_tables_hold_what_was_simulated(serial):
    results = read_results(serial)
    assert results.arms == ("no_shock", "none", "equal", "merit", "pipeline")
    assert results.zones == ("Z0", "Z1", "Z2")
    assert results.replications == tuple(range(6))
    panel = results.panel("employment").values
    assert panel.shape == (5, 3, 6, MONTHS) and panel.dtype == np.float64
    assert panel[3, 1, 4].tolist() == [level(0, 4, "merit", "Z1") + m for m in range(MONTHS)]
    runs = results.table("runs")
    assert list(runs)[:3] == ["arm", "zone", "replication"]
    assert len(set(zip(runs["arm"], runs["zone"], runs["replication"], strict=True))) == 90
    assert set(results.table("ledger", ["amount_eur", "arm"])) == {"arm", "amount_eur"}
    assert set(results.table("projects")["arm"]) == {"equal"}
    with pytest.raises(InputError, match="did you mean employment"):
        results.panel("employmnt")


def test_a_copy_without_hidden_files_reads_the_same_and_opens_as_one_dataset(serial, tmp_path):
    copy = shutil.copytree(serial, tmp_path / "copy", ignore=shutil.ignore_patterns(".*"))
    assert same(serial, copy)
    table = ds.dataset(copy / "trajectories", partitioning="hive").to_table()
    assert table.num_rows == 5 * 3 * 6 * MONTHS
    assert set(table["arm"].to_pylist()) == set(read_results(serial).arms)
    assert len(pandas.read_parquet(copy / "runs")) == 5 * 3 * 6
    files = [path for path in serial.rglob("*.parquet") if ".state" not in path.parts]
    assert len(files) <= 4 * 5


@pytest.mark.parametrize("options", [{"workers": 2}, {"group": 1}, {"workers": 2, "group": 2}])
def test_results_depend_neither_on_workers_nor_on_groups(serial, tmp_path, options):
    group = options.pop("group", 12)
    assert same(serial, run(experiment(6, group=group), tmp_path / "out", **options))


def test_many_batches_are_one_result(serial, tmp_path, monkeypatch):
    monkeypatch.setattr("rebound_sim.experiment.store._ROWS_PER_BATCH", 400)
    out = run(experiment(6), tmp_path / "out")
    assert len(list((out / "runs" / "arm=equal").iterdir())) == 2
    assert same(serial, out)


def test_shards_are_collected_and_what_they_lack_is_simulated(serial, tmp_path):
    out = tmp_path / "out"
    for part in ("1/3", "3/3"):
        run(experiment(6), out, shard=part)
    assert "the folder holds shards" in refused(experiment(6), out)
    assert "another seed" in refused(experiment(6, seed=1), out, resume=True)
    asked = []

    def counting(programme, strategies, seed, replication):
        asked.append(replication)
        return simulate(programme, strategies, seed, replication)

    run(experiment(6), out, resume=True, simulate=counting)
    assert asked == [1, 4]
    assert same(serial, out)
    assert not (out / "shards").exists()
    with pytest.raises(InputError, match="not a shard"):
        run(experiment(6), out, shard="4/3")


def test_batches_that_overlap_are_taken_once(serial, tmp_path):
    out = tmp_path / "out"
    run(experiment(3, group=2), out)
    run(experiment(6, group=2), out, shard="1/1")
    run(experiment(6, group=2), out, resume=True, simulate=None)
    assert same(serial, out)


def test_a_fault_of_the_engine_is_a_row_and_others_go_on(serial, tmp_path, monkeypatch):
    monkeypatch.setenv("STUB_FAILS", "2")
    out = tmp_path / "out"
    with pytest.raises(EngineError, match="1 of 6 tasks failed; replication 2: ValueError"):
        run(experiment(6), out)
    results = read_results(out)
    assert results.manifest.complete is False
    runs = results.table("runs")
    failed = runs["replication"] == 2
    assert set(runs["status"][failed]) == {"failed"} and failed.sum() == 15
    assert "negative stock" in runs["error"][failed][0]
    panel = results.panel("employment").values
    assert np.isnan(panel[:, :, 2]).all() and not np.isnan(np.delete(panel, 2, axis=2)).any()
    monkeypatch.delenv("STUB_FAILS")
    assert same(serial, run(experiment(6), out, resume=True))


def test_a_strategy_that_fails_leaves_the_others_and_exits_as_input(tmp_path, monkeypatch):
    monkeypatch.setenv("STUB_BROKEN_STRATEGY", "merit")
    text = refused(experiment(3), tmp_path / "out")
    assert text.startswith("arm: merit: KeyError: 'jobs'; what the others gave is in")
    results = read_results(tmp_path / "out")
    assert results.manifest.complete is True
    assert np.isnan(results.panel("employment").values).any(axis=(1, 2, 3)).tolist() == [
        0,
        0,
        0,
        1,
        0,
    ]


def test_a_task_that_kills_its_workers_is_found(tmp_path, monkeypatch):
    monkeypatch.setenv("STUB_KILLS", "3")
    with pytest.raises(EngineError, match="1 of 5 tasks failed; replication 3: the worker process"):
        run(experiment(5), tmp_path / "out", workers=2)
    assert read_results(tmp_path / "out").manifest.done == 4


def start(out, *options, seconds="0.1"):
    """`run_experiment` in a process of its own."""
    paths = os.pathsep.join([str(SCRIPT.parents[1]), os.environ.get("PYTHONPATH", "")])
    return subprocess.Popen(
        [sys.executable, str(SCRIPT), str(out), "40", *options],
        env={**os.environ, "PYTHONPATH": paths.strip(os.pathsep), "STUB_SECONDS": seconds},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # A shell's background job ignores the signal, and its children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT])
def test_no_finished_task_is_lost_or_done_again(sent, tmp_path):
    out = tmp_path / "out"
    process = start(out, "workers=2")
    done = 0
    while done < 5:
        # Told in zone-months, as a user sees them: of whole tasks, as the stub tells no month.
        done = int(process.stdout.readline().split()[0]) // OF_A_REPLICATION
    assert "another run is writing here" in refused(experiment(40), out, resume=True)
    os.kill(process.pid, sent)
    _, errors = process.communicate(timeout=240)
    results = read_results(out)
    kept = len(results.replications)
    assert done <= kept < 40, errors
    assert results.manifest.complete is False
    assert not np.isnan(results.panel("employment").values).any()
    asked = []

    def counting(programme, strategies, seed, replication):
        asked.append(replication)
        return simulate(programme, strategies, seed, replication)

    run(experiment(40), out, resume=True, simulate=counting)
    assert sorted([*asked, *results.replications]) == list(range(40))
    whole = run(experiment(40), tmp_path / "whole")
    assert same(whole, out)


def test_what_a_kill_left_half_written_does_not_count(serial, tmp_path):
    """Files of a batch without its entry, a part cut short, a file being written."""
    out = tmp_path / "out"
    run(experiment(3), out)
    stray = out / "runs" / "arm=equal" / "batch-00001.parquet"
    shutil.copyfile(stray.with_name("batch-00000.parquet"), stray)
    parts = out / ".state" / "parts"
    head = {"replication": 4, "group": 0, "rows": 1, "total": "0", "blobs": [["runs", "equal", 9]]}
    (parts / "0000004-000.part").write_bytes(json.dumps(head).encode() + b"\nPAR1")
    (parts / ".0000005-000.part.writing").write_bytes(b"{")
    assert read_results(out).replications == (0, 1, 2)
    assert same(serial, run(experiment(6), out, resume=True))


def test_a_full_disk_keeps_what_is_finished(serial, tmp_path, monkeypatch):
    from rebound_sim.experiment import store, task_parts

    def full(folder, result):
        if result.replication == 3:
            raise OSError(28, "No space left on device")
        return task_parts.write_part(folder, result)

    out = tmp_path / "out"
    with monkeypatch.context() as patch:
        patch.setattr(store, "write_part", full)
        text = refused(experiment(6), out)
    assert "the disk is full; 3 of 6 tasks are kept; add --resume to go on" in text
    assert same(serial, run(experiment(6), out, resume=True))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"seed": 1}, "another seed (then 0, now 1)"),
        ({"names": ("equal",)}, "other arms (then merit, pipeline, now fewer)"),
        ({"programme": programme(envelope=2_000_000)}, "another world"),
    ],
)
def test_another_run_is_refused(changed, words, tmp_path):
    out = run(experiment(2), tmp_path / "out")
    before = (out / "manifest.json").read_bytes()
    assert "the results folder exists" in refused(experiment(2, **changed), out)
    assert words in refused(experiment(2, **changed), out, resume=True)
    manifest = json.loads(before)
    assert (out / "manifest.json").read_bytes() == before
    manifest["identity"]["provenance"]["rebound-sim"] = "0.0.1"
    (out / "manifest.json").write_text(json.dumps(manifest))
    assert "another version of rebound-sim (then 0.0.1" in refused(experiment(2), out, resume=True)
    run(experiment(2, **changed), out, overwrite=True)


def test_folders_of_others_are_never_touched(tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "thesis.txt").write_text("ten years")
    assert "holds no results" in refused(experiment(2), tmp_path / "home", overwrite=True)
    assert (tmp_path / "home" / "thesis.txt").read_text() == "ten years"
    assert "a file, not a folder" in refused(experiment(2), tmp_path / "home" / "thesis.txt" / "a")


def test_every_column_is_described(serial, tmp_path):
    text = (serial / "column_dictionary.csv").read_text()
    assert "trajectories,employment,int64,job,jobs," in text
    assert "ledger,amount_eur,int64,EUR," in text
    with pytest.raises(EngineError, match="column employment of trajectories has no description"):
        run(experiment(2), tmp_path / "out", dictionary=DICTIONARY[:-1])


def test_strategies_of_one_name_are_refused():
    with pytest.raises(InputError, match="two arms have the same name"):
        experiment(names=("equal", "equal"))
    with pytest.raises(InputError, match="--replications: out of range"):
        experiment(0)
    assert experiment(names=("none", "equal")).simulated == (
        Arm.of_strategy(StrategyChoice("equal")),
    )
