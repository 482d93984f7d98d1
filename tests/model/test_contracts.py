"""The life of a grant after the award: lapse, settlement by jobs delivered, claw-back."""

from __future__ import annotations

import numpy as np
import pytest

from model.worlds import small_world
from rebound_sim.agents.fund import Contract
from rebound_sim.model import BasinModel
from rebound_sim.policies import Policy
from rebound_sim.policies.instruments import Region
from rebound_sim.state.codes import Stage

AWARD = 1_000_000


@pytest.fixture()
def model() -> BasinModel:
    """A zone a few months on, whose fund has money and no file."""
    made = BasinModel(small_world(months=60), Policy(name="mine", region=Region()), seed=11)
    for _ in range(6):
        made.advance()
    made.ledger.open("grants", AWARD)
    return made


def signed(model: BasinModel, stage: Stage, jobs: int = 40) -> tuple[int, Contract]:
    """A project that has just been granted `AWARD`."""
    projects = model.state.projects
    k = int(np.flatnonzero(projects.stage == Stage.LATENT)[0])
    projects.stage[k], projects.jobs[k] = stage, jobs
    projects.granted[k] = projects.financed[k] = 0
    model.fund.contract(k, AWARD)
    return k, model.fund.contracts[-1]


def money(model: BasinModel) -> tuple[int, int, int]:
    account = model.ledger["grants"]
    return account.paid, account.cancelled, account.returned


def test_an_award_to_a_project_that_never_starts_lapses(model: BasinModel) -> None:
    k, contract = signed(model, Stage.MATURE)
    contract.month = model.state.t - 23
    model.fund.step()
    assert not contract.closed and money(model) == (0, 0, 0)
    contract.month -= 1
    model.fund.step()
    assert contract.closed and money(model) == (0, AWARD, 0)
    assert model.state.projects.granted[k] == model.state.projects.financed[k] == 0
    assert model.ledger["grants"].to_pay == 0


@pytest.mark.parametrize(
    ("delivered", "paid", "cancelled", "returned"),
    [
        (40, AWARD, 0, 0),
        (37, AWARD, 0, 0),  # a shortfall within the tolerance of 10 %
        (34, 850_000, 150_000, 0),
        (20, 700_000, 300_000, 160_000),  # 0.8 of the 200,000 EUR paid in excess
        (0, 700_000, 300_000, 560_000),
    ],
)
def test_the_balance_follows_the_jobs_delivered(
    model: BasinModel, delivered: int, paid: int, cancelled: int, returned: int
) -> None:
    k, contract = signed(model, Stage.OPERATING)
    p = model.parameters.instruments
    assert (p.advance, p.intermediate, p.clawback, p.clawback_tolerance) == (0.3, 0.4, 0.8, 0.1)
    model.state.projects.capacity[k] = delivered
    model.fund._pay(contract, p.advance, 1)
    model.fund._pay(contract, p.intermediate, 2)
    assert model.ledger["grants"].paid == 700_000
    model.fund.step()
    assert contract.closed
    assert money(model) == pytest.approx((paid, cancelled, returned), abs=2)
    assert model.ledger["grants"].to_pay == 0


def test_an_abandoned_project_gives_back_part_of_its_advance(model: BasinModel) -> None:
    k, contract = signed(model, Stage.DECIDED)
    contract.month -= int(model.parameters.instruments.contract_months)
    model.fund.step()
    assert money(model) == (0, 0, 0)  # works have not started (decree 2018-514, article 12)
    model.state.projects.stage[k] = Stage.PERMITTED
    model.state.projects.since[k], model.state.projects.build_months[k] = model.state.t, 24
    model.fund.step()
    assert money(model) == (300_000, 0, 0)
    model.state.projects.stage[k] = Stage.ABANDONED
    model.fund.step()
    assert contract.closed and money(model) == (300_000, 700_000, 240_000)
    journal = len(model.ledger.journal)
    model.fund.step()
    assert len(model.ledger.journal) == journal
