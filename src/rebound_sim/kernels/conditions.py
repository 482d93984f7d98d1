"""Phase "conditions": indices of the month, and the demand that each sector meets.

Reads market counts. Writes market.conditions, factor, replaced, agglomeration, trend, causes.
Draws: BASIN_SHOCK (one per month), passed as a standard normal.
"""

from __future__ import annotations

import math

from rebound_sim.compilation import compiled, unsigned
from rebound_sim.rules.demand import replaced_customers
from rebound_sim.rules.wages import wage_index
from rebound_sim.state.codes import Status
from rebound_sim.state.market import N_CAUSES, N_SECTORS, Cause, Condition, Flow, Money

_UNEMPLOYED = int(Status.UNEMPLOYED)
_INACTIVE = int(Status.INACTIVE)
_FIRST_WORK, _LAST_WORK = int(Status.PERMANENT), int(Status.WORKING_OUTSIDE)
_HALO = int(Status.HALO)
_HIRES_INACTIVE = int(Flow.HIRES_INACTIVE)
_I_TO_U = int(Flow.INACTIVITY_TO_UNEMPLOYMENT)
_FOUND = int(Condition.FOUND_INACTIVE)
_FOUND_BASE = int(Condition.FOUND_BASE)
_RETURNED = int(Condition.RETURNED)
#: Share of a new month in smoothed flows: means of about a quarter.
_SMOOTHING = 0.3
_WAGE = int(Condition.WAGE_INDEX)
_RATIO = int(Condition.UNEMPLOYMENT_RATIO)
_TIGHT = int(Condition.TIGHTNESS_RATIO)
_HOUSEHOLD = int(Condition.HOUSEHOLD_DEMAND)
_SHOCK = int(Condition.BASIN_SHOCK)
_CYCLE = int(Condition.CYCLE)
_LOSS = int(Condition.SITE_LOSS)
_BASE_INCOME = int(Condition.INCOME_BASE)
_EXOGENOUS = int(Condition.EXOGENOUS_INCOME)
_BASE_RATE = int(Condition.UNEMPLOYMENT_BASE)
_USUAL_RATE = int(Condition.UNEMPLOYMENT_USUAL)
_OUTSIDE_JOBS = int(Condition.OUTSIDE_JOBS)
_BASE_TIGHT = int(Condition.TIGHTNESS_BASE)
_BILL = int(Money.WAGE_BILL)
_BENEFITS = int(Money.BENEFITS)
_CAUSE_OWN_DEMAND = int(Cause.OWN_DEMAND)
_CAUSE_HOUSEHOLDS = int(Cause.HOUSEHOLDS)
_CAUSE_CUSTOMERS = int(Cause.CUSTOMERS)
_CAUSE_WAGES = int(Cause.WAGES)
_CAUSE_AGGLOMERATION = int(Cause.AGGLOMERATION)
_CAUSE_RECAPTURE = int(Cause.RECAPTURE)
_CAUSE_PROJECTS = int(Cause.PROJECTS)
_CAUSE_SITE = int(Cause.SITE)


@compiled
def unemployment_rate(people):  # type: ignore[no-untyped-def]
    """Unemployed over active residents, ILO sense. people : int64[2, 12]. Returns a share."""
    unemployed = people[1, _UNEMPLOYED]
    working = 0
    for status in range(_FIRST_WORK, _LAST_WORK + 1):
        working += people[1, status]
    return unemployed / max(working + unemployed, 1)


@compiled
def working_age(people):  # type: ignore[no-untyped-def]
    """Residents of working age: neither retired nor gone. people : int64[2, 12]."""
    residents = 0
    for status in range(_FIRST_WORK, _INACTIVE + 1):
        residents += people[1, status]
    return residents


@compiled
def household_income(market):  # type: ignore[no-untyped-def]
    """Income of residents [EUR/month]: wages, benefits, and other income.

    Other income (pensions, property, transfers) is brought by people: those who come or leave
    take theirs with them.
    """
    c = market.conditions
    other = c[_EXOGENOUS] * working_age(market.people)
    return other + market.money[_BILL] * c[_WAGE] + market.money[_BENEFITS]


@compiled
def household_demand(market, p):  # type: ignore[no-untyped-def]
    """Local household spending relative to the end of the burn-in.

    It follows income, and jobs in the country: residents who keep theirs save more in a slump.
    """
    income = household_income(market) / market.conditions[_BASE_INCOME]
    prudence = market.conditions[_OUTSIDE_JOBS] ** p.household_prudence
    return max(1.0 + p.household_propensity * (income - 1.0), 0.01) * prudence


@compiled
def settle_demand(market):  # type: ignore[no-untyped-def]
    """What residents earn and firms employ now is what local demand is counted from.

    At t = 0 no post is open and pay is that of a first draw: the first months would pass for a fall
    of local demand.
    """
    market.conditions[_BASE_INCOME] = household_income(market)
    market.conditions[_HOUSEHOLD] = 1.0
    for s in range(N_SECTORS):
        market.settled_jobs[s] = market.sector_jobs[s]


@compiled
def _follow_inactive(market):  # type: ignore[no-untyped-def]
    """Smoothed flows out of inactivity; what is usual is fixed at the end of the burn-in."""
    c = market.conditions
    people = max(market.people[1, _INACTIVE] + market.people[1, _HALO], 1)
    found = market.flows[_HIRES_INACTIVE] / people
    c[_FOUND] += _SMOOTHING * (found - c[_FOUND])
    if c[_FOUND_BASE] == 0.0:
        returned = market.flows[_I_TO_U] / people
        c[_RETURNED] += _SMOOTHING * (returned - c[_RETURNED])


@compiled
def update_indices(market, vacancies, wages, p):  # type: ignore[no-untyped-def]
    """End of month: unemployment ratio, tightness, wage index, household demand.

    Moves, search and participation answer what is unusual; wages answer the level of the rate.
    """
    c = market.conditions
    rate = max(unemployment_rate(market.people), 0.001)
    c[_RATIO] = rate / c[_USUAL_RATE]
    if c[_BASE_TIGHT] > 0.0:
        tight = vacancies / max(market.people[1, _UNEMPLOYED], 1)
        c[_TIGHT] = min(max(tight / c[_BASE_TIGHT], 0.05), 20.0)
    _follow_inactive(market)
    c[_WAGE] = wage_index(c[_WAGE], rate / c[_BASE_RATE], wages)
    c[_HOUSEHOLD] = household_demand(market, p)


@compiled
def _local_sales(market, s):  # type: ignore[no-untyped-def]
    """Local customers' purchases from sector s relative to the end of the burn-in (1 without)."""
    total = 0.0
    weight = 0.0
    for j in range(N_SECTORS):
        if market.settled_jobs[j] > 0.0:
            # What rivals win from a closed site is not new to its suppliers: see the site's loss.
            buying = max(market.sector_jobs[j] - market.regained[j], 0.0)
            total += market.customers[s, j] * buying / market.settled_jobs[j]
            weight += market.customers[s, j]
    return total / weight if weight > 0.0 else 1.0


@compiled
def _related_activity(market, s):  # type: ignore[no-untyped-def]
    """Industrial jobs related to sector s relative to t = 0, those of closing sites included."""
    now = 0.0
    base = 0.0
    for j in range(N_SECTORS):
        if market.industrial[j]:
            now += market.related[s, j] * (market.sector_jobs[j] + market.site_jobs[j])
            base += market.related[s, j] * (market.base_jobs[j] + market.site_base[j])
    return max(now, 1.0) / max(base, 1.0)


@compiled
def sector_demand(market, normal, p):  # type: ignore[no-untyped-def]
    """Demand met by the firms of each sector, 1 at t = 0 (market.factor).

    normal : standard normal of the month    p : `demand` record.
    """
    c = market.conditions
    c[_SHOCK] = p.basin_shock_persistence * c[_SHOCK] + p.basin_shock_sd * normal
    external = math.exp(c[_SHOCK]) * c[_CYCLE]
    for s in range(N_SECTORS):
        market.trend[s] *= 1.0 + market.trend_growth[s]
        sales = _local_sales(market, s)
        market.replaced[s] = replaced_customers(
            1.0 - sales, market.replaced[s], market.replaceable[s], p
        )
        wage = c[_WAGE] ** (-market.wage_elasticity[s])
        if market.industrial[s]:
            target = _related_activity(market, s) ** p.agglomeration_elasticity
            market.agglomeration[s] += p.agglomeration_speed * (target - market.agglomeration[s])
        # Public posts are set nationally, whatever the cycle.
        outside = 1.0 + market.cyclical[s] * (external - 1.0)
        demand = (
            market.external_share[s] * outside
            + market.household_share[s] * c[_HOUSEHOLD]
            + market.customer_share[s] * (sales + market.replaced[s])
        )
        regained = market.regained[s] / max(market.base_jobs[s], 1.0)
        market.factor[s] = market.trend[s] * (demand * wage * market.agglomeration[s] + regained)


@compiled
def account_for_causes(market, firms, first, last):  # type: ignore[no-untyped-def]
    """Jobs that each cause adds to desired employment of open firms (market.causes).

    One cause at a time, in the order households, customers, wages, agglomeration; own demand is
    the rest of what firms would want at base local demand.
    """
    c = market.conditions
    causes = market.causes
    for k in range(N_CAUSES):
        causes[k] = 0.0
    for s in range(N_SECTORS):
        wage = c[_WAGE] ** (-market.wage_elasticity[s])
        scale = market.sector_scale[s] * market.trend[s]
        external = math.exp(c[_SHOCK]) * c[_CYCLE]
        base = market.external_share[s] * (1.0 + market.cyclical[s] * (external - 1.0))
        base += market.household_share[s] + market.customer_share[s]
        households = market.household_share[s] * (c[_HOUSEHOLD] - 1.0)
        customers = market.customer_share[s] * (_local_sales(market, s) + market.replaced[s] - 1.0)
        causes[_CAUSE_OWN_DEMAND] += scale * base
        causes[_CAUSE_HOUSEHOLDS] += scale * households
        causes[_CAUSE_CUSTOMERS] += scale * customers
        demand = base + households + customers
        causes[_CAUSE_WAGES] += scale * demand * (wage - 1.0)
        causes[_CAUSE_AGGLOMERATION] += scale * demand * wage * (market.agglomeration[s] - 1.0)
        causes[_CAUSE_RECAPTURE] += scale * market.regained[s] / max(market.base_jobs[s], 1.0)
    loss = c[_LOSS]
    for row in range(first, last):
        f = unsigned(row)
        if firms.state[f] == 1:
            causes[_CAUSE_PROJECTS] += firms.project_jobs[f]
            if firms.exposure[f] > 0.0:
                demand = firms.scale[f] * (1.0 + firms.transitory[f])
                lost = demand * market.factor[firms.sector[f]] * firms.exposure[f] * loss
                causes[_CAUSE_SITE] -= lost
