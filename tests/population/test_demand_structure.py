"""To whom sectors sell: temporary agency workers go to those who use them."""

from __future__ import annotations

import numpy as np
import pytest

from rebound_sim.data.agency_work import AGENCIES, JOBS_SHARE, agency_users
from rebound_sim.data.national import input_output, national_jobs
from rebound_sim.data.sectors import SECTOR_INDEX, SECTORS
from rebound_sim.parameters import ParameterSet
from rebound_sim.population.demand_structure import demand_structure

NZ = SECTOR_INDEX[AGENCIES]


def test_agency_workers_are_split_as_published() -> None:
    users = agency_users()
    industry = np.array([sector.a10 == "BE" for sector in SECTORS])
    assert users.sum() == pytest.approx(1.0)
    assert users[industry].sum() == pytest.approx(0.38)
    assert users[SECTOR_INDEX["FZ"]] == pytest.approx(0.20)
    assert not users[[sector.public or sector.code == AGENCIES for sector in SECTORS]].any()


def test_industry_uses_as_many_agency_workers_as_published() -> None:
    """Dares: 7 to 9 % of the people at work in industry and construction are agency workers."""
    jobs = national_jobs().astype(float)
    workers = JOBS_SHARE * jobs[NZ] * agency_users()
    industry = np.array([sector.a10 == "BE" for sector in SECTORS])
    for rows in (industry, np.array([sector.a10 == "FZ" for sector in SECTORS])):
        rate = workers[rows].sum() / (workers[rows].sum() + jobs[rows].sum())
        assert 0.06 < rate < 0.10


def test_a_zone_like_the_nation_buys_support_services_by_jobs() -> None:
    """Nothing but the row of the agencies moves, and its sales still sum to one."""
    jobs = national_jobs()
    parameters = ParameterSet().demand._replace(regional_exponent=0.0)
    structure = demand_structure(jobs, 1.0, parameters)
    shares = np.stack([structure.household, structure.customer, structure.external])
    assert shares.sum(axis=0) == pytest.approx(np.ones(len(SECTORS)))
    manufacturing = np.array([sector.manufacturing for sector in SECTORS])
    bought = (structure.purchases[NZ] * jobs)[manufacturing].sum() / jobs[manufacturing].sum()
    plain = input_output().domestic_coefficients[NZ] * input_output().output
    euros = plain[manufacturing].sum() / input_output().output[NZ] * jobs[NZ]
    local = parameters.sheltered_local_share
    assert bought > 1.4 * local * euros / jobs[manufacturing].sum()
    assert bought == pytest.approx(0.097 * local, rel=0.02)
