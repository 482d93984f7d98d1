"""What a zone settles as it starts, and how its participation drifts after.

During the burn-in rates that no source gives by zone are steered to what is published; then they
are fixed, the same in every arm.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from rebound_sim.kernels.conditions import settle_demand
from rebound_sim.rng.draws import normal_quantile, uniform
from rebound_sim.state.basin import BasinState
from rebound_sim.state.codes import Status
from rebound_sim.state.market import Condition

if TYPE_CHECKING:
    from rebound_sim.model import BasinModel

#: Months after the burn-in over which tightness at t = 0 is measured (its base value).
_TIGHTNESS_MONTHS = 6
#: Steering of returns to activity in the burn-in: share of the gap of unemployment closed in a
#: month at once, and added to the lasting rate (numerical choices, without effect after it).
_PROPORTIONAL_GAIN, _INTEGRAL_GAIN = 0.3, 0.06
#: The same for jobs found outside and for search of non-residents here: change (log) for a gap of
#: a usual month's ends of such jobs, and the largest one.
_COMMUTING_GAIN, _LARGEST_STEP = 0.12, 2.0


def settle(model: BasinModel) -> None:
    """At the start of a month: rates of the burn-in, base values at its end, drift after it."""
    _settle_tightness(model)
    _settle_activity(model)
    _shift_activity(model)
    state, burn_in = model.state, model.scenario.time.burn_in_months
    if 0 < state.t <= burn_in:
        settle_demand(state.market)
    if state.t == burn_in:
        _note_bases(state)


def commuters_of(state: BasinState) -> tuple[int, int]:
    """Residents who work outside the zone, and non-residents who work here."""
    people = state.market.people
    employed = people[0, [Status.PERMANENT, Status.FIXED_TERM]].sum()
    return int(people[1, Status.WORKING_OUTSIDE]), int(employed)


def _note_bases(state: BasinState) -> None:
    """Values at t = 0 that later months are compared with."""
    c = state.market.conditions
    c[Condition.FOUND_BASE] = c[Condition.FOUND_INACTIVE]
    searching = max(float(c[Condition.EFFORT_PEOPLE]), 1.0)
    c[Condition.EFFORT_BASE] = c[Condition.EFFORT] / searching
    out, come = commuters_of(state)
    c[Condition.OUTSIDE_BASE] = out / c[Condition.OUTSIDE_JOBS]
    c[Condition.COMMUTERS_BASE] = come / c[Condition.OUTSIDE_JOBS]
    unemployed = state.market.people[1, Status.UNEMPLOYED]
    c[Condition.UNEMPLOYED_BASE] = max(int(unemployed), 1)


def _settle_tightness(model: BasinModel) -> None:
    """Tightness at base is measured over the first months, then fixed."""
    market = model.state.market
    c = market.conditions
    if c[Condition.TIGHTNESS_BASE] == 0.0 and model.state.t > 0:
        model.tightness.append(model.vacancies / max(int(market.people[1, Status.UNEMPLOYED]), 1))
        if len(model.tightness) == _TIGHTNESS_MONTHS:
            c[Condition.TIGHTNESS_BASE] = max(float(np.mean(model.tightness)), 1e-3)


def _settle_activity(model: BasinModel) -> None:
    """During the burn-in, returns to activity are steered to the published unemployment.

    The rate of return from inactivity is the one flow that no source gives by zone. It is adjusted
    until the shock is announced, then fixed: the same in every arm. So are the rate at which jobs
    are found outside and the search of non-residents, to the commuters of t = 0.
    """
    state, burn_in = model.state, model.scenario.time.burn_in_months
    if not 0 < state.t <= burn_in:
        return
    people = state.market.people[1]
    active = int(people[1:6].sum())
    target = state.market.conditions[Condition.UNEMPLOYMENT_BASE]
    gap = target - people[5] / max(active, 1)
    step = gap * active / max(int(people[8]), 1)
    model.return_rate = max(model.return_rate + _INTEGRAL_GAIN * step, 0.0)
    burning = state.t < burn_in
    rate = max(model.return_rate + (_PROPORTIONAL_GAIN * step if burning else 0.0), 0.0)
    p = model.parameters.separations
    ends = (p.outside_job_end, p.commuter_job_end)
    now = commuters_of(state)
    out, come = map(_steered, now, model.commuters, ends)
    state.rates = state.rates._replace(
        inactive_to_unemployment=rate, outside_job=model.outside_rate * out, outsiders=come
    )


def _shift_activity(model: BasinModel) -> None:
    """After the burn-in, the zone's own participation drifts: people return more or less.

    Without it zones differ too little in unemployment: what moves one zone's labour supply and not
    the others' (arrivals, cohorts, benefits, habits) has no other place here.
    """
    state, p = model.state, model.parameters.demography
    if state.t <= model.scenario.time.burn_in_months or p.participation_shock == 0.0:
        return
    normal = normal_quantile(uniform(model.month_keys.basin_shock, 1))
    kept = p.participation_persistence * model.participation
    model.participation = kept + p.participation_shock * normal
    drifted = math.exp(p.participation_usual * model.participation)
    c = state.market.conditions
    c[Condition.UNEMPLOYMENT_USUAL] = c[Condition.UNEMPLOYMENT_BASE] * drifted
    rate = model.return_rate * math.exp(model.participation)
    state.rates = state.rates._replace(inactive_to_unemployment=rate)


def _steered(now: int, start: int, end: float) -> float:
    """Factor of hires that brings a stock of commuters back. end : share that leaves in a month"""
    gap = (now - start) / max(end * start, 1.0)
    return math.exp(min(max(-_COMMUTING_GAIN * gap, -_LARGEST_STEP), _LARGEST_STEP))
