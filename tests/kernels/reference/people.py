"""Reference of kernels/moves.py, separations.py and demography.py."""

from kernels.reference.basin import bits, interpreted, next_word, uniform, unit
from rebound_sim.rules import mobility, search, separations, wages
from rebound_sim.state.codes import FirmKind, Regime, Status
from rebound_sim.state.market import Condition, Flow, Money

mobility, separations, wages = interpreted(mobility), interpreted(separations), interpreted(wages)
search = interpreted(search)
LOSSES = {
    Status.PERMANENT: Flow.PERMANENT_TO_UNEMPLOYMENT,
    Status.FIXED_TERM: Flow.FIXED_TERM_TO_UNEMPLOYMENT,
}
IN_WORK = (Status.PERMANENT, Status.FIXED_TERM, Status.SELF_EMPLOYED, Status.WORKING_OUTSIDE)


# -- Moves --------------------------------------------------------------------------------------


def age(person, t):
    return (t - person.birth) / 12.0


def count(basin, flow, number=1):
    basin.zone.flows[flow] += number


def set_status(basin, person, status):
    """A person's status, with people by status and the wage bill of residents in work."""
    zone = basin.zone
    zone.people[person.resident][person.status] -= 1
    zone.people[person.resident][status] += 1
    if person.resident:
        worked, works = person.status in IN_WORK, status in IN_WORK
        zone.money[Money.WAGE_BILL] += (works - worked) * int(person.wage)
    person.status = status


def leave_firm(basin, person):
    firm = basin.firms[person.employer]
    firm.staff[person.qualification].remove(person)
    person.employer = -1
    if firm.kind != FirmKind.CLOSING_SITE:
        basin.zone.sector_jobs[firm.sector] -= 1


def join_firm(basin, person, firm):
    firm.staff[person.qualification].append(person)
    person.employer = firm.row
    if firm.kind != FirmKind.CLOSING_SITE:
        basin.zone.sector_jobs[firm.sector] += 1


def end_job(person, t, p):
    tenure = t - person.since
    person.specific = wages.specific_capital(person.specific, tenure, p.wages)
    months = wages.insured_months(tenure, age(person, t), p.wages)
    person.regime = Regime.ORDINARY if months > 0 else Regime.NONE
    person.until = t + months
    person.since = t


def lose_job(basin, person, t, status, p):
    old = person.status
    leave_firm(basin, person)
    end_job(person, t, p)
    if not person.resident:
        count(basin, Flow.COMMUTERS_LOST)
        status = Status.OUTSIDER
    elif status == Status.UNEMPLOYED:
        count(basin, Flow.EMPLOYMENT_TO_UNEMPLOYMENT)
        count(basin, LOSSES[old])
    set_status(basin, person, status)


def move_out(basin, person, t):
    count(basin, Flow.OUT_MIGRATION)
    if person.employer >= 0:
        leave_firm(basin, person)
    person.since, person.regime = t, Regime.NONE
    set_status(basin, person, Status.LEFT)


def general(person, t, p):
    return person.general + wages.experience(age(person, t), p.wages)


def review_pay(basin, person, t, p):
    """Pay follows what was learnt in the job, and the lower rung is over; it never falls."""
    firm = basin.firms[person.employer]
    specific = wages.specific_capital(person.specific, t - person.since, p.wages)
    base = basin.zone.base_wage[firm.sector]
    wage = wages.wage_offer(general(person, t, p), specific, firm.premium, base, p.wages)
    if wage > person.wage:
        if person.resident:
            basin.zone.money[Money.WAGE_BILL] += int(wage) - int(person.wage)
        person.wage = wage


def start_job(basin, person, firm, contract, t, p):
    """Hire: pay, human capital, staff list, status."""
    from_job = person.status in IN_WORK
    specific = person.specific
    related = basin.zone.related[min(person.sector, 38)][firm.sector]
    if from_job:
        specific = wages.specific_capital(specific, t - person.since, p.wages)
        if person.employer >= 0:
            leave_firm(basin, person)
        set_status(basin, person, Status.UNEMPLOYED if person.resident else Status.OUTSIDER)
    specific = wages.transferred(specific, related)
    premium = firm.premium - p.wages.lower_rung * (1.0 - p.wages.rung_recovery * from_job)
    base = basin.zone.base_wage[firm.sector]
    person.wage = wages.wage_offer(general(person, t, p), specific, premium, base, p.wages)
    person.specific, person.sector = specific, firm.sector
    person.since = person.until = t
    person.regime = Regime.NONE
    join_firm(basin, person, firm)
    set_status(basin, person, contract)


# -- Separations --------------------------------------------------------------------------------


def word_of(key, i):
    """The month's 64 bits of a person: 8 of those drawn for eight people, then the person's own."""
    shared, lane = bits(key, i // 8), i % 8
    return ((shared >> (8 * lane)) & 0xFF) << 56 | next_word(shared, lane) >> 8


def second_word(key, i):
    """Another 64 bits of the person and month, after the eight of the people drawn together."""
    return next_word(bits(key, i // 8), 8 + i % 8)


def outsider(_basin, _person, u, _t, month, _p):
    return u < month["outsiders"]


def outside_jobs(zone):
    """Change of jobs around the zone this month; the index follows."""
    c = zone.conditions
    wanted = mobility.outside_jobs(
        c[Condition.OUTSIDE_UNEMPLOYMENT_RATIO],
        c[Condition.OUTSIDE_START],
        c[Condition.OUTSIDE_RATE],
    )
    change = mobility.outside_change(c[Condition.OUTSIDE_JOBS], wanted)
    c[Condition.OUTSIDE_JOBS] *= 1.0 + change
    return change


def crowding(zone, p):
    """Unemployment around relative to what it would be without the zone's own changes."""
    c, jobs = zone.conditions, zone.conditions[Condition.OUTSIDE_JOBS]
    if c[Condition.UNEMPLOYED_BASE] == 0.0:
        return 1.0
    out = zone.people[1][Status.WORKING_OUTSIDE] - c[Condition.OUTSIDE_BASE] * jobs
    come = zone.people[0][Status.PERMANENT] + zone.people[0][Status.FIXED_TERM]
    come -= c[Condition.COMMUTERS_BASE] * jobs
    return mobility.crowding(out - come, c[Condition.UNEMPLOYED_BASE], p.demography)


def separate(basin, key, present, p):
    """Everyone's event of the month; returns those who search."""
    c, t = basin.zone.conditions, basin.t
    here, elsewhere = c[Condition.UNEMPLOYMENT_RATIO], c[Condition.OUTSIDE_UNEMPLOYMENT_RATIO]
    change, resident = outside_jobs(basin.zone), basin.zone.people[1]
    around = elsewhere * crowding(basin.zone, p)
    month = {
        "migration": min(mobility.out_migration_factor(here, elsewhere, p.demography), 1.5),
        "exit": separations.exit_rate(here, p.separations),
        "outside": mobility.outside_job_rate(basin.rates.outside_job, here, around, p.demography),
        "outsiders": p.search.search_outsiders
        * basin.rates.outsiders
        * mobility.outsiders_search(c[Condition.NATIONAL_SLACK], here, around, p.demography),
    }
    month["quits"] = separations.quits_factor(c[Condition.NATIONAL_SLACK] * here, p.separations)
    month["business"] = separations.business_rate(basin.rates.business, here)
    missed = c[Condition.FOUND_BASE] - c[Condition.FOUND_INACTIVE]
    month["back"] = separations.return_factor(
        missed if c[Condition.FOUND_BASE] > 0.0 else 0.0,
        c[Condition.RETURNED],
        here,
        p.separations,
    )
    month["outside"] *= c[Condition.OUTSIDE_JOBS]
    effort = 1.0
    if c[Condition.EFFORT_BASE] > 0.0:
        effort = max(c[Condition.EFFORT] / max(c[Condition.EFFORT_PEOPLE], 1.0), 0.01)
        month["outside"] *= c[Condition.EFFORT_BASE] / effort
    c[Condition.EFFORT] = c[Condition.EFFORT_PEOPLE] = 0.0
    held = resident[Status.WORKING_OUTSIDE] / max(resident[Status.UNEMPLOYED], 1) / effort
    month["outside"] += max(change, 0.0) * held
    month["lost"] = max(-change, 0.0)
    month["course"] = {i: unit(second_word(key, i)) for i in present}
    seekers, benefits = [], 0
    for i in present:
        person, u = basin.people[i], unit(word_of(key, i))
        if person.status not in EVENTS:
            continue
        if person.status == Status.UNEMPLOYED:
            change_support(person, t, p)
        if person.status in (Status.UNEMPLOYED, Status.IN_TRAINING):
            benefits += wages.benefit(person.regime, person.wage, p.wages)
        if EVENTS[person.status](basin, person, u, t, month, p):
            seekers.append(person)
    basin.zone.money[Money.BENEFITS] = benefits
    return seekers


def change_support(person, t, p):
    if person.regime == Regime.NONE or t < person.until:
        return
    if person.regime in (Regime.CSP, Regime.REDEPLOYMENT_LEAVE):
        used = p.closure.csp_months if person.regime == Regime.CSP else 0.0
        old = age(person, t) >= p.wages.insurance_old_age
        longest = p.wages.months_ordinary_old if old else p.wages.months_ordinary
        person.regime = Regime.ORDINARY
        person.until = t + int(max(longest - used, 0.0))
    else:
        person.regime = Regime.NONE


def migration(basin, person, t, month, p):
    years = min(max((t - person.birth) // 12, 0), 99)
    weight = mobility.migration_weight(
        float(years), person.qualification, person.status == Status.UNEMPLOYED, p.demography
    )
    return basin.rates.migration * weight * month["migration"]


def employee(basin, person, u, t, month, p):
    if not person.resident:
        if u < p.separations.commuter_job_end:
            lose_job(basin, person, t, Status.OUTSIDER, p)
        return False
    move = migration(basin, person, t, month, p)
    if person.status == Status.PERMANENT:
        tenure = t - person.since
        event = separations.permanent_event(
            u,
            separations.permanent_hazard(tenure, person.ease, p.separations) * month["quits"],
            basin.rates.business_employed,
            move,
            separations.search_on_the_job(p.search.search_permanent, tenure, p.separations),
            p.wages.review,
            p.separations,
        )
    else:
        hazard = separations.by_person(person.ease, p.separations.stayers)
        event = separations.fixed_term_event(
            u, hazard, move, p.search.search_fixed_term, p.separations
        )
    if event == separations.TO_UNEMPLOYMENT:
        lose_job(basin, person, t, Status.UNEMPLOYED, p)
    elif event == separations.TO_INACTIVITY:
        count(basin, Flow.EMPLOYMENT_TO_INACTIVITY)
        lose_job(basin, person, t, Status.INACTIVE, p)
        person.regime = Regime.NONE
    elif event == separations.BUSINESS:
        count(basin, Flow.BUSINESSES)
        lose_job(basin, person, t, Status.SELF_EMPLOYED, p)
        person.regime = Regime.NONE
    elif event == separations.CONVERT:
        count(basin, Flow.CONVERSIONS)
        set_status(basin, person, Status.PERMANENT)
    elif event == separations.REVIEW:
        review_pay(basin, person, t, p)
    elif event == separations.MIGRATE:
        move_out(basin, person, t)
    return event == separations.SEARCH


def supported(person):
    return person.regime in (Regime.CSP, Regime.REDEPLOYMENT_LEAVE)


def starts(person):
    """True in CSP or leave before a course."""
    return supported(person) and not person.trained


def insurance_left(person, t):
    """Months of insurance left; CSP, leave and courses come before it."""
    if supported(person) or (person.regime and person.status == Status.IN_TRAINING):
        return search.EXHAUSTION
    return float(person.until - t) if person.regime else 0.0


def training_rate(basin, person, p):
    if person.trained:
        return 0.0
    courses = p.instruments
    rate = courses.training_entry
    if supported(person):
        begun = basin.t - person.since >= courses.training_first
        rate = courses.training_entry_support if begun else 0.0
    return rate + (basin.zone.conditions[Condition.TRAINING_OFFER] if person.displaced else 0.0)


def unemployed(basin, person, u, t, month, p):
    effort = search.relative_effort(
        t - person.since, age(person, t), starts(person), insurance_left(person, t), p.search
    )
    leaving = month["exit"] * separations.by_person(person.ease, p.separations.attachment)
    if person.regime != Regime.NONE:
        leaving *= p.separations.insured_exit
    effort *= search.outside_by_person(person.ease, p.search)
    c = basin.zone.conditions
    c[Condition.EFFORT] += effort
    c[Condition.EFFORT_PEOPLE] += 1.0
    found = month["outside"] * effort
    event = separations.unemployed_event(
        u,
        month["business"],
        leaving,
        migration(basin, person, t, month, p),
        found,
        training_rate(basin, person, p),
        p.separations,
    )
    if event in (separations.TO_HALO, separations.TO_INACTIVITY):
        count(basin, Flow.UNEMPLOYED_TO_INACTIVITY)
        if not supported(person):
            person.regime = Regime.NONE
            person.until = t + int(p.separations.attached_months)
        halo = event == separations.TO_HALO
        set_status(basin, person, Status.HALO if halo else Status.INACTIVE)
    elif event == separations.BUSINESS:
        count(basin, Flow.BUSINESSES)
        person.since, person.regime = t, Regime.NONE
        set_status(basin, person, Status.SELF_EMPLOYED)
    elif event == separations.OUTSIDE_JOB:
        count(basin, Flow.UNEMPLOYED_TO_OUTSIDE)
        person.since, person.regime = t, Regime.NONE
        set_status(basin, person, Status.WORKING_OUTSIDE)
    elif event == separations.TRAINING:
        count(basin, Flow.TRAINING_ENTRIES)
        person.until = t + separations.course_months(
            month["course"][person.row], supported(person), p.instruments
        )
        set_status(basin, person, Status.IN_TRAINING)
    elif event == separations.MIGRATE:
        move_out(basin, person, t)
    return event == separations.SEARCH


def in_training(basin, person, _u, t, _month, p):
    if t < person.until:
        return True
    person.trained, person.since = 1, t
    left = int(p.wages.months_after_course) if person.regime != Regime.NONE else 0
    person.until = t + left
    set_status(basin, person, Status.UNEMPLOYED)
    return False


def without_work(basin, person, u, t, month, p):
    if person.status == Status.HALO:
        event = separations.halo_event(u, basin.rates.halo_scale, month["back"], p.separations)
    else:
        event = separations.inactive_event(
            u,
            age(person, t),
            t < person.until,
            person.ease,
            basin.rates.inactive_to_unemployment * month["back"],
            basin.rates.search_inactive,
            migration(basin, person, t, month, p),
            p.separations,
        )
    if event == separations.TO_UNEMPLOYMENT:
        count(basin, Flow.INACTIVITY_TO_UNEMPLOYMENT)
        set_status(basin, person, Status.UNEMPLOYED)
    elif event == separations.TO_INACTIVITY:
        set_status(basin, person, Status.INACTIVE)
    elif event == separations.MIGRATE:
        move_out(basin, person, t)
    return event == separations.SEARCH


def other_worker(basin, person, u, t, month, p):
    move = migration(basin, person, t, month, p)
    own = person.status == Status.SELF_EMPLOYED
    if own:
        event = separations.self_employed_event(u, move, p.separations)
    else:
        event = separations.outside_worker_event(
            u, month["lost"], move, p.search.search_outside, p.separations
        )
    if event in (separations.TO_UNEMPLOYMENT, separations.TO_INACTIVITY):
        lost = event == separations.TO_UNEMPLOYMENT
        end_job(person, t, p)
        if own or not lost:
            person.regime = Regime.NONE
        count(basin, Flow.EMPLOYMENT_TO_UNEMPLOYMENT if lost else Flow.EMPLOYMENT_TO_INACTIVITY)
        set_status(basin, person, Status.UNEMPLOYED if lost else Status.INACTIVE)
    elif event == separations.MIGRATE:
        move_out(basin, person, t)
    return event == separations.SEARCH


EVENTS = {
    Status.PERMANENT: employee,
    Status.FIXED_TERM: employee,
    Status.SELF_EMPLOYED: other_worker,
    Status.WORKING_OUTSIDE: other_worker,
    Status.UNEMPLOYED: unemployed,
    Status.IN_TRAINING: in_training,
    Status.HALO: without_work,
    Status.INACTIVE: without_work,
    Status.OUTSIDER: outsider,
}


# -- Demography ---------------------------------------------------------------------------------


def retire(basin, rows):
    for i in rows:
        person = basin.people[i]
        if person.status in (Status.LATENT, Status.RETIRED, Status.LEFT):
            continue
        count(basin, Flow.RETIREMENTS, person.resident)
        if person.employer >= 0:
            leave_firm(basin, person)
        person.since, person.regime = basin.t, Regime.NONE
        set_status(basin, person, Status.RETIRED)


def look_here(basin, rows):
    for i in rows:
        basin.people[i].since = basin.t
        set_status(basin, basin.people[i], Status.OUTSIDER)


def arrive_from_school(basin, rows):
    for i in rows:
        count(basin, Flow.SCHOOL_LEAVERS)
        basin.people[i].since = basin.t
        set_status(basin, basin.people[i], Status.INACTIVE)


def arrive_from_elsewhere(basin, rows, statuses, key, p):
    c = basin.zone.conditions
    probability = mobility.in_migration_probability(
        c[Condition.UNEMPLOYMENT_RATIO], c[Condition.OUTSIDE_UNEMPLOYMENT_RATIO], p.demography
    )
    for i, status in zip(rows, statuses, strict=True):
        if uniform(key, i) < probability:
            count(basin, Flow.IN_MIGRATION)
            basin.people[i].since = basin.t
            set_status(basin, basin.people[i], status)
