"""A region's committee: files of several zones on one desk, one envelope, one calendar."""

import numpy as np
import pytest

from model.worlds import small_world
from rebound_sim.agents.orders import Mandate
from rebound_sim.calibration.studies.regional_fund import RegionalCommittee
from rebound_sim.model import BasinModel
from rebound_sim.state.codes import Answer

OPENING, MONTHS = 24, 60


def _region(money):
    """Two zones alike under two lucks, and the region's committee after its last session."""
    world = small_world(months=MONTHS)
    zones = [BasinModel(world, "none", seed=11, replication=luck) for luck in range(2)]
    committee = RegionalCommittee(zones, money)
    for month in range(MONTHS):
        orders = committee.mandates() if month >= OPENING else [Mandate()] * 2
        for run, mandate in zip(zones, orders, strict=True):
            run.receive(mandate)
            run.advance()
    return zones, committee


@pytest.fixture(scope="module", params=[300_000, 2_000_000])
def region(request):
    return request.param, *_region(request.param)


def test_what_a_region_awards_and_keeps_is_its_envelope(region):
    money, zones, committee = region
    opened = sum(run.ledger["grants"].envelope for run in zones)
    committed = sum(run.ledger["grants"].committed for run in zones)
    assert 0 < committed == opened == money - committee.money <= money


def test_every_file_is_answered_when_the_fund_closes(region):
    _, zones, _ = region
    for run in zones:
        projects = run.state.projects
        filed = projects.filed_month >= 0
        assert filed.any()
        assert np.isin(projects.grant_answer[filed], (Answer.GRANTED, Answer.REFUSED)).all()


def test_zones_share_the_envelope_by_rank_and_not_by_halves(region):
    _, zones, _ = region
    first, second = (run.ledger["grants"].envelope for run in zones)
    assert first != second
