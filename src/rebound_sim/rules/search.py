"""Search: how many applications, where, to whom; and how a firm ranks applicants.

`p` is the record of topic `search`.
"""

from __future__ import annotations

import math

from rebound_sim.compilation import compiled, inlined

#: Months over which search rises before insurance ends (Marinescu and Skandalis 2021: a year).
EXHAUSTION = 12.0


@compiled
def effort_by_duration(months, p):  # type: ignore[no-untyped-def]
    """Applications of an unemployed person of middle age in a month, before rounding.

    months : duration of the spell [month], ≥ 0. Falls up to a cap. Source: Kroft et al. 2013.
    """
    return p.applications_unemployed * math.exp(-p.effort_decay * min(months, p.duration_cap))


@inlined
def by_support(months, p):  # type: ignore[no-untyped-def]
    """Search in CSP or leave relative to others': slow at first, then faster, up to one.

    months : since the layoff. Source: Unédic 2016 (exits from the registers triple over the year).
    """
    rise = min(months / p.support_rise, 1.0) ** p.support_shape
    return p.support_effort + (1.0 - p.support_effort) * rise


@inlined
def insurance_left(regime, in_course, months):  # type: ignore[no-untyped-def]
    """Months of insurance left: 0 without any, `EXHAUSTION` where more follows.

    regime : state.codes.Regime; CSP and leave come before insurance    in_course : True during a
    course, which is paid    months : to the end of the regime.
    """
    if regime == 0:
        return 0.0
    if regime > 1 or in_course:
        return EXHAUSTION
    return float(months)


@inlined
def by_insurance(left, p):  # type: ignore[no-untyped-def]
    """Search relative to that of a person who has half of `EXHAUSTION` left: more near the end.

    left : months of insurance left, 0 without any. Source: Marinescu and Skandalis 2021.
    """
    far = min(max(left / EXHAUSTION, 0.0), 1.0)
    return (1.0 + p.exhaustion_rise * (1.0 - far)) / (1.0 + 0.5 * p.exhaustion_rise)


@inlined
def effort(amount, age, supported, months, left, p):  # type: ignore[no-untyped-def]
    """Applications of an unemployed person in a month, before rounding.

    amount : from `effort_by_duration`    age : year    supported : 1 in CSP or leave, before a
    course    months : duration of the spell    left : as in `by_insurance`
    Less after 50; less with support, most so at first; more as insurance runs out. Sources: Insee
    Première 1661; Unédic; Marinescu and Skandalis 2021.
    """
    by_age = p.old_effort if age >= 50.0 else p.young_effort if age < 25.0 else 1.0
    with_support = by_support(months, p) if supported else 1.0
    return amount * by_age * with_support * by_insurance(left, p)


@inlined
def effort_outside(amount, age, supported, months, left, p):  # type: ignore[no-untyped-def]
    """Effort relative to that of a person of middle age in the first month, half a year insured.

    Arguments as in `effort`. Scales the chance of a job outside the zone.
    """
    return effort(amount, age, supported, months, left, p) / p.applications_unemployed


@inlined
def relative_effort(months, age, supported, left, p):  # type: ignore[no-untyped-def]
    """As `effort_outside`, from the duration of the spell."""
    return effort_outside(effort_by_duration(months, p), age, supported, months, left, p)


@compiled
def screening_slope(relative_tightness, p):  # type: ignore[no-untyped-def]
    """Loss of score per month without work: larger in a tight market (Kroft et al. 2013).

    relative_tightness : vacancies per unemployed over its value at t = 0, > 0.
    """
    return p.screening_decay * relative_tightness**p.screening_tightness


@inlined
def standing(months, slope, trained, employed, counselled, ease, p):  # type: ignore[no-untyped-def]
    """Part of a score that an applicant carries to every firm.

    months : months without work    slope : score lost per month, from `screening_slope`
    trained, employed, counselled : 0/1    ease : employability, standard normal
    """
    return (
        p.score_trained * trained
        + p.score_employed * employed
        + p.score_counselled * counselled
        + p.score_ease * ease
        - slope * min(months, p.duration_cap)
    )


@inlined
def outside_by_person(ease, p):  # type: ignore[no-untyped-def]
    """Chance of a job outside the zone relative to others', by employability, at most 4."""
    return min(math.exp(p.score_ease * ease), 4.0)


@inlined
def best_score(noise, related, standing, p):  # type: ignore[no-untyped-def]
    """Score of an application for a post that asks the applicant's own level: its highest.

    In s.d. of what only the firm sees. noise : standardised    related : relatedness of sectors in
    [0, 1]    standing : from `standing`.
    """
    return noise * p.score_noise + p.score_related * related + standing


@inlined
def applicant_score(best, level, level_asked, p):  # type: ignore[no-untyped-def]
    """Score that a firm gives to an applicant. Below `score_threshold` nobody is hired.

    best : from `best_score`    level, level_asked : qualification 0-3.
    """
    above = float(level) - float(level_asked)
    return best + p.score_below * min(above, 0.0) - p.score_above * max(above, 0.0)


@inlined
def reservation_wage(last_wage, months, p):  # type: ignore[no-untyped-def]
    """Lowest accepted gross wage of a person without work [EUR/month], nearly flat over the spell.

    Source: Krueger and Mueller 2016: -0.05 to -0.14 % a week.
    """
    ratio = p.reservation - p.reservation_decay * min(months, p.duration_cap)
    return last_wage * max(ratio, 0.0)
