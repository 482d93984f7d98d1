"""A real Dask scheduler and worker processes on this machine."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from calibration.analytic import problem
from engine.stub_programme import BASIN, experiment, run
from engine.test_programme_store import same
from rebound_sim.calibration.search.evaluations import Budget, opened_evaluations
from rebound_sim.errors import InputError
from rebound_sim.experiment import read_results
from rebound_sim.experiment.executors import workers_of
from rebound_sim.scenario.programme import World

pytest.importorskip("distributed")
TESTS = Path(__file__).parents[1]


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture
def cluster(tmp_path):
    """Start a scheduler; then workers, each a process that can be killed."""
    processes = []

    def start(*arguments, **environment):
        path = os.pathsep.join([str(TESTS), *sys.path])
        process = subprocess.Popen(
            [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]],
            env={**os.environ, "PYTHONPATH": path, **environment},
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        processes.append(process)
        return process

    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    start("dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")

    def worker(**environment):
        options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1"]
        return start("dask_worker", address, *options, **environment)

    yield address, worker
    for process in processes:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_for(address, count):
    """Until so many workers have joined."""
    from distributed import Client

    deadline = time.monotonic() + 60
    while True:
        try:
            with Client(address, timeout=5, set_as_default=False) as client:
                client.wait_for_workers(count, timeout=60)
                return
        except OSError:
            assert time.monotonic() < deadline


def real_programme():
    """Two small zones, one of which loses a site, for the model itself."""
    zone = {"employed_residents": 1500, "establishments": 150, "places": 3}
    closure = {"sector": "CL", "jobs": 20, "tranches": [{"month": 1, "share": 1.0}]}
    small = {**BASIN, **zone, "qualification_shares": [0.5, 0.2, 0.15, 0.15]}
    return World.model_validate(
        {
            "title": "Two small zones",
            "programme": {"envelope_eur": 1_000_000, "start_month": 0, "strategies": ["equal"]},
            "time": {"burn_in_months": 2, "months": 18},
            "zone": [
                {"code": "A", "synthetic": small, "closure": [closure]},
                {"code": "B", "synthetic": small},
            ],
        }
    )


def test_a_worker_killed_in_mid_run_loses_nothing(cluster, tmp_path):
    address, worker = cluster
    first, _ = worker(STUB_SECONDS="0.1"), worker(STUB_SECONDS="0.1")
    wait_for(address, 2)
    out = tmp_path / "out"

    def kill_when_under_way():
        while len(list((out / ".state" / "parts").glob("*.part"))) < 5:
            time.sleep(0.01)
        os.killpg(first.pid, signal.SIGKILL)

    killer = threading.Thread(target=kill_when_under_way, daemon=True)
    killer.start()
    run(experiment(30, group=2), out, scheduler=address)
    killer.join(timeout=1)
    assert not killer.is_alive() and first.wait(timeout=10) == -signal.SIGKILL
    results = read_results(out)
    assert results.manifest.complete and results.manifest.done == 60
    runs = results.table("runs")
    rows = set(zip(runs["arm"], runs["zone"], runs["replication"], strict=True))
    assert len(rows) == runs["zone"].size == 5 * 3 * 30
    assert same(out, run(experiment(30), tmp_path / "serial"))


@pytest.mark.slow
def test_the_model_gives_the_same_numbers_on_a_cluster(cluster, tmp_path):
    address, worker = cluster
    worker()
    wait_for(address, 1)
    asked = experiment(2, names=("equal",), programme=real_programme())
    options = {"simulate": None, "dictionary": None}
    out = run(asked, tmp_path / "out", scheduler=address, **options)
    serial = run(asked, tmp_path / "serial", **options)
    digests = [read_results(folder).manifest.results_digest for folder in (out, serial)]
    assert digests[0] == digests[1]
    panels = [read_results(folder).panel("workplace_employment").values for folder in (out, serial)]
    assert np.array_equal(*panels) and not np.isnan(panels[0]).any()


def test_points_of_a_calibration_are_simulated_on_a_cluster(cluster, tmp_path):
    address, worker = cluster
    worker()
    wait_for(address, 1)
    asked = problem()
    points = [(asked.values([n / 12] * 5), 0) for n in range(12)]
    found = []
    for name, scheduler in (("far", address), ("here", None)):
        with (
            workers_of(None if scheduler else 1, scheduler) as team,
            opened_evaluations(tmp_path / name, asked, resume=False, team=team) as store,
        ):
            assert team.count == 1 and store.evaluate(points, Budget())
            found.append({key: one.moments for key, one in store.known.items()})
    assert found[0] == found[1] and len(found[0]) == 12


def test_workers_with_other_code_are_refused_by_name(cluster, tmp_path):
    address, worker = cluster
    other = tmp_path / "other"
    other.mkdir()
    # Runs when the worker's interpreter starts, as another environment would differ from the first.
    (other / "sitecustomize.py").write_text(
        "import rebound_sim\nrebound_sim.__version__ = '0.0.1'\n"
    )
    path = os.pathsep.join([str(other), str(TESTS), *sys.path])
    worker(PYTHONPATH=path)
    wait_for(address, 1)
    with pytest.raises(InputError) as caught:
        run(experiment(2), tmp_path / "out", scheduler=address)
    text = str(caught.value)
    assert text.startswith("--scheduler: tcp://127.0.0.1:")
    assert "has another version: rebound-sim 0.0.1 (here " in text
    assert not (tmp_path / "out").exists()


def test_a_scheduler_without_workers_or_without_an_answer(cluster, tmp_path):
    from distributed import Client

    address, _ = cluster
    with Client(address, timeout=30, set_as_default=False):
        pass
    with pytest.raises(InputError, match="the scheduler has no worker"):
        run(experiment(2), tmp_path / "out", scheduler=address)
    with pytest.raises(InputError, match="the scheduler does not answer"):
        run(experiment(2), tmp_path / "out", scheduler=f"tcp://127.0.0.1:{free_port()}")
    for wrong, words in (("nowhere", "not an address"), ("http://127.0.0.1:1", "not answer")):
        with pytest.raises(InputError, match=words):
            run(experiment(2), tmp_path / "out", scheduler=wrong)
    assert not (tmp_path / "out").exists()
