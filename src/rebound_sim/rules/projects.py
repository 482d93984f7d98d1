"""The funnel: what moves a project, and what a grant changes. `p` is topic `projects`."""

from __future__ import annotations

from rebound_sim.compilation import compiled

#: Size that stands for an outside entrant in rules on firms [person] (assumed: a medium firm).
ENTRANT_SIZE = 50

#: Public money over investment to which `projects.constraint_relief` refers: the mean rate of aid
#: of the recovery plan's fund (FAIIT 2021).
REFERENCE_RATE = 0.106


@compiled
def constraint_probability(size, group, p):  # type: ignore[no-untyped-def]
    """Probability that a sponsor is short of finance: falls with size, smaller inside a group.

    size : employees, ≥ 0    group : 1 if it belongs to a group. Source: aid acts in small firms
    only (Criscuolo et al. 2019; Decramer and Vanormelingen 2016); groups lend to their own.
    """
    probability = p.constraint_small * (max(size, 1.0) / 10.0) ** p.constraint_size
    return min(0.95, probability * (p.constraint_group if group else 1.0))


@compiled
def gap_left(money_rate, p):  # type: ignore[no-untyped-def]
    """Share of financing gaps that public money leaves open.

    money_rate : public money over investment, ≥ 0. Gaps differ in size, exponentially (assumed),
    and each is closed by money in proportion to it: a small sum closes few of them.
    """
    return (1.0 - p.constraint_relief) ** (money_rate / REFERENCE_RATE)


@compiled
def goes_ahead(value, subsidy_rate, money_rate, constraint, probability, p):  # type: ignore[no-untyped-def]
    """Private decision on a mature project: profitable with the subsidy, and financed.

    value : private value per euro invested    subsidy_rate : what public money is worth over the
    investment, ≥ 0    money_rate : the money itself, advances in full, over the investment, ≥ 0
    constraint : fixed uniform of the project    probability : of being short of finance
    Returns bool. More money never turns a yes into a no.
    """
    return value + subsidy_rate >= 0.0 and constraint >= probability * gap_left(money_rate, p)


@compiled
def maturation_gain(days, days_needed, effect):  # type: ignore[no-untyped-def]
    """Progress of maturation from engineering days. effect : 0 (none) to 1 (full), a wide prior."""
    return effect * days / days_needed


@compiled
def ramp_jobs(jobs_delivered, months_since_built, ramp_months):  # type: ignore[no-untyped-def]
    """Capacity of a project during its hiring ramp [job], linear over `ramp_months`."""
    return jobs_delivered * min(1.0, (months_since_built + 1.0) / max(ramp_months, 1.0))


@compiled
def delivered_share(u, p):  # type: ignore[no-untyped-def]
    """Share of promised jobs that will exist: 1 for `delivered_full` of projects, else spread.

    u : uniform, higher for better projects. Source: PAT 0.92, Texas Enterprise Fund 0.61.
    """
    short = 1.0 - p.delivered_full
    if u >= short:
        return 1.0
    return p.delivered_low + (1.0 - p.delivered_low) * u / short


@compiled
def posts_to_staff(posts, gap):  # type: ignore[no-untyped-def]
    """Posts of projects still to staff, one month on: the last of a firm's open posts to be filled.

    posts : posts of projects not staffed last month    gap : desired minus present employment
    Returns float [job]. What exceeds the open posts lapses by a quarter a month and not at once,
    because a ramp opens fractions of posts and a firm whole ones.
    """
    beyond = posts - max(gap, 0)
    return posts - 0.25 * beyond if beyond > 0.0 else posts


@compiled
def posts_share(posts, gap):  # type: ignore[no-untyped-def]
    """Share of a firm's vacancies that are posts of projects. Arguments as in `posts_to_staff`."""
    return posts / max(float(gap), posts) if posts > 0.0 else 0.0
