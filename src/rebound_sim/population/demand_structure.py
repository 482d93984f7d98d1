"""To whom the firms of a zone sell: households of the zone, its firms, the rest of the world.

National input-output coefficients are regionalised with Flegg's location quotients (Flegg and
Webber 1997): a zone buys locally the part of its needs that the size of the local seller and of
the zone allows. Services that have to be where their customers are (sheltered sectors, and support
services: temporary work, cleaning, security) are bought nearby, as far as the zone has them: the
size of the zone and of the buyer's sector does not matter, and what these services sell to
investors and public bodies is sold nearby too. What agencies sell is counted by workers: those of
agencies are two in five of the sector's jobs and one in six of its euros.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from rebound_sim.data.agency_work import AGENCIES, JOBS_SHARE, OUTPUT_SHARE, agency_users
from rebound_sim.data.national import InputOutput, input_output, national_jobs
from rebound_sim.data.sectors import SECTOR_INDEX, SECTORS

Floats = npt.NDArray[np.float64]
#: Sales to other zones keep at least this share, so that no sector lives on local demand alone.
_SMALLEST_EXTERNAL = 0.05


@dataclass(frozen=True)
class DemandStructure:
    """Shares of sales at t = 0, by sector.

    household, customer, external : float64[38], sum 1. Household: all that follows the income of
    residents, for services sold nearby also buildings and public purchases
    customers : float64[38, 38], weight of buyer j in the local sales of i (rows sum to 1 or 0)
    purchases : float64[38, 38], local jobs of sector i that one job of sector j feeds directly
    nearby : bool[38], sectors that sell only nearby
    served : float64[38], share of residents' purchases of each product met by the zone's firms.
    """

    household: Floats
    customer: Floats
    external: Floats
    customers: Floats
    purchases: Floats
    nearby: npt.NDArray[np.bool_]
    served: Floats

    def beside(self, left: Floats) -> DemandStructure:
        """The same sales when a part of each sector's purchases is counted apart.

        left : float64[38], share of the jobs of each sector that is not at closing sites: what
        sites buy is followed by supplier (`population.suppliers`), so it counts as external here.
        """
        kept = self.customers @ left
        customer = self.customer * kept
        customers = _ratio(self.customers * left[None, :], kept[:, None])
        return replace(
            self, customer=customer, external=1.0 - self.household - customer, customers=customers
        )


def _sold_nearby() -> npt.NDArray[np.bool_]:
    """Private sectors that sell only nearby, bool[38]: sheltered ones and support services.

    Assumed for the latter: most of their jobs are those of agency workers, cleaners and guards, who
    work on the customer's premises (Insee counts agency workers in the agency's sector).
    """
    return np.array(
        [(sector.sheltered or sector.agencies) and not sector.public for sector in SECTORS]
    )


def _ratio(a: Floats, b: Floats) -> Floats:
    return np.divide(a, b, out=np.zeros(np.broadcast(a, b).shape), where=b > 0)


def _simple_quotients(jobs: Floats, national: Floats) -> Floats:
    """Share of a sector in the zone's jobs over its share in national jobs, float64[38]."""
    return _ratio(_ratio(jobs, national), np.full_like(jobs, jobs.sum() / national.sum()))


def flegg_quotients(jobs: Floats, national: Floats, exponent: float) -> Floats:
    """Flegg's location quotients, float64[38, 38], in [0, 1]: local share of j's needs of i.

    jobs, national : float64[38]    exponent : of zone size. Diagonal: the simple quotient.
    """
    simple = _simple_quotients(jobs, national)
    cross = _ratio(simple[:, None], simple[None, :])
    np.fill_diagonal(cross, simple)
    size = np.log2(1.0 + jobs.sum() / national.sum()) ** exponent
    return np.asarray(np.minimum(cross * size, 1.0))


def _sales_by_jobs(table: InputOutput) -> tuple[Floats, Floats]:
    """Coefficients of domestic purchases, float64[38, 38], and a factor of final uses, float64[38].

    Those of the input-output table, but for the agencies' sector: its agency workers go to those
    who use them, its other jobs to those who buy the rest of its output. Otherwise a euro paid for
    a rented crane would feed as many jobs as one paid for a worker.
    """
    agencies = SECTOR_INDEX[AGENCIES]
    output = float(table.output[agencies])
    bought = table.domestic_coefficients[agencies] * table.output
    users = agency_users()
    # What a sector pays for agency workers may exceed what the table has it buy in all.
    others = np.maximum(bought - OUTPUT_SHARE * output * users, 0.0) / (1.0 - OUTPUT_SHARE)
    by_jobs = JOBS_SHARE * output * users + (1.0 - JOBS_SHARE) * others
    coefficients = table.domestic_coefficients.copy()
    coefficients[agencies] = _ratio(by_jobs, table.output)
    final = np.ones(len(SECTORS))
    final[agencies] = max(output - by_jobs.sum(), 0.0) / max(output - bought.sum(), 1e-12)
    return coefficients, final


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
    nearby = _sold_nearby()
    quotients = flegg_quotients(local, national, p.regional_exponent)
    present = p.sheltered_local_share * np.minimum(_simple_quotients(local, national), 1.0)
    quotients = np.where(nearby[:, None], present[:, None], quotients)
    coefficients, final = _sales_by_jobs(table)
    bought = coefficients * quotients * output[None, :]
    customer = _ratio(bought.sum(axis=1), output)
    highest = np.where(nearby, p.sheltered_local_share, p.tradable_local_share)
    concentration = _ratio(share, np.full_like(share, max(resident_share, 1e-12)))
    # Housing, shops and public works are built where people live, as many as their income pays.
    residents = table.household_share + np.where(
        nearby, table.investment_share + table.government_share, 0.0
    )
    residents = residents * final
    household = residents * highest * np.minimum(_ratio(np.ones(38), concentration), 1.0)
    public = np.array([sector.public for sector in SECTORS])
    household = np.where(public, 0.0, household)
    local_total = household + customer
    scale = np.where(
        local_total > 1.0 - _SMALLEST_EXTERNAL,
        (1.0 - _SMALLEST_EXTERNAL) / np.maximum(local_total, 1e-12),
        1.0,
    )
    household, customer = household * scale, customer * scale
    customers = _ratio(bought, bought.sum(axis=1)[:, None])
    per_job = _ratio(table.output, national)
    purchases = _ratio(coefficients * quotients * per_job[None, :], per_job[:, None])
    return DemandStructure(
        household,
        customer,
        1.0 - household - customer,
        customers,
        purchases,
        nearby,
        highest * np.minimum(concentration, 1.0),
    )


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
