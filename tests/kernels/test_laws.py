"""The laws of the state hold every month, under every policy, in real and textbook zones."""

import numpy as np
import pytest

from kernels.instruments import EVERYTHING
from rebound_sim.model import BasinModel
from rebound_sim.policies import named_policies
from rebound_sim.state.check import check
from rebound_sim.state.codes import FirmState, Stage, Status
from rebound_sim.state.market import Flow
from worlds import scenario

HIRES = (
    Flow.HIRES_UNEMPLOYED,
    Flow.HIRES_INACTIVE,
    Flow.HIRES_JOB_TO_JOB,
    Flow.HIRES_OUTSIDERS,
    Flow.HIRES_RETURNED_OUTSIDE,
)


def names():
    return [policy if isinstance(policy, str) else policy.name for policy in named_policies()]


def residents(people):
    """Residents who have come and not left."""
    return int(people[1].sum() - people[1, Status.LATENT] - people[1, Status.LEFT])


def jobs(model):
    return int(model.state.firms.employment.sum())


@pytest.mark.parametrize("policy", [*names(), EVERYTHING], ids=lambda p: getattr(p, "name", p))
def test_laws_hold_every_month(policy):
    world = scenario(residents=1500, months=48, burn_in=6, closure=("CH", 36))
    model = BasinModel(world, policy, seed=11)
    for _ in range(54):
        stage = model.state.projects.stage.copy()
        before, total = residents(model.state.market.people), model.state.workers.status.size
        model.step()
        check(model.state)
        flows, people = model.state.market.flows, model.state.market.people
        arrivals = flows[Flow.SCHOOL_LEAVERS] + flows[Flow.IN_MIGRATION]
        assert residents(people) - before == arrivals - flows[Flow.OUT_MIGRATION]
        assert people.sum() == total
        assert flows[list(HIRES)].sum() == model.hires
        assert flows[Flow.HIRES_FIXED_TERM_UNEMPLOYED] <= flows[Flow.HIRES_UNEMPLOYED]
        lost = flows[Flow.PERMANENT_TO_UNEMPLOYMENT] + flows[Flow.FIXED_TERM_TO_UNEMPLOYMENT]
        assert lost <= flows[Flow.EMPLOYMENT_TO_UNEMPLOYMENT]
        assert flows[Flow.JOBS_LOST_FAILURES] <= flows[Flow.LAYOFFS]
        # Projects never go back, and an abandoned one stays so.
        now = model.state.projects.stage
        assert np.all(now >= stage)
        assert np.all(now[stage == Stage.ABANDONED] == Stage.ABANDONED)


def test_laws_hold_in_a_real_zone():
    model = BasinModel(scenario(zone="2415", months=24, closure=("CH", 180)), "rebond", seed=2)
    for _ in range(24):
        model.step()
        check(model.state)


def test_a_zone_without_a_shock_stays_near_its_figures():
    """Flows into each state balance those out of it: no trend is built in."""
    model = BasinModel(scenario(residents=6000, months=60), "none", seed=5)
    start, start_people = jobs(model), model.state.market.people[1].copy()
    for _ in range(60):
        model.step()
    assert jobs(model) == pytest.approx(start, rel=0.10)
    unemployed = model.state.market.people[1, Status.UNEMPLOYED]
    assert unemployed == pytest.approx(start_people[Status.UNEMPLOYED], rel=0.35)
    open_ = np.count_nonzero(model.state.firms.state == FirmState.OPEN)
    assert open_ == pytest.approx(600, rel=0.15)


def test_path_without_shock_keeps_its_site():
    world = scenario(residents=1500, months=30, closure=("CH", 36))
    spared = BasinModel(world, "none", seed=1, closure=False)
    struck = BasinModel(world, "none", seed=1)
    site = spared.state.sites[0].firm
    for month in range(30):
        # Until the first tranche, the announcement alone stops hiring at the site.
        spared.step()
        struck.step()
        if month == 4:
            assert abs(jobs(spared) - jobs(struck)) <= 12
    assert spared.state.firms.employment[site] >= 24
    assert struck.state.firms.employment[site] == 0


def test_in_commuters_retire_and_young_ones_follow():
    """Non-residents age as residents do: none stays at work past the last age of retirement."""
    model = BasinModel(scenario(residents=3000, months=120), "none", seed=4)
    people = model.state.market.people
    held = int(people[0].sum() - people[0, Status.LATENT] - people[0, Status.RETIRED])
    model.run()
    workers = model.state.workers
    active = (workers.resident == 0) & (workers.status != Status.RETIRED)
    active &= workers.status != Status.LATENT
    assert people[0, Status.RETIRED] > 0
    assert ((model.state.t - workers.birth[active]) / 12.0).max() < 67.2
    assert active.sum() == pytest.approx(held, rel=0.1)
