"""Ctrl-C and kills, sent to real processes while they simulate."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import nullcontext

import click
import pytest

from doors.worlds import STUBBED, names
from rebound_sim.cli import main
from rebound_sim.experiment import read_results
from rebound_sim.experiment.interruption import tells_what_is_kept

SECONDS = {"STUB_SECONDS": "0.15"}


@pytest.fixture
def started(tmp_path, world):
    """Start `rebound run` and wait until some replications are on disk."""
    processes = []

    def start(workers, finished=2):
        command = ["run", str(world), "--replications", "200", "--workers", str(workers)]
        process = subprocess.Popen(
            [sys.executable, str(STUBBED), *command],
            cwd=tmp_path,
            env={**os.environ, **SECONDS},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
            # Its own group, as a terminal gives: Ctrl-C reaches the workers too.
            start_new_session=True,
        )
        processes.append(process)
        parts = tmp_path / "results" / "world" / ".state" / "parts"
        deadline = time.monotonic() + 60
        while len(list(parts.glob("*.part"))) < finished:
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < deadline
            time.sleep(0.02)
        return process

    yield start
    for process in processes:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def nobody_left(group):
    """Whether all processes of a group have gone, within some seconds."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_interruption_keeps_finished_replications_marked_incomplete(
    workers, sent, started, rebound, world, tmp_path
):
    process = started(workers)
    if sent == signal.SIGINT:
        os.killpg(process.pid, sent)
    else:
        process.send_signal(sent)
    output, errors = process.communicate(timeout=30)
    assert process.returncode == 130, errors
    assert output == ""
    assert "Traceback" not in errors
    assert errors.splitlines()[-1] == "rebound: interrupted"
    assert "marked incomplete" in errors
    assert nobody_left(process.pid)
    folder = tmp_path / "results" / "world"
    assert names(folder.parent) == ["world"]
    manifest = json.loads((folder / "manifest.json").read_text())
    assert (manifest["complete"], manifest["interrupted"]) == (False, True)
    kept = manifest["done"]
    assert 2 <= kept < 200
    # Workers finish in any order: those that are kept need not be the first ones.
    wanted = max(read_results(folder).replications) + 3
    done = rebound("run", world, "--replications", wanted, "--workers", 1, "--resume", "--json")
    assert json.loads(done.stdout)["tasks"] == wanted
    # A task whose file was whole when the signal came counts, though the manifest did not say so.
    resumed = int(re.search(r"Resuming: (\d+) finished tasks", done.stderr)[1])
    assert kept <= resumed <= kept + 2


def test_a_killed_run_leaves_no_worker_and_can_be_resumed(started, rebound, world, tmp_path):
    process = started(2)
    process.kill()
    process.communicate(timeout=30)
    assert nobody_left(process.pid)
    assert read_results(tmp_path / "results" / "world").manifest.complete is False
    refused = rebound("run", world)
    assert refused.returncode == 2
    assert "the results folder exists" in refused.stderr
    done = rebound("run", world, "--replications", 6, "--workers", 1, "--resume", "--json")
    assert json.loads(done.stdout)["complete"] is True
    assert names(tmp_path / "results") == ["world"]


@pytest.mark.parametrize("resumable", [True, False])
def test_an_interruption_says_what_is_kept(resumable, tmp_path, monkeypatch, capsys):
    def interrupted():
        with tells_what_is_kept(tmp_path) if resumable else nullcontext():
            raise KeyboardInterrupt

    command = click.Command("x", callback=interrupted)
    monkeypatch.setattr(main, "cli", command)
    monkeypatch.setattr(main.signal, "signal", lambda *_: None)
    monkeypatch.setattr(sys, "argv", ["rebound"])
    with pytest.raises(SystemExit) as stop:
        main.entry_point()
    assert stop.value.code == 130
    last = capsys.readouterr().err.splitlines()[-1]
    told = f"; what is finished is kept in {tmp_path}; the same command with --resume goes on"
    assert last == f"rebound: interrupted{told if resumable else ''}"
