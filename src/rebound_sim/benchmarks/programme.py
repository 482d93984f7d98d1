"""What a national run costs: `rebound bench programme`.

One strategy over the zones of the default programme, on one core; the same work on two processes;
what the engine adds to the tasks; the memory of the main process as replications grow.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from rebound_sim.benchmarks.processes import load_average, peak_resident, run_python

_STRATEGY = "equal"
#: Times that each way of running two pieces is measured, in turn.
_ROUNDS = 3
#: Rounds of hashing in a piece: about a second of arithmetic in registers.
_HASHES = 2_000_000


def measure_programme(
    zones: int = 30,
    months: int = 120,
    few: tuple[int, int] = (4, 36),
    replications: tuple[int, int] = (4, 12),
) -> dict[str, float]:
    """Times and memory of the shipped programme.

    zones, months : of the national run: the first zones, months after the burn-in
    few : the same, of the runs that compare processes, engine and memory
    replications : few and many, of the runs whose memory is compared
    Returns zones, active (residents at t = 0), months, national_build_seconds and
    national_run_seconds (processor, one strategy, one core), ns_per_active_month, two_core_speedup
    and two_core_speedup_of_hashing (wall; the second is what the machine permits), engine_overhead
    (share of the wall time of a run on one process that is not in its tasks),
    main_process_bytes_few and _many (peak resident memory of the engine's process), and
    load_average. The first use compiles.
    """
    from rebound_sim import warming

    if not warming.is_warm():
        warming.warm_up()
    figures: dict[str, float] = {"load_average": load_average()}
    figures |= national_run(part_of_the_default(zones, months))
    figures |= two_core_speedups(*few)
    figures["engine_overhead"] = engine_overhead(*few)
    for name, number in zip(("few", "many"), replications, strict=True):
        figures[f"main_process_bytes_{name}"] = main_process_bytes(number, *few)
    return figures


def national_run(programme: Any) -> dict[str, float]:
    """One strategy on one core: building, running, per active resident and month."""
    from rebound_sim.policies.strategy_choice import get_strategy
    from rebound_sim.programme import ProgrammeModel

    start = time.process_time()
    model = ProgrammeModel(programme, get_strategy(_STRATEGY), seed=1)
    built = time.process_time()
    model.run()
    run = time.process_time() - built
    active = sum(zone.state.active_at_start for zone in model.zones.values())
    return {
        "zones": len(model.codes),
        "active": active,
        "months": model.months,
        "national_build_seconds": built - start,
        "national_run_seconds": run,
        "ns_per_active_month": run / active / model.months * 1e9,
    }


def two_core_speedups(zones: int, months: int) -> dict[str, float]:
    """Wall time of two equal pieces of work one after the other, over that of both at once.

    Of the model, and of hashing, which needs neither memory nor a shared cache: on cores that are
    threads of one core, or that neighbours use, even that falls short of 2.
    """
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        return {
            "two_core_speedup": _speedup(pool, partial(_piece, zones, months)),
            "two_core_speedup_of_hashing": _speedup(pool, _hash),
        }


def _speedup(pool: Executor, piece: Callable[[], None]) -> float:
    """Ratio of the best of some rounds, taken in turn. pool : two processes.

    The pieces are the same replication, as the slower of two would count alone; both ways run in
    the same warm processes, as this one is slowed by all that it holds.
    """
    _wall_time(pool, piece, at_once=True)  # both processes are warm
    apart, together = [], []
    for _ in range(_ROUNDS):
        apart.append(_wall_time(pool, piece, at_once=False))
        together.append(_wall_time(pool, piece, at_once=True))
    return min(apart) / min(together)


def _wall_time(pool: Executor, piece: Callable[[], None], at_once: bool) -> float:
    """Seconds of two pieces, at once or one after the other."""
    start = time.perf_counter()
    if at_once:
        for running in [pool.submit(piece), pool.submit(piece)]:
            running.result()
    else:
        for _ in range(2):
            pool.submit(piece).result()
    return time.perf_counter() - start


def _piece(zones: int, months: int) -> None:
    from rebound_sim.policies import Arm, StrategyChoice
    from rebound_sim.programme import simulate

    arms = (Arm.of_strategy(StrategyChoice(_STRATEGY)),)
    simulate(part_of_the_default(zones, months), arms, 1, 0)


def _hash() -> None:
    hashlib.pbkdf2_hmac("sha256", b"", b"", _HASHES)


def part_of_the_default(zones: int, months: int) -> Any:
    """The first zones of the shipped programme, for so many months after the burn-in."""
    from rebound_sim.scenario import load_world

    programme = load_world()
    return programme.model_copy(
        update={
            "zone": programme.zone[:zones],
            "time": programme.time.model_copy(update={"months": months}),
        }
    )


def engine_overhead(zones: int, months: int) -> float:
    """Share of the time of a run on one process that is spent outside its simulations."""
    from rebound_sim.programme import simulate

    inside = 0.0

    def timed(*arguments: Any) -> Any:
        nonlocal inside
        start = time.process_time()
        result = simulate(*arguments)
        inside += time.process_time() - start
        return result

    start = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        _compare(Path(folder) / "run", zones, months, 3, timed)
    return 1.0 - inside / (time.process_time() - start)


def main_process_bytes(replications: int, zones: int, months: int) -> float:
    """Peak resident memory of a process that has its replications simulated by two others."""
    code = "import sys; from rebound_sim.benchmarks.programme import child; child(*sys.argv[1:])"
    return float(run_python(code, replications, zones, months))


def child(replications: str, zones: str, months: str) -> None:
    """Run on two processes and print the memory of this one (for `main_process_bytes`)."""
    with tempfile.TemporaryDirectory() as folder:
        _compare(Path(folder) / "run", int(zones), int(months), int(replications), None, 2)
    print(peak_resident())


def _compare(
    folder: Path, zones: int, months: int, replications: int, simulate: Any, workers: int = 1
) -> None:
    from rebound_sim.experiment import Experiment, run_experiment
    from rebound_sim.policies.arm import Arm
    from rebound_sim.policies.strategy_choice import StrategyChoice

    choices = (Arm.of_strategy(StrategyChoice(_STRATEGY)),)
    experiment = Experiment(
        part_of_the_default(zones, months), choices, replications=replications, seed=1
    )
    run_experiment(experiment, folder, workers=workers, simulate=simulate)
