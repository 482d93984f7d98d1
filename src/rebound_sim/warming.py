"""The first compilation: is it done on this machine, and doing it once, in one process.

Workers that start on an empty cache would all compile; the parent warms it first.
"""

from __future__ import annotations

from pathlib import Path

from rebound_sim.caches import faults
from rebound_sim.compilation import CACHE_FOLDER

#: Rough duration shown to users before the first compilation [s]: 20-40 s seen on one core.
COLD_COMPILE_SECONDS = 40.0


def _marker() -> Path:
    """File that says that all is compiled for these sources, in any copy of the package."""
    return CACHE_FOLDER / "complete"


def is_warm() -> bool:
    """True if a complete compilation of these sources is in the cache."""
    return _marker().exists()


def warm_up() -> None:
    """Compile every kernel by running a tiny synthetic basin with a closure and a policy."""
    from rebound_sim.model import BasinModel
    from rebound_sim.scenario import Basin, Closure, Scenario, SyntheticBasin, Time, Tranche

    basin = SyntheticBasin(
        employed_residents=1_500, unemployment_rate_percent=8.0, industry_share=0.3,
        establishments=150, area_km2=300.0, places=3,
        qualification_shares=(0.5, 0.2, 0.15, 0.15),
    )  # fmt: skip
    site = Closure(
        sector="CL", jobs=20, tranches=(Tranche(month=1, share=0.5), Tranche(month=2, share=0.5)),
        takeover_probability=1.0, takeover_failure_probability=1.0,
    )  # fmt: skip
    scenario = Scenario(
        title="warm-up", basin=Basin(synthetic=basin), time=Time(burn_in_months=2, months=20),
        closure=(site,),
    )  # fmt: skip
    model = BasinModel(scenario, "rebond").run()
    model.authority.pipeline()  # asked by programmes only
    if not faults():
        _marker().parent.mkdir(parents=True, exist_ok=True)
        _marker().touch()
