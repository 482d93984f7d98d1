"""Leaving a moment out by weights is calibrating without it."""

import numpy as np
import pytest

from rebound_sim.calibration.search.problem import Target
from rebound_sim.calibration.side_by_side import worth
from rebound_sim.calibration.smoother.left_out import left_out, weights_without

MEMBERS, ERROR, MEAN = 40_000, 0.5, 2.0 / 9.0
#: Far misfits weigh by their logarithm, so that weights stop a little short of the rule of Bayes.
SHORT = 0.05
#: Both see the same parameter with the same error, and say different things of it.
ONE, OTHER = (
    Target(name, value, value - 1.96 * ERROR, value + 1.96 * ERROR)
    for name, value in (("one", 0.5), ("other", 0.0))
)


@pytest.fixture(scope="module")
def rows():
    """Prior N(0, 1) and two figures: precision 1 + 4 + 4, mean 2/9; moments are the parameter."""
    parameter = MEAN + np.random.default_rng(7).normal(size=MEMBERS) / 3.0
    return np.stack([parameter, parameter], axis=1)


def test_it_is_the_posterior_without_the_figure(rows):
    for left, expected in (("one", 0.0), ("other", 2.0 / 5.0)):
        weights = weights_without((ONE, OTHER), rows, np.zeros(2), (left,))
        assert weights.sum() == pytest.approx(1.0)
        mean = weights @ rows[:, 0]
        assert mean == pytest.approx(expected, abs=SHORT)
        assert weights @ (rows[:, 0] - mean) ** 2 == pytest.approx(1.0 / 5.0, rel=0.12)
    assert worth(weights) < MEMBERS


def test_each_figure_is_predicted_by_the_others(rows):
    one, other = left_out((ONE, OTHER), rows, np.zeros(2))
    assert one.fitted == pytest.approx(MEAN, abs=0.01)
    assert one.predicted == pytest.approx(0.0, abs=SHORT) and one.inside
    assert other.predicted == pytest.approx(0.4, abs=SHORT) and other.inside
    spread = (other.high80 - other.low80) / (2.0 * 1.2816)
    assert spread == pytest.approx(np.sqrt(1.0 / 5.0), rel=0.12)


def test_what_was_not_taken_in_needs_no_leaving_out(rows):
    weights = weights_without((ONE, OTHER), rows, np.zeros(2), ("one",), taken=0.0)
    assert worth(weights) == pytest.approx(MEMBERS)
    assert worth(weights_without((ONE, OTHER), rows, np.zeros(2), ())) == pytest.approx(MEMBERS)


def test_members_without_the_moment_are_not_lost(rows):
    few = rows[:200].copy()
    few[::2, 0] = np.nan
    one, _ = left_out((ONE, OTHER), few, np.zeros(2))
    assert np.isfinite(one.predicted) and 1.0 <= one.effective <= 100.0
