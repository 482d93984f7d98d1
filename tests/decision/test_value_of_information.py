"""Value of information against closed forms, its bounds, and a saved table seen by R."""

import csv
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from rebound_sim.decision.information.prior import BELIEFS, weights_of, worlds_worth
from rebound_sim.decision.information.value import partial_information, perfect_information


def gain(mean, deviation):
    """E max(0, N(mean, deviation²)) − max(0, mean): the closed form for one linear difference."""
    z = mean / deviation
    return mean * norm.cdf(z) + deviation * norm.pdf(z) - max(mean, 0.0)


def linear(n=1_000, seed=0, luck_sd=60.0):
    """Two strategies whose difference is 20 + 100 θ1 + 50 θ2 and luck; θ3 does nothing."""
    luck = np.random.default_rng(seed)
    theta = luck.standard_normal((n, 3))
    gap = 20 + 100 * theta[:, 0] + 50 * theta[:, 1] + luck.normal(0, luck_sd, n)
    base = 300 + 40 * theta[:, 1] + luck.normal(0, luck_sd, n)
    return theta, np.column_stack([base, base + gap])


@pytest.mark.parametrize(
    ("known", "deviation"), [((0,), 100), ((1,), 50), ((0, 1), math.hypot(100, 50))]
)
def test_linear_differences_have_their_closed_form(known, deviation):
    theta, values = linear()
    found = partial_information(theta[:, list(known)], values, [str(k) for k in known])
    # The mean of 1,000 worlds is itself known to ± 4 jobs: half of that moves the gain.
    assert found.value == pytest.approx(gain(20, deviation), abs=max(3 * found.error, 4.0))
    assert found.above_chance and found.error < 6


def test_perfect_information_holds_luck_and_is_above_all():
    theta, values = linear()
    whole = perfect_information(values)
    assert whole == pytest.approx(gain(20, math.sqrt(100**2 + 50**2 + 60**2)), rel=0.1)
    one = partial_information(theta[:, :1], values, ["a"]).value
    both = partial_information(theta[:, :2], values, ["a", "b"]).value
    assert 0 < one < both < whole


def test_an_inert_parameter_is_worth_nothing_within_what_chance_reaches():
    over = 0
    for seed in range(40):
        theta, values = linear(200, seed)
        found = partial_information(theta[:, 2:], values, ["inert"])
        assert found.value <= 6.0
        over += found.above_chance
    assert over <= 7  # 2 expected at 5 %; 7 is beyond its 99.9 % quantile


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 5_000), st.integers(60, 300), st.integers(2, 4))
def test_partial_information_stays_between_nothing_and_everything(seed, worlds, choices):
    luck = np.random.default_rng(seed)
    theta = luck.standard_normal((worlds, 4))
    values = 50 * theta @ luck.normal(0, 1, (4, choices)) + luck.normal(0, 30, (worlds, choices))
    whole = perfect_information(values)
    one = partial_information(theta[:, :1], values, ["a"])
    more = partial_information(theta[:, :3], values, ["a", "b", "c"])
    assert 0.0 <= one.value <= whole + 3 * one.error
    assert 0.0 <= more.value <= whole + 3 * more.error
    # More is known with a larger set, but for what the regressions miss.
    assert more.value >= one.value - 3 * (one.error + more.error) - 1.0


def test_a_choice_that_is_always_best_leaves_nothing_to_find_out():
    theta, values = linear(150)
    values = np.column_stack([values[:, 0], values[:, 0] + 500 + theta[:, 0]])
    assert perfect_information(values) == pytest.approx(0.0, abs=1e-9)
    assert partial_information(theta[:, :2], values, ["a", "b"]).value == pytest.approx(
        0.0, abs=1e-9
    )


def test_a_curved_effect_is_seen():
    luck = np.random.default_rng(4)
    theta = luck.uniform(0, 1, (800, 1))
    gap = np.where(theta[:, 0] > 0.7, 200.0, -100.0)
    values = np.column_stack([np.zeros(800), gap + luck.normal(0, 50, 800)])
    found = partial_information(theta, values, ["step"])
    assert found.value == pytest.approx(0.3 * 200, rel=0.2)


def test_values_agree_with_another_program_on_a_saved_table():
    """mgcv of R, which the package `voi` calls for its method "gam": figures and how they were made
    are remade by tests/decision/voi_expected.R."""
    folder = Path(__file__).parent
    with (folder / "voi_table.csv").open(encoding="utf-8", newline="") as stream:
        rows = [{k: float(v) for k, v in row.items()} for row in csv.DictReader(stream)]
    with (folder / "voi_expected.csv").open(encoding="utf-8", newline="") as stream:
        expected = {row["parameters"]: float(row["evppi"]) for row in csv.DictReader(stream)}
    values = np.array([[row["a"], row["b"], row["c"]] for row in rows])
    assert perfect_information(values) == pytest.approx(expected.pop("all"), rel=1e-6)
    for names, value in expected.items():
        theta = np.array([[row[name] for name in names.split()] for row in rows])
        found = partial_information(theta, values, names.split())
        assert found.value == pytest.approx(value, abs=max(2 * found.error, 0.03 * value)), names


def test_beliefs_move_the_worlds_where_they_say():
    luck = np.random.default_rng(5)
    values = luck.uniform(0, 1, 400)
    for name, mean in (("calibrated", 0.5), ("sceptic", 0.2), ("confident", 2 / 3)):
        weights = weights_of(BELIEFS[name], values, 0.0, 1.0)
        assert weights.mean() == pytest.approx(1.0)
        assert np.average(values, weights=weights) == pytest.approx(mean, abs=0.05)
    assert worlds_worth(np.ones(400)) == pytest.approx(400)
    assert worlds_worth(weights_of(BELIEFS["sceptic"], values, 0.0, 1.0)) < 320


def test_a_belief_changes_what_knowing_is_worth():
    luck = np.random.default_rng(6)
    effect = luck.uniform(0, 1, 600)
    values = np.column_stack([np.full(600, 200.0), 700 * effect + luck.normal(0, 30, 600)])
    sure = weights_of(BELIEFS["confident"], effect, 0, 1)
    plain = partial_information(effect[:, None], values, ["effect"])
    confident = partial_information(effect[:, None], values, ["effect"], sure)
    assert confident.value < plain.value
