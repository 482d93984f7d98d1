"""Build the state of a basin at t = 0 from its figures, a scenario and the parameters."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from rebound_sim.data.basins import BasinFigures, load_basin, synthetic_basin
from rebound_sim.data.dated import national_rate
from rebound_sim.data.sectors import SECTOR_INDEX, SECTORS
from rebound_sim.errors import InputError
from rebound_sim.parameters import ParameterSet
from rebound_sim.population import balance, industry, people, posts
from rebound_sim.population.demand_structure import (
    DemandStructure,
    demand_structure,
    sector_wages,
)
from rebound_sim.population.establishments import Establishments, establishments
from rebound_sim.population.expected import natural_project_jobs
from rebound_sim.population.layout import Layout, layout, monthly_blocks
from rebound_sim.population.places import Places, places
from rebound_sim.population.skills import skill_mix
from rebound_sim.population.suppliers import expose_suppliers
from rebound_sim.population.targets import relatedness_table, target_sectors
from rebound_sim.rng.keys import RunKeys, run_keys
from rebound_sim.rules.demand import recaptured_share
from rebound_sim.rules.wages import benefit
from rebound_sim.scenario import Scenario
from rebound_sim.state.basin import BasinState, PeopleCalendar, Site
from rebound_sim.state.codes import IN_WORK, N_STATUS, Status
from rebound_sim.state.columns import allocate
from rebound_sim.state.market import Condition, Market, Money, allocate_market


def figures_of(scenario: Scenario) -> BasinFigures:
    """Figures of the scenario's basin, real or synthetic. Raises InputError."""
    if scenario.basin.zone is not None:
        return load_basin(scenario.basin.zone, scenario.basin.given)
    assert scenario.basin.synthetic is not None
    return synthetic_basin(scenario.basin.synthetic)


def build(scenario: Scenario, parameters: ParameterSet, seed: int, replication: int) -> BasinState:
    """State of the scenario's basin at t = 0, the start of the burn-in.

    The figures (jobs by sector, establishments and sizes, people by status) are the same in every
    replication; who is where is drawn. Raises InputError when a site does not fit its sector.
    """
    figures = figures_of(scenario)
    keys = run_keys(seed, replication, figures.code)
    months = scenario.time.burn_in_months + scenario.time.months
    sites = [(SECTOR_INDEX[closure.sector], closure.jobs) for closure in scenario.closure]
    try:
        opened = establishments(figures, sites)
    except ValueError as error:
        raise InputError(str(error), key="closure.jobs") from None
    town = places(figures, parameters.demography.job_concentration)
    plan = industry.plan_projects(opened, months, keys.project, parameters.projects)
    firms, segments, failures = industry.fill_firms(
        opened, plan.prospects, months, balance.ENTRY_MARGIN, keys.firm, town.jobs, parameters
    )
    structure = demand_structure(figures.salaried_jobs, _income_share(figures), parameters.demand)
    beside = structure.beside(1.0 - _site_part(scenario, figures))
    market = _market(figures, opened, town, beside, parameters)
    state_sites = _sites(scenario, figures, opened, segments, firms, structure, keys, parameters)
    for site in state_sites:
        market.site_base[site.sector] += site.jobs
    market.site_jobs[:] = market.site_base
    base = market.base_jobs
    exposed = np.array([sector.supplier for sector in SECTORS])
    projects = industry.fill_projects(
        plan, firms, segments, base, market.skills, exposed, months, keys.project, parameters
    )
    possible = base + _possible_jobs(projects)
    market.targets[:] = target_sectors(possible, market.related, parameters.search)
    workers, lay = _people(figures, firms, market, town, months, keys, parameters)
    rates = balance.balanced_rates(workers, lay, figures.out_migration_rate, parameters)
    market.migration[:] = balance.migration_table(rates.migration, parameters.demography)
    _set_growth(market, scenario, failures, projects, firms, months, parameters)
    _count(workers, market, parameters)
    _set_conditions(market, figures, scenario, parameters)
    start = lay.starts()
    return BasinState(
        workers=workers,
        firms=firms,
        projects=projects,
        market=market,
        rates=rates,
        calendar=_calendar(workers, lay, start, segments, keys),
        sites=state_sites,
        firm_rows_at_start=segments.successors,
        first_start_up=segments.start_ups,
        people_at_start=lay.present,
        residents_at_start=lay.residents,
        active_at_start=lay.active,
        neighbour_first=start["neighbours"],
        school_first=start["school"],
        migrant_first=start["migrants"],
        scratch_events=np.empty(lay.rows + 1, dtype=np.int32),
        scratch_seekers=np.empty(lay.rows + 1, dtype=np.int32),
    )


def _income_share(figures: BasinFigures) -> float:
    """Residents' share of national income: by employed residents (wages by zone are alike)."""
    return figures.employed_residents / 27_300_000.0


def _site_part(scenario: Scenario, figures: BasinFigures) -> npt.NDArray[np.float64]:
    """Share of the jobs of each sector at closing sites, float64[38]."""
    jobs = np.zeros(len(SECTORS))
    for closure in scenario.closure:
        jobs[SECTOR_INDEX[closure.sector]] += closure.jobs
    return np.asarray(jobs / np.maximum(figures.salaried_jobs, 1))


def _market(
    figures: BasinFigures,
    opened: Establishments,
    town: Places,
    structure: DemandStructure,
    p: ParameterSet,
) -> Market:
    market = allocate_market(town.residents.size)
    site_rows = np.array(opened.site, dtype=np.int64)
    inside = np.ones(opened.size.size, dtype=bool)
    inside[site_rows] = False
    jobs = np.bincount(opened.sector[inside], weights=opened.size[inside], minlength=38)
    market.base_jobs[:] = market.settled_jobs[:] = jobs
    market.sector_jobs[:] = jobs.astype(np.int64)
    market.factor[:] = market.trend[:] = market.agglomeration[:] = 1.0
    market.household_share[:] = structure.household
    market.customer_share[:] = structure.customer
    market.external_share[:] = structure.external
    # Who sells only nearby finds no other customers; public pay and posts are set nationally.
    market.replaceable[:] = np.where(structure.nearby, 0.0, p.demand.replaceable)
    public = np.array([sector.public for sector in SECTORS])
    market.cyclical[:] = np.where(public, 0.0, 1.0)
    market.wage_elasticity[:] = np.where(public, 0.0, p.demand.wage_elasticity)
    market.customers[:] = structure.customers
    market.related[:] = relatedness_table()
    market.industrial[:] = [sector.industrial for sector in SECTORS]
    market.skills[:] = skill_mix(figures.salaried_jobs, figures.qualification_shares)
    market.base_wage[:] = sector_wages(
        figures.mean_gross_wage_eur, figures.salaried_jobs, p.wages.sector_wage_spread
    )
    # As in Manning and Petrongolo 2017; Marinescu and Rathelot 2018.
    market.willing[:] = np.exp(-p.search.distance_decay * town.distance)
    return market


def _sites(
    scenario: Scenario,
    figures: BasinFigures,
    opened: Establishments,
    segments: industry.FirmRows,
    firms: Any,
    structure: DemandStructure,
    keys: RunKeys,
    p: ParameterSet,
) -> list[Site]:
    sites = []
    part = _site_part(scenario, figures)
    sold_nearby = structure.household + structure.customer
    for number, (closure, row) in enumerate(zip(scenario.closure, opened.site, strict=True)):
        sector = SECTOR_INDEX[closure.sector]
        share = closure.local_purchases_share
        local = p.closure.local_purchases if share is None else share
        expose_suppliers(
            firms, closure.jobs, structure.purchases[:, sector] * local, keys.closure, p.closure
        )
        buyer, reuse = segments.successors + 2 * number, segments.successors + 2 * number + 1
        for successor in (buyer, reuse):
            firms.sector[successor] = sector
            firms.place[successor] = firms.place[row]
        announcement = scenario.time.burn_in_months + closure.announcement_month
        recapture = recaptured_share.py_func(
            min(float(part[sector]), 1.0),
            float(sold_nearby[sector]),
            float(structure.served[sector]),
            p.closure.recapture,
        )
        sites.append(Site(row, sector, closure.jobs, buyer, reuse, announcement, recapture))
    return sites


def _possible_jobs(projects: Any) -> npt.NDArray[np.float64]:
    """Jobs that outside prospects may open by sector: they draw applicants too once open."""
    outside = projects.sponsor < 0
    jobs = np.bincount(projects.sector[outside], weights=projects.jobs[outside], minlength=38)
    return np.asarray(0.1 * jobs)


def _people(
    figures: BasinFigures,
    firms: Any,
    market: Market,
    town: Places,
    months: int,
    keys: RunKeys,
    p: ParameterSet,
) -> tuple[Any, Layout]:
    bare = layout(figures, months, p.demography)
    migrants = round(
        figures.out_migration_rate / 12.0 * bare.residents * months * p.demography.migration_margin
    )
    everyone = np.cumsum(figures.age_shares)
    employed = people.ages_by_group(figures, bare)[0]
    years = months / 12.0
    school = round(bare.residents * years * people.retiring_yearly(everyone))
    neighbours = round((bare.commuters + bare.outsiders) * years * people.retiring_yearly(employed))
    coming = {"neighbours": neighbours, "school": school, "migrants": migrants}
    lay = Layout(**{**bare.__dict__, **coming})
    workers = allocate("workers", lay.rows)
    home = np.cumsum(town.residents)
    home[-1] = 1.0
    people.fill_people(workers, figures, lay, keys.person, home, p)
    start = lay.starts()
    holders = np.concatenate(
        [
            np.arange(0, lay.employees, dtype=np.int32),
            np.arange(start["commuters"], start["outsiders"], dtype=np.int32),
        ]
    )
    people.contracts(workers, holders, keys.person, p.separations.fixed_term_stock)
    people.employability(workers, lay.rows, keys.person)
    reach = town.residents[None, :] * market.willing
    homes = np.cumsum(reach / reach.sum(axis=1, keepdims=True), axis=1)
    homes[:, -1] = 1.0
    order = posts.shuffled(holders, keys.assignment)
    posts.assign(
        workers, firms, order, keys.assignment, market.skills, homes, p.wages.qualification_return
    )
    posts.link(workers, firms, posts.order_of_hiring(workers, holders))
    market.base_wage[:] /= posts.mean_capital(workers, firms, holders, p.wages)
    market.log_wage[:] = np.log(market.base_wage)
    posts.pay(workers, firms, holders, market.base_wage, p.wages)
    jobs = np.cumsum(figures.salaried_jobs / figures.salaried_jobs.sum())
    jobs[-1] = 1.0
    durations = np.cumsum(figures.duration_shares)
    durations[-1] = 1.0
    insured = float(np.interp(p.wages.months_ordinary, people.DURATION_EDGES[1:], durations))
    people.spells(
        workers,
        start["unemployed"],
        start["inactive"],
        keys.person,
        durations,
        people.DURATION_EDGES,
        jobs,
        min(p.wages.paid_share / max(insured, 1e-9), 1.0),
        p.wages.months_ordinary,
    )
    present = np.zeros(start["commuters"] - lay.employees, dtype=np.int16)
    people.past_sectors(workers, lay.employees, present, keys.person, jobs)
    arrival = people.block_months(lay.rows - start["migrants"], lay.months)
    people.past_sectors(workers, start["migrants"], arrival, keys.person, jobs)
    posts.pay_others(workers, lay.employees, start["commuters"], market.base_wage, p.wages)
    posts.pay_others(workers, start["outsiders"], lay.rows, market.base_wage, p.wages)
    workers.watch[:] = workers.status
    return workers, lay


def _set_growth(
    market: Market,
    scenario: Scenario,
    failures: npt.NDArray[np.float64],
    projects: Any,
    firms: Any,
    months: int,
    p: ParameterSet,
) -> None:
    """Monthly growth of existing firms that offsets entries and natural projects.

    Failures are made up for by the growth of survivors (`rules.demand.growth_of_survivors`): their
    number falls with the age of those present at t = 0, so that no constant would offset them.
    """
    base = np.maximum(market.base_jobs, 1.0)
    entries = failures * p.demand.entry_size
    natural = natural_project_jobs(projects, firms, industry.PIPELINE_MONTHS, months, p)
    # New sectors start from no job: what projects bring is offset over the whole industry.
    industrial = market.industrial == 1
    offset = np.where(industrial, natural.sum() / max(market.base_jobs[industrial].sum(), 1.0), 0.0)
    market.growth[:] = np.where(market.base_jobs > 0, -entries / base - offset, 0.0)
    market.growth[:] = np.clip(market.growth, -0.01, 0.01)
    for code, growth in scenario.conditions.sector_trends.items():
        market.trend_growth[SECTOR_INDEX[code]] = (1.0 + growth) ** (1.0 / 12.0) - 1.0


def _count(workers: Any, market: Market, p: ParameterSet) -> None:
    """People by status and money at t = 0."""
    for resident in (0, 1):
        rows = workers.resident == resident
        market.people[resident] = np.bincount(workers.status[rows], minlength=N_STATUS)
    working = (workers.resident == 1) & np.isin(workers.status, [int(s) for s in IN_WORK])
    market.money[Money.WAGE_BILL] = int(workers.wage[working].astype(np.int64).sum())
    out = np.flatnonzero(workers.status == Status.UNEMPLOYED)
    rule = benefit.py_func
    market.money[Money.BENEFITS] = sum(
        rule(int(workers.regime[i]), float(workers.wage[i]), p.wages) for i in out
    )


def _set_conditions(
    market: Market, figures: BasinFigures, scenario: Scenario, p: ParameterSet
) -> None:
    c = market.conditions
    for name in (
        Condition.WAGE_INDEX,
        Condition.UNEMPLOYMENT_RATIO,
        Condition.TIGHTNESS_RATIO,
        Condition.HOUSEHOLD_DEMAND,
        Condition.CYCLE,
    ):
        c[name] = 1.0
    external = scenario.conditions.external_unemployment_rate_percent
    # Ratios are to t = 0: only a stated outside rate that differs from the national one moves it.
    rate = national_rate(scenario.basin.zone)
    c[Condition.NATIONAL_SLACK] = rate / national_rate(None)
    c[Condition.OUTSIDE_RATE] = rate / 100.0
    c[Condition.OUTSIDE_UNEMPLOYMENT_RATIO] = 1.0 if external is None else external / rate
    c[Condition.OUTSIDE_START] = c[Condition.OUTSIDE_UNEMPLOYMENT_RATIO]
    c[Condition.OUTSIDE_JOBS] = 1.0
    earned = float(market.money[Money.WAGE_BILL] + market.money[Money.BENEFITS])
    share = p.demand.exogenous_income_share
    working_age = int(market.people[1, Status.PERMANENT : Status.INACTIVE + 1].sum())
    c[Condition.EXOGENOUS_INCOME] = earned * share / (1.0 - share) / max(working_age, 1)
    c[Condition.INCOME_BASE] = earned / (1.0 - share)
    for name in (Condition.UNEMPLOYMENT_BASE, Condition.UNEMPLOYMENT_USUAL):
        c[name] = figures.unemployment_rate_percent / 100.0


def _calendar(
    workers: Any, lay: Layout, start: dict[str, int], segments: industry.FirmRows, keys: RunKeys
) -> PeopleCalendar:
    due = workers.retirement
    rows = np.flatnonzero((due > 0) & (due <= lay.months))
    order = rows[np.argsort(workers.retirement[rows], kind="stable")].astype(np.int32)
    edges = np.searchsorted(workers.retirement[order], np.arange(lay.months + 2), side="left")
    cumulated = np.cumsum([share for _, share in balance.ARRIVALS])
    draws = people.arrival_draws(start["migrants"], lay.rows, keys.person)
    kinds = np.searchsorted(cumulated, draws, side="right").clip(max=len(balance.ARRIVALS) - 1)
    arrivals = np.array([int(status) for status, _ in balance.ARRIVALS], dtype=np.uint8)[kinds]
    return PeopleCalendar(
        retirement_rows=order,
        retirement_start=edges.astype(np.int64),
        neighbour_blocks=monthly_blocks(lay.neighbours, lay.months) + start["neighbours"],
        school_blocks=monthly_blocks(lay.school, lay.months) + start["school"],
        migrant_blocks=monthly_blocks(lay.migrants, lay.months) + start["migrants"],
        arrival_status=arrivals,
        start_up_blocks=segments.start_up_blocks,
    )
