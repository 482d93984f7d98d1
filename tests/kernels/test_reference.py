"""The kernels against the readable reference, bit for bit, every month of small basins."""

import numpy as np
import pytest

from kernels.instruments import EVERYTHING
from kernels.reference.basin import Basin
from kernels.reference.month import Reference
from rebound_sim.agents import closing_group
from rebound_sim.model import BasinModel
from rebound_sim.state.check import check
from rebound_sim.state.codes import Stage
from rebound_sim.state.market import Flow
from worlds import scenario

MONTHS = 36
TRANCHES = [{"month": 3, "share": 0.5}, {"month": 6, "share": 0.5}]
CLOSURES = {
    "takeover that fails, reuse": {
        "takeover_probability": 1.0,
        "takeover_jobs_share": 0.5,
        "takeover_failure_probability": 1.0,
        "reuse_month": 12,
        "reuse_jobs": 8,
        "group_employees": 5000,
        "redeployment_share": 0.3,
    },
    "insolvent": {"group": "insolvent", "group_employees": 40, "takeover_probability": 0.0},
}
#: More projects, trainings and failures than by default, so that a small basin has some of each.
BUSY = {
    "projects.per_firm": 3.0,
    "projects.detection": 0.08,
    "demand.failure_mature": 0.008,
    "closure.takeover_life": 6.0,
}


def world(closure, **changes):
    made = scenario(residents=1500, months=MONTHS, closure=("CH", 36))
    site = {"sector": "CH", "jobs": 36, "announcement_month": 2, "tranches": TRANCHES}
    sites = [{**site, **closure}]
    given = {**made.model_dump(mode="json"), "closure": sites, **changes}
    return type(made).model_validate(given)


@pytest.fixture
def unpatched(monkeypatch):
    monkeypatch.setattr(closing_group, "kernels", closing_group.kernels)


def follow(model, months):
    """Run model and reference together; the first difference names its month and phase."""
    reference = Reference(model)
    assert reference.basin.differences(model.state) == []
    totals = [0] * len(Flow)
    for month in range(months):
        for phase in reference.month():
            if month >= 3 and phase != "records":
                continue
            found = reference.basin.differences(model.state)
            assert not found, f"month {month}, {phase}: {len(found)} cells, {found[:6]}"
        check(model.state)
        totals = [a + b for a, b in zip(totals, model.state.market.flows.tolist(), strict=True)]
    return reference, totals


@pytest.mark.usefixtures("unpatched")
@pytest.mark.parametrize(
    ("closure", "policy"),
    list(zip(CLOSURES, ("rebond", EVERYTHING), strict=True)),
    ids=list(CLOSURES),
)
def test_same_bits_with_a_closing_site_and_a_policy(closure, policy):
    made = world(
        CLOSURES[closure],
        conditions={
            "cycle_amplitude": 0.05,
            "cycle_period_months": 24,
            "sector_trends": {"CH": -0.1},
        },
    )
    model = BasinModel(made, policy, seed=3, parameters=BUSY)
    reference, totals = follow(model, MONTHS)
    site = model.state.sites[0]
    assert site.closed
    assert reference.files > 0
    assert any(person.displaced for person in reference.basin.people)
    # Every interaction has happened, or the comparison would say nothing about it.
    for flow in Flow:
        assert totals[flow] > 0, flow.name
    stages = {project.stage for project in reference.basin.projects}
    assert stages >= {Stage.DETECTED, Stage.MATURE, Stage.OPERATING, Stage.ABANDONED}


@pytest.mark.usefixtures("unpatched")
def test_same_bits_without_a_shock():
    made = scenario(residents=700, months=MONTHS, closure=None)
    follow(BasinModel(made, "none", seed=0, replication=5), MONTHS)


def test_one_bit_is_noticed():
    model = BasinModel(scenario(residents=600, months=2), "none", seed=0)
    basin = Basin(model.state)
    assert basin.differences(model.state) == []
    wage = model.state.workers.general
    wage[7] = np.nextafter(wage[7], np.float32(9.0))
    firm = next(firm for firm in basin.firms if len(firm.staff[0]) > 2)
    firm.staff[0].reverse()
    names = {name for name, *_ in basin.differences(model.state)}
    assert names >= {"workers.general", "workers.next_member", "firms.last_member"}
