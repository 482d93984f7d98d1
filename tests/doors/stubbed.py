"""The command line with a small engine in place of the model.

Run as a script: `python stubbed.py run SCENARIO ...`. It stands in for the economics alone: files,
processes, signals and the results folder are the real ones. `STUB_SECONDS` slows a replication,
`STUB_FAILS` lists replications that raise, `STUB_DIES` one whose process is killed once.
"""

import os
import signal
import sys
import time
from pathlib import Path

import numpy as np

from rebound_sim.experiment import ColumnDescription
from rebound_sim.experiment.dictionary import column_descriptions
from rebound_sim.policies.arm import REFERENCES
from rebound_sim.state.results import SimulationResult


def simulate(world, arms, seed, replication):
    """Tables that depend on seed, replication and arm, and on nothing else."""
    time.sleep(float(os.environ.get("STUB_SECONDS", "0")))
    if str(replication) in os.environ.get("STUB_FAILS", "").split(","):
        raise ValueError(f"negative stock in replication {replication}")
    marker = os.environ.get("STUB_DIES")
    if marker and replication == 1 and not Path(marker).exists():
        Path(marker).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    names = [*REFERENCES, *(arm.name for arm in arms)]
    months, zone = world.time.months, world.codes[0]
    level = 1000 + seed + 10 * replication + np.arange(len(names))
    jobs = (level[:, np.newaxis] + np.arange(months)).ravel()
    projects = np.repeat(np.arange(len(names)), np.arange(len(names)))
    here = np.full(len(names), zone)
    return SimulationResult(
        replication,
        trajectories={
            "arm": np.repeat(names, months),
            "zone": np.full(jobs.size, zone),
            "month": np.tile(np.arange(months), len(names)),
            "employment": jobs,
            "rate": np.sin(jobs),
        },
        runs={
            "arm": np.array(names),
            "zone": here,
            "status": np.full(len(names), "done"),
            "error": np.full(len(names), ""),
            "allocation": np.full(len(names), "ab"),
            "digest": np.array([f"{one:x}" for one in level]),
            "shared": np.zeros(len(names), dtype=bool),
            "months_simulated": np.full(len(names), float(months)),
        },
        ledger={
            "arm": np.array(names[2:]),
            "zone": here[2:],
            "instrument": np.full(len(names) - 2, "grants"),
            "project": np.full(len(names) - 2, -1),
            "month": np.zeros(len(names) - 2, np.int64),
            "kind": np.full(len(names) - 2, "allocated"),
            "amount_eur": level[2:],
        },
        projects={
            "arm": np.array(names)[projects],
            "zone": np.full(projects.size, zone),
            "granted_eur": projects * 1000,
        },
    )


DICTIONARY = (
    *column_descriptions(),
    ColumnDescription("trajectories", "employment", "jobs", "jobs in the basin"),
    ColumnDescription("trajectories", "rate", "share", "a rate", "sin"),
)


def install():
    """Put the stub where the command line looks for the engine."""
    from rebound_sim.cli.running import Running
    from rebound_sim.experiment import run, under_way
    from rebound_sim.report import outputs

    def tell(how, folder):
        from rebound_sim.experiment.manifest import read_manifest

        manifest = read_manifest(folder)
        report = {
            "results": str(folder),
            "arms": manifest.arms,
            "complete": manifest.complete,
            "tasks": manifest.done,
            "seed": manifest.identity.seed,
            "headline": [{"outcome": "additional jobs", "value": None}],
        }
        import json

        print(json.dumps(report) if how.as_json else f"additional jobs\nResults: {folder}")

    def add_table(folder, *_):
        (folder / "headline.csv").write_text("outcome")

    run.engine_on = lambda team, _watcher, _simulate: under_way.Engine(simulate, team)
    run.column_descriptions = lambda: list(DICTIONARY)
    outputs.add_tables_and_figures = add_table
    Running._tell = tell


if __name__ == "__main__":
    # Workers find the engine by the name of its module, not as `__main__`.
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from doors.stubbed import install as install_by_name

    install_by_name()
    from rebound_sim.cli.main import entry_point

    entry_point()
