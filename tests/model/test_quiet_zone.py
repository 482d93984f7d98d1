"""A zone that nothing disturbs stays what it was: jobs, outside jobs, pace of projects."""

import numpy as np
import pytest

from rebound_sim.kernels.projects import progress
from rebound_sim.model import BasinModel
from rebound_sim.population.expected import natural_project_jobs
from rebound_sim.population.industry import PIPELINE_MONTHS
from rebound_sim.scenario.definition import Scenario

ZONE = {
    "employed_residents": 20000, "unemployment_rate_percent": 8.0, "industry_share": 0.25,
    "establishments": 1800, "area_km2": 900.0, "places": 3,
    "qualification_shares": [0.5, 0.2, 0.1, 0.2],
}  # fmt: skip
BURN_IN, MONTHS, REPLICATIONS = 24, 84, 10
WORLD = Scenario.model_validate(
    {
        "title": "quiet",
        "basin": {"synthetic": ZONE},
        "time": {"burn_in_months": BURN_IN, "months": MONTHS},
    }
)


@pytest.fixture(scope="module")
def changes():
    """Relative changes in seven years, by variable and replication."""
    names = ("workplace_employment", "resident_employment", "working_outside")
    found = {name: [] for name in names}
    for replication in range(REPLICATIONS):
        run = BasinModel(WORLD, seed=2, replication=replication).run()
        for name in names:
            column = run.recorder.columns[name]
            found[name].append(column[-6:].mean() / column[BURN_IN : BURN_IN + 6].mean() - 1.0)
    return {name: np.array(values) for name, values in found.items()}


@pytest.mark.parametrize(
    "name, bound",
    [
        ("workplace_employment", 0.02),
        ("resident_employment", 0.02),
        ("working_outside", 0.08),
    ],
)
def test_it_neither_gains_nor_loses(changes, name, bound):
    drift = changes[name]
    error = drift.std(ddof=1) / np.sqrt(drift.size)
    assert error < bound, "too few replications to tell"
    assert abs(drift.mean()) < bound


def test_projects_come_at_the_pace_that_existing_jobs_make_room_for():
    expected, opened = [], []
    for replication in range(40):
        model = BasinModel(WORLD, seed=3, replication=replication)
        state, p = model.state, model.parameters
        months = BURN_IN + MONTHS
        # Sponsors do not close here, as they do in a run.
        lasting = p.demand._replace(failure_mature=0.0, failure_new=0.0)
        rules = type("Rules", (), {"projects": p.projects, "demand": lasting})
        expected.append(
            natural_project_jobs(state.projects, state.firms, PIPELINE_MONTHS, months, rules).sum()
            * months
        )
        for month in range(months):
            progress(
                state.projects,
                state.firms,
                model.run_keys.stage,
                month,
                0.0,
                p.projects,
                p.instruments.manager_maturation,
            )
        opened.append(model.capacity_opened().sum())
    gap = np.array(opened) - np.array(expected)
    error = gap.std(ddof=1) / np.sqrt(gap.size)
    assert abs(gap.mean()) < max(3.0 * error, 0.1 * np.mean(expected))
    assert error < 0.15 * np.mean(expected), "too few replications to tell"
