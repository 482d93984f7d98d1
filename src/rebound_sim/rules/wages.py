"""Wages, human capital and benefits. `p` is the record of topic `wages`."""

from __future__ import annotations

import math

from rebound_sim.compilation import compiled, inlined


@compiled
def wage_offer(general, specific, premium, base, p):  # type: ignore[no-untyped-def]
    """Gross monthly wage at a wage index of 1, in whole euros (as float).

    general, specific, premium : log    base : EUR/month, wage of the sector in the zone
    Never below the legal minimum. The firm's premium is what displaced workers lose most
    (Brandily, Hémet and Malgouyres 2022).
    """
    return math.floor(max(base * math.exp(general + specific + premium), p.minimum) + 0.5)


@compiled
def experience(age, p):  # type: ignore[no-untyped-def]
    """General human capital of experience [log], 0 at 40: grows with age up to 60.

    age : year.
    """
    return p.experience_return * (min(age, 60.0) - 40.0)


@compiled
def specific_capital(at_start, months, p):  # type: ignore[no-untyped-def]
    """Sector-specific human capital after `months` in the sector [log], below `specific_max`."""
    left = (p.specific_max - at_start) * math.exp(-months / p.specific_time)
    return p.specific_max - max(left, 0.0)


@compiled
def transferred(specific, related):  # type: ignore[no-untyped-def]
    """Specific capital kept on a change of sector: in proportion to relatedness in [0, 1]."""
    return specific * related


@compiled
def wage_index(previous, unemployment_ratio, p):  # type: ignore[no-untyped-def]
    """Local wage index next month: partial adjustment to the wage curve.

    unemployment_ratio : local rate over its value at t = 0, > 0: the level counts, whatever has
    become usual, as in the source (within places, over time).
    Source: Blanchflower and Oswald (elasticity about -0.1).
    """
    target = unemployment_ratio**p.curve
    return previous + p.curve_speed * (target - previous)


@compiled
def benefit(regime, last_wage, p):  # type: ignore[no-untyped-def]
    """Monthly income support in whole euros (as int): nothing without a regime.

    regime : state.codes.Regime    last_wage : EUR/month gross. Source: Unédic.
    """
    if regime == 0:
        return 0
    if regime == 1:
        return int(p.replacement_ordinary * last_wage)
    return int(p.replacement_support * last_wage)


@inlined
def longest_insurance(age, p):  # type: ignore[no-untyped-def]
    """Months of ordinary insurance at most, by age [year]. Source: Unédic."""
    return p.months_ordinary_old if age >= p.insurance_old_age else p.months_ordinary


@compiled
def insured_months(tenure_months, age, p):  # type: ignore[no-untyped-def]
    """Months of ordinary insurance after a job: as long as the job, capped by age; 0 if short."""
    if tenure_months < p.months_insured:
        return 0
    return int(min(tenure_months, longest_insurance(age, p)))
