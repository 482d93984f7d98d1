"""A results folder of a programme with known effects, stored as the engine would store it."""

import numpy as np

from programme_results import LAYOFFS, SITE, programme
from rebound_sim.cli.programme_table import finish
from rebound_sim.experiment.programme_run import ProgrammeExperiment, run_programme
from rebound_sim.policies.strategy import StrategyChoice
from rebound_sim.scenario.programme import ProgrammeScenario
from rebound_sim.state.outcomes import OUTCOME_NAMES, PROJECT_RESULTS
from rebound_sim.state.results import ProgrammeResult

GAINS = {"merit": [60, 40], "equal": 20.0}
ZONES, REPLICATIONS, MONTHS = ("0051", "0052"), 4, 48
IN_MEMORY = programme(GAINS, zones=ZONES, replications=REPLICATIONS, months=MONTHS)


def tables(_world, _strategies, _seed, replication):
    """One replication of the panels in memory, as the engine would give it."""
    cells = [(a, z) for a in range(len(IN_MEMORY.arms)) for z in range(len(ZONES))]
    names = np.array([IN_MEMORY.arms[a] for a, _ in cells])
    zones = np.array([ZONES[z] for _, z in cells])
    trajectories = {
        "strategy": np.repeat(names, MONTHS),
        "zone": np.repeat(zones, MONTHS),
        "month": np.tile(np.arange(MONTHS), len(cells)),
    }
    for name in OUTCOME_NAMES:
        panel = IN_MEMORY.read(name)[:, :, replication]
        trajectories[name] = np.concatenate([panel[cell] for cell in cells])
    here = {}
    for table in ("runs", "ledger"):
        columns = getattr(IN_MEMORY, table)
        rows = columns["replication"] == replication
        here[table] = {n: c[rows] for n, c in columns.items() if n != "replication"}
    size = here["runs"]["zone"].size
    here["runs"] |= {"allocation": np.full(size, "a"), "digest": np.full(size, "d"),
                     "shared": np.zeros(size, bool)}  # fmt: skip
    keys = ("strategy", "zone", *(outcome.name for outcome in PROJECT_RESULTS))
    projects = {name: np.zeros(1, np.int64) for name in keys}
    projects |= {"strategy": np.array(["merit"]), "zone": np.array(["0051"])}
    return ProgrammeResult(replication, trajectories, projects=projects, **here)


def store(out, last_step=finish):
    """Write the folder; return its path."""
    closure = {
        "sector": "CL", "jobs": SITE, "tranches": ({"month": LAYOFFS, "share": 1.0},)
    }  # fmt: skip
    world = ProgrammeScenario.model_validate(
        {
            "title": "A synthetic programme",
            "programme": {"envelope_eur": 10_000_000, "strategies": tuple(GAINS)},
            "time": {"burn_in_months": 12, "months": MONTHS},
            "zone": [{"code": code, "closure": (closure,)} for code in ZONES],
        }
    )
    experiment = ProgrammeExperiment(world, tuple(map(StrategyChoice, GAINS)), REPLICATIONS, 0)
    return run_programme(experiment, out, workers=1, simulate=tables, last_step=last_step)
