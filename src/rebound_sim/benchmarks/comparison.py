"""What a comparison costs: start-up, a replication of the default programme, memory, its end."""

from __future__ import annotations

import json
import math
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from rebound_sim.benchmarks.measures import mesa_time
from rebound_sim.benchmarks.processes import load_average, run_python

_HELP = """
import sys
from rebound_sim.cli.main import entry_point
sys.argv = ["rebound", "--help"]
entry_point()
"""
_FIRST_MONTH = """
from rebound_sim.benchmarks.worlds import world
from rebound_sim.model import BasinModel
BasinModel(world(2_000, 12), "none", seed=1).advance()
"""
_REPLICATION = """
import sys
from rebound_sim.benchmarks.comparison import replication
print(replication(int(sys.argv[1])))
"""
_FIRST_RESULT = """
import tempfile
from pathlib import Path
from rebound_sim.benchmarks.comparison import default_comparison
from rebound_sim.cli.programme_table import provisional_table
from rebound_sim.experiment import Watcher, run_experiment

class Shown(Exception):
    pass

def show(folder):
    assert provisional_table(folder) is not None
    raise Shown

with tempfile.TemporaryDirectory() as folder:
    out = Path(folder) / "first"
    try:
        run_experiment(default_comparison(), out, workers=2, watcher=Watcher(readable=show))
    except Shown:
        pass
"""
#: Processor time of the same replication before late forks and the rest (commit fb3fcf9: 78.9 s),
#: in months of plain Mesa with 100,000 workers (0.128 s), both on one busy machine. Plain Mesa
#: stands for the speed of the machine.
BEFORE_IN_MESA_MONTHS = 618.0
_MESA_WORKERS = 100_000
#: Replications whose tables and figures are made: those of a first run.
_REPLICATIONS = 12


def measure_comparison(zones: int | None = None, mesa_months: int = 3) -> dict[str, float]:
    """Times and memory of one replication of the default comparison, in fresh processes.

    zones : the first ones of the programme, None for all (the ratio to before needs all)
    Returns help_seconds, start_up_seconds (wall, best of three), replication_seconds (processor),
    share_simulated (zone-months simulated over asked for), worker_bytes (peak resident),
    end_seconds (wall, tables and figures of twelve replications), mesa_month_seconds, load_average,
    and with all zones replication_over_before and first_result_seconds (wall, from the command to
    the provisional table of one world, on two processes). The first use compiles.
    """
    from rebound_sim import warming

    if not warming.is_warm():
        warming.warm_up()
    figures: dict[str, float] = {"load_average": load_average()}
    figures["help_seconds"] = _best_wall(_HELP)
    figures["start_up_seconds"] = _best_wall(_FIRST_MONTH)
    figures |= json.loads(run_python(_REPLICATION, zones or 0))
    figures["mesa_month_seconds"] = mesa_time(_MESA_WORKERS, mesa_months) * _MESA_WORKERS
    if zones is None:
        months = figures["replication_seconds"] / figures["mesa_month_seconds"]
        figures["replication_over_before"] = months / BEFORE_IN_MESA_MONTHS
        start = time.perf_counter()
        run_python(_FIRST_RESULT)
        figures["first_result_seconds"] = time.perf_counter() - start
    return figures


def _best_wall(code: str) -> float:
    best = math.inf
    for _ in range(3):
        start = time.perf_counter()
        run_python(code)
        best = min(best, time.perf_counter() - start)
    return best


def default_comparison() -> Any:
    """The experiment of `rebound compare`: strategies of the programme and the shipped plans."""
    from rebound_sim.api.questions import comparison_asked
    from rebound_sim.policies import Arm, StrategyChoice, load_plan
    from rebound_sim.scenario import load_world
    from rebound_sim.scenario.shipped_plans import shipped_plans

    programme = load_world()
    strategies = (StrategyChoice(name) for name in programme.national().strategies)
    arms = (
        *map(Arm.of_strategy, strategies),
        *(Arm.of_plan(load_plan(p)) for p in shipped_plans()),
    )
    return comparison_asked(programme, arms)


def replication(zones: int) -> str:
    """One replication of the default programme in this process, as JSON. zones : 0 for all."""
    from rebound_sim.benchmarks.processes import peak_resident
    from rebound_sim.experiment import Experiment
    from rebound_sim.policies.arm import REFERENCES, Arm
    from rebound_sim.policies.strategy_choice import StrategyChoice
    from rebound_sim.programme import simulate
    from rebound_sim.scenario import load_world

    programme = load_world()
    if zones:
        programme = programme.model_copy(update={"zone": programme.zone[:zones]})
    names = programme.national().strategies
    arms = [Arm.of_strategy(StrategyChoice(name)) for name in names if name not in REFERENCES]
    start = time.process_time()
    result = simulate(programme, arms, 1, 0)
    seconds, most = time.process_time() - start, peak_resident()
    runs = result.runs
    months = programme.time.burn_in_months + programme.time.months
    return json.dumps(
        {
            "replication_seconds": seconds,
            "share_simulated": float(runs["months_simulated"].sum()) / (runs["zone"].size * months),
            "worker_bytes": most,
            "end_seconds": _end_seconds(Experiment(programme, tuple(arms), _REPLICATIONS), result),
        }
    )


def _end_seconds(experiment: Any, result: Any) -> float:
    """Wall time of tables and figures when every replication gave this result."""
    from rebound_sim.experiment import run_experiment
    from rebound_sim.report.outputs import add_tables_and_figures

    def again(_world: Any, _arms: Any, _seed: int, number: int) -> Any:
        return replace(result, replication=number)

    with tempfile.TemporaryDirectory() as place:
        folder = run_experiment(experiment, Path(place) / "end", workers=1, simulate=again)
        start = time.perf_counter()
        add_tables_and_figures(folder)
        return time.perf_counter() - start
