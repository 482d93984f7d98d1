"""Whole numbers that add up, for any input."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rebound_sim.population.layout import monthly_blocks
from rebound_sim.population.people import block_months
from rebound_sim.population.rounding import bounded_split, fit_margins, largest_remainder

weights = st.lists(st.floats(0.0, 1e6), min_size=1, max_size=40).map(np.array)


@given(weights, st.integers(0, 10**7))
def test_largest_remainder_is_exact_and_near(shares, total):
    parts = largest_remainder(shares, total)
    assert parts.dtype == np.int64
    assert parts.sum() == total
    assert parts.min() >= 0
    if shares.sum() > 0:
        assert np.all(np.abs(parts - shares / shares.sum() * total) < 1.0 + 1e-6)


def test_largest_remainder_gives_ties_to_the_first():
    assert largest_remainder(np.ones(3), 4).tolist() == [2, 1, 1]
    assert largest_remainder(np.zeros(2), 3).tolist() == [2, 1]


@given(st.data())
def test_bounded_split_respects_its_bounds(data):
    n = data.draw(st.integers(1, 20))
    integers = st.integers(0, 50)
    low = np.array(data.draw(st.lists(integers, min_size=n, max_size=n)))
    high = low + np.array(data.draw(st.lists(integers, min_size=n, max_size=n)))
    shares = np.array(data.draw(st.lists(st.floats(0, 10), min_size=n, max_size=n)))
    total = data.draw(st.integers(int(low.sum()), int(high.sum())))
    parts = bounded_split(shares, total, low, high)
    assert parts.sum() == total
    assert np.all(parts >= low)
    assert np.all(parts <= high)


def test_bounded_split_refuses_the_impossible():
    with pytest.raises(ValueError, match="cannot be split"):
        bounded_split(np.ones(2), 5, np.array([0, 0]), np.array([2, 2]))


def test_fit_margins_meets_both_margins():
    seed = np.random.default_rng(0).random((6, 4)) + 0.1
    rows = np.array([10.0, 20.0, 5.0, 5.0, 30.0, 30.0])
    columns = np.array([40.0, 30.0, 20.0, 10.0])
    table = fit_margins(seed, rows, columns)
    assert table.sum(axis=1) == pytest.approx(rows, rel=1e-12)
    assert table.sum(axis=0) == pytest.approx(columns, rel=1e-9)


@given(st.integers(0, 5000), st.integers(1, 200))
def test_monthly_blocks_spread_people_evenly(total, months):
    edges = monthly_blocks(total, months)
    sizes = np.diff(edges)
    assert edges[0] == 0
    assert edges[-1] == total
    assert sizes.max() - sizes.min() <= 1
    assert np.array_equal(np.bincount(block_months(total, months), minlength=months), sizes)
