"""Intervals against scipy and against their definitions; the words that they allow."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from rebound_sim.statistics.intervals import (
    NO_DENOMINATOR,
    NO_DIFFERENCE,
    NO_INTERVAL,
    Estimate,
    difference_in_words,
    mean_estimate,
    median_estimate,
    ratio_estimate,
    share_estimate,
    within,
)

VALUES = np.array([3.0, 5.0, 4.0, 8.0, 6.5, 2.0, 7.0])


def test_the_mean_has_students_interval():
    found = mean_estimate(VALUES)
    low, high = stats.t.interval(0.95, VALUES.size - 1, loc=VALUES.mean(), scale=stats.sem(VALUES))
    assert (found.value, found.low, found.high) == pytest.approx((VALUES.mean(), low, high))
    assert found.replications == 7


def test_undefined_values_are_left_out_and_counted_out():
    found = mean_estimate(np.array([1.0, np.nan, 3.0]))
    assert (found.value, found.replications) == (2.0, 2)
    assert mean_estimate(np.array([np.nan])).replications == 0


def test_one_replication_has_no_interval_and_says_so():
    for found in (
        mean_estimate(VALUES[:1]),
        ratio_estimate(VALUES[:1], VALUES[:1]),
        median_estimate(VALUES[:1]),
        share_estimate(np.array([True])),
    ):
        assert not found.has_interval
        assert found.method == NO_INTERVAL
    assert difference_in_words(mean_estimate(VALUES[:1])) == NO_INTERVAL


def test_a_ratio_over_a_constant_has_the_interval_of_the_mean():
    mean, ratio = mean_estimate(VALUES), ratio_estimate(VALUES, np.full(7, 2.0))
    assert (ratio.value, ratio.low, ratio.high) == pytest.approx(
        (mean.value / 2, mean.low / 2, mean.high / 2)
    )


def test_fieller_bounds_are_the_ratios_that_a_test_does_not_refuse():
    below = np.array([10.0, 12.0, 9.0, 11.0, 13.0, 8.0, 10.5])
    found = ratio_estimate(VALUES, below)
    for bound in (found.low, found.high):
        p_value = stats.ttest_1samp(VALUES - bound * below, 0.0).pvalue
        assert p_value == pytest.approx(0.05)
    assert found.low < found.value < found.high


def test_a_ratio_whose_denominator_may_be_zero_is_not_given():
    found = ratio_estimate(VALUES, np.array([-3.0, 4.0, 1.0, -2.0, 3.0, 0.0, -1.0]))
    assert math.isnan(found.value)
    assert found.method == NO_DENOMINATOR


def test_fiellers_interval_covers_as_often_as_it_says():
    luck = np.random.default_rng(0)
    draws = luck.normal((5.0, 10.0), (2.0, 3.0), (400, 12, 2))
    held = [
        found.low <= 0.5 <= found.high
        for found in (ratio_estimate(a, b) for a, b in draws.transpose(0, 2, 1))
    ]
    assert 0.92 < np.mean(held) < 0.98


@pytest.mark.parametrize(("n", "rank"), [(5, None), (6, 0), (9, 1), (20, 5), (100, 39)])
def test_the_median_has_the_interval_of_order_statistics(n, rank):
    # Ranks from tables of the sign test.
    found = median_estimate(np.arange(float(n)))
    if rank is None:
        assert not found.has_interval
    else:
        assert (found.low, found.high) == (rank, n - 1 - rank)


def test_a_median_time_may_be_never():
    found = median_estimate(np.array([10.0, np.inf, np.inf, np.inf, np.inf, np.inf]))
    assert found.value == np.inf
    assert (found.low, found.high) == (10.0, np.inf)


def test_a_share_has_wilsons_interval():
    events = np.arange(20) < 3
    expected = stats.binomtest(3, 20).proportion_ci(method="wilson")
    found = share_estimate(events)
    assert (found.value, found.low, found.high) == pytest.approx(
        (15.0, 100 * expected.low, 100 * expected.high)
    )


bounds = st.floats(-1e6, 1e6)


@given(bounds, bounds)
def test_words_follow_from_the_interval(a, b):
    low, high = sorted((a, b))
    words = difference_in_words(Estimate((low + high) / 2, low, high, 5, "t"))
    assert (words == NO_DIFFERENCE) == (low <= 0 <= high)
    assert (words == "higher") == (low > 0)
    assert (words == "lower") == (high < 0)


@given(
    st.lists(st.floats(0.0, 1.0), min_size=2, max_size=12),
    st.sampled_from([(0.0, math.inf), (0.0, 1.0), (-1.0, 1.0)]),
)
def test_the_interval_of_a_bounded_mean_holds_the_mean_and_stays_within(values, bounds):
    found = mean_estimate(np.array(values), *bounds)
    slack = 1e-9
    assert bounds[0] - slack <= found.low <= found.value + slack
    assert found.value - slack <= found.high <= bounds[1] + slack


def test_far_from_its_bounds_a_mean_has_nearly_students_interval():
    values = 1_000.0 + VALUES
    free, counted = mean_estimate(values), mean_estimate(values, 0.0)
    assert (counted.low, counted.high) == pytest.approx((free.low, free.high), abs=0.01)
    share = mean_estimate(0.5 + VALUES / 1_000, 0.0, 1.0)
    free = mean_estimate(0.5 + VALUES / 1_000)
    assert (share.low, share.high) == pytest.approx((free.low, free.high), abs=1e-5)
    assert "square root" in counted.method and "arcsine" in share.method


def test_the_square_root_has_the_width_of_the_delta_method():
    # m = 4, half = 4: sqrt is 2, its half-width 4 / (2 * 2) = 1.
    low, high = within(4.0, 4.0, 0.0)
    assert (float(low), float(high)) == pytest.approx((1.0, 9.0))
    low, high = within(4.0, 20.0, 0.0)
    assert float(low) == 0.0
