"""Parameters of the model itself, found again from data that it simulated with them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from rebound_sim.calibration.measures import flows
from rebound_sim.calibration.search.evaluations import Budget, opened_evaluations
from rebound_sim.calibration.search.problem import Problem, Target
from rebound_sim.calibration.smoother.waves import WaveSettings, calibrate
from rebound_sim.calibration.studies.following import People, follow
from rebound_sim.calibration.study import combine_ratio
from rebound_sim.model import BasinModel
from rebound_sim.parameters import PARAMETERS
from rebound_sim.parameters.priors import quantile_of
from worlds import scenario

pytestmark = pytest.mark.slow

TRUTH = {
    "separations.fixed_term_to_unemployment": 0.033,
    "separations.conversion": 0.0265,
    "separations.unemployed_to_inactivity": 0.095,
    "search.applications_unemployed": 3.2,
}
MOMENTS = ("flow_ue_q", "flow_ui_q", "flow_eu_cdd_q", "cdd_to_cdi_q")
WORLD = scenario(40_000, 49, 12)
#: Replications of the data, none of them used to calibrate.
DATA = range(100, 106)
#: Half-width of the bands, in standard deviations of luck.
WIDTH = 1.96


def simulate(values: Mapping[str, float], replication: int) -> dict[str, float]:
    """Quarterly flows of a small zone without closure, over four years."""
    model = BasinModel(WORLD, seed=3, replication=replication, parameters=values)
    people = People(0, 49)
    follow(model, (people,))
    found = flows.quarterly_flows(people.status, people.age(0))
    return {name: combine_ratio([found[name]]) for name in MOMENTS}


def test_the_models_parameters_are_found_again(tmp_path):
    data = [simulate(TRUTH, number) for number in DATA]
    rows = np.array([[one[name] for name in MOMENTS] for one in data])
    value, width = rows.mean(axis=0), WIDTH * rows.std(axis=0, ddof=1)
    targets = tuple(
        Target(name, float(v), float(v - w), float(v + w))
        for name, v, w in zip(MOMENTS, value, width, strict=True)
    )
    searched = tuple(PARAMETERS[name] for name in TRUTH)
    asked = Problem(searched, targets, simulate, about="a small zone")
    settings = WaveSettings(points=36, sets=10, waves=4, seed=0)
    with opened_evaluations(tmp_path, asked, resume=False, team=1) as store:
        found = calibrate(store, settings, Budget())
    truth = np.array([quantile_of(PARAMETERS[name], v) for name, v in TRUTH.items()])
    sets = np.array([asked.coordinates(one) for one in found.chosen.values])
    declared = asked.coordinates({})
    # In shares of the prior: the mean of the sets is nearer than a tenth, from declared values that
    # are far, and their spread tells how near. (A range of ten sets misses the truth in one of four
    # parameters every other time, so it is not asked to hold it.)
    assert np.abs(declared - truth).max() > 0.2
    assert np.abs(sets.mean(axis=0) - truth).max() < 0.1
    spread = sets.std(axis=0, ddof=1)
    assert (np.abs(sets.mean(axis=0) - truth) < 3.0 * spread).all()
    assert spread.max() < 0.15
