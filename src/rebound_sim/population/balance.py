"""Zone-specific rates that keep an undisturbed zone where the figures found it.

A zone's published stocks are taken as stationary: the flows into each state equal the flows out
of it at t = 0 (assumed; long trends of zones are inputs, not results). The national rates give
most flows; the few below absorb what remains.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from rebound_sim.compilation import compiled_allocating
from rebound_sim.population.layout import Layout
from rebound_sim.rules.mobility import migration_weight
from rebound_sim.rules.search import insurance_left, outside_by_person, relative_effort
from rebound_sim.state.codes import Status
from rebound_sim.state.market import Rates

_PERMANENT = int(Status.PERMANENT)
_UNEMPLOYED = int(Status.UNEMPLOYED)
#: Status of in-migrants on arrival: seeking, working elsewhere, inactive (assumed: half of movers
#: are in work, Observatoire des territoires 2018).
ARRIVALS = ((Status.UNEMPLOYED, 0.40), (Status.WORKING_OUTSIDE, 0.35), (Status.INACTIVE, 0.25))


@compiled_allocating
def _mean_weights(workers, rows, demography, search):  # type: ignore[no-untyped-def]
    """Migration weights, people, relative effort of the unemployed, by status: float64[3, 12]."""
    out = np.zeros((3, 12))
    for i in range(rows):
        status = workers.status[i]
        if workers.resident[i] == 1:
            age = -workers.birth[i] / 12.0
            out[0, status] += migration_weight(
                age, workers.qualification[i], status == _UNEMPLOYED, demography
            )
            out[1, status] += 1.0
            if status == _UNEMPLOYED:
                left = insurance_left(workers.regime[i], False, workers.until[i])
                effort = relative_effort(-workers.since[i], age, 0, left, search)
                out[2, status] += effort * outside_by_person(workers.ease[i], search)
    return out


def retirements_by_status(workers: Any, lay: Layout, months: int = 60) -> npt.NDArray[np.float64]:
    """Mean monthly retirements of residents over the first `months` by status, float64[12]."""
    rows = slice(0, lay.residents)
    due = (workers.retirement[rows] > 0) & (workers.retirement[rows] <= months)
    return np.bincount(workers.status[rows][due], minlength=12) / months


def balanced_rates(workers: Any, lay: Layout, out_migration: float, p: Any) -> Rates:
    """Rates of a stationary zone.

    out_migration : 1/year, published share of residents who leave    p : parameter set.
    Negative solutions are set to 0: the zone then drifts, which the tests bound.
    """
    weights = _mean_weights(workers, lay.present, p.demography, p.search)
    leavers = out_migration / 12.0 * lay.residents
    # People in retirement, training or the halo do not leave in the model.
    movers = [1, 2, 3, 4, 5, 8]
    migration = leavers / max(weights[0, movers].sum(), 1e-9)
    gone = migration * weights[0]
    retired = retirements_by_status(workers, lay)
    sep = p.separations
    people = weights[1]
    exits = _exits(workers, lay, sep)
    unemployed = max(people[5], 1.0)
    arriving = {int(status): share * leavers for status, share in ARRIVALS}
    businesses = max(people[3] * sep.self_employed_exit + retired[3] + gone[3], 0.0)
    outside = (
        people[4] * (sep.outside_job_end + p.search.search_outside * 0.05)
        + retired[4]
        + gone[4]
        - arriving[4]
    ) / max(weights[2, _UNEMPLOYED], 1.0)
    to_unemployment = _activity_return(people, exits, gone, retired, arriving, sep, p)
    return Rates(
        migration=float(migration),
        inactive_to_unemployment=float(max(to_unemployment, 0.0)),
        business=float(sep.business_unemployed * businesses / unemployed),
        business_employed=float(
            (1.0 - sep.business_unemployed) * businesses / max(people[_PERMANENT], 1.0)
        ),
        outside_job=float(max(outside, 0.0)),
        outsiders=1.0,
        search_inactive=float(p.search.search_inactive),
        halo_scale=float(_halo_scale(people, exits, sep)),
        entry_margin=float(ENTRY_MARGIN),
    )


#: Candidate start-ups per usual entry: a numerical limit.
ENTRY_MARGIN = 1.5


def _exits(workers: Any, lay: Layout, sep: Any) -> float:
    """Unemployed residents who leave activity in the first month: fewer of the insured."""
    rows = slice(0, lay.present)
    regime = workers.regime[rows][
        (workers.status[rows] == _UNEMPLOYED) & (workers.resident[rows] == 1)
    ]
    weight = np.where(regime != 0, sep.insured_exit, 1.0).sum()
    return float(sep.unemployed_to_inactivity * weight)


def _halo_scale(people: npt.NDArray[np.float64], exits: float, sep: Any) -> float:
    """Speed of the halo relative to the national rates, so that its stock stays as published."""
    inflow = exits * sep.exit_to_halo
    usual = people[7] * (sep.halo_to_unemployment + sep.halo_to_inactivity)
    if usual <= 0.0:
        return 1.0
    return float(np.clip(inflow / usual, 0.02, 4.0))


def _activity_return(
    people: Any,
    exits: float,
    gone: Any,
    retired: Any,
    arriving: dict[int, float],
    sep: Any,
    p: Any,
) -> float:
    """Monthly rate of plain inactivity to unemployment that keeps the labour force."""
    active = [1, 2, 3, 4, 5]
    leave = (
        exits
        + people[1] * sep.permanent_to_inactivity
        + people[2] * sep.fixed_term_to_inactivity
        + people[3] * sep.self_employed_exit / 3.0
        + retired[active].sum()
        + gone[active].sum()
    )
    halo = people[7] * _halo_scale(people, exits, sep)
    weight = max(people[8] * _WORKING_AGE_INACTIVE, 1.0)
    come = (
        halo * sep.halo_to_unemployment
        + arriving[int(Status.UNEMPLOYED)]
        + arriving[int(Status.WORKING_OUTSIDE)]
        + weight * p.search.search_inactive * _HIRED_SHARE
        + people[7] * p.search.applications_halo * _HIRED_SHARE * 0.5
    )
    return float((leave - come) / weight)


#: Inactive people below 55, the others counting for `old_inactive`; and hires per inactive seeker
#: in an ordinary month (calibrated: inactivity to employment 5.1 % a quarter). Starting values:
#: a zone whose flows differ settles in the burn-in.
_WORKING_AGE_INACTIVE = 0.85
_HIRED_SHARE = 0.05


def migration_table(base: float, demography: Any) -> npt.NDArray[np.float64]:
    """Monthly out-migration by age, level and unemployment, float64[100, 4, 2].

    base : rate of a person of weight 1 (`Rates.migration`)    demography : record.
    """
    rule = migration_weight.py_func
    return np.array(
        [
            [
                [
                    base * rule(float(age), level, unemployed, demography)
                    for unemployed in (False, True)
                ]
                for level in range(4)
            ]
            for age in range(100)
        ]
    )
