"""Synthetic basins of a chosen size, for measurements and for warming."""

from __future__ import annotations

from rebound_sim.scenario import Basin, Closure, Scenario, SyntheticBasin, Time, Tranche

_UNEMPLOYMENT_PERCENT = 8.0


def world(active: int, months: int, burn_in: int = 6) -> Scenario:
    """A basin with a closure in two tranches.

    active : residents in work or unemployed, ≥ 1,000    months : after the burn-in
    One employee in two hundred works at the closing site.
    """
    employed = round(active * (1.0 - _UNEMPLOYMENT_PERCENT / 100.0))
    basin = SyntheticBasin(
        employed_residents=employed,
        unemployment_rate_percent=_UNEMPLOYMENT_PERCENT,
        industry_share=0.2,
        establishments=max(employed // 11, 50),
        area_km2=1_000.0,
        places=6,
        qualification_shares=(0.45, 0.2, 0.15, 0.2),
    )
    site = Closure(
        sector="CL",
        jobs=max(employed // 200, 5),
        tranches=(Tranche(month=3, share=0.5), Tranche(month=6, share=0.5)),
    )
    return Scenario(
        title="benchmark",
        basin=Basin(synthetic=basin),
        time=Time(burn_in_months=burn_in, months=months),
        closure=(site,),
    )
