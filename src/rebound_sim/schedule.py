"""The month: an ordered list of named phases.

Each phase is a function of the model; the economics is in the rules and kernels that it calls.
The order is that of the design: conditions, closure, firms, separations, projects, decisions of
state agents, vacancies, search and matching, households and wages, demography, records.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from rebound_sim.kernels import conditions, demography, firms, matching, projects
from rebound_sim.kernels import separations as separations_kernel
from rebound_sim.rng.draws import normal_quantile, uniform
from rebound_sim.rng.keys import month_keys
from rebound_sim.settling import settle
from rebound_sim.state.market import Condition, Flow

if TYPE_CHECKING:
    from rebound_sim.model import BasinModel


def begin(model: BasinModel) -> None:
    """Keys of the month; flows back to zero; what the zone settles as it starts."""
    state = model.state
    model.month_keys = month_keys(model.seed, model.replication, model.zone, state.t)
    state.market.flows[:] = 0
    model.ledger.month = state.t
    settle(model)


def exogenous(model: BasinModel) -> None:
    """Cycle, path of external demand, zone shock, sector trends; demand that each sector meets."""
    state, demand = model.state, model.parameters.demand
    c = state.market.conditions
    scenario = model.scenario.conditions
    months = max(state.t - model.scenario.time.burn_in_months, 0)
    if scenario.external_unemployment or model.around is not None:
        path = scenario.external_unemployment_at(months)
        around = 1.0 if model.around is None else model.around
        c[Condition.OUTSIDE_UNEMPLOYMENT_RATIO] = model.outside_base * path * around
    if scenario.cycle_amplitude > 0.0 or scenario.external_demand:
        angle = 2.0 * math.pi * months / scenario.cycle_period_months
        wave = 1.0 - scenario.cycle_amplitude * math.sin(angle)
        c[Condition.CYCLE] = wave * scenario.external_demand_at(months)
    normal = normal_quantile(uniform(model.month_keys.basin_shock, 0))
    conditions.sector_demand(state.market, normal, demand)


def closure(model: BasinModel) -> None:
    """The closing groups act: announcement, tranches, redeployment, buyers, reuse."""
    groups = model.closing_groups
    for group in groups:
        group.step()
    market = model.state.market
    c = market.conditions
    jobs = sum(group.site.jobs for group in groups)
    c[Condition.SITE_LOSS] = sum(group.loss * group.site.jobs for group in groups) / max(jobs, 1)
    market.regained[:] = market.site_jobs[:] = 0.0
    for group in groups:
        market.regained[group.site.sector] += group.regained
        market.site_jobs[group.site.sector] += model.state.firms.employment[group.site.firm]


def firms_phase(model: BasinModel) -> None:
    """Demand, failures, layoffs, vacancies of firms; start-ups."""
    state, p = model.state, model.parameters
    last = model.firms_in_use()
    blocks = state.calendar.start_up_blocks
    month = min(state.t, blocks.size - 2)
    firms.one_month(
        state.workers,
        state.firms,
        state.market,
        state.rates,
        model.month_keys,
        model.run_keys.entry,
        (blocks[month], blocks[month + 1]),
        last,
        state.t,
        p.demand,
        p.wages,
        p.closure,
    )


def separations(model: BasinModel) -> None:
    """Ends of spells, participation, migration; the list of those who search."""
    state, p = model.state, model.parameters
    model.n_seekers = separations_kernel.separate(
        state.workers,
        state.firms,
        state.market,
        state.rates,
        model.month_keys.event,
        model.people_in_use(),
        state.t,
        state.scratch_events,
        state.scratch_seekers,
        model.people_parameters,
        p.instruments,
    )


def projects_phase(model: BasinModel) -> None:
    """Stages of projects."""
    state, p = model.state, model.parameters
    projects.progress(
        state.projects,
        state.firms,
        model.run_keys.stage,
        state.t,
        1.0 if model.local_authority.managed else 0.0,
        p.projects,
        p.instruments.manager_maturation,
    )


def decisions(model: BasinModel) -> None:
    """State agents decide, in their institutional order."""
    for agent in model.state_agents:
        agent.step()


def search_and_matching(model: BasinModel) -> None:
    """Vacancies on their rings, applications, deferred acceptance, hires."""
    state, p = model.state, model.parameters
    last = model.firms_in_use()
    model.vacancies, sent, model.hires = matching.search_and_match(
        state.scratch_seekers,
        model.n_seekers,
        last,
        state.t,
        model.run_keys,
        model.month_keys,
        state.workers,
        state.firms,
        state.market,
        p.search,
        p.wages,
        p.separations.fixed_term_hires,
    )
    state.market.flows[Flow.APPLICATIONS] = sent


def households_and_wages(model: BasinModel) -> None:
    """Unemployment, tightness, wage index, household spending for next month."""
    p = model.parameters
    conditions.update_indices(model.state.market, model.vacancies, p.wages, p.demand)


def demography_phase(model: BasinModel) -> None:
    """Retirements, school leavers, in-migrants."""
    state, p = model.state, model.parameters
    calendar = state.calendar
    edges = calendar.retirement_start
    month = min(state.t + 1, edges.size - 2)
    rows = calendar.retirement_rows[edges[month] : edges[month + 1]]
    month = min(state.t, calendar.school_blocks.size - 2)
    neighbours = calendar.neighbour_blocks
    school, migrants = calendar.school_blocks, calendar.migrant_blocks
    first, last = migrants[month], migrants[month + 1]
    demography.turn_over(
        rows,
        (neighbours[month], neighbours[month + 1]),
        (school[month], school[month + 1]),
        (first, last),
        calendar.arrival_status[first - state.migrant_first : last - state.migrant_first],
        state.t,
        model.run_keys.in_migration,
        state.workers,
        state.firms,
        state.market,
        p.demography,
    )


def records(model: BasinModel) -> None:
    """The month's outcomes."""
    model.recorder.record(model)


Phase = tuple[str, Callable[["BasinModel"], None]]
#: By what they move: people and firms, then the public side, then people and firms again. Help
#: that keeps firms alive is noticed between the first two.
FIRST: tuple[Phase, ...] = (
    ("begin", begin),
    ("exogenous conditions", exogenous),
    ("closure and layoffs", closure),
)
BEFORE: tuple[Phase, ...] = (
    ("firms", firms_phase),
    ("separations", separations),
)
PUBLIC: tuple[Phase, ...] = (
    ("projects", projects_phase),
    ("state agents' decisions", decisions),
)
AFTER: tuple[Phase, ...] = (
    ("search and matching", search_and_matching),
    ("households and wages", households_and_wages),
    ("demography", demography_phase),
)
PHASES: tuple[Phase, ...] = (*FIRST, *BEFORE, *PUBLIC, *AFTER, ("records", records))
