"""What ends a spell. One uniform decides among competing events, in a fixed order.

The order puts events whose probability never depends on policy first, so that a policy moves
only the last boundaries. `p` is the record of topic `separations`.
"""

from __future__ import annotations

import math

from rebound_sim.compilation import compiled, inlined

NOTHING = 0
TO_UNEMPLOYMENT = 1
TO_INACTIVITY = 2
TO_HALO = 3
MIGRATE = 4
SEARCH = 5
CONVERT = 6
TRAINING = 7
BUSINESS = 8
OUTSIDE_JOB = 9
REVIEW = 10

#: Bounds of the sweep: most that a new job multiplies a hazard by, and most that a person does.
MOST_NEW, MOST_PERSON = 12.0, 2.5
#: Most that few unemployed people multiply the ends of permanent jobs by.
MOST_QUITS = 1.5


@inlined
def by_person(ease, slope):  # type: ignore[no-untyped-def]
    """Factor of a hazard for a person: movers have more of it, stayers less.

    ease : employability, standard normal among people alike    slope : log per s.d.
    Between 0 and `MOST_PERSON`.
    """
    return min(math.exp(-slope * ease), MOST_PERSON)


@inlined
def permanent_hazard(tenure, ease, p):  # type: ignore[no-untyped-def]
    """Factor of the rates at which a permanent job ends: falls with tenure, differs by person.

    tenure : month, ≥ 0    ease : as in `by_person`. Between 0 and `MOST_NEW`.
    Source: Dares Analyses 2015-005 (36 % of new permanent contracts end within a year, half of
    those that end have lasted less than two years, 91 % of holders have a year of tenure).
    """
    new = 1.0 + p.tenure_excess * math.exp(-tenure / p.tenure_time)
    return min(new * math.exp(-p.stayers * ease), MOST_NEW)


@compiled
def quits_factor(unemployment, p):  # type: ignore[no-untyped-def]
    """Factor of the rates at which permanent jobs end: people seldom resign when jobs are rare.

    unemployment : relative to the zone's in the reference year, > 0. Layoffs that firms decide are
    not among these rates (`rules.demand.layoffs`). Between 0 and `MOST_QUITS`.
    Source: Dares (resignations by quarter).
    """
    resigned = unemployment ** (-p.quit_slack)
    return min(1.0 + p.quit_share * (resigned - 1.0), MOST_QUITS)


@inlined
def search_on_the_job(rate, tenure, p):  # type: ignore[no-untyped-def]
    """Monthly share of permanent employees who look elsewhere: more in a new job (same source)."""
    return rate * (1.0 + p.tenure_quits * math.exp(-tenure / p.tenure_time))


@inlined
def permanent_most(hazard, business, migration, search, review, p):  # type: ignore[no-untyped-def]
    """Probability that anything happens to a permanent employee; as `permanent_event`."""
    ends = p.permanent_to_unemployment + p.permanent_to_inactivity
    return ends * hazard + business + search + migration + review


@inlined
def permanent_event(u, hazard, business, migration, search, review, p):  # type: ignore[no-untyped-def]
    """Event of a permanent employee. Rates per month (review : of pay); returns an event code.

    hazard : from `permanent_hazard`    business : to self-employment.

    Source: Insee, quarterly transitions (parameters `separations.permanent_*`).
    """
    edge = p.permanent_to_unemployment * hazard
    if u < edge:
        return TO_UNEMPLOYMENT
    edge += p.permanent_to_inactivity * hazard
    if u < edge:
        return TO_INACTIVITY
    edge += business
    if u < edge:
        return BUSINESS
    edge += search
    if u < edge:
        return SEARCH
    edge += migration
    if u < edge:
        return MIGRATE
    if u < edge + review:
        return REVIEW
    return NOTHING


@inlined
def fixed_term_most(hazard, migration, search, p):  # type: ignore[no-untyped-def]
    """Probability that anything happens to a fixed-term employee; as `fixed_term_event`."""
    ends = p.fixed_term_to_unemployment + p.fixed_term_to_inactivity
    return ends * hazard + p.conversion + search + migration


@inlined
def fixed_term_event(u, hazard, migration, search, p):  # type: ignore[no-untyped-def]
    """Event of a fixed-term employee: end, conversion, search, migration.

    hazard : factor of the ends, from `by_person`.
    """
    edge = p.fixed_term_to_unemployment * hazard
    if u < edge:
        return TO_UNEMPLOYMENT
    edge += p.fixed_term_to_inactivity * hazard
    if u < edge:
        return TO_INACTIVITY
    edge += p.conversion
    if u < edge:
        return CONVERT
    edge += search
    if u < edge:
        return SEARCH
    if u < edge + migration:
        return MIGRATE
    return NOTHING


@inlined
def unemployed_event(u, business, exit_rate, migration, outside, training, p):  # type: ignore[no-untyped-def]
    """Event of an unemployed person; SEARCH when nothing else happens.

    exit_rate : to inactivity or halo    business : to self-employment    migration, outside,
    training : monthly rates. Source: Insee 2019-2024 (22.4-22.7 % a quarter leave activity).
    """
    edge = business
    if u < edge:
        return BUSINESS
    if u < edge + exit_rate * p.exit_to_halo:
        return TO_HALO
    edge += exit_rate
    if u < edge:
        return TO_INACTIVITY
    edge += migration
    if u < edge:
        return MIGRATE
    edge += outside
    if u < edge:
        return OUTSIDE_JOB
    if u < edge + training:
        return TRAINING
    return SEARCH


@inlined
def halo_event(u, scale, back, p):  # type: ignore[no-untyped-def]
    """Event of a person who wants work without being ILO-unemployed.

    scale : zone's speed    back : factor of returns to unemployment, from `return_factor`.
    """
    edge = scale * p.halo_to_unemployment * back
    if u < edge:
        return TO_UNEMPLOYMENT
    if u < edge + scale * p.halo_to_inactivity:
        return TO_INACTIVITY
    return SEARCH


@inlined
def inactive_event(u, age, attached, ease, to_unemployment, search, migration, p):  # type: ignore[no-untyped-def]
    """Event of a plainly inactive person: back to activity seldom when old, soon if attached.

    attached : 1 while insurance earned in a last job has not run out    ease : as in `by_person`
    to_unemployment, search, migration : monthly rates.
    """
    weight = p.old_inactive if age >= p.old_age else 1.0
    if attached:
        weight *= p.attached_return
    # Most who search do so whatever their own factor: no need to compute it.
    if weight * MOST_PERSON * to_unemployment <= u < weight * search:
        return SEARCH
    edge = weight * by_person(ease, -p.attachment) * to_unemployment
    if u < edge:
        return TO_UNEMPLOYMENT
    edge += weight * search
    if u < edge:
        return SEARCH
    if u < edge + migration:
        return MIGRATE
    return NOTHING


@inlined
def outside_worker_event(u, lost, migration, search, p):  # type: ignore[no-untyped-def]
    """Event of a resident who works outside the zone.

    lost : share of outside jobs that go this month, beside the usual ends.
    """
    edge = p.outside_job_end + lost
    if u < edge:
        return TO_UNEMPLOYMENT
    edge += search
    if u < edge:
        return SEARCH
    if u < edge + migration:
        return MIGRATE
    return NOTHING


@inlined
def self_employed_event(u, migration, p):  # type: ignore[no-untyped-def]
    """Event of a self-employed resident."""
    edge = p.self_employed_exit
    if u < edge * p.self_employed_searching:
        return TO_UNEMPLOYMENT
    if u < edge:
        return TO_INACTIVITY
    if u < edge + migration:
        return MIGRATE
    return NOTHING


@compiled
def exit_rate(unemployment_ratio, p):  # type: ignore[no-untyped-def]
    """Monthly exit from unemployment to inactivity, which depends on local unemployment.

    unemployment_ratio : local unemployment rate over its value at t = 0.
    """
    rate = p.unemployed_to_inactivity * (1.0 + p.discouragement * (unemployment_ratio - 1.0))
    return min(max(rate, 0.0), 0.3)


@compiled
def business_rate(base, unemployment_ratio):  # type: ignore[no-untyped-def]
    """Monthly rate at which the unemployed start a business: as many businesses in a slump.

    base : at t = 0    unemployment_ratio : local rate over its value at t = 0. Assumed: businesses
    follow local custom, not the number who would start one.
    """
    return base / max(unemployment_ratio, 0.2)


@compiled
def return_factor(missed, returned, unemployment_ratio, p):  # type: ignore[no-untyped-def]
    """Factor of the rates at which people outside the labour force come to be unemployed.

    missed : hires of the inactive that an ordinary month has and this one has not, per inactive
    person    returned : their usual returns to unemployment, per inactive person
    unemployment_ratio : local rate over its value at t = 0.
    Who looks for work from inactivity and finds none is unemployed: those who leave inactivity are
    as many in a slump, but to other states; others of the household look too (Elsby, Hobijn, Sahin
    2015; size assumed). Between 0.2 and `MOST_PERSON`.
    """
    failed = 1.0 + p.failed_search * missed / max(returned, 1.0e-6)
    return min(max(failed * unemployment_ratio**p.added_search, 0.2), MOST_PERSON)


@inlined
def course_months(u, supported, p):  # type: ignore[no-untyped-def]
    """Length of a training course [month]: exponential, from 1; longer in CSP or leave.

    u : uniform in (0, 1)    supported : 1 in CSP or leave    p : record of topic `instruments`.
    """
    mean = p.training_months_support if supported else p.training_months
    length = math.floor(0.5 - mean * math.log(1.0 - u))
    return int(min(max(length, 1.0), p.training_longest))
