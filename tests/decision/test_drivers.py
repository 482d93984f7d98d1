"""Indices against a known function, with correlated inputs; boxes planted or not."""

import numpy as np
import pytest

from rebound_sim.decision.drivers.indices import (
    drivers,
    first_order,
    inert_levels,
    rank_correlations,
)
from rebound_sim.decision.drivers.prim import _Worlds, contains, discover, search
from rebound_sim.decision.drivers.shapley import shapley_effects, shared_variance


def ishigami(x):
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def uniform(n, seed=0, columns=3):
    return np.random.default_rng(seed).uniform(-np.pi, np.pi, (n, columns))


#: First-order and Shapley shares of the Ishigami function with a = 7, b = 0.1, independent inputs
#: (Ishigami and Homma 1990: S = 0.3139, 0.4424, 0; the interaction of 1 and 3, 0.2437, is shared).
FIRST = (0.3139, 0.4424, 0.0)
SHAPLEY = (0.3139 + 0.2437 / 2, 0.4424, 0.2437 / 2)


def test_first_order_of_ishigami():
    x = uniform(20_000)
    assert np.allclose(first_order(x, ishigami(x)), FIRST, atol=0.03)


def test_shapley_of_ishigami_with_independent_inputs():
    x = uniform(6_000)
    found = shapley_effects(x, ishigami(x))
    assert np.allclose(found, SHAPLEY, atol=0.04)
    assert found.sum() == pytest.approx(1.0, abs=0.05)


def conditional_shapley(correlation, seed=1, outer=1_500, inner=200):
    """The same by nested simulation, inputs 1 and 3 a Gaussian copula."""
    from itertools import combinations
    from math import comb

    from scipy.stats import norm

    luck = np.random.default_rng(seed)

    def inputs(z):
        return (2 * norm.cdf(z) - 1) * np.pi

    def draw(known, fixed, count):
        z = luck.standard_normal((count, 3))
        z[:, 2] = correlation * z[:, 0] + np.sqrt(1 - correlation**2) * z[:, 2]
        for column in known:
            z[:, column] = fixed[column]
        for given, other in ((0, 2), (2, 0)):
            if given in known and other not in known:
                z[:, other] = correlation * fixed[given] + np.sqrt(
                    1 - correlation**2
                ) * luck.standard_normal(count)
        return z

    whole = draw((), None, 200_000)
    variance = ishigami(inputs(whole)).var()
    worth = {(): 0.0, (0, 1, 2): 1.0}
    for size in (1, 2):
        for known in combinations(range(3), size):
            means = [ishigami(inputs(draw(known, z, inner))) for z in whole[:outer]]
            inside = np.mean([m.var(ddof=1) for m in means])
            worth[known] = 1 - inside / variance
    effects = np.zeros(3)
    for one in range(3):
        others = [o for o in range(3) if o != one]
        for size in range(3):
            for known in combinations(others, size):
                both = tuple(sorted((*known, one)))
                effects[one] += (worth[both] - worth[known]) / (3 * comb(2, size))
    return effects


def test_shapley_of_ishigami_with_correlated_inputs_against_nested_simulation():
    from scipy.stats import norm

    correlation, luck = 0.8, np.random.default_rng(3)
    z = luck.standard_normal((6_000, 3))
    z[:, 2] = correlation * z[:, 0] + np.sqrt(1 - correlation**2) * z[:, 2]
    x = (2 * norm.cdf(z) - 1) * np.pi
    expected = conditional_shapley(correlation)
    assert np.allclose(shapley_effects(x, ishigami(x)), expected, atol=0.05)
    # Correlation moves variance from the first input to the third.
    assert expected[2] > SHAPLEY[2] + 0.02


def test_three_hundred_worlds_find_the_drivers_among_165_parameters_and_no_inert_one():
    luck = np.random.default_rng(5)
    x = luck.normal(0, 1, (300, 165))
    y = 2 * x[:, 7] - 1.5 * x[:, 90] + luck.normal(0, 1, 300)
    found, inert = drivers([f"p{n}" for n in range(165)], x, y)
    assert [d.parameter for d in found if d.above_chance] == ["p7", "p90"]
    assert found[0].correlation > 0 > found[1].correlation
    assert inert.correlation < inert.correlation_of_all < 0.3


def test_thirty_worlds_cannot_tell_and_the_level_of_chance_says_so():
    luck = np.random.default_rng(6)
    x = luck.normal(0, 1, (30, 165))
    found, inert = drivers([f"p{n}" for n in range(165)], x, luck.normal(0, 1, 30))
    assert inert.correlation_of_all > 0.5
    assert sum(d.above_chance for d in found) <= 1


def test_the_level_of_chance_is_exceeded_as_rarely_as_it_says():
    luck, hits = np.random.default_rng(9), 0
    for _ in range(60):
        x = luck.normal(0, 1, (80, 12))
        found, _ = drivers([str(n) for n in range(12)], x, luck.normal(0, 1, 80), shuffles=200)
        hits += any(d.above_chance for d in found)
    assert hits <= 9  # two indices, 5 % together: 3 expected, 9 is the 99.9 % quantile


def test_a_parameter_that_does_not_vary_is_left_out():
    x = np.column_stack([np.ones(50), np.arange(50.0)])
    found, _ = drivers(["constant", "moves"], x, np.arange(50.0))
    assert [d.parameter for d in found] == ["moves"]
    assert np.isnan(rank_correlations(x, np.arange(50.0))[0])


def test_shares_stand_beside_what_an_inert_parameter_reaches():
    luck = np.random.default_rng(2)
    x = luck.random((400, 3))
    found = shared_variance(("a", "b", "inert"), x, 3 * x[:, 0] + x[:, 1])
    assert found.effects[0] > found.effects[1] > found.inert > abs(found.effects[2]) - 0.05
    with pytest.raises(ValueError, match="at most"):
        shapley_effects(luck.random((30, 12)), luck.random(30))


def test_a_planted_box_is_found_with_its_bounds():
    luck = np.random.default_rng(11)
    x = luck.random((300, 40))
    inside = (x[:, 3] > 0.6) & (x[:, 20] < 0.5)
    happens = luck.random(300) < np.where(inside, 0.85, 0.15)
    box = discover([f"p{n}" for n in range(40)], x, happens)
    assert box.found
    sides = {(b.parameter, np.isfinite(b.low)): b for b in box.bounds}
    assert {("p3", True), ("p20", False)} <= set(sides)
    assert sides["p3", True].low == pytest.approx(0.6, abs=0.1)
    assert sides["p20", False].high == pytest.approx(0.5, abs=0.12)
    assert sides["p3", True].kept > 0.7
    # Boxes of four fifths of the worlds, in the fifth that they have not seen.
    assert box.unseen_outside + 0.25 < box.unseen_inside < box.inside
    assert box.unseen_outside < 0.35
    assert box.inside > box.outside


def test_a_box_among_many_parameters_bounds_those_that_are_told_by_the_outcome():
    """As many parameters as a posterior has, half as many worlds as asked for: whether it happens
    says less than by how much, and a box that only what happens would find bounds noise."""
    names = [f"p{n}" for n in range(190)]
    for seed in range(3):
        luck = np.random.default_rng(seed)
        x = luck.random((150, 190))
        outcome = x[:, 7] - x[:, 80] + luck.normal(0, 0.35, 150)
        box = discover(names, x, outcome > 0, outcome)
        assert box.found and {bound.parameter for bound in box.bounds} <= {"p7", "p80"}
        assert box.inside > 0.75 > 0.5 > box.outside
        assert box.unseen_inside > box.unseen_outside + 0.2
    noise = luck.normal(0, 1, 150)
    none = discover(names, x, noise > 0, noise)
    assert not none.found and none.bounds == () and none.chance == 1.0


def test_no_box_in_noise():
    luck, found = np.random.default_rng(12), 0
    for _ in range(12):
        x = luck.random((150, 20))
        box = discover([str(n) for n in range(20)], x, luck.random(150) < 0.4)
        found += box.found
        # No parameter is looked at but once in twenty.
        assert bool(box.bounds) or box.chance == 1.0
    assert found <= 3  # 0.6 expected


def test_a_box_is_what_its_sides_say_and_never_too_small():
    luck = np.random.default_rng(13)
    x = luck.random((200, 5))
    happens = luck.random(200) < 0.1 + 0.5 * x[:, 2]
    worlds = _Worlds(x, happens, happens.astype(float), inert_levels(x, happens.astype(float)))
    sides, score = search(worlds)
    inside = contains(sides, x)
    assert inside.sum() >= 0.12 * 200 and score > 0
    assert len({number for number, _ in sides}) <= 3
    assert discover(["a"] * 5, x, np.ones(200, bool)) is None
