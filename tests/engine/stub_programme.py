"""A small engine in place of the model: tables that depend on seed, replication, arm, zone.

It stands in for the economics alone: files, processes and signals are the real ones.
`STUB_SECONDS` slows a task, `STUB_FAILS` lists replications that raise, `STUB_KILLS` those that
kill their process. As a script, `python stub_programme.py OUT REPLICATIONS [OPTION=VALUE]...`
calls `run_experiment`.
"""

import os
import signal
import sys
import time
import zlib

import numpy as np

from rebound_sim.experiment import (
    ColumnDescription,
    Experiment,
    Watcher,
    run_experiment,
)
from rebound_sim.experiment.dictionary import column_descriptions
from rebound_sim.pace import tell
from rebound_sim.policies.arm import Arm
from rebound_sim.policies.strategy_choice import StrategyChoice
from rebound_sim.scenario.programme import World
from rebound_sim.state.results import SimulationResult

MONTHS = 12
BASIN = {
    "employed_residents": 4000,
    "unemployment_rate_percent": 8.0,
    "industry_share": 0.3,
    "establishments": 400,
    "area_km2": 300.0,
    "places": 2,
    "qualification_shares": [0.5, 0.2, 0.1, 0.2],
}
DICTIONARY = [
    *column_descriptions(),
    ColumnDescription("trajectories", "employment", "job", "jobs"),
]


def programme(zones=3, envelope=1_000_000):
    """A programme of synthetic zones."""
    return World.model_validate(
        {
            "title": "A small programme",
            "programme": {"envelope_eur": envelope, "strategies": ("equal",)},
            "time": {"burn_in_months": 2, "months": MONTHS},
            "zone": [{"code": f"Z{n}", "synthetic": BASIN} for n in range(zones)],
        }
    )


def experiment(replications=4, names=("equal", "merit", "pipeline"), **options):
    """Some strategies on the small programme."""
    arms = tuple(Arm.of_strategy(StrategyChoice(name)) for name in names)
    world = options.pop("programme", None) or programme()
    return Experiment(world, arms, replications, **options)


def level(seed, replication, strategy, zone):
    """Jobs in month 0: the same address, the same number."""
    return zlib.crc32(f"{seed},{replication},{strategy},{zone}".encode()) % 10_000


def simulate(world, arms, seed, replication, references=True):
    """Tables with the features of real ones; `STUB_BROKEN_STRATEGY` names one that fails."""
    time.sleep(float(os.environ.get("STUB_SECONDS", "0")))
    if str(replication) in os.environ.get("STUB_FAILS", "").split(","):
        raise ValueError(f"negative stock in replication {replication}")
    if str(replication) in os.environ.get("STUB_KILLS", "").split(","):
        os.kill(os.getpid(), signal.SIGKILL)
    names = [*(("no_shock", "none") if references else ()), *(arm.name for arm in arms)]
    broken = os.environ.get("STUB_BROKEN_STRATEGY")
    pairs = [(name, zone) for name in names for zone in world.codes]
    good = [pair for pair in pairs if pair[0] != broken]
    levels = np.array([level(seed, replication, *pair) for pair in good])
    months = np.tile(np.arange(MONTHS), len(good))
    status = np.array(["failed" if name == broken else "done" for name, _ in pairs])
    return SimulationResult(
        replication,
        trajectories={
            "arm": np.repeat([name for name, _ in good], MONTHS),
            "zone": np.repeat([zone for _, zone in good], MONTHS),
            "month": months,
            "employment": np.repeat(levels, MONTHS) + months,
        },
        runs={
            "arm": np.array([name for name, _ in pairs]),
            "zone": np.array([zone for _, zone in pairs]),
            "status": status,
            "error": np.where(status == "failed", "KeyError: 'jobs'", ""),
            "allocation": np.full(len(pairs), "ab12"),
            "digest": np.array([f"{level(seed, replication, *pair):x}" for pair in pairs]),
            "shared": np.zeros(len(pairs), dtype=bool),
            "months_simulated": np.full(len(pairs), float(MONTHS)),
        },
        ledger={
            "arm": np.array([name for name, _ in good]),
            "zone": np.array(["" for _ in good]),
            "instrument": np.full(len(good), "grants"),
            "project": np.full(len(good), -1),
            "month": np.full(len(good), 6),
            "kind": np.full(len(good), "envelope"),
            "amount_eur": levels * 10,
        },
        projects={
            "arm": np.array([name for name, _ in good if name == "equal"]),
            "zone": np.array([zone for name, zone in good if name == "equal"]),
            "project": np.arange(sum(name == "equal" for name, _ in good)),
        },
    )


def simulate_by_months(world, arms, seed, replication, references=True):
    """As `simulate`, telling each month."""
    for month in range(MONTHS):
        tell((month + 1) / MONTHS)
    return simulate(world, arms, seed, replication, references)


def run(what, out, **options):
    """`run_experiment` with this engine, in this process unless told otherwise."""
    options = {"simulate": simulate, "dictionary": DICTIONARY, **options}
    if "scheduler" not in options:
        options.setdefault("workers", 1)
    return run_experiment(what, out, **options)


if __name__ == "__main__":
    # Workers find the engine by the name of its module, not as `__main__`.
    from engine import stub_programme as module

    given = dict(word.split("=", 1) for word in sys.argv[3:])
    flags = {name: True for name in ("resume", "overwrite") if given.pop(name, "")}
    numbers = {name: int(given.pop(name)) for name in ("workers",) if name in given}
    watcher = Watcher(advanced=lambda done, total: print(done, total, flush=True))
    module.run(
        module.experiment(int(sys.argv[2])),
        sys.argv[1],
        watcher=watcher,
        **flags,
        **numbers,
        **given,
    )
