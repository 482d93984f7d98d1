"""To whom the firms of a zone sell: households of the zone, its firms, the rest of the world.

National input-output coefficients are regionalised with Flegg's location quotients (Flegg and
Webber 1997): a zone buys locally the part of its needs that the size of the local seller and of
the zone allows. Household purchases are local up to a share that is high for sheltered sectors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from rebound_sim.data.national import input_output, national_jobs
from rebound_sim.data.sectors import SECTORS

Floats = npt.NDArray[np.float64]
#: Sales to other zones keep at least this share, so that no sector lives on local demand alone.
_SMALLEST_EXTERNAL = 0.05


@dataclass(frozen=True)
class DemandStructure:
    """Shares of sales at t = 0, by sector.

    household, customer, external : float64[38], sum 1    customers : float64[38, 38], weight of
    buyer j in the local sales of i (rows sum to 1 or 0)    purchases : float64[38, 38], local
    jobs of sector i that one job of sector j feeds directly.
    """

    household: Floats
    customer: Floats
    external: Floats
    customers: Floats
    purchases: Floats


def _ratio(a: Floats, b: Floats) -> Floats:
    return np.divide(a, b, out=np.zeros(np.broadcast(a, b).shape), where=b > 0)


def flegg_quotients(jobs: Floats, national: Floats, exponent: float) -> Floats:
    """Flegg's location quotients, float64[38, 38], in [0, 1]: local share of j's needs of i.

    jobs, national : float64[38]    exponent : of zone size. Diagonal: the simple quotient.
    """
    simple = _ratio(_ratio(jobs, national), np.full_like(jobs, jobs.sum() / national.sum()))
    cross = _ratio(simple[:, None], simple[None, :])
    np.fill_diagonal(cross, simple)
    size = np.log2(1.0 + jobs.sum() / national.sum()) ** exponent
    return np.asarray(np.minimum(cross * size, 1.0))


def demand_structure(jobs: npt.NDArray[np.int64], resident_share: float, p: Any) -> DemandStructure:
    """Demand structure of a zone.

    jobs : int64[38] salaried jobs    resident_share : residents' share of national income
    p : record of the topic `demand`. Output per job of a sector is the national one.
    """
    table = input_output()
    national = national_jobs().astype(np.float64)
    local = jobs.astype(np.float64)
    share = _ratio(local, national)
    output = table.output * share
    quotients = flegg_quotients(local, national, p.regional_exponent)
    bought = table.domestic_coefficients * quotients * output[None, :]
    customer = _ratio(bought.sum(axis=1), output)
    sheltered = np.array([sector.sheltered and not sector.public for sector in SECTORS])
    highest = np.where(sheltered, p.sheltered_local_share, p.tradable_local_share)
    concentration = _ratio(share, np.full_like(share, max(resident_share, 1e-12)))
    household = (
        table.household_share * highest * np.minimum(_ratio(np.ones(38), concentration), 1.0)
    )
    public = np.array([sector.public for sector in SECTORS])
    household = np.where(public, 0.0, household)
    local_total = household + customer
    scale = np.where(local_total > 1.0 - _SMALLEST_EXTERNAL,
                     (1.0 - _SMALLEST_EXTERNAL) / np.maximum(local_total, 1e-12), 1.0)  # fmt: skip
    household, customer = household * scale, customer * scale
    customers = _ratio(bought, bought.sum(axis=1)[:, None])
    per_job = _ratio(table.output, national)
    purchases = _ratio(table.domestic_coefficients * quotients * per_job[None, :], per_job[:, None])
    return DemandStructure(household, customer, 1.0 - household - customer, customers, purchases)


def sector_wages(mean_wage: float, jobs: npt.NDArray[np.int64], spread: float) -> Floats:
    """Mean gross monthly wage by sector, float64[38] EUR, with the zone's published mean.

    spread : elasticity to value added per job (national input-output table and jobs).
    """
    table = input_output()
    national = national_jobs().astype(np.float64)
    productivity = _ratio(table.value_added, national)
    overall = table.value_added.sum() / national.sum()
    relative = np.where(productivity > 0, productivity / overall, 1.0)
    level = np.clip(relative, 0.3, 3.0) ** spread
    mean = float((level * jobs).sum() / max(jobs.sum(), 1))
    return np.asarray(mean_wage * level / mean)
