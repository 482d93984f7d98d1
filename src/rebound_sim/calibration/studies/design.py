"""Where moments are measured: zones picked by rule, sites of a stated size, time simulated."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np

from rebound_sim.data.basins import BasinSummary, list_basins, load_basin, overseas_zones
from rebound_sim.data.sectors import SECTORS
from rebound_sim.scenario import Basin, Closure, Conditions, Scenario, Time, Tranche

BURN_IN: Final = 24
"""Months before month 0, as in the shipped scenarios."""
TEN_YEARS: Final = 120

#: Quantiles of the share of industry at which a zone is taken in each third of sizes.
_INDUSTRY_QUANTILES: Final = (0.2, 0.8)
#: Weight of a gap of one in the share of industry against one in the logarithm of jobs.
_SHARE_WEIGHT: Final = 5.0

SITE_SHARE: Final = 0.01
"""Jobs of a closing site over active residents: closures "of about 1 % of the labour force"."""
LAYOFF_MONTH: Final = 6
"""Months from the announcement to the layoffs, all at once."""
DISTRESSED_RATE: Final = 8.0
"""Unemployment rate [%] from which a zone counts as distressed (assumed: upper fifth of zones)."""


@cache
def zones() -> tuple[str, ...]:
    """Six mainland zones that span sizes and sectors: two in each third of salaried jobs.

    In a third, the zone nearest both to its median size and to the 20 % (then 80 %) quantile of
    the share of industry. In the order of sizes, less industrial first.
    """
    overseas = {code for code, _ in overseas_zones()}
    mainland = sorted(
        (zone for zone in list_basins() if zone.code not in overseas),
        key=lambda zone: (zone.salaried_jobs, zone.code),
    )
    third = len(mainland) // 3
    parts = (mainland[:third], mainland[third : 2 * third], mainland[2 * third :])
    return tuple(_nearest(part, quantile) for part in parts for quantile in _INDUSTRY_QUANTILES)


def _nearest(part: list[BasinSummary], quantile: float) -> str:
    size = np.median([zone.salaried_jobs for zone in part])
    share = np.quantile([zone.industry_share for zone in part], quantile)

    def gap(zone: BasinSummary) -> float:
        far = abs(np.log(zone.salaried_jobs / size))
        return float(far + _SHARE_WEIGHT * abs(zone.industry_share - share))

    return min(part, key=gap).code


def distressed_zones() -> tuple[str, ...]:
    """Those of the zones with a high unemployment rate."""
    return tuple(
        code for code in zones() if load_basin(code).unemployment_rate_percent >= DISTRESSED_RATE
    )


def world(
    zone: str,
    months: int,
    sector: str | None = None,
    trends: dict[str, float] | None = None,
    demand: tuple[float, ...] = (),
    announcement: int = 0,
) -> Scenario:
    """A zone as it is, for `months` after the burn-in.

    sector : A38 sector of a site that closes for good (no buyer, no reuse), None for no closure
    trends : yearly growth of external demand by sector    demand : its level at months 0, 12 …
    announcement : month of the announcement of the closure
    """
    closure: tuple[Closure, ...] = ()
    if sector is not None:
        closure = (
            Closure(
                sector=sector,
                jobs=site_jobs(zone),
                announcement_month=announcement,
                tranches=(Tranche(month=LAYOFF_MONTH, share=1.0),),
                takeover_probability=0.0,
            ),
        )
    return Scenario(
        title=f"validation, zone {zone}",
        basin=Basin(zone=zone),
        time=Time(burn_in_months=BURN_IN, months=months),
        closure=closure,
        conditions=Conditions(sector_trends=trends or {}, external_demand=demand),
    )


def site_jobs(zone: str) -> int:
    """Jobs of the site that closes: a share of active residents."""
    figures = load_basin(zone)
    active = figures.employed_residents + figures.unemployed_ilo
    return max(20, round(SITE_SHARE * active))


def largest_sector(zone: str, manufacturing: bool) -> str:
    """A38 code of the largest manufacturing sector, or of the largest private one outside it."""
    jobs = load_basin(zone).salaried_jobs
    rows = [
        row
        for row, sector in enumerate(SECTORS)
        if sector.manufacturing == manufacturing and not sector.public
    ]
    return SECTORS[max(rows, key=lambda row: int(jobs[row]))].code
