"""What help does to a firm beyond the project helped: finance, survival, who knows the fund."""

import numpy as np
import pytest

from model.worlds import small_world
from rebound_sim.agents.sponsors import protect, relax
from rebound_sim.model import BasinModel
from rebound_sim.state.codes import FirmState, Stage, Support

GRANT = 400_000


def _sponsors(model):
    """Projects of open firms by whether the firm is short of finance: rows, rows."""
    projects, firms = model.state.projects, model.state.firms
    latent = np.flatnonzero((projects.stage < Stage.DECIDED) & (projects.sponsor >= 0))
    size = np.maximum(firms.employment[projects.sponsor[latent]], 1)
    p = model.parameters.projects
    short = p.constraint_small * (size / 10.0) ** p.constraint_size
    short = np.minimum(short, 0.95)
    group = firms.group[projects.sponsor[latent]] == 1
    short = np.where(group, short * p.constraint_group, short)
    lacking = projects.constraint[latent] < short
    return latent[lacking], latent[~lacking]


@pytest.fixture
def model():
    return BasinModel(small_world(), "none", seed=2)


def test_projects_of_a_firm_lack_finance_together(model):
    projects = model.state.projects
    own = projects.sponsor >= 0
    for f in np.unique(projects.sponsor[own])[:50]:
        assert np.unique(projects.constraint[projects.sponsor == f]).size == 1


def test_a_grant_relaxes_a_short_firm_as_a_whole_and_no_other(model):
    projects, firms = model.state.projects, model.state.firms
    short, rich = _sponsors(model)
    k, other = int(short[0]), int(rich[0])
    f = int(projects.sponsor[k])
    size = int(firms.employment[f])
    relax(model, k, GRANT)
    relax(model, other, GRANT)
    assert 0.0 < firms.relief[f] < 1.0
    held_back = model.parameters.projects.held_back
    assert firms.project_jobs[f] == pytest.approx(held_back * firms.relief[f] * size, rel=1e-5)
    mates = (projects.sponsor == f) & (projects.stage < Stage.DECIDED)
    assert np.all(projects.supported[mates] & Support.SPONSOR)
    assert firms.protected_until[f] == model.parameters.instruments.help_months
    g = int(projects.sponsor[other])
    assert firms.relief[g] == firms.project_jobs[g] == firms.protection[g] == 0.0
    assert np.count_nonzero(firms.relief) == 1


def test_the_same_grant_frees_a_small_firm_more(model):
    projects, firms = model.state.projects, model.state.firms
    short, _ = _sponsors(model)
    by_size = short[np.argsort(firms.employment[projects.sponsor[short]])]
    small, large = int(by_size[0]), int(by_size[-1])
    assert firms.employment[projects.sponsor[small]] < firms.employment[projects.sponsor[large]]
    for k in (small, large):
        relax(model, k, GRANT)
    assert firms.relief[projects.sponsor[small]] > firms.relief[projects.sponsor[large]] > 0.0


def test_protection_adds_up_and_ends(model):
    firms, rows = model.state.firms, np.array([0, 1])
    protect(model, rows, 0.5)
    protect(model, rows[:1], 0.5)
    assert firms.protection[rows].tolist() == [0.75, 0.5]
    model.state.t = int(firms.protected_until[0])
    protect(model, rows, 0.2)
    assert firms.protection[rows] == pytest.approx([0.2, 0.2])


def test_advice_shelters_small_independent_firms_a_year_after_the_visit():
    """Same luck: the mission visits the same firms whatever advice does."""
    shares = (0.0, 0.17)
    runs = [
        BasinModel(
            small_world(months=24),
            "engineering_only",
            seed=2,
            parameters={
                "instruments.visit_survival": share,
                "instruments.advice_largest": 60,
            },
        ).run()
        for share in shares
    ]
    for run, share in zip(runs, shares, strict=True):
        visited = run.state.firms.visited == 1
        assert visited.sum() == run.mission.firms_visited > 0
        firms, p = run.state.firms, run.parameters.instruments
        sheltered = firms.protected_until > 0
        assert np.all(visited[sheltered]) and np.all(firms.group[sheltered] == 0)
        assert 0 < sheltered.sum() < visited.sum()
        assert firms.protection[sheltered] == pytest.approx(share)
        assert np.all(firms.protection[~sheltered] == 0.0)
        first = run.scenario.time.burn_in_months + run.policy.engineering.start_month
        begun = firms.protected_until[sheltered].astype(int) - int(p.help_months)
        assert begun.min() >= first + p.advice_months
    assert np.array_equal(runs[0].state.firms.visited, runs[1].state.firms.visited)


def test_a_firm_wholly_protected_does_not_fail():
    failures = []
    for share in (0.0, 1.0):
        model = BasinModel(
            small_world(months=36), "none", seed=2, parameters={"demand.failure_mature": 0.008}
        )
        there = np.flatnonzero(model.state.firms.state == FirmState.OPEN)
        protect(model, there, share)
        model.run()
        closed = model.state.firms.state[there] == FirmState.CLOSED
        failures.append(int(closed.sum()))
    assert failures[0] > failures[1] == len(model.state.sites)
