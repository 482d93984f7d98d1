"""Phase "separations": ends of spells, participation, migration; who searches this month.

Reads workers, market.conditions. Writes worker cells through `moves`, market.flows, money
(benefits). Draws: MONTHLY_EVENT (one uniform per person and month, a second for a course). Most
people need its first 8 bits only, and one hash gives those of eight people. The few to whom
something may happen are then taken status by status, so that each loop does one thing.
"""

from __future__ import annotations

import numpy as np

from rebound_sim.compilation import compiled, compiled_allocating, inlined, unsigned
from rebound_sim.kernels.ahead import employers_ahead, people_ahead
from rebound_sim.kernels.candidates import (
    LARGEST_FACTOR,
    N_CLASSES,
    NOT_ATTACHED,
    OLD,
    by_status,
    candidates,
    largest_move,
    monthly_bounds,
    own_class,
)
from rebound_sim.kernels.moves import (
    age_years,
    end_job,
    leave_zone,
    lose_job,
    review_pay,
    set_status,
)
from rebound_sim.kernels.search import efforts_by_duration
from rebound_sim.rng.draws import bits_after_octet, next_word, octets, unit
from rebound_sim.rules import mobility, separations
from rebound_sim.rules.search import effort_outside, insurance_left, outside_by_person
from rebound_sim.rules.wages import benefit, longest_insurance
from rebound_sim.state.codes import N_STATUS, Regime, Status
from rebound_sim.state.market import Condition, Flow, Money

_PERMANENT = int(Status.PERMANENT)
_FIXED_TERM = int(Status.FIXED_TERM)
_SELF_EMPLOYED = int(Status.SELF_EMPLOYED)
_WORKING_OUTSIDE = int(Status.WORKING_OUTSIDE)
_UNEMPLOYED = int(Status.UNEMPLOYED)
_IN_TRAINING = int(Status.IN_TRAINING)
_HALO = int(Status.HALO)
_INACTIVE = int(Status.INACTIVE)
_OUTSIDER = int(Status.OUTSIDER)
_CSP = int(Regime.CSP)
_ORDINARY = int(Regime.ORDINARY)
_BENEFITS = int(Money.BENEFITS)
_RATIO = int(Condition.UNEMPLOYMENT_RATIO)
_OUTSIDE_RATIO = int(Condition.OUTSIDE_UNEMPLOYMENT_RATIO)
_OUTSIDE_START = int(Condition.OUTSIDE_START)
_OUTSIDE_RATE = int(Condition.OUTSIDE_RATE)
_OUTSIDE_JOBS = int(Condition.OUTSIDE_JOBS)
_FOUND = int(Condition.FOUND_INACTIVE)
_FOUND_BASE = int(Condition.FOUND_BASE)
_RETURNED = int(Condition.RETURNED)
_EFFORT = int(Condition.EFFORT)
_EFFORT_PEOPLE = int(Condition.EFFORT_PEOPLE)
_EFFORT_BASE = int(Condition.EFFORT_BASE)
#: Mean effort when nobody is unemployed (numerical bound).
_LEAST_EFFORT = 0.01
_SLACK = int(Condition.NATIONAL_SLACK)
_OUTSIDE_BASE = int(Condition.OUTSIDE_BASE)
_COMMUTERS_BASE = int(Condition.COMMUTERS_BASE)
_UNEMPLOYED_BASE = int(Condition.UNEMPLOYED_BASE)
_TRAINING_OFFER = int(Condition.TRAINING_OFFER)
_E_TO_I = int(Flow.EMPLOYMENT_TO_INACTIVITY)
_E_TO_U = int(Flow.EMPLOYMENT_TO_UNEMPLOYMENT)
_U_TO_I = int(Flow.UNEMPLOYED_TO_INACTIVITY)
_I_TO_U = int(Flow.INACTIVITY_TO_UNEMPLOYMENT)
_U_TO_OUTSIDE = int(Flow.UNEMPLOYED_TO_OUTSIDE)
_BUSINESSES = int(Flow.BUSINESSES)
_TRAINING = int(Flow.TRAINING_ENTRIES)
_CONVERSIONS = int(Flow.CONVERSIONS)
_OUT_MIGRATION = int(Flow.OUT_MIGRATION)


@inlined
def _drawn(key, i):  # type: ignore[no-untyped-def]
    """The month's uniform of person i, in (0, 1)."""
    return unit(bits_after_octet(octets(key, i >> 3), i & 7))


@inlined
def _drawn_again(key, i):  # type: ignore[no-untyped-def]
    """A second uniform of the month for person i: the words of a block's people are eight."""
    return unit(next_word(octets(key, i >> 3), 8 + (i & 7)))


@compiled
def _move_out(i, t, workers, firms, market):  # type: ignore[no-untyped-def]
    market.flows[_OUT_MIGRATION] += 1
    leave_zone(i, t, workers, firms, market)


@inlined
def _migration(i, t, factor, workers, market):  # type: ignore[no-untyped-def]
    """Monthly probability that person i moves out of the zone."""
    age = min(max((t - workers.birth[i]) // 12, 0), 99)
    unemployed = 1 if workers.status[i] == _UNEMPLOYED else 0
    return market.migration[age, workers.qualification[i], unemployed] * factor


@inlined
def _employee_event(i, u, t, factor, business, quits, workers, market, p):  # type: ignore[no-untyped-def]
    """Event of an employee of the zone.

    business : monthly rate of permanent employees    quits : factor of the ends of their jobs.
    """
    sep, search, wages = p[0], p[1], p[2]
    migration = _migration(i, t, factor, workers, market)
    if workers.resident[i] == 0:
        return separations.TO_UNEMPLOYMENT if u < sep.commuter_job_end else separations.NOTHING
    ease = workers.ease[i]
    if workers.status[i] == _PERMANENT:
        tenure = t - workers.since[i]
        return separations.permanent_event(
            u,
            separations.permanent_hazard(tenure, ease, sep) * quits,
            business,
            migration,
            separations.search_on_the_job(search.search_permanent, tenure, sep),
            wages.review,
            sep,
        )
    return separations.fixed_term_event(
        u, separations.by_person(ease, sep.stayers), migration, search.search_fixed_term, sep
    )


@inlined
def _class_of_employee(i, t, business, moving, workers, p):  # type: ignore[no-untyped-def]
    """Class of an employee for the months to come: hazards fall with tenure.

    business : as in `_employee_event`    moving : from `largest_move`.
    """
    sep, search = p[0], p[1]
    status, ease = workers.status[i], workers.ease[i]
    if workers.resident[i] == 0:
        bound = sep.commuter_job_end
    elif status == _PERMANENT:
        tenure = t - workers.since[i]
        bound = separations.permanent_most(
            separations.permanent_hazard(tenure, ease, sep) * separations.MOST_QUITS,
            business,
            moving,
            separations.search_on_the_job(search.search_permanent, tenure, sep),
            p[2].review,
            sep,
        )
    else:
        person = separations.by_person(ease, sep.stayers)
        bound = separations.fixed_term_most(person, moving, search.search_fixed_term, sep)
    return own_class(bound, status)


@inlined
def _move_employee(i, event, t, workers, firms, market, wages):  # type: ignore[no-untyped-def]
    """An employee loses or leaves the job, moves out or gets a permanent contract."""
    if event == separations.TO_UNEMPLOYMENT or event == separations.TO_INACTIVITY:
        idle = event == separations.TO_INACTIVITY
        market.flows[_E_TO_I] += idle
        lose_job(i, t, _INACTIVE if idle else _UNEMPLOYED, workers, firms, market, wages)
        if idle:
            workers.regime[i] = 0
    elif event == separations.BUSINESS:
        market.flows[_BUSINESSES] += 1
        lose_job(i, t, _SELF_EMPLOYED, workers, firms, market, wages)
        workers.regime[i] = 0
    elif event == separations.CONVERT:
        market.flows[_CONVERSIONS] += 1
        set_status(i, _PERMANENT, workers, market)
    elif event == separations.MIGRATE:
        _move_out(i, t, workers, firms, market)


@inlined
def _unemployed(i, month, efforts, workers, firms, market, p, training):  # type: ignore[no-untyped-def]
    """Event of an unemployed person; True if the person searches."""
    key, t, factor, exit_rate, outside = month[:5]
    sep = p[0]
    months = t - workers.since[i]
    entry = training.training_entry
    supported = 1 if workers.regime[i] >= _CSP else 0
    if supported:
        entry = training.training_entry_support if months >= training.training_first else 0.0
    if workers.displaced[i] == 1:
        entry += market.conditions[_TRAINING_OFFER]
    if workers.trained[i] == 1:
        entry = 0.0
    migration = _migration(i, t, factor, workers, market)
    effort = effort_outside(
        efforts[min(months, efforts.size - 1)],
        age_years(workers.birth[i], t),
        supported & (1 - workers.trained[i]),
        months,
        insurance_left(workers.regime[i], False, workers.until[i] - t),
        p[1],
    )
    ease = workers.ease[i]
    leaving = exit_rate * separations.by_person(ease, sep.attachment)
    if workers.regime[i] != 0:
        leaving *= sep.insured_exit
    effort *= outside_by_person(ease, p[1])
    market.conditions[_EFFORT] += effort
    market.conditions[_EFFORT_PEOPLE] += 1.0
    found = outside * effort
    event = separations.unemployed_event(
        _drawn(key, i), month[9], leaving, migration, found, entry, sep
    )
    if event == separations.SEARCH:
        return True
    if event == separations.TO_HALO or event == separations.TO_INACTIVITY:
        market.flows[_U_TO_I] += 1
        if not supported:
            # Members of CSP or leave who do not look for work stay on the registers.
            workers.regime[i] = 0
            workers.until[i] = t + int(sep.attached_months)
        set_status(i, _HALO if event == separations.TO_HALO else _INACTIVE, workers, market)
    elif event == separations.BUSINESS:
        market.flows[_BUSINESSES] += 1
        workers.regime[i] = 0
        workers.since[i] = t
        set_status(i, _SELF_EMPLOYED, workers, market)
    elif event == separations.OUTSIDE_JOB:
        market.flows[_U_TO_OUTSIDE] += 1
        workers.regime[i] = 0
        workers.since[i] = t
        set_status(i, _WORKING_OUTSIDE, workers, market)
    elif event == separations.TRAINING:
        market.flows[_TRAINING] += 1
        workers.until[i] = t + separations.course_months(_drawn_again(key, i), supported, training)
        set_status(i, _IN_TRAINING, workers, market)
    else:
        _move_out(i, t, workers, firms, market)
    return False


@inlined
def _support(i, t, workers, wages, closure):  # type: ignore[no-untyped-def]
    """End or change of the support regime; CSP uses up insurance, leave (still a contract) none."""
    if workers.regime[i] != 0 and t >= workers.until[i]:
        if workers.regime[i] >= _CSP:
            used = closure.csp_months if workers.regime[i] == _CSP else 0.0
            longest = longest_insurance(age_years(workers.birth[i], t), wages)
            workers.regime[i] = _ORDINARY
            workers.until[i] = t + int(max(longest - used, 0.0))
        else:
            workers.regime[i] = 0


@inlined
def _without_work(i, u, month, workers, firms, market, rates, p):  # type: ignore[no-untyped-def]
    """Event of a person of the halo, in training, or inactive; True if the person searches."""
    sep, t, factor = p[0], month[1], month[2]
    status = workers.status[i]
    if status == _IN_TRAINING:
        if t >= workers.until[i]:
            workers.trained[i] = 1
            workers.since[i] = t
            left = int(p[2].months_after_course) if workers.regime[i] != 0 else 0
            workers.until[i] = t + left
            set_status(i, _UNEMPLOYED, workers, market)
            return False
        return True
    if status == _HALO:
        event = separations.halo_event(u, rates.halo_scale, month[8], sep)
    else:
        age = age_years(workers.birth[i], t)
        attached = 1 if t < workers.until[i] else 0
        event = separations.inactive_event(
            u,
            age,
            attached,
            workers.ease[i],
            month[5],
            rates.search_inactive,
            _migration(i, t, factor, workers, market),
            sep,
        )
        if event == separations.NOTHING and attached == 0:
            workers.watch[i] = OLD if age >= sep.old_age else NOT_ATTACHED
    if event == separations.TO_UNEMPLOYMENT:
        market.flows[_I_TO_U] += 1
        set_status(i, _UNEMPLOYED, workers, market)
    elif event == separations.TO_INACTIVITY:
        set_status(i, _INACTIVE, workers, market)
    elif event == separations.MIGRATE:
        _move_out(i, t, workers, firms, market)
    return event == separations.SEARCH


@inlined
def _other_worker(i, u, month, workers, firms, market, p):  # type: ignore[no-untyped-def]
    """Event of a self-employed person or of one working outside; True if the person searches."""
    sep, search, wages = p[0], p[1], p[2]
    t = month[1]
    migration = _migration(i, t, month[2], workers, market)
    if workers.status[i] == _SELF_EMPLOYED:
        event = separations.self_employed_event(u, migration, sep)
    else:
        event = separations.outside_worker_event(u, month[6], migration, search.search_outside, sep)
    if event == separations.TO_UNEMPLOYMENT or event == separations.TO_INACTIVITY:
        own = workers.status[i] == _SELF_EMPLOYED
        end_job(i, t, workers, wages)
        if own or event == separations.TO_INACTIVITY:
            workers.regime[i] = 0
        if event == separations.TO_UNEMPLOYMENT:
            market.flows[_E_TO_U] += 1
            set_status(i, _UNEMPLOYED, workers, market)
        else:
            market.flows[_E_TO_I] += 1
            set_status(i, _INACTIVE, workers, market)
    elif event == separations.MIGRATE:
        _move_out(i, t, workers, firms, market)
    return event == separations.SEARCH


@compiled
def _employees(rows, month, moving, workers, firms, market, p, event, seekers, n):  # type: ignore[no-untyped-def]
    """What happens to employees, in loops that do one thing: events, moves, reviews of pay.

    rows : rewritten    moving : from `largest_move`    event : uint8[rows.size or more], scratch
    A review reads and writes its own person alone, so it may come after all moves.
    """
    key, t, factor = month[:3]
    for k in range(rows.size):
        people_ahead(rows, k, rows.size, workers)
        i = unsigned(rows[k])
        u = _drawn(key, i)
        event[k] = _employee_event(i, u, t, factor, month[10], month[11], workers, market, p)
        if event[k] == separations.NOTHING:
            workers.watch[i] = _class_of_employee(i, t, month[10], moving, workers, p)
    moved = 0
    for k in range(rows.size):
        i = unsigned(rows[k])
        seekers[unsigned(n)] = i
        n += event[k] == separations.SEARCH
        rows[unsigned(moved)] = i
        event[unsigned(moved)] = event[k]
        moved += (event[k] != separations.SEARCH) & (event[k] != separations.NOTHING)
    reviewed = 0
    for k in range(moved):
        employers_ahead(rows, k, moved, workers, firms)
        i = unsigned(rows[k])
        if event[k] != separations.REVIEW:
            _move_employee(i, event[k], t, workers, firms, market, p[2])
        rows[unsigned(reviewed)] = i
        reviewed += event[k] == separations.REVIEW
    for k in range(reviewed):
        employers_ahead(rows, k, reviewed, workers, firms)
        review_pay(unsigned(rows[k]), t, workers, firms, market, p[2])
    return n


@compiled
def _others(rows, month, workers, firms, market, p, seekers, n):  # type: ignore[no-untyped-def]
    for k in range(rows.size):
        people_ahead(rows, k, rows.size, workers)
        i = unsigned(rows[k])
        seekers[unsigned(n)] = i
        n += _other_worker(i, _drawn(month[0], i), month, workers, firms, market, p)
    return n


@compiled
def _jobless(rows, month, efforts, workers, firms, market, p, training, seekers, n):  # type: ignore[no-untyped-def]
    t = month[1]
    benefits = 0
    for k in range(rows.size):
        people_ahead(rows, k, rows.size, workers)
        i = unsigned(rows[k])
        _support(i, t, workers, p[2], p[4])
        benefits += benefit(workers.regime[i], workers.wage[i], p[2])
        seekers[unsigned(n)] = i
        n += _unemployed(i, month, efforts, workers, firms, market, p, training)
    market.money[_BENEFITS] += benefits
    return n


@compiled
def _without(rows, month, workers, firms, market, rates, p, seekers, n):  # type: ignore[no-untyped-def]
    for k in range(rows.size):
        people_ahead(rows, k, rows.size, workers)
        i = unsigned(rows[k])
        if workers.status[i] == _IN_TRAINING:
            market.money[_BENEFITS] += benefit(workers.regime[i], workers.wage[i], p[2])
        seekers[unsigned(n)] = i
        n += _without_work(i, _drawn(month[0], i), month, workers, firms, market, rates, p)
    return n


@compiled
def _outsiders(rows, month, seekers, n):  # type: ignore[no-untyped-def]
    for k in range(rows.size):
        seekers[unsigned(n)] = rows[k]
        n += _drawn(month[0], unsigned(rows[k])) < month[7]
    return n


@compiled
def _crowding(market, p):  # type: ignore[no-untyped-def]
    """Unemployment around relative to what the zone's own changes have not made it.

    Commuters follow jobs around the zone when these move with the nation: nobody is put out.
    """
    c, people = market.conditions, market.people
    if c[_UNEMPLOYED_BASE] == 0.0:
        return 1.0
    jobs = c[_OUTSIDE_JOBS]
    out = people[1, _WORKING_OUTSIDE] - c[_OUTSIDE_BASE] * jobs
    come = people[0, _PERMANENT] + people[0, _FIXED_TERM] - c[_COMMUTERS_BASE] * jobs
    return mobility.crowding(out - come, c[_UNEMPLOYED_BASE], p)


@compiled
def _month(key, t, market, rates, p):  # type: ignore[no-untyped-def]
    """What is the same for all this month.

    Key, month, factor of out-migration, exit rate, rate of outside jobs, rate of return, share of
    outside jobs lost, rate of search of outsiders, factor of returns, rates of businesses of the
    unemployed and of permanent employees, factor of the ends of permanent jobs.
    """
    c = market.conditions
    here, outside = c[_RATIO], c[_OUTSIDE_RATIO]
    wanted = mobility.outside_jobs(outside, c[_OUTSIDE_START], c[_OUTSIDE_RATE])
    change = mobility.outside_change(c[_OUTSIDE_JOBS], wanted)
    c[_OUTSIDE_JOBS] *= 1.0 + change
    # Where there are fewer jobs, fewer fall vacant: what is lost outside is not soon made up for.
    around = outside * _crowding(market, p[3])
    found = mobility.outside_job_rate(rates.outside_job, here, around, p[3]) * c[_OUTSIDE_JOBS]
    # Openings outside are what they are: each finds less when all search more.
    effort = 1.0
    if c[_EFFORT_BASE] > 0.0:
        effort = max(c[_EFFORT] / max(c[_EFFORT_PEOPLE], 1.0), _LEAST_EFFORT)
        found *= c[_EFFORT_BASE] / effort
    c[_EFFORT] = 0.0
    c[_EFFORT_PEOPLE] = 0.0
    # Jobs that come back outside are taken by the unemployed of all zones, this one's included.
    held = market.people[1, _WORKING_OUTSIDE] / max(market.people[1, _UNEMPLOYED], 1) / effort
    missed = c[_FOUND_BASE] - c[_FOUND] if c[_FOUND_BASE] > 0.0 else 0.0
    back = separations.return_factor(missed, c[_RETURNED], here, p[0])
    return (
        key,
        t,
        min(mobility.out_migration_factor(here, outside, p[3]), LARGEST_FACTOR),
        separations.exit_rate(here, p[0]),
        found + max(change, 0.0) * held,
        rates.inactive_to_unemployment * back,
        max(-change, 0.0),
        p[1].search_outsiders
        * rates.outsiders
        * mobility.outsiders_search(c[_SLACK], here, around, p[3]),
        back,
        separations.business_rate(rates.business, here),
        rates.business_employed,
        separations.quits_factor(c[_SLACK] * here, p[0]),
    )


@compiled_allocating
def separate(workers, firms, market, rates, key, ranges, t, events, seekers, p, training):  # type: ignore[no-untyped-def]
    """All monthly events of people, in the order of statuses, then of rows.

    ranges : int64[n, 2] rows in use
    events, seekers : int32[rows + 1], scratch    training : instruments record
    p : (separations, search, wages, demography, closure)
    Returns the number of people in `seekers` who search.
    """
    month = _month(key, t, market, rates, p)
    moving = largest_move(market)
    bounds = np.empty(N_CLASSES, np.uint16)
    monthly_bounds(month, rates, moving, p, bounds)
    n = 0
    for r in range(ranges.shape[0]):
        n = candidates(workers.watch, ranges[r, 0], ranges[r, 1], key, bounds, seekers, n)
    starts = np.empty((2, N_STATUS + 1), np.int64)
    by_status(workers.status, seekers, n, starts, events)
    efforts = efforts_by_duration(p[1])
    event = np.empty(n, np.uint8)
    market.money[_BENEFITS] = 0
    n = 0
    for status in range(N_STATUS):
        rows = events[starts[0, status] : starts[0, status + 1]]
        if status == _PERMANENT or status == _FIXED_TERM:
            n = _employees(rows, month, moving, workers, firms, market, p, event, seekers, n)
        elif status == _SELF_EMPLOYED or status == _WORKING_OUTSIDE:
            n = _others(rows, month, workers, firms, market, p, seekers, n)
        elif status == _UNEMPLOYED:
            n = _jobless(rows, month, efforts, workers, firms, market, p, training, seekers, n)
        elif status == _IN_TRAINING or status == _HALO or status == _INACTIVE:
            n = _without(rows, month, workers, firms, market, rates, p, seekers, n)
        elif status == _OUTSIDER:
            n = _outsiders(rows, month, seekers, n)
    return n
