"""Wages follow the level of unemployment; moves and search follow what departs from the usual."""

import pytest

from model.worlds import small_world
from rebound_sim.kernels.conditions import unemployment_rate, update_indices
from rebound_sim.parameters import ParameterSet
from rebound_sim.population.build import build
from rebound_sim.state.market import Condition


def test_a_rate_that_has_become_usual_still_lowers_wages():
    p = ParameterSet()
    market = build(small_world(), p, 1, 0).market
    c = market.conditions
    rate = unemployment_rate(market.people)
    c[Condition.UNEMPLOYMENT_BASE], c[Condition.UNEMPLOYMENT_USUAL] = rate / 2.0, rate
    update_indices(market, 0, p.wages, p.demand)
    assert c[Condition.UNEMPLOYMENT_RATIO] == pytest.approx(1.0)
    change = p.wages.curve_speed * (2.0**p.wages.curve - 1.0)
    assert c[Condition.WAGE_INDEX] == pytest.approx(1.0 + change)
