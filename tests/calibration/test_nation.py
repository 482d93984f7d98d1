"""Zones follow the nation on average when the nation is given: an identity, tested as one."""

import numpy as np
import pytest

from rebound_sim.calibration.panel.worlds import sample, world
from rebound_sim.data.history import national_jobs_index, national_rates
from rebound_sim.model import BasinModel
from rebound_sim.scenario import Conditions
from rebound_sim.scenario.nation import (
    DEMAND_OVER_JOBS,
    LAG_OF_JOBS,
    demand_that_gives,
    employment_at,
    growth_of,
    national_growth,
)
from rebound_sim.state.market import Condition, Money

BURN_IN = 24


def _responses(zone: str) -> tuple[float, float, float]:
    """Jobs of a zone, per unit of external demand and of jobs in the country, at rest."""
    model = BasinModel(world("2018", zone), seed=1, replication=0)
    market, p = model.state.market, model.parameters.demand
    jobs = market.base_jobs / market.base_jobs.sum()
    buyers = market.customer_share[:, None] * market.customers
    followed = jobs @ np.linalg.inv(np.eye(len(jobs)) - buyers)
    bill = market.money[Money.WAGE_BILL] / market.conditions[Condition.INCOME_BASE]
    spending = p.household_propensity * bill + p.household_prudence
    return (
        float(followed @ (market.external_share * market.cyclical)),
        float(followed @ market.household_share * spending),
        float(market.base_jobs.sum()),
    )


def test_demand_over_jobs_is_what_the_structure_of_zones_asks():
    found = np.array([_responses(zone) for zone in sample()[::3]])
    outside, households = np.average(found[:, :2], axis=0, weights=found[:, 2])
    assert (1.0 - households) / outside == pytest.approx(DEMAND_OVER_JOBS, rel=0.15)


def _jobs(zone: str, conditions: Conditions) -> np.ndarray:
    quiet = world("2018", zone).model_copy(update={"conditions": conditions})
    model = BasinModel(quiet, seed=2, replication=0)
    for _ in range(BURN_IN + 36):
        model.advance()
    jobs = np.array(model.recorder.columns["workplace_employment"], dtype=np.float64)
    return jobs[[BURN_IN - 1 + 12 * year for year in (1, 2, 3)]]


@pytest.mark.parametrize("rates", [(8.0, 10.5, 10.5, 10.5), (10.0, 9.0, 8.0, 7.0)])
def test_jobs_of_zones_follow_those_of_the_nation(rates):
    """Against the same zones under the same luck with a level nation."""
    wanted = np.array(employment_at(rates))[1:] - 1.0
    given = Conditions(
        external_demand=demand_that_gives(employment_at(rates)), external_unemployment=rates
    )
    changes = [_jobs(zone, given) / _jobs(zone, Conditions()) - 1.0 for zone in sample()[:4]]
    assert np.mean(changes, axis=0)[1:] == pytest.approx(wanted[1:], rel=0.35)
    assert np.sign(np.mean(changes, axis=0)[0]) == np.sign(wanted[0])


def test_demand_runs_ahead_of_jobs_and_then_stays():
    path = demand_that_gives((1.0, 0.98, 0.98, 0.98))
    assert path[0] == 1.0
    assert path[1] == pytest.approx(1.0 - DEMAND_OVER_JOBS * 0.02 * (1.0 + LAG_OF_JOBS), abs=1e-4)
    assert path[2] == path[3] == pytest.approx(1.0 - DEMAND_OVER_JOBS * 0.02, abs=1e-4)
    assert demand_that_gives((1.0, 1.0, 1.0)) == (1.0, 1.0, 1.0)
    assert min(demand_that_gives((1.0, 0.2))) == 0.5


def test_growth_is_what_unemployment_does_not_explain():
    rates = (10.0, 9.0, 8.0)
    jobs = [1_000.0 * e for e in employment_at(rates)]
    assert growth_of(jobs, rates) == pytest.approx((1.0, 1.0, 1.0))
    assert growth_of([1.0, 1.03], (8.0, 8.0, 8.0)) == pytest.approx((1.0, 1.03, 1.03))
    years = 5
    known = np.array(national_growth("2018-T4", years))
    assert len(known) == years + 1
    jobs_index = np.array(national_jobs_index("2018-T4", years))
    assert known * employment_at(national_rates("2018-T4", years)) == pytest.approx(jobs_index)
    # Insee: salaried jobs rise by 1.4 million from the end of 2018 to that of 2023.
    assert 1.04 < jobs_index[5] < 1.09
    assert len(national_jobs_index("2022-T4", 5)) == 2
    level = national_growth("2021-T4", 9)
    assert len(level) == 10 and level[9] == level[2] != level[1]
