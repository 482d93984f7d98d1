"""The measurements of `rebound bench`: each is run warm, on one core, and the best is kept.

Times are those of the processor, so that other programs on the machine disturb them less.
"""

from __future__ import annotations

import gc
import math
import tempfile
import time
from collections.abc import Sequence

from rebound_sim.benchmarks.mesa_market import MesaMarket
from rebound_sim.benchmarks.processes import load_average, run_python
from rebound_sim.benchmarks.worlds import world

_MEMORY = """
import sys
from rebound_sim.benchmarks.memory import peak_bytes
print(peak_bytes(int(sys.argv[1]), int(sys.argv[2])))
"""
_COLD = "from rebound_sim.warming import warm_up; warm_up()"
_POLICY = "rebond"


def measure(
    active: int = 100_000,
    months: int = 48,
    sizes: Sequence[int] = (10_000, 30_000, 100_000, 300_000, 500_000),
    mesa_workers: int = 100_000,
    mesa_months: int = 3,
    cold: bool = True,
    repeats: int = 3,
) -> dict[str, float]:
    """Speed and memory of the full model, closure and policy on, beside plain Mesa.

    active : active residents of the zone    months : simulated after a burn-in of 6
    sizes : active residents of the zones whose times give the exponent, two or more
    mesa_workers, mesa_months : the minimal market    cold : compile again in an empty cache
    Returns ns_per_worker_month (worker: resident of working age), ns_per_active_month,
    build_seconds, peak_bytes_per_worker (above the imports), mesa_ns_per_worker_month,
    mesa_ratio, exponent (slope of log time on log workers), load_average, workers,
    active, and cold_compile_seconds if `cold`. The first use compiles.
    """
    from rebound_sim import warming

    if not warming.is_warm():
        warming.warm_up()
    figures: dict[str, float] = {"load_average": load_average()}
    seconds, build, people = best_times(active, months, repeats)
    figures["workers"], figures["active"] = people
    figures["ns_per_worker_month"] = seconds / people[0] * 1e9
    figures["ns_per_active_month"] = seconds / people[1] * 1e9
    figures["build_seconds"] = build
    figures["peak_bytes_per_worker"] = float(run_python(_MEMORY, active, months)) / people[0]
    figures["mesa_ns_per_worker_month"] = mesa_time(mesa_workers, mesa_months) * 1e9
    figures["mesa_ratio"] = figures["mesa_ns_per_worker_month"] / figures["ns_per_worker_month"]
    times = [best_times(size, max(months // 4, 8), repeats) for size in sizes]
    figures["exponent"] = slope([t[2][0] for t in times], [t[0] for t in times])
    if cold:
        figures["cold_compile_seconds"] = cold_seconds()
    return figures


def best_times(active: int, months: int, repeats: int) -> tuple[float, float, tuple[int, int]]:
    """Seconds a month, seconds to build, (residents of working age, active residents)."""
    from rebound_sim.model import BasinModel
    from rebound_sim.population.build import build

    month, built = math.inf, math.inf
    for _ in range(repeats):
        model = BasinModel(world(active, months), _POLICY, seed=1)
        start = time.process_time()
        build(model.scenario, model.parameters, 1, 0)
        built = min(built, time.process_time() - start)
        start = time.process_time()
        model.run()
        month = min(month, (time.process_time() - start) / model.months)
    return month, built, (model.state.residents_at_start, model.state.active_at_start)


def mesa_time(workers: int, months: int) -> float:
    """Seconds per worker and month of the minimal market in plain Mesa, best month."""
    market = MesaMarket(workers)
    best = math.inf
    for _ in range(months):
        start = time.process_time()
        market.step()
        best = min(best, time.process_time() - start)
    del market
    gc.collect()
    return best / workers


def slope(workers: Sequence[float], seconds: Sequence[float]) -> float:
    """Slope of log seconds on log workers, least squares. Two sizes or more."""
    x, y = [math.log(n) for n in workers], [math.log(s) for s in seconds]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    up = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    return up / sum((a - mean_x) ** 2 for a in x)


def cold_seconds() -> float:
    """Seconds of a fresh process that compiles everything in an empty cache."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        run_python(_COLD, cache=folder)
        return time.perf_counter() - start
