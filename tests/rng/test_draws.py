"""Uniformity, independence across neighbouring addresses, quantile functions."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from rebound_sim.rng import draws
from rebound_sim.rng.streams import Stream, stream_key

N = 30_000
#: Rejecting a true hypothesis is all but impossible with fixed addresses and this level.
LEVEL = 1e-4
_MASK = 2**64 - 1


def column(key, first=0, n=N):
    return np.array([draws.uniform(key, i) for i in range(first, first + n)])


def key_of(seed=1, replication=0, stream=Stream.MONTHLY_EVENT, month=0):
    return stream_key(seed, replication, "3202", stream, month)


@pytest.fixture(scope="module")
def entities():
    return column(key_of())


@pytest.mark.parametrize("seed", [0, 1, 2**64 - 1])
def test_uniform_over_entities(seed):
    u = column(key_of(seed=seed))
    counts, _ = np.histogram(u, bins=256, range=(0.0, 1.0))
    assert stats.chisquare(counts).pvalue > LEVEL
    assert stats.kstest(u, "uniform").pvalue > LEVEL


def test_uniform_over_months_for_one_entity():
    u = np.array([draws.uniform(key_of(month=month), 12) for month in range(3000)])
    counts, _ = np.histogram(u, bins=50, range=(0.0, 1.0))
    assert stats.chisquare(counts).pvalue > LEVEL


def test_uniform_over_pairs():
    key = key_of(stream=Stream.PAIR_SCORE)
    u = np.array([draws.uniform_pair(key, i, j) for i in range(200) for j in range(200)])
    counts, _ = np.histogram(u, bins=256, range=(0.0, 1.0))
    assert stats.chisquare(counts).pvalue > LEVEL


@pytest.mark.parametrize("lag", [1, 2, 3, 8, 64, 1024, 8192])
def test_no_correlation_between_entities(entities, lag):
    assert stats.pearsonr(entities[:-lag], entities[lag:]).pvalue > LEVEL


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"month": 0}, {"month": 1}),
        ({"replication": 0}, {"replication": 1}),
        ({"seed": 0}, {"seed": 1}),
        ({"seed": 1}, {"seed": 1 + 2**32}),
        ({"stream": Stream.FIRM_SHOCK}, {"stream": Stream.FIRM_FAILURE}),
    ],
)
def test_neighbouring_addresses_are_independent(one, other):
    a, b = column(key_of(**one), n=15_000), column(key_of(**other), n=15_000)
    table, _, _ = np.histogram2d(a, b, bins=16, range=[[0, 1], [0, 1]])
    assert stats.chisquare(table.ravel()).pvalue > LEVEL
    assert stats.pearsonr(a, b).pvalue > LEVEL
    assert stats.pearsonr(a[:-1], b[1:]).pvalue > LEVEL


def test_adjacent_pairs_are_independent():
    key = key_of(stream=Stream.PAIR_SCORE)
    a = np.array([draws.uniform_pair(key, i, 5) for i in range(15_000)])
    b = np.array([draws.uniform_pair(key, i, 6) for i in range(15_000)])
    c = np.array([draws.uniform_pair(key, 5, i) for i in range(15_000)])
    for x, y in ((a, b), (a, c), (b, c)):
        assert stats.pearsonr(x, y).pvalue > LEVEL


def test_each_bit_is_fair():
    key = key_of()
    words = np.array([draws.bits(key, i) for i in range(15_000)], dtype=np.uint64)
    ones = [int(((words >> np.uint64(bit)) & np.uint64(1)).sum()) for bit in range(64)]
    assert np.all(np.abs(np.array(ones) - 7_500) < 5 * math.sqrt(15_000) / 2)


def splitmix(word):
    """Finaliser of SplitMix64 in Python integers."""
    word = ((word ^ (word >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) & _MASK
    return word ^ (word >> 31)


def test_first_outputs_of_splitmix64_from_state_zero():
    """The generator as published: state 0, first three outputs."""
    published = (0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F)
    for count, word in enumerate(published, start=1):
        assert int(draws.bits(np.uint64(0), count)) == word


@given(st.integers(0, _MASK))
def test_mix_matches_integers(word):
    assert int(draws.mix(np.uint64(word))) == splitmix(word)


@pytest.mark.parametrize("word", [0, 1, 2**12 - 1, 2**63, _MASK - 1, _MASK])
def test_unit_is_strictly_inside(word):
    """The largest word gave exactly 1 when 53 bits were kept."""
    assert 0.0 < draws.unit(np.uint64(word)) < 1.0


def test_unit_at_its_ends():
    assert draws.unit(np.uint64(0)) == 2.0**-53
    assert draws.unit(np.uint64(_MASK)) == 1.0 - 2.0**-53


@given(st.floats(1e-15, 1.0 - 1e-15), st.floats(0.01, 5.0))
def test_laplace_quantile(u, scale):
    expected = stats.laplace.ppf(u, scale=scale)
    assert draws.laplace_quantile(u, scale) == pytest.approx(expected, rel=1e-9, abs=1e-12)


@given(st.floats(2.0**-53, 1.0 - 2.0**-53))
def test_normal_quantile(u):
    expected = stats.norm.ppf(u)
    assert draws.normal_quantile(u) == pytest.approx(expected, rel=2e-9, abs=1e-9)


def test_quantiles_increase():
    grid = np.linspace(0.0005, 0.9995, 5000)
    for quantile in (draws.normal_quantile, lambda u: draws.laplace_quantile(u, 0.7)):
        values = np.array([quantile(u) for u in grid])
        assert np.all(np.diff(values) > 0)


@given(
    st.integers(0, _MASK), st.integers(0, 2**20), st.integers(0, 50), st.sampled_from(["i4", "i8"])
)
def test_draws_of_many_entities_are_those_of_each(key, first, number, kind):
    key, rows = np.uint64(key), np.arange(first, first + number, dtype=kind)[::-1]
    each = [draws.uniform_pair(key, int(row), 7) for row in rows]
    assert draws.uniforms(key, rows, 7).tolist() == each
    assert draws.normals(key, rows, 7).tolist() == [draws.normal_quantile(u) for u in each]
