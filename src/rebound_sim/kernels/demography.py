"""Phase "demography": retirements, school leavers, in-migrants.

The calendars (who retires or arrives as a candidate in which month) are drawn once at t = 0, so
nothing here is re-drawn. Draws: IN_MIGRATION (a fixed uniform per candidate).
"""

from __future__ import annotations

from rebound_sim.compilation import compiled, unsigned
from rebound_sim.kernels.moves import leave_firm, set_status
from rebound_sim.rng.draws import uniform
from rebound_sim.rules.mobility import in_migration_probability
from rebound_sim.state.codes import Status
from rebound_sim.state.market import Condition, Flow

_LATENT = int(Status.LATENT)
_INACTIVE = int(Status.INACTIVE)
_RETIRED = int(Status.RETIRED)
_LEFT = int(Status.LEFT)
_OUTSIDER = int(Status.OUTSIDER)
_RETIREMENTS = int(Flow.RETIREMENTS)
_SCHOOL = int(Flow.SCHOOL_LEAVERS)
_IN = int(Flow.IN_MIGRATION)
_RATIO = int(Condition.UNEMPLOYMENT_RATIO)
_OUTSIDE = int(Condition.OUTSIDE_UNEMPLOYMENT_RATIO)


@compiled
def retire(rows, t, workers, firms, market):  # type: ignore[no-untyped-def]
    """People whose retirement month has come retire. rows : int32[n] of that month.

    Non-residents leave their job here, or stop looking for one; residents alone are counted.
    """
    for k in range(rows.size):
        i = unsigned(rows[k])
        status = workers.status[i]
        if status == _LATENT or status == _RETIRED or status == _LEFT:
            continue
        market.flows[_RETIREMENTS] += workers.resident[i]
        if workers.employer[i] >= 0:
            leave_firm(i, workers, firms, market)
        workers.since[i] = t
        workers.regime[i] = 0
        set_status(i, _RETIRED, workers, market)


@compiled
def look_here(first, last, t, workers, market):  # type: ignore[no-untyped-def]
    """Rows first … last, young people of other zones, look at the vacancies of this one."""
    for row in range(first, last):
        i = unsigned(row)
        workers.since[i] = t
        set_status(i, _OUTSIDER, workers, market)


@compiled
def leave_school(first, last, t, workers, market):  # type: ignore[no-untyped-def]
    """Rows first … last become residents, inactive at first."""
    for row in range(first, last):
        i = unsigned(row)
        workers.since[i] = t
        market.flows[_SCHOOL] += 1
        set_status(i, _INACTIVE, workers, market)


@compiled
def move_in(first, last, t, key, status_on_arrival, workers, market, demography):  # type: ignore[no-untyped-def]
    """Candidates of rows first … last come if their fixed draw is below the month's probability.

    status_on_arrival : uint8[last - first].
    """
    probability = in_migration_probability(
        market.conditions[_RATIO], market.conditions[_OUTSIDE], demography
    )
    for i in range(first, last):
        if uniform(key, i) < probability:
            workers.since[i] = t
            market.flows[_IN] += 1
            set_status(i, status_on_arrival[i - first], workers, market)


@compiled
def turn_over(  # type: ignore[no-untyped-def]
    retiring, neighbours, school, migrants, arrival, t, key, workers, firms, market, demography
):
    """The month's retirements, school leavers and in-migrants.

    retiring : int32[n] rows    neighbours, school, migrants : (first, last) rows
    arrival : uint8 per candidate    key : IN_MIGRATION key without a month.
    """
    retire(retiring, t, workers, firms, market)
    look_here(neighbours[0], neighbours[1], t, workers, market)
    leave_school(school[0], school[1], t, workers, market)
    move_in(migrants[0], migrants[1], t, key, arrival, workers, market, demography)
