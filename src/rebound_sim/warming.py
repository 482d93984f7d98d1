"""The first compilation: is it done on this machine, and doing it once.

Workers that start on an empty cache would all compile; the parent warms it first.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from rebound_sim.caches import faults
from rebound_sim.compilation import CACHE_FOLDER, SHIPPED_FOLDER

#: Rough duration shown to users before the first compilation [s]: 12-30 s seen on two cores.
COLD_COMPILE_SECONDS = 20.0


def _marker() -> Path:
    """File that says that all is compiled for these sources, in any copy of the package."""
    return CACHE_FOLDER / "complete"


def is_warm() -> bool:
    """True if a complete compilation of these sources is in the cache, or in the wheel."""
    return SHIPPED_FOLDER is not None or _marker().exists()


def compile_heaviest() -> None:
    """Compile the two kernels that take half of the time, by calling them on empty tables."""
    from rebound_sim.kernels.matching import search_and_match
    from rebound_sim.kernels.separations import separate
    from rebound_sim.parameters import ParameterSet
    from rebound_sim.rng.keys import month_keys, run_keys
    from rebound_sim.state.columns import allocate
    from rebound_sim.state.market import Rates, allocate_market

    p, rows = ParameterSet(), np.zeros(2, dtype=np.int32)
    tables = (allocate("workers", 1), allocate("firms", 1), allocate_market(1))
    people = (p.separations, p.search, p.wages, p.demography, p.closure)
    keys = month_keys(0, 0, "", 0)
    separate(
        *tables,
        Rates(*[0.0] * len(Rates._fields)),
        keys.event,
        np.zeros((3, 2), dtype=np.int64),
        0,
        rows,
        rows,
        people,
        p.instruments,
    )
    search_and_match(
        rows,
        0,
        0,
        0,
        run_keys(0, 0, ""),
        keys,
        *tables,
        p.search,
        p.wages,
        p.separations.fixed_term_hires,
    )


def _beside() -> subprocess.Popen[bytes] | None:
    """A second process that compiles the heaviest kernels meanwhile; None on one core."""
    if (os.cpu_count() or 1) < 2:
        return None
    paths = os.pathsep.join(path or "." for path in sys.path)
    return subprocess.Popen(
        [sys.executable, "-c", "from rebound_sim.warming import compile_heaviest as c; c()"],
        env={**os.environ, "PYTHONPATH": paths},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def warm_up() -> None:
    """Compile every kernel by running a tiny synthetic basin with a closure and a policy.

    Two processes share the work: this one takes what builds the basin. Should the other fail, this
    one compiles all.
    """
    other = _beside()
    from rebound_sim.model import BasinModel
    from rebound_sim.programme.cores import failures
    from rebound_sim.scenario import Basin, Closure, Scenario, SyntheticBasin, Time, Tranche

    basin = SyntheticBasin(
        employed_residents=1_500,
        unemployment_rate_percent=8.0,
        industry_share=0.3,
        establishments=150,
        area_km2=300.0,
        places=3,
        qualification_shares=(0.5, 0.2, 0.15, 0.15),
    )
    site = Closure(
        sector="CL",
        jobs=20,
        tranches=(Tranche(month=1, share=0.5), Tranche(month=2, share=0.5)),
        takeover_probability=1.0,
        takeover_failure_probability=1.0,
    )
    scenario = Scenario(
        title="warm-up",
        basin=Basin(synthetic=basin),
        time=Time(burn_in_months=2, months=20),
        closure=(site,),
    )
    model = BasinModel(scenario, "rebond")
    if other is not None:
        other.wait()
    model.run()
    model.local_authority.pipeline()  # asked by programmes only, as is the next
    failures(model)
    if not faults():
        _marker().parent.mkdir(parents=True, exist_ok=True)
        _marker().touch()
