"""The main job as a user runs it: real engine, real files, a real process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pyarrow.dataset as ds

ROOT = Path(__file__).resolve().parents[2]


def _rebound(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rebound_sim.cli.main", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def _runs(folder: Path) -> dict[str, list[tuple[str, int, str]]]:
    """Arm -> zone, replication and digest of the numbers of each run, in order."""
    table = ds.dataset(folder / "runs", partitioning="hive").to_table().to_pydict()
    found: dict[str, list[tuple[str, int, str]]] = {}
    columns = (table[name] for name in ("arm", "zone", "replication", "digest"))
    for arm, zone, replication, digest in zip(*columns, strict=True):
        found.setdefault(arm, []).append((zone, replication, digest))
    return {arm: sorted(rows) for arm, rows in found.items()}


def test_rebound_run_leaves_one_object_a_whole_folder_and_the_same_numbers(tmp_path: Path) -> None:
    out = tmp_path / "first"
    words = ("run", "scenarios/textbook.toml", "--months", "36", "--replications", "2", "--json")
    done = _rebound(*words, "--workers", "2", "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert isinstance(json.loads(done.stdout), dict)
    names = {path.name for path in out.iterdir()}
    assert {
        "manifest.json",
        "trajectories",
        "projects",
        "ledger",
        "runs",
        "headline.csv",
        "column_dictionary.csv",
        "figures",
    } <= names
    assert json.loads((out / "manifest.json").read_text())["complete"] is True
    pictures = {path.stem for path in (out / "figures").glob("*.png")}
    assert {"employment", "displaced", "funnel", "money"} <= pictures
    assert set(_runs(out)) == {"no_shock", "none", "rebond"}
    table = ds.dataset(out / "trajectories", partitioning="hive").to_table(columns=["arm"])
    assert set(table["arm"].to_pylist()) == {"no_shock", "none", "rebond"}
    again = _rebound(*words, "--workers", "1", "--out", str(tmp_path / "second"))
    assert again.returncode == 0, again.stderr
    assert _runs(out) == _runs(tmp_path / "second")
    refused = _rebound(*words, "--out", str(out))
    assert refused.returncode == 2 and "Traceback" not in refused.stderr
