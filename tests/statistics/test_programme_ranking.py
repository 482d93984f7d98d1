"""Pairs, ranks and the gain of pairing: against scipy, by simulation, and by their limits."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from rebound_sim.statistics.programme.pairing import replications_saved
from rebound_sim.statistics.programme.pairs import compare_pairs, holm, probability_positive
from rebound_sim.statistics.programme.ranking import identical_groups, ranks

NAMES = ("a", "b", "c", "d")


def pair_of(pairs, strategy, other):
    (found,) = [p for p in pairs if (p.arm, p.other) == (strategy, other)]
    return found


def test_the_chance_of_the_mean_is_one_minus_the_one_sided_p_value():
    gap = np.random.default_rng(0).normal(1.0, 3.0, 9)
    expected = 1.0 - stats.ttest_1samp(gap, 0.0, alternative="greater").pvalue
    assert probability_positive(gap) == pytest.approx(expected)
    assert probability_positive(-gap) == pytest.approx(1.0 - expected)


def test_the_chance_of_the_mean_and_the_luck_of_one_draw_are_two_things():
    values = np.zeros((2, 400))
    values[0] = np.random.default_rng(1).normal(0.2, 1.0, 400)
    pair = pair_of(compare_pairs(("a", "b"), values), "a", "b")
    assert pair.probability > 0.99
    assert 0.5 < pair.share < 0.65


def test_holm_against_its_definition_and_the_undefined_left_out():
    assert holm([0.01, 0.04, math.nan, 0.03])[:2] == pytest.approx([0.03, 0.06])
    assert holm([0.01, 0.04, math.nan, 0.03])[3] == pytest.approx(0.06)
    assert math.isnan(holm([0.01, math.nan])[1])


@given(st.integers(0, 10_000), st.integers(2, 12), st.booleans())
def test_ranks_are_coherent_with_the_pairs(seed, replications, lower):
    luck = np.random.default_rng(seed)
    values = luck.normal(0, 1, (4, replications)) + luck.normal(0, 3, (4, 1))
    pairs = compare_pairs(NAMES, values, lower_is_better=lower)
    found = ranks(NAMES, values, pairs, lower_is_better=lower)
    means = [rank.estimate.value for rank in found]
    assert means == sorted(means, reverse=not lower)
    for place, rank in enumerate(found, start=1):
        assert 1 <= rank.first <= place <= rank.last <= len(NAMES)
    for pair in pairs:
        back = pair_of(pairs, pair.other, pair.arm)
        assert not (pair.established and back.established)
        assert pair.probability + back.probability == pytest.approx(1.0)
        assert pair.share + back.share == pytest.approx(1.0)
        if pair.established:
            assert pair.probability > 0.95
            assert (pair.difference.value < 0) == lower


def test_sets_of_ranks_hold_together_as_often_as_they_say():
    """Twelve replications of four strategies, two of them equal: true ranks inside all sets."""
    luck, truth = np.random.default_rng(5), np.array([0.0, 0.0, 1.0, 2.0])
    covered, tries = 0, 300
    for _ in range(tries):
        values = truth[:, np.newaxis] + luck.normal(0, 1.0, (4, 12))
        found = {r.arm: r for r in ranks(NAMES, values, compare_pairs(NAMES, values))}
        # Equal strategies share ranks 3 and 4: either place is true.
        covered += (
            found["d"].first <= 1
            and found["c"].first <= 2 <= found["c"].last
            and all(found[name].first <= 3 and found[name].last == 4 for name in "ab")
        )
    assert covered / tries > 0.95 - 3 * math.sqrt(0.05 * 0.95 / tries)


def test_one_replication_ranks_nothing():
    values = np.array([[3.0], [9.0]])
    pairs = compare_pairs(("a", "b"), values)
    assert [(r.arm, r.first, r.last) for r in ranks(("a", "b"), values, pairs)] == [
        ("a", 1, 2),
        ("b", 1, 2),
    ]
    assert all(math.isnan(pair.probability) for pair in pairs)


def test_equal_strategies_are_found_and_never_ranked():
    row = np.random.default_rng(2).normal(0, 1, 6)
    values = np.stack([row, row, row + 100])
    pairs = compare_pairs(("a", "b", "c"), values)
    assert identical_groups(("a", "b", "c"), pairs) == [("a", "b")]
    assert pair_of(pairs, "a", "b").probability == 0.5
    assert not pair_of(pairs, "a", "b").established


def test_differences_that_happen_to_be_equal_establish_nothing_by_themselves():
    values = np.array([[10.0, 10.0, 10.0], [0.0, 0.0, 0.0]])
    pairs = compare_pairs(("a", "b"), values)
    assert pair_of(pairs, "a", "b").probability == 1 - 0.5**3
    assert not any(pair.established for pair in pairs)
    assert probability_positive(np.full(10, 3.0)) > 0.999 > probability_positive(np.full(9, 3.0))


def test_pairing_saves_what_a_correlation_says():
    luck = np.random.default_rng(3)
    common = luck.normal(0, 10, 4000)
    first, second = common + luck.normal(0, 1, 4000), common + luck.normal(0, 1, 4000)
    found = replications_saved(first, second)
    assert found.factor == pytest.approx(101, rel=0.1)
    assert found.low < found.factor < found.high
    independent = replications_saved(luck.normal(0, 1, 4000), luck.normal(0, 1, 4000))
    assert independent.low < 1.0 < independent.high


def test_the_interval_of_the_gain_covers_as_often_as_it_says():
    luck, inside, tries = np.random.default_rng(4), 0, 400
    for _ in range(tries):
        common = luck.normal(0, 3, 12)
        found = replications_saved(common + luck.normal(0, 1, 12), common + luck.normal(0, 1, 12))
        inside += found.low <= 10.0 <= found.high
    assert 0.90 < inside / tries < 0.99


def test_the_gain_without_variance_or_without_noise():
    row = np.array([1.0, 4.0, 2.0, 8.0])
    assert math.isinf(replications_saved(row, row + 5.0).factor)
    assert math.isnan(replications_saved(np.ones(4), np.ones(4)).factor)
    assert math.isnan(replications_saved(row[:1], row[:1]).factor)
