"""Priors: maps from [0, 1] to the admissible range of a parameter, and back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rebound_sim.parameters import PARAMETERS
from rebound_sim.parameters.priors import free_parameters, quantile_of, value_at
from rebound_sim.parameters.records import Parameter

FREE = free_parameters()


def test_free_parameters_are_those_not_declared_fixed():
    fixed = {name for name, one in PARAMETERS.items() if one.prior == "fixed"}
    free = {one.full_name for one in FREE}
    assert fixed and free and not fixed & free and fixed | free == set(PARAMETERS)


@given(st.sampled_from(FREE), st.floats(0.0, 1.0))
def test_values_lie_in_the_range_and_lead_back(one, quantile):
    value = value_at(one, quantile)
    assert one.low <= value <= one.high
    assert quantile_of(one, value) == pytest.approx(quantile, abs=1e-6)


@given(st.sampled_from(FREE), st.tuples(st.floats(0.0, 1.0), st.floats(0.0, 1.0)))
def test_values_increase_with_quantiles(one, pair):
    low, high = sorted(pair)
    assert value_at(one, low) <= value_at(one, high)


@pytest.mark.parametrize("one", FREE, ids=lambda one: one.full_name)
def test_declared_values_are_believed_possible(one):
    assert 0.0 <= quantile_of(one, one.value) <= 1.0


def test_shapes_of_priors():
    def parameter(prior):
        return Parameter("x", 2.0, "1", 1.0, 4.0, prior, "assumed", "none", "a test", "topic")

    assert value_at(parameter("uniform"), 0.5) == pytest.approx(2.5)
    assert value_at(parameter("loguniform"), 0.5) == pytest.approx(2.0)
    assert value_at(parameter("lognormal"), 0.5) == pytest.approx(2.0)
    assert value_at(parameter("normal"), 0.5) == pytest.approx(2.5)
    # Most likely at the low end: half of the mass in the first third of the range.
    assert value_at(parameter("halfnormal"), 0.0) == 1.0
    middle = 1.0 + 3.0 * 0.6357 / 1.96  # quantile 0.7375 of a normal, over that of 0.975
    assert value_at(parameter("halfnormal"), 0.5) == pytest.approx(middle, rel=1e-3)
    assert value_at(parameter("halfnormal"), 1.0) == pytest.approx(4.0)
    u = (np.arange(4000) + 0.5) / 4000
    draws = np.array([value_at(parameter("normal"), q) for q in u])
    # Standard deviation of a normal cut at ± 1.96 of its own: 0.871 of it (Johnson, Kotz 1994).
    assert draws.std() == pytest.approx(0.871 * 3.0 / 3.92, rel=0.01)


@pytest.mark.parametrize("quantile", [-0.1, 1.1])
def test_quantiles_outside_the_unit_interval_are_refused(quantile):
    with pytest.raises(ValueError, match="outside"):
        value_at(FREE[0], quantile)


def test_fixed_parameters_have_no_prior():
    fixed = next(one for one in PARAMETERS.values() if one.prior == "fixed")
    with pytest.raises(ValueError, match="no map"):
        value_at(fixed, 0.5)
