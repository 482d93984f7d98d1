"""Aid to investment: ceilings by size and place, who asks for what, and who files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rebound_sim.parameters import ParameterSet
from rebound_sim.rules import aid

P = ParameterSet().instruments
sizes = st.integers(0, 2_000)
bases = st.integers(0, 200_000_000)
uniforms = st.floats(1e-12, 1.0 - 1e-12)
yes_or_no = st.integers(0, 1)


@pytest.mark.parametrize(
    ("size", "group", "regional", "rate"),
    [
        (49, 0, 1, 0.35),
        (50, 0, 1, 0.25),
        (249, 0, 1, 0.25),
        (250, 0, 1, 0.15),
        (49, 1, 1, 0.25),
        (50, 1, 1, 0.15),
        (250, 1, 1, 0.15),
        (49, 0, 0, 0.20),
        (50, 0, 0, 0.10),
        (250, 0, 0, 0.0),
    ],
)
def test_rates_of_the_map_of_regional_aid(size, group, regional, rate):
    """Scheme SA.58979: 35 / 25 / 15 % in the zones, 20 / 10 / 0 % outside."""
    base = 10_000_000
    expected = max(int(rate * base), int(P.de_minimis))
    assert aid.aid_ceiling(size, group, base, regional, P) == pytest.approx(expected, abs=1)


@given(sizes, yes_or_no, bases, yes_or_no)
def test_a_request_is_within_every_ceiling(size, group, base, regional):
    asked = aid.grant_asked(size, group, base, regional, P)
    assert 0 <= asked <= aid.aid_ceiling(size, group, base, regional, P)
    assert asked <= P.largest_grant
    assert asked <= P.asked_rate * base


@given(sizes, yes_or_no, bases, bases)
def test_zone_size_and_group_only_ever_lower_or_raise_as_the_law_says(size, group, base, other):
    here = aid.aid_ceiling(size, group, base, 1, P)
    assert here >= aid.aid_ceiling(size, group, base, 0, P)
    assert aid.aid_ceiling(size, 0, base, 1, P) >= aid.aid_ceiling(size, 1, base, 1, P)
    assert here >= aid.aid_ceiling(size + 250, group, base, 1, P)
    low, high = sorted((base, other))
    assert aid.grant_asked(size, group, low, 1, P) <= aid.grant_asked(size, group, high, 1, P)


@given(uniforms, st.integers(0, 2_000_000), sizes, st.integers(0, 60))
def test_help_and_time_never_stop_a_file(u, asked, size, months):
    alone = aid.files_for_aid(u, asked, 0, 0, size, months, P)
    written = aid.files_for_aid(u, asked, 1, 0, size, months, P)
    assert written >= alone
    assert aid.files_for_aid(u, asked, 1, 1, size, months, P) >= written
    assert aid.files_for_aid(u, asked, 0, 0, size, months + 12, P) >= alone
    if asked == 0:
        assert not aid.files_for_aid(u, asked, 1, 1, size, months, P)


def test_a_file_that_costs_more_than_it_brings_is_not_written_alone():
    worth = int(P.file_cost / P.success_expected)
    assert not aid.files_for_aid(1e-9, worth - 2, 0, 1, 100, 12, P)
    assert aid.files_for_aid(1e-9, worth + 2, 0, 1, 100, 12, P)
    assert aid.files_for_aid(1e-9, worth - 2, 1, 1, 100, 12, P)


@given(st.integers(0, 2_000_000), st.integers(0, 2_000_000), sizes)
def test_more_money_frees_more_and_a_small_firm_more_than_a_large_one(one, other, size):
    low, high = sorted((one, other))
    assert 0.0 <= aid.finance_freed(low, size, P) <= aid.finance_freed(high, size, P) <= 1.0
    assert aid.finance_freed(low, size, P) >= aid.finance_freed(low, size + 100, P)


def test_only_what_is_nearly_ready_can_be_filed_ahead():
    monthly = 0.04
    assert aid.ready_to_file(P.files_ahead * monthly, monthly, P)
    assert not aid.ready_to_file(P.files_ahead * monthly * 1.01, monthly, P)


@given(st.integers(1, 200), st.floats(0.0, 1.0), st.floats(2.0, 50.0))
def test_a_fund_comes_to_be_known_for_what_it_grants(files, share, memory):
    p = P._replace(success_memory=memory)
    asked = files * 400_000
    counted_on = aid.success_expected(files, asked, share * asked, p)
    low, high = sorted((share, p.success_expected))
    assert low - 1e-12 <= counted_on <= high + 1e-12
    later = aid.success_expected(2 * files, 2 * asked, share * 2 * asked, p)
    assert abs(later - share) <= abs(counted_on - share) + 1e-12
    half = aid.success_expected(files, asked, 0.5 * share * asked, p)
    assert half <= counted_on
    assert aid.success_expected(0, 0, 0, p) == p.success_expected


def test_as_many_files_as_the_memory_weigh_as_much_as_the_first_expectation():
    p = P._replace(success_memory=10.0, success_expected=0.25)
    assert aid.success_expected(10, 1000, 1000, p) == pytest.approx(0.625)
