"""Small worlds shared by the tests of the model."""

from __future__ import annotations

from rebound_sim.scenario import Basin, Closure, Scenario, SyntheticBasin, Time, Tranche


def small_world(months: int = 48, employed: int = 3_000, jobs: int = 60) -> Scenario:
    """A synthetic zone of `employed` residents in work whose site of `jobs` jobs closes."""
    basin = SyntheticBasin(
        employed_residents=employed,
        unemployment_rate_percent=8.0,
        industry_share=0.3,
        establishments=employed // 10,
        area_km2=800.0,
        places=4,
        qualification_shares=(0.45, 0.2, 0.15, 0.2),
    )
    site = Closure(
        sector="CL",
        jobs=jobs,
        tranches=(Tranche(month=2, share=0.5), Tranche(month=4, share=0.5)),
    )
    return Scenario(
        title="small world",
        basin=Basin(synthetic=basin),
        time=Time(burn_in_months=12, months=months),
        closure=(site,),
    )
