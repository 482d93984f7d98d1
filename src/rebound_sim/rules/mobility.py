"""Migration and outside jobs. `p` is the record of topic `demography`."""

from __future__ import annotations

from rebound_sim.compilation import compiled

#: Outside jobs lose or gain at most this share in a month.
LARGEST_OUTSIDE_LOSS = 0.02
#: What the zone's commuters may make of unemployment around it.
LEAST_CROWDING, MOST_CROWDING = 0.5, 2.0
#: Non-residents apply at most so many times as often as in the reference.
LARGEST_OUTSIDERS = 2.5


@compiled
def migration_weight(age, qualification, unemployed, p):  # type: ignore[no-untyped-def]
    """Out-migration relative to an employed person of 40-49 without diploma.

    age : year    qualification : level 0-3    unemployed : 0/1. Source: Insee 2014-15.
    """
    if age < 25.0:
        weight = p.migration_young
    elif age < 40.0:
        weight = p.migration_prime
    elif age < 50.0:
        weight = 1.0
    else:
        weight = p.migration_old
    # A whole exponent would be a product once compiled, with other last bits.
    weight *= p.migration_qualified ** float(qualification)
    if unemployed:
        weight *= p.migration_unemployed
    return weight


@compiled
def out_migration_factor(unemployment_ratio, outside_ratio, p):  # type: ignore[no-untyped-def]
    """Out-migration relative to base: rises with local, falls with outside unemployment.

    Both ratios are to t = 0. Pro-cyclical: nobody leaves for a place without jobs.
    """
    return (unemployment_ratio / outside_ratio) ** p.migration_tightness


@compiled
def in_migration_probability(unemployment_ratio, outside_ratio, p):  # type: ignore[no-untyped-def]
    """Probability that a candidate in-migrant comes: 1/margin at base conditions."""
    pull = (outside_ratio / unemployment_ratio) ** p.migration_tightness
    return min(1.0, pull / p.migration_margin)


@compiled
def outside_jobs(ratio, start, rate):  # type: ignore[no-untyped-def]
    """Index of jobs around the zone: the share of active people in work, 1 at t = 0.

    ratio : outside unemployment over its reference, `start` at t = 0    rate : at a ratio of 1.
    """
    return max(1.0 - rate * ratio, 0.1) / max(1.0 - rate * start, 0.1)


@compiled
def outside_change(index, wanted):  # type: ignore[no-untyped-def]
    """Relative change of outside jobs this month: to `wanted`, at most 2 % (bound of the sweep)."""
    return min(max(wanted / index - 1.0, -LARGEST_OUTSIDE_LOSS), LARGEST_OUTSIDE_LOSS)


@compiled
def crowding(more, unemployed, p):  # type: ignore[no-untyped-def]
    """Unemployment around the zone relative to what it would be without the zone's own changes.

    more : people around who have lost a job to it, beyond the usual: its residents who work outside
    and its own posts that non-residents no longer hold    unemployed : of the zone, usual number
    Jobs outside are given: who takes one leaves another person without. Between 0.5 and 2.
    """
    change = more / (p.around_size * max(unemployed, 1.0))
    return min(max(1.0 + change, LEAST_CROWDING), MOST_CROWDING)


@compiled
def outsiders_search(slack, unemployment_ratio, outside_ratio, p):  # type: ignore[no-untyped-def]
    """Applications of non-residents in the zone relative to the reference, at most 2.5.

    slack : national unemployment at the date of t = 0 over that of the reference year: there are as
    many more of them. They turn to other zones when this one's queue is longer than the others'.
    """
    here = (outside_ratio / unemployment_ratio) ** p.outside_search
    return min(slack**p.outsider_slack * here, LARGEST_OUTSIDERS)


@compiled
def outside_job_rate(base, unemployment_ratio, outside_ratio, p):  # type: ignore[no-untyped-def]
    """Monthly rate at which an unemployed resident finds a job outside the zone.

    Ratios to t = 0 as above. Falls with unemployment outside; rises with that of the zone relative
    to outside, since applications go where queues are shorter. Source: Manning and Petrongolo 2017.
    """
    shift = (unemployment_ratio / outside_ratio) ** p.outside_search
    return base * shift * outside_ratio ** (-p.outside_tightness)
