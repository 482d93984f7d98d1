"""What a firm wants: demand, desired employment, vacancies, layoffs, failure, entry.

`p` is the record of topic `demand`.
"""

from __future__ import annotations

import math

import numpy as np

from rebound_sim.compilation import compiled, inlined
from rebound_sim.rng.draws import laplace_quantile


@inlined
def shock_scale(size, p):  # type: ignore[no-untyped-def]
    """Scale of the Laplace law of a change of demand (log), falling with size."""
    spread = p.shock_sd * max(size, 1.0) ** p.shock_size_exponent
    return min(spread / math.sqrt(24.0 * p.shock_rate), 0.7)


@compiled
def growth_shock(u, size, p):  # type: ignore[no-untyped-def]
    """Change of a firm's demand (log) when one occurs.

    u : uniform in (0, 1)    size : employees, ≥ 0    p : demand parameters
    Returns float [log]: Laplace with a scale that falls with size and a mean that keeps expected
    demand unchanged. Changes arrive at random, so that growth over a year has fatter tails than
    Laplace. Source: Bottazzi et al. 2011; Stanley et al. 1996.
    """
    scale = shock_scale(size, p)
    return laplace_quantile(u, scale) + math.log(1.0 - scale * scale)


@compiled
def lasting_shock(change, size, fades, p):  # type: ignore[no-untyped-def]
    """Part of a change of demand (log) that lasts: it too keeps expected demand unchanged.

    change : from `growth_shock`    fades : share that does not last, in [0, 1]
    A share of a centred change is not centred (Jensen): firms would shrink year after year.
    """
    scale = shock_scale(size, p)
    kept = (1.0 - fades) * scale
    law = change - math.log(1.0 - scale * scale)
    return (1.0 - fades) * law + math.log(1.0 - kept * kept)


@compiled
def transitory_part(size, p):  # type: ignore[no-untyped-def]
    """Share of a change of demand that fades: falls with log size, 0 for large firms.

    Source: LEM WP 2005/21 (growth negatively autocorrelated in small firms).
    """
    if size <= 1.0:
        return p.transitory_share
    # A logarithm of a 4-byte float would be taken in single precision once compiled.
    share = math.log(np.float64(size)) / math.log(p.transitory_size)
    return p.transitory_share * max(0.0, 1.0 - share)


@compiled
def capacity(scale, transitory, factor, exposure, site_loss, shield, trend, project_jobs):  # type: ignore[no-untyped-def]
    """Jobs that demand calls for, before rounding.

    scale : job    transitory : relative    factor : sector demand in the zone, 1 at t = 0
    exposure : share of sales to the closing site    site_loss : share of the site's purchases
    lost and not replaced    shield : share of the sector's decline avoided    trend : sector trend
    project_jobs : capacity added by projects. Returns float [job] ≥ 0.
    """
    demand = scale * (1.0 + transitory) * factor * (1.0 - exposure * site_loss)
    if shield > 0.0 and trend < 1.0:
        demand *= (1.0 - shield) + shield / trend
    return demand + project_jobs


@compiled
def posted_vacancies(gap, already_posted, u, p):  # type: ignore[no-untyped-def]
    """Vacancies open this month: those still needed plus a share of the rest of the gap.

    gap : desired minus present employment, ≥ 0    already_posted : vacancies of last month
    u : uniform that rounds. Returns int in [0, gap].
    """
    kept = min(gap, already_posted)
    return min(gap, kept + int((gap - kept) * p.posting_speed + u))


@compiled
def layoffs(employment, desired, u, p):  # type: ignore[no-untyped-def]
    """Layoffs of a firm this month: a share of its overstaffing beyond a tolerance.

    employment, desired : job    u : uniform that rounds. Returns int in [0, employment].
    """
    over = employment - desired * (1.0 + p.layoff_tolerance)
    if over <= 0.0:
        return 0
    return min(employment, int(over * p.layoff_speed + u))


@compiled
def failure_probability(size, age_months, relative_demand, industrial, p):  # type: ignore[no-untyped-def]
    """Monthly probability that an establishment closes.

    size : employees    age_months : month    relative_demand : demand over base, 1 at t = 0
    industrial : 1 in sectors B-E. Returns float [1/month], at most `failure_largest`.
    Falls with age and size, rises when demand is lost. Source: Insee Première 1852 and 1543.
    """
    young = math.exp(-age_months / p.failure_maturity)
    rate = p.failure_mature + (p.failure_new - p.failure_mature) * young
    rate *= max(size, 1.0) ** p.failure_size_exponent
    rate *= math.exp(p.failure_stress * max(0.0, 1.0 - relative_demand))
    if industrial:
        rate *= p.failure_industry
    return min(rate, p.failure_largest)


@compiled
def growth_of_survivors(size, age_months, industrial, p):  # type: ignore[no-untyped-def]
    """Factor of a firm's demand when a change occurs, which makes up for its chance to close.

    Arguments as in `failure_probability`. Firms that survive grow, the more so as they are small
    and young (Evans 1987; Dunne, Roberts, Samuelson 1989): what a firm is expected to employ is
    what it employs, whatever its age and size. Failures for lost demand are not made up for.
    Returns float ≥ 1.
    """
    closes = failure_probability(size, age_months, 1.0, industrial, p)
    return 1.0 + closes / ((1.0 - closes) * p.shock_rate)


@compiled
def entry_probability(local_demand, margin, p):  # type: ignore[no-untyped-def]
    """Probability that a candidate start-up opens: 1/margin at base local demand."""
    return min(1.0, local_demand**p.entry_elasticity / margin)


@compiled
def recaptured_share(part, sold_nearby, served, elsewhere):  # type: ignore[no-untyped-def]
    """Share of a closed site's sales that other firms of its sector in the zone win in the end.

    part : closing sites' share of the sector's jobs in the zone    sold_nearby : share of its sales
    made to the zone    served : share of the zone's demand met by the zone's firms
    elsewhere : share won of sales made outside by rivals as large as the whole sector
    Customers nearby turn to all who served them, here and outside, in proportion: rivals in the
    zone get (served − the site's part) / (1 − the site's part). The sales won fall with the site's
    part, so that jobs lost rise with its size. Returns float in [0, 1].
    """
    rivals = 1.0 - part
    nearby = served * rivals / max(1.0 - served * part, 1.0e-9)
    return sold_nearby * nearby + (1.0 - sold_nearby) * elsewhere * rivals


@compiled
def replaced_customers(lost, replaced, replaceable, p):  # type: ignore[no-untyped-def]
    """Share of base sales regained elsewhere after local customers were lost, next month.

    lost : share of base local sales now lost (negative if gained)    replaced : share regained
    replaceable : highest share regained, 0 for services that sell only nearby
    Returns float. Fixed coefficients overshoot about twofold; at most `replaceable` is regained.
    """
    return replaced + p.customer_replacement * (replaceable * lost - replaced)
