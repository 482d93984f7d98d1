"""The ensemble smoother and the choice of sets, on functions with a known answer."""

import numpy as np
import pytest
from scipy.stats import qmc

from rebound_sim.calibration.search.problem import Target
from rebound_sim.calibration.smoother.selection import Candidates, choose
from rebound_sim.calibration.smoother.step import (
    identified,
    learns,
    misfits,
    quantiles_of,
    scores_of,
    slack,
    step,
)

MOMENTS, ACTIVE, INERT, MEMBERS = 12, 15, 60, 96
LUCK = np.full(MOMENTS, 0.2)
RNG = np.random.default_rng(5)
SLOPES = np.where(RNG.random((ACTIVE, MOMENTS)) < 0.3, RNG.normal(0.0, 2.0, (ACTIVE, MOMENTS)), 0.0)
TRUTH = RNG.normal(0.0, 0.7, ACTIVE)


def moments_of(scores):
    """Twelve moments of fifteen parameters, far from linear; sixty others move nothing."""
    linear = scores[..., :ACTIVE] @ SLOPES
    return 6.0 * np.exp(0.3 * linear) + 0.3 * linear


def targets(*out_of_reach):
    """The moments at the truth, but for those that no world can give: all are above 0."""
    values = moments_of(TRUTH)
    values[list(out_of_reach)] = -30.0
    return [Target(str(n), v, v - 1.96, v + 1.96) for n, v in enumerate(values)]


def smoothed(asked, steps=4, seed=1):
    """Scores and moments after some steps, from the whole prior."""
    rng = np.random.default_rng(seed)
    scores = scores_of(qmc.LatinHypercube(ACTIVE + INERT, rng=rng).random(MEMBERS))
    weights = 2.0 ** np.arange(steps)
    earlier = None
    for weight in weights / weights.sum():
        found = misfits(asked, moments_of(scores), LUCK)
        done = step(scores, found, weight, rng, earlier)
        earlier, scores = (scores, found), done.scores
    return scores, moments_of(scores)


def inside(asked, moments):
    return np.array([t.low <= m <= t.high for t, m in zip(asked, moments, strict=True)])


def test_the_mean_of_moments_reaches_the_bands_and_inert_parameters_keep_their_prior():
    asked = targets()
    scores, moments = smoothed(asked)
    prior = moments_of(np.random.default_rng(0).normal(size=(MEMBERS, ACTIVE + INERT)))
    assert inside(asked, prior.mean(axis=0)).sum() <= 5
    assert inside(asked, moments.mean(axis=0)).sum() >= 11
    assert scores[:, ACTIVE:].std(axis=0).mean() > 0.9
    assert np.abs(scores[:, ACTIVE:].mean(axis=0)).max() < 0.5
    assert scores[:, :ACTIVE].std(axis=0).mean() < 0.7


def test_a_moment_out_of_reach_does_not_spoil_the_others():
    asked = targets(3, 8)
    _, moments = smoothed(asked)
    reached = inside(asked, moments.mean(axis=0))
    assert not reached[[3, 8]].any()
    assert reached.sum() >= 8


def test_a_linear_world_gives_the_posterior_of_bayes():
    """One parameter, one moment y = z with error 1: the posterior of z is N(d/2, 1/2)."""
    rng = np.random.default_rng(0)
    asked = [Target("y", 1.0, 1.0 - 1.96, 1.0 + 1.96)]
    scores, earlier = rng.normal(size=(4_000, 1)), None
    for weight in (0.25, 0.25, 0.5):
        found = misfits(asked, scores, np.zeros(1))
        done = step(scores, found, weight, rng, earlier)
        earlier, scores = (scores, found), done.scores
    assert scores.mean() == pytest.approx(0.5, abs=0.05)
    assert scores.std() == pytest.approx(np.sqrt(0.5), abs=0.05)


def test_correlations_by_chance_move_nothing():
    rng = np.random.default_rng(2)
    scores, found = rng.normal(size=(MEMBERS, 300)), rng.normal(size=(MEMBERS, 30))
    found[:, 0] += 3.0 * scores[:, 0]
    done = step(scores, found, 0.5, rng)
    taught = learns(done.correlation, MEMBERS)
    assert taught[0] and identified(done.correlation, MEMBERS)[0]
    assert taught[1:].mean() < 0.15 and identified(done.correlation, MEMBERS)[1:].mean() < 0.03
    assert done.scores[:, 0].std() < 0.6 * scores[:, 0].std()
    assert (done.scores[:, ~taught] == scores[:, ~taught]).all()


def test_undefined_moments_move_nobody_and_most_undefined_ones_are_left_out():
    rng = np.random.default_rng(3)
    scores = rng.normal(size=(MEMBERS, 1))
    found = np.hstack([scores, scores])
    found[:60, 1] = np.nan
    found[:4, 0] = np.nan
    done = step(scores, found, 1.0, rng)
    assert np.isfinite(done.scores).all()
    assert done.correlation[0, 0] > 0.9 and done.correlation[0, 1] == 0.0


def test_only_moments_that_all_members_miss_get_slack():
    found = np.array([[3.0, 1.0, -6.0, np.nan], [5.0, -9.0, -2.0, np.nan], [4.0, 4.0, -4.0, 2.5]])
    assert slack(found) == pytest.approx([(4 / 1.96) ** 2, 1.0, (4 / 1.96) ** 2, (2.5 / 1.96) ** 2])


def test_misfits_are_side_dependent_and_far_worlds_weigh_little():
    asked = [Target("x", 2.0, 1.0, 6.0)]
    found = misfits(asked, np.array([[1.99], [1.0], [6.0], [500.0]]), np.zeros(1))[:, 0]
    assert found[0] == pytest.approx(-0.01 * 1.96, rel=1e-3)
    assert found[2] == pytest.approx(-found[1]) and 1.8 < found[2] < 1.96
    assert found[3] < 25.0


def test_scores_and_quantiles_are_inverse_and_finite():
    quantiles = np.array([0.0, 0.2, 0.5, 1.0])
    assert np.isfinite(scores_of(quantiles)).all()
    assert quantiles_of(scores_of(quantiles))[1:3] == pytest.approx([0.2, 0.5])


def test_sets_are_chosen_for_their_mean_too():
    """Sets on both sides of a target that none of them is at: the mean is at it."""
    asked = [Target("x", 0.0, -1.0, 1.0), Target("y", 0.0, -1.0, 1.0)]
    sides = np.repeat([[1.2, 0.0], [-1.4, 0.0]], 10, axis=0)
    far = np.full((5, 2), 8.0)
    rows = choose(Candidates(asked, np.vstack([sides, far]), np.full(2, 0.1)), 8)
    assert len(set(rows.tolist())) == 8 and rows.max() < 20
    assert abs(np.vstack([sides, far])[rows].mean(axis=0)[0]) < 0.3
    assert rows[0] < 10
