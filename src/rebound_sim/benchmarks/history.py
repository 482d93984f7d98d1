"""The history of measurements: one line of a CSV file a run."""

from __future__ import annotations

import csv
import os
import platform
import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import rebound_sim
from rebound_sim.errors import InputError

COLUMNS = (
    "date", "commit", "machine", "cores", "load_average", "mesa_ratio", "ns_per_worker_month",
    "exponent", "cold_compile_seconds", "start_up_seconds", "share_simulated",
    "replication_seconds", "replication_over_before", "worker_bytes", "first_result_seconds",
    "end_seconds",
)  # fmt: skip


def history_file() -> Path:
    """benchmarks/history.csv of the checkout that holds the package.

    Raises InputError where there is none, and where sources are not those of a commit.
    """
    path = Path(__file__).parents[3] / "benchmarks" / "history.csv"
    if not path.is_file():
        raise InputError("no checkout holds this package: there is no history", file="--record")
    if commit().endswith("-dirty"):
        raise InputError("these sources are not those of a commit", file="--record")
    return path


def append(path: Path, figures: Mapping[str, float]) -> None:
    """Add a line: the commit, the machine, and the figures that were measured. Raises OSError."""
    line: dict[str, object] = {
        "date": date.today().isoformat(),
        "commit": commit(),
        "machine": machine(),
        "cores": os.cpu_count(),
    }
    line |= {name: f"{figures[name]:.4g}" for name in COLUMNS if name in figures}
    new = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, restval="", lineterminator="\n")
        if new:
            writer.writeheader()
        writer.writerow(line)


def commit() -> str:
    """Commit of the checkout that holds the package, else its version."""
    here = Path(__file__).parent
    command = ["git", "-C", str(here), "describe", "--always", "--dirty", "--exclude=*"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return rebound_sim.__version__
    return done.stdout.strip()


def machine() -> str:
    """Name of the processor."""
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()
