"""The command line with a small engine in place of the model.

Run as a script: `python stubbed.py run SCENARIO ...`. It stands in for the economics alone: files,
processes, signals and the results folder are the real ones. `STUB_SECONDS` slows a replication,
`STUB_FAILS` lists replications that raise, `STUB_DIES` one whose process is killed once.
"""

import os
import signal
import time
from pathlib import Path

import numpy as np

from rebound_sim.experiment import ColumnDescription
from rebound_sim.state.results import ArmResult, ReplicationResult


def simulate_arms(scenario, policies, seed, replication):
    """Trajectories that depend on seed, replication and arm, and on nothing else."""
    time.sleep(float(os.environ.get("STUB_SECONDS", "0")))
    if str(replication) in os.environ.get("STUB_FAILS", "").split(","):
        raise ValueError(f"negative stock in replication {replication}")
    marker = os.environ.get("STUB_DIES")
    if marker and replication == 1 and not Path(marker).exists():
        Path(marker).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    months = np.arange(scenario.time.months)
    arms = {}
    for number, name in enumerate(["no_shock", "none", *(policy.name for policy in policies)]):
        level = 1000 + seed + 10 * replication + number
        projects = np.arange(number, dtype=np.int64)
        arms[name] = ArmResult(
            {"employment": level + months, "rate": np.sin(months + level)},
            {"grant": projects * 1000},
            digest=f"{level:x}",
        )
    return ReplicationResult(replication, arms)


DICTIONARY = (
    ColumnDescription("trajectories", "policy", "", "arm"),
    ColumnDescription("trajectories", "replication", "", "number"),
    ColumnDescription("trajectories", "month", "month", "month"),
    ColumnDescription("trajectories", "employment", "jobs", "jobs in the basin"),
    ColumnDescription("trajectories", "rate", "share", "a rate", "sin"),
    ColumnDescription("projects", "policy", "", "arm"),
    ColumnDescription("projects", "replication", "", "number"),
    ColumnDescription("projects", "grant", "EUR", "grant"),
)


def install():
    """Put the stub where the command line looks for the engine."""
    from rebound_sim.cli import summary
    from rebound_sim.experiment import run

    run._engine = lambda _watcher: simulate_arms
    run.column_descriptions = lambda: list(DICTIONARY)
    summary.add_summary = lambda folder: (folder / "headline.csv").write_text("outcome\n")
    summary.summarise = lambda _folder: [{"outcome": "additional jobs", "value": float("nan")}]
    summary.print_summary = lambda _folder: print("additional jobs")


if __name__ == "__main__":
    install()
    from rebound_sim.cli.main import entry_point

    entry_point()
