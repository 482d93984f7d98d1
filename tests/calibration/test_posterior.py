"""Draws of the posterior: as the members are, as many as asked for, a sample from the first on."""

import numpy as np
import pytest

from rebound_sim.calibration.search.problem import Target
from rebound_sim.calibration.search.random_designs import drawn_from
from rebound_sim.calibration.smoother.posterior import adjusted, draws
from rebound_sim.calibration.smoother.step import quantiles_of, scores_of

MEMBERS, PARAMETERS = 60, 8


def members():
    rng = np.random.default_rng(3)
    scores = 0.6 * rng.normal(size=(MEMBERS, PARAMETERS)) + np.linspace(-1.0, 1.0, PARAMETERS)
    scores[:, 1] = 0.3 + 0.9 * (scores[:, 0] - scores[:, 0].mean())  # learnt together
    return scores


def test_draws_keep_means_spreads_and_what_is_learnt_together():
    scores, known = members(), np.array([True] * 4 + [False] * 4)
    found = draws(scores, known, 20_000, drawn_from(1))
    assert found.shape == (20_000, PARAMETERS)
    assert found.mean(axis=0) == pytest.approx(scores.mean(axis=0), abs=0.03)
    assert found.std(axis=0) == pytest.approx(scores.std(axis=0, ddof=1), rel=0.04)
    expected = np.corrcoef(scores[:, :4].T)
    assert np.corrcoef(found[:, :4].T) == pytest.approx(expected, abs=0.04)
    # What no moment identifies is drawn by itself: chance of few members is not learnt.
    apart = np.corrcoef(found[:, 4:].T) - np.eye(4)
    assert np.abs(apart).max() < 0.03


def test_first_draws_are_a_sample_of_the_whole():
    scores = members()
    found = draws(scores, np.ones(PARAMETERS, dtype=bool), 600, drawn_from(2))
    error = scores.std(axis=0, ddof=1) / np.sqrt(100)
    assert np.all(np.abs(found[:100].mean(axis=0) - scores.mean(axis=0)) < 4.0 * error)
    assert np.array_equal(found, draws(scores, np.ones(PARAMETERS, dtype=bool), 600, drawn_from(2)))


def test_what_was_not_taken_in_is_added_without_simulating():
    """On a linear world, half of the data, then the rest by regression, is the rule of Bayes."""
    rng = np.random.default_rng(5)
    n, target = 4_000, Target("sum", 1.0, 1.0 - 1.96 * 0.5, 1.0 + 1.96 * 0.5)
    # Prior N(0, 1); the moment is the parameter; half of the data: precision 1 + 0.5 / 0.25.
    half = 1.0 / (1.0 + 2.0)
    scores = (half * 2.0 + np.sqrt(half) * rng.normal(size=(n, 1))).astype(float)
    points = quantiles_of(scores)
    rows, luck = scores_of(points), np.zeros(1)
    whole = adjusted((target,), points, rows, luck, 0.5, drawn_from(1))
    assert whole.mean() == pytest.approx(4.0 / 5.0, abs=0.04)
    assert whole.std() == pytest.approx(np.sqrt(1.0 / 5.0), abs=0.03)
    same = adjusted((target,), points, rows, luck, 1.0, drawn_from(1))
    assert same == pytest.approx(scores_of(points))
