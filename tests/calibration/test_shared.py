"""Runs that studies share: a branch ends as the same run made alone, bit for bit."""

from __future__ import annotations

import numpy as np
import pytest

from rebound_sim.calibration.measures.flows import WORK, among
from rebound_sim.calibration.studies import design
from rebound_sim.calibration.studies.following import People, Worked, as_in_the_country, follow
from rebound_sim.calibration.studies.funds import mission_alone
from rebound_sim.calibration.studies.shared import Address, branch
from rebound_sim.model import BasinModel

_PARAMETERS = {"instruments.asked_rate": 0.3}
_RECESSION = (1.0, 0.95, 1.0)


@pytest.fixture(scope="module")
def address() -> Address:
    zone = design.zones()[0]
    return Address(zone, design.largest_sector(zone, True), 5, 1, ())


@pytest.fixture(scope="module")
def start(address) -> BasinModel:
    return follow(address.model(), until=0)


def _alone(address, policy="none", world=None, closes=True, parameters=None, impose=None) -> str:
    model = BasinModel(
        world or address.world(), policy, address.seed, address.replication, closes, parameters
    )
    return follow(model, (), impose, 60).digest()


@pytest.mark.parametrize("policy", ["rebond", "money_only", "revitalisation", "none"])
def test_a_policy(address, start, policy) -> None:
    assert follow(branch(start, policy), until=60).digest() == _alone(address, policy)


def test_a_policy_that_is_not_shipped(address, start) -> None:
    run = follow(branch(start, mission_alone()), until=60)
    assert run.digest() == _alone(address, mission_alone())


def test_no_closure(address, start) -> None:
    assert follow(branch(start, closes=False), until=60).digest() == _alone(address, closes=False)


def test_other_values_of_instruments(address, start) -> None:
    run = follow(branch(start, "money_only", parameters=_PARAMETERS), until=60)
    assert run.digest() == _alone(address, "money_only", parameters=_PARAMETERS)
    assert run.digest() != _alone(address, "money_only")


def test_a_recession_of_the_whole_country(address, start) -> None:
    world = address.world(_RECESSION)
    country = as_in_the_country(np.full(60, 6.0))
    run = follow(branch(start, world=world), (), country, 60)
    assert run.digest() == _alone(address, world=world, impose=country)
    assert run.digest() != _alone(address, world=world)


def test_who_has_worked_in_a_year(start) -> None:
    people, worked = People(2, 12), Worked(13)
    follow(branch(start), (people, worked), until=15)
    assert np.array_equal(worked.ever, among(people.status, WORK).any(axis=0))
    assert 0.0 < worked.ever.mean() < 1.0


def test_the_start_is_left_as_it_was(start) -> None:
    before = start.digest()
    follow(branch(start, "rebond"), until=24)
    assert start.digest() == before
