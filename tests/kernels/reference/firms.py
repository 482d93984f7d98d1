"""Reference of kernels/firms.py, projects.py and conditions.py."""

import math

from kernels.reference.basin import bits, interpreted, uniform, unit
from kernels.reference.people import (
    IN_WORK,
    age,
    count,
    join_firm,
    leave_firm,
    lose_job,
    set_status,
)
from rebound_sim.rules import demand, projects, wages
from rebound_sim.state.codes import (
    Answer,
    FirmKind,
    FirmState,
    ProjectKind,
    Regime,
    Stage,
    Status,
)
from rebound_sim.state.market import N_SECTORS, Cause, Condition, Flow, Money

demand, projects, wages = interpreted(demand), interpreted(projects), interpreted(wages)


# -- Firms --------------------------------------------------------------------------------------


def level_drawn(basin, firm, u):
    """Level of qualification drawn in proportion to the staff."""
    target = u * basin.size(firm)
    for level, staff in enumerate(firm.staff):
        if target < len(staff):
            return level
        target -= len(staff)
    raise AssertionError("nobody to draw")


def join(person, regime, until):
    """Start of CSP or leave."""
    person.regime, person.until, person.trained = regime, until, 0


def lay_off(basin, firm, number, keys, p):
    """Economic layoffs, last hired first within each level; most residents join the CSP."""
    for k in range(number):
        word = bits(keys.layoff_skill, firm.row * 65536 + k)
        person = firm.staff[level_drawn(basin, firm, unit(word))][-1]
        count(basin, Flow.LAYOFFS)
        lose_job(basin, person, basin.t, Status.UNEMPLOYED, p)
        insured = person.resident and person.regime != Regime.NONE
        if insured and uniform(keys.layoff_skill, word) < p.closure.csp_takeup:
            join(person, Regime.CSP, basin.t + int(p.closure.csp_months))


def close_firm(basin, firm, keys, p):
    count(basin, Flow.FIRM_FAILURES)
    count(basin, Flow.JOBS_LOST_FAILURES, basin.size(firm))
    lay_off(basin, firm, basin.size(firm), keys, p)
    firm.state = FirmState.CLOSED
    firm.vacancies = firm.desired = firm.project_jobs = firm.project_posts = 0


def grow(basin, firm, u, p):
    """The firm's own change of demand, if one occurs."""
    firm.transitory = firm.transitory * (1.0 - p.demand.transitory_decay)
    if u < p.demand.shock_rate:
        size = firm.scale
        change = demand.growth_shock(u / p.demand.shock_rate, size, p.demand)
        lasts = demand.lasting_shock(change, size, demand.transitory_part(size, p.demand), p.demand)
        firm.scale = size * math.exp(lasts)
        firm.transitory = (1.0 + firm.transitory) * math.exp(change - lasts) - 1.0
        if firm.kind != FirmKind.SUCCESSOR:
            months, industrial = float(basin.t - firm.born), basin.zone.industrial[firm.sector]
            firm.scale = firm.scale * demand.growth_of_survivors(
                basin.size(firm), months, industrial, p.demand
            )


def firms_month(basin, last, keys, p):
    """Demand, failures, vacancies and layoffs of open firms, the closing site apart."""
    zone = basin.zone
    loss = zone.conditions[Condition.SITE_LOSS]
    zone.sector_scale = [0.0] * N_SECTORS
    for firm in basin.firms[:last]:
        if firm.state != FirmState.OPEN or firm.kind == FirmKind.CLOSING_SITE:
            continue
        s = firm.sector
        firm.scale = firm.scale * (1.0 + zone.growth[s])
        grow(basin, firm, uniform(keys.firm_shock, firm.row), p)
        calls = demand.capacity(
            firm.scale,
            firm.transitory,
            zone.factor[s],
            firm.exposure,
            loss,
            firm.shield,
            zone.trend[s],
            firm.project_jobs,
        )
        zone.sector_scale[s] += firm.scale * (1.0 + firm.transitory)
        if fails(basin, firm, loss, keys, p):
            close_firm(basin, firm, keys, p)
            continue
        firm.desired = int(calls + firm.rounding)
        staff_or_post(basin, firm, keys, p)


def fails(basin, firm, loss, keys, p):
    zone = basin.zone
    if firm.kind == FirmKind.SUCCESSOR:
        return False
    relative = (1.0 - firm.exposure * loss) * min(zone.factor[firm.sector], 1.0)
    months, industrial = float(basin.t - firm.born), zone.industrial[firm.sector]
    probability = demand.failure_probability(
        basin.size(firm), months, relative, industrial, p.demand
    )
    if basin.t < firm.protected_until:
        probability *= 1.0 - firm.protection
    return uniform(keys.firm_failure, firm.row) < probability


def staff_or_post(basin, firm, keys, p):
    u = uniform(keys.firm_shock, firm.row, 1)
    gap = firm.desired - basin.size(firm)
    firm.project_posts = projects.posts_to_staff(firm.project_posts, gap)
    if gap > 0:
        firm.vacancies = demand.posted_vacancies(gap, firm.vacancies, u, p.demand)
    else:
        firm.vacancies = 0
        lay_off(basin, firm, demand.layoffs(basin.size(firm), firm.desired, u, p.demand), keys, p)


def enter(basin, rows, key, p):
    """Candidate start-ups of the month."""
    local = basin.zone.conditions[Condition.HOUSEHOLD_DEMAND]
    probability = demand.entry_probability(local, basin.rates.entry_margin, p.demand)
    for firm in (basin.firms[f] for f in rows):
        candidate = firm.state == FirmState.LATENT and firm.kind == FirmKind.START_UP
        if candidate and uniform(key, firm.row) < probability:
            firm.state, firm.born = FirmState.OPEN, basin.t
            count(basin, Flow.FIRM_ENTRIES)


def closing_site(basin, site, number, mode, redeployed, key, person_key, p):
    """One tranche of a closing site: early exits, redeployment, layoffs."""
    t = basin.t
    for k in range(min(number, basin.size(site))):
        u = uniform(key, site.row, t * 65536 + k)
        person = site.staff[level_drawn(basin, site, u)][-1]
        count(basin, Flow.LAYOFFS)
        person.displaced = 1
        lose_job(basin, person, t, Status.UNEMPLOYED, p)
        if not person.resident:
            continue
        old = age(person, t) >= p.closure.early_exit_age
        if old and uniform(person_key, person.row, 1) < p.closure.early_exit_share:
            count(basin, Flow.RETIREMENTS)
            person.regime = Regime.NONE
            set_status(basin, person, Status.RETIRED)
        elif uniform(person_key, person.row, 2) < redeployed:
            person.regime = Regime.NONE
            set_status(basin, person, Status.WORKING_OUTSIDE)
        elif mode == Regime.REDEPLOYMENT_LEAVE:
            join(person, mode, t + int(p.closure.leave_months))
        elif uniform(person_key, person.row, 3) < p.closure.csp_takeup:
            join(person, Regime.CSP, t + int(p.closure.csp_months))


def open_successor(basin, firm, jobs):
    firm.state, firm.scale, firm.transitory, firm.born = FirmState.OPEN, jobs, 0.0, basin.t


def transfer(basin, site, buyer, number, key):
    """The buyer takes over staff, longest-serving first within each level drawn."""
    for k in range(number):
        level = level_drawn(basin, site, uniform(key, site.row, (1 << 40) + k))
        person = site.staff[level][0]
        leave_firm(basin, person)
        join_firm(basin, person, buyer)


def open_vacancies_of_site(basin, site, jobs):
    site.desired = jobs
    site.vacancies = max(jobs - basin.size(site), 0)


# -- Projects -----------------------------------------------------------------------------------

DECISION, RECONSIDER, GIVE_UP, DETECTION = 20, 21, 22, 23


def wait(key, project, code, rate):
    """Fixed exponential waiting time, in months."""
    return -math.log(uniform(key, project.row, code)) / rate if rate > 0.0 else 1.0e9


def enter_stage(project, stage, t):
    project.stage, project.since, project.clock = stage, t, 0.0


def abandoned(key, project, stage, probability):
    return uniform(key, project.row, stage) < probability


def progress(basin, key, t, manager, p):
    """One month of every project."""
    for project in basin.projects:
        firm = basin.firms[project.firm]
        if project.stage == Stage.ABANDONED or (project.stage == Stage.UNBORN and t < project.born):
            continue
        if firm.state == FirmState.CLOSED:
            project.capacity = 0.0
            if project.stage < Stage.BUILT:
                enter_stage(project, Stage.ABANDONED, t)
            else:
                project.stage = Stage.OPERATING
        elif project.stage in STAGES:
            STAGES[project.stage](basin, project, firm, key, t, manager, p)


def is_born(_basin, project, _firm, _key, t, _manager, _p):
    enter_stage(project, Stage.LATENT, t)


def detect(_basin, project, _firm, key, t, _manager, p):
    if t - project.since >= wait(key, project, DETECTION, p.projects.detection):
        if abandoned(key, project, Stage.LATENT, p.projects.abandon_latent):
            enter_stage(project, Stage.ABANDONED, t)
        else:
            enter_stage(project, Stage.DETECTED, t)
            project.detected_month = t


def mature(_basin, project, _firm, key, t, manager, p):
    factor = p.instruments.manager_maturation if manager > 0.0 else 1.0
    project.clock = project.clock + p.projects.maturation * factor
    if project.clock >= project.threshold:
        gone = abandoned(key, project, Stage.DETECTED, p.projects.abandon_detected) or (
            project.public_detection == 1
            and abandoned(key, project, Stage.LATENT, p.projects.abandon_latent)
        )
        enter_stage(project, Stage.ABANDONED if gone else Stage.MATURE, t)


def decide(basin, project, firm, key, t, _manager, p):
    """Private decision; a project that needs the grant waits while its file is under way."""
    months = t - project.since
    first = wait(key, project, DECISION, p.projects.decision)
    if months < first:
        return
    size = 50.0 if project.sponsor < 0 else float(basin.size(basin.firms[project.sponsor]))
    capital = max(float(project.capital), 1.0)
    subsidy, money = project.granted / capital, project.financed / capital
    short = projects.constraint_probability(size, firm.group, p.projects)
    short *= 1.0 - firm.relief
    later = wait(key, project, RECONSIDER, p.projects.reconsider)
    never = wait(key, project, GIVE_UP, p.projects.give_up)
    if projects.goes_ahead(project.value, subsidy, money, project.constraint, short, p.projects):
        ahead = True
    elif project.grant_answer == Answer.WAITING:
        return
    elif months >= first + min(later, never):
        ahead = later < never
    else:
        return
    if ahead:
        project.decided_month = t
    enter_stage(project, Stage.DECIDED if ahead else Stage.ABANDONED, t)


def open_capacity(project, firm, t, p):
    if firm.state == FirmState.LATENT:
        firm.state, firm.born = FirmState.OPEN, t
    jobs = projects.ramp_jobs(
        project.jobs * project.delivery, t - project.since, project.ramp_months
    )
    opened = jobs - project.capacity
    firm.project_jobs = firm.project_jobs + opened
    firm.project_posts = firm.project_posts + p.projects.own_level * opened
    firm.project_level = project.qualification
    project.capacity = jobs


def permit(_basin, project, _firm, key, t, _manager, p):
    if t - project.since >= project.permit_months:
        gone = abandoned(key, project, Stage.DECIDED, p.projects.abandon_permits)
        enter_stage(project, Stage.ABANDONED if gone else Stage.PERMITTED, t)


def build(_basin, project, firm, key, t, _manager, p):
    if t - project.since < project.build_months:
        return
    if abandoned(key, project, Stage.PERMITTED, p.projects.abandon_build):
        enter_stage(project, Stage.ABANDONED, t)
        return
    enter_stage(project, Stage.BUILT, t)
    open_capacity(project, firm, t, p)
    if project.kind == ProjectKind.DIVERSIFICATION:
        shield = p.projects.diversification_shield
        firm.exposure = firm.exposure * (1.0 - shield)
        firm.shield = firm.shield + (1.0 - firm.shield) * shield


def ramp(_basin, project, firm, _key, t, _manager, p):
    open_capacity(project, firm, t, p)
    if t - project.since + 1 >= project.ramp_months:
        project.operating_month = t
        project.stage = Stage.OPERATING


STAGES = {
    Stage.UNBORN: is_born,
    Stage.LATENT: detect,
    Stage.DETECTED: mature,
    Stage.MATURE: decide,
    Stage.DECIDED: permit,
    Stage.PERMITTED: build,
    Stage.BUILT: ramp,
}


# -- Conditions ---------------------------------------------------------------------------------


def local_sales(zone, s):
    """Local customers' purchases from sector s, 1 at t = 0."""
    buyers = [j for j in range(N_SECTORS) if zone.settled_jobs[j] > 0.0]
    total = weight = 0.0
    for j in buyers:
        buying = max(zone.sector_jobs[j] - zone.regained[j], 0.0)
        total += zone.customers[s][j] * buying / zone.settled_jobs[j]
        weight += zone.customers[s][j]
    return total / weight if weight > 0.0 else 1.0


def related_activity(zone, s):
    now = base = 0.0
    for j in range(N_SECTORS):
        if zone.industrial[j]:
            now += zone.related[s][j] * (zone.sector_jobs[j] + zone.site_jobs[j])
            base += zone.related[s][j] * (zone.base_jobs[j] + zone.site_base[j])
    return max(now, 1.0) / max(base, 1.0)


def sector_demand(basin, normal, p):
    """Demand met by each sector, 1 at t = 0."""
    zone, c, p = basin.zone, basin.zone.conditions, p.demand
    c[Condition.BASIN_SHOCK] = (
        p.basin_shock_persistence * c[Condition.BASIN_SHOCK] + p.basin_shock_sd * normal
    )
    external = math.exp(c[Condition.BASIN_SHOCK]) * c[Condition.CYCLE]
    for s in range(N_SECTORS):
        zone.trend[s] *= 1.0 + zone.trend_growth[s]
        sales = local_sales(zone, s)
        wage = c[Condition.WAGE_INDEX] ** (-zone.wage_elasticity[s])
        zone.replaced[s] = demand.replaced_customers(
            1.0 - sales, zone.replaced[s], zone.replaceable[s], p
        )
        if zone.industrial[s]:
            target = related_activity(zone, s) ** p.agglomeration_elasticity
            zone.agglomeration[s] += p.agglomeration_speed * (target - zone.agglomeration[s])
        sold = (
            zone.external_share[s] * (1.0 + zone.cyclical[s] * (external - 1.0))
            + zone.household_share[s] * c[Condition.HOUSEHOLD_DEMAND]
            + zone.customer_share[s] * (sales + zone.replaced[s])
        )
        regained = zone.regained[s] / max(zone.base_jobs[s], 1.0)
        zone.factor[s] = zone.trend[s] * (sold * wage * zone.agglomeration[s] + regained)


def account_for_causes(basin, last):
    zone, c = basin.zone, basin.zone.conditions
    causes = dict.fromkeys(Cause, 0.0)
    external = math.exp(c[Condition.BASIN_SHOCK]) * c[Condition.CYCLE]
    for s in range(N_SECTORS):
        wage = c[Condition.WAGE_INDEX] ** (-zone.wage_elasticity[s])
        scale = zone.sector_scale[s] * zone.trend[s]
        base = zone.external_share[s] * (1.0 + zone.cyclical[s] * (external - 1.0))
        base += zone.household_share[s] + zone.customer_share[s]
        households = zone.household_share[s] * (c[Condition.HOUSEHOLD_DEMAND] - 1.0)
        customers = zone.customer_share[s] * (local_sales(zone, s) + zone.replaced[s] - 1.0)
        sold = base + households + customers
        causes[Cause.OWN_DEMAND] += scale * base
        causes[Cause.HOUSEHOLDS] += scale * households
        causes[Cause.CUSTOMERS] += scale * customers
        causes[Cause.WAGES] += scale * sold * (wage - 1.0)
        causes[Cause.AGGLOMERATION] += scale * sold * wage * (zone.agglomeration[s] - 1.0)
        causes[Cause.RECAPTURE] += scale * zone.regained[s] / max(zone.base_jobs[s], 1.0)
    for firm in basin.firms[:last]:
        if firm.state == FirmState.OPEN:
            causes[Cause.PROJECTS] += firm.project_jobs
            if firm.exposure > 0.0:
                called = firm.scale * (1.0 + firm.transitory) * zone.factor[firm.sector]
                causes[Cause.SITE] -= called * firm.exposure * c[Condition.SITE_LOSS]
    zone.causes = [causes[cause] for cause in Cause]


def household_income(zone):
    """Income of residents: wages, benefits, other income of those of working age."""
    here = range(Status.PERMANENT, Status.INACTIVE + 1)
    residents = sum(zone.people[1][status] for status in here)
    earned = zone.money[Money.WAGE_BILL] * zone.conditions[Condition.WAGE_INDEX]
    other = zone.conditions[Condition.EXOGENOUS_INCOME] * residents
    return other + earned + zone.money[Money.BENEFITS]


def settle_demand(zone):
    """Local demand is counted from what is earned and employed now."""
    zone.conditions[Condition.INCOME_BASE] = household_income(zone)
    zone.conditions[Condition.HOUSEHOLD_DEMAND] = 1.0
    zone.settled_jobs = [float(jobs) for jobs in zone.sector_jobs]


def follow_inactive(zone):
    """Flows out of inactivity per inactive person, smoothed."""
    c, resident = zone.conditions, zone.people[1]
    people = max(resident[Status.INACTIVE] + resident[Status.HALO], 1)
    found = zone.flows[Flow.HIRES_INACTIVE] / people
    c[Condition.FOUND_INACTIVE] += 0.3 * (found - c[Condition.FOUND_INACTIVE])
    if c[Condition.FOUND_BASE] == 0.0:
        returned = zone.flows[Flow.INACTIVITY_TO_UNEMPLOYMENT] / people
        c[Condition.RETURNED] += 0.3 * (returned - c[Condition.RETURNED])


def update_indices(basin, vacancies, p):
    """End of the month: unemployment, tightness, wages, household spending."""
    zone, c = basin.zone, basin.zone.conditions
    jobless = zone.people[1][Status.UNEMPLOYED]
    active = sum(zone.people[1][status] for status in IN_WORK) + jobless
    rate = max(jobless / max(active, 1), 0.001)
    c[Condition.UNEMPLOYMENT_RATIO] = rate / c[Condition.UNEMPLOYMENT_USUAL]
    if c[Condition.TIGHTNESS_BASE] > 0.0:
        tight = vacancies / max(jobless, 1) / c[Condition.TIGHTNESS_BASE]
        c[Condition.TIGHTNESS_RATIO] = min(max(tight, 0.05), 20.0)
    follow_inactive(zone)
    c[Condition.WAGE_INDEX] = wages.wage_index(
        c[Condition.WAGE_INDEX], rate / c[Condition.UNEMPLOYMENT_BASE], p.wages
    )
    relative = household_income(zone) / c[Condition.INCOME_BASE] - 1.0
    spent = max(1.0 + p.demand.household_propensity * relative, 0.01)
    prudence = c[Condition.OUTSIDE_JOBS] ** p.demand.household_prudence
    c[Condition.HOUSEHOLD_DEMAND] = spent * prudence
