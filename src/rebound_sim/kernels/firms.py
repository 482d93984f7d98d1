"""Phase "firms": demand, layoffs, failures, entries, vacancies; and the closing site's layoffs.

Reads market indices. Writes firm cells, worker cells through `moves`, market sums.
Draws: FIRM_SHOCK, FIRM_FAILURE, FIRM_ENTRY, LAYOFF_SKILL (one uniform per firm and month; per
layoff for the skill).
"""

from __future__ import annotations

import math

from rebound_sim.compilation import compiled, inlined, unsigned
from rebound_sim.kernels.conditions import account_for_causes
from rebound_sim.kernels.moves import age_years, join_firm, leave_firm, lose_job, set_status
from rebound_sim.rng.draws import bits, uniform, uniform_pair, unit
from rebound_sim.rules import demand as rules
from rebound_sim.rules.projects import posts_to_staff
from rebound_sim.state.codes import FirmKind, FirmState, Regime, Status
from rebound_sim.state.market import N_SECTORS, Condition, Flow

_OPEN = int(FirmState.OPEN)
_CLOSED = int(FirmState.CLOSED)
_LATENT = int(FirmState.LATENT)
_SITE = int(FirmKind.CLOSING_SITE)
_START_UP = int(FirmKind.START_UP)
_SUCCESSOR = int(FirmKind.SUCCESSOR)
_UNEMPLOYED = int(Status.UNEMPLOYED)
_RETIRED = int(Status.RETIRED)
_WORKING_OUTSIDE = int(Status.WORKING_OUTSIDE)
_CSP = int(Regime.CSP)
_LEAVE = int(Regime.REDEPLOYMENT_LEAVE)
_LOSS = int(Condition.SITE_LOSS)
_HOUSEHOLD = int(Condition.HOUSEHOLD_DEMAND)
_LAYOFFS = int(Flow.LAYOFFS)
_FAILURES = int(Flow.FIRM_FAILURES)
_ENTRIES = int(Flow.FIRM_ENTRIES)
_LOST = int(Flow.JOBS_LOST_FAILURES)
_RETIREMENTS = int(Flow.RETIREMENTS)
#: Addresses of a transfer of staff, beyond those of layoffs (65,536 a month).
_TRANSFER = 1 << 40


@inlined
def _join(i, regime, until, workers):  # type: ignore[no-untyped-def]
    """Start of CSP or leave: a course of an earlier spell is no part of this one."""
    workers.regime[i] = regime
    workers.until[i] = until
    workers.trained[i] = 0


@inlined
def _lay_off(i, t, u, workers, firms, market, wages, closure):  # type: ignore[no-untyped-def]
    """Economic layoff of one person: CSP for those who take it up, else ordinary insurance."""
    market.flows[_LAYOFFS] += 1
    lose_job(i, t, _UNEMPLOYED, workers, firms, market, wages)
    if workers.resident[i] == 1 and workers.regime[i] != 0 and u < closure.csp_takeup:
        _join(i, _CSP, t + int(closure.csp_months), workers)


@inlined
def _skill_drawn(f, u, firms):  # type: ignore[no-untyped-def]
    """Level of qualification drawn in proportion to the staff of firm f (not empty)."""
    target = u * firms.employment[f]
    q = 0
    while q < 3 and target >= firms.members[f, q]:
        target -= firms.members[f, q]
        q += 1
    while q > 0 and firms.members[f, q] == 0:
        q -= 1
    while q < 3 and firms.members[f, q] == 0:
        q += 1
    return q


@compiled
def _lay_off_many(f, number, t, keys, workers, firms, market, wages, closure):  # type: ignore[no-untyped-def]
    """Layoffs of firm f, last hired first within each skill."""
    for k in range(number):
        word = bits(keys.layoff_skill, f * 65536 + k)
        i = unsigned(firms.last_member[f, _skill_drawn(f, unit(word), firms)])
        _lay_off(i, t, uniform(keys.layoff_skill, word), workers, firms, market, wages, closure)


@compiled
def close_firm(f, t, keys, workers, firms, market, wages, closure):  # type: ignore[no-untyped-def]
    """Close firm f: everyone is laid off; the row stays, closed."""
    market.flows[_FAILURES] += 1
    market.flows[_LOST] += firms.employment[f]
    _lay_off_many(f, firms.employment[f], t, keys, workers, firms, market, wages, closure)
    firms.state[f] = _CLOSED
    firms.vacancies[f] = 0
    firms.desired[f] = 0
    firms.project_jobs[f] = 0.0
    firms.project_posts[f] = 0.0


@inlined
def _grow(f, t, key, firms, industrial, p):  # type: ignore[no-untyped-def]
    """The firm's own change of demand, if one occurs this month."""
    firms.transitory[f] *= 1.0 - p.transitory_decay
    u = uniform(key, f)
    if u < p.shock_rate:
        size = firms.scale[f]
        change = rules.growth_shock(u / p.shock_rate, size, p)
        lasts = rules.lasting_shock(change, size, rules.transitory_part(size, p), p)
        firms.scale[f] *= math.exp(lasts)
        firms.transitory[f] = (1.0 + firms.transitory[f]) * math.exp(change - lasts) - 1.0
        if firms.kind[f] != _SUCCESSOR:
            firms.scale[f] *= rules.growth_of_survivors(
                firms.employment[f], float(t - firms.born[f]), industrial, p
            )


@inlined
def _fails(f, t, site_loss, key, firms, market, p):  # type: ignore[no-untyped-def]
    """True if open firm f fails this month; successors of a site have their own rule."""
    u = uniform(key, f)
    if u >= p.failure_largest or firms.kind[f] == _SUCCESSOR:
        return False
    age = float(t - firms.born[f])
    s = firms.sector[f]
    relative_demand = (1.0 - firms.exposure[f] * site_loss) * min(market.factor[s], 1.0)
    probability = rules.failure_probability(
        firms.employment[f], age, relative_demand, market.industrial[s], p
    )
    if t < firms.protected_until[f]:
        probability *= 1.0 - firms.protection[f]
    return u < probability


@compiled
def failing(firms, market, key, last, t, p, rows):  # type: ignore[no-untyped-def]
    """Firms that `demand` will close this month, as nothing that it does before changes which.

    key : of failures    last : rows of firms in use    rows : int32[last], written.
    Returns how many.
    """
    site_loss = market.conditions[_LOSS]
    n = 0
    for row in range(last):
        f = unsigned(row)
        open_ = firms.state[f] == _OPEN and firms.kind[f] != _SITE
        if open_ and _fails(f, t, site_loss, key, firms, market, p):
            rows[n] = f
            n += 1
    return n


@compiled
def demand(workers, firms, market, keys, first, last, t, p, wages, closure):  # type: ignore[no-untyped-def]
    """Demand, failures, layoffs and vacancies of all open firms; accounts of causes.

    first, last : rows of firms in use    p, wages, closure : records
    keys : record of stream keys of the month.
    The closing site is left to `closing_site`.
    """
    for s in range(N_SECTORS):
        market.sector_scale[s] = 0.0
    site_loss = market.conditions[_LOSS]
    for row in range(first, last):
        f = unsigned(row)
        if firms.state[f] != _OPEN or firms.kind[f] == _SITE:
            continue
        s = firms.sector[f]
        firms.scale[f] *= 1.0 + market.growth[s]
        _grow(f, t, keys.firm_shock, firms, market.industrial[s], p)
        calls = rules.capacity(
            firms.scale[f],
            firms.transitory[f],
            market.factor[s],
            firms.exposure[f],
            site_loss,
            firms.shield[f],
            market.trend[s],
            firms.project_jobs[f],
        )
        market.sector_scale[s] += firms.scale[f] * (1.0 + firms.transitory[f])
        if _fails(f, t, site_loss, keys.firm_failure, firms, market, p):
            close_firm(f, t, keys, workers, firms, market, wages, closure)
            continue
        desired = int(calls + firms.rounding[f])
        firms.desired[f] = desired
        present = firms.employment[f]
        firms.project_posts[f] = posts_to_staff(firms.project_posts[f], desired - present)
        u = uniform_pair(keys.firm_shock, f, 1)
        if desired > present:
            firms.vacancies[f] = rules.posted_vacancies(desired - present, firms.vacancies[f], u, p)
        else:
            firms.vacancies[f] = 0
            number = rules.layoffs(present, desired, u, p)
            if number > 0:
                _lay_off_many(f, number, t, keys, workers, firms, market, wages, closure)
    account_for_causes(market, firms, first, last)


@compiled
def enter(firms, market, rates, key, first, last, t, p):  # type: ignore[no-untyped-def]
    """Start-ups of the month open if their fixed draw is below the entry probability.

    first, last : rows of the candidates whose month has come.
    """
    probability = rules.entry_probability(market.conditions[_HOUSEHOLD], rates.entry_margin, p)
    for f in range(first, last):
        waiting = firms.state[f] == _LATENT and firms.kind[f] == _START_UP
        if waiting and uniform(key, f) < probability:
            firms.state[f] = _OPEN
            firms.born[f] = t
            market.flows[_ENTRIES] += 1


@compiled
def one_month(  # type: ignore[no-untyped-def]
    workers, firms, market, rates, keys, entry_key, candidates, last, t, p, wages, closure
):
    """Start-ups, then demand: one call for both, as each reads the header of every column anew.

    candidates : (first, last) rows of start-ups whose month has come    entry_key : FIRM_ENTRY key
    last : rows of firms in use. Other arguments as in `demand`.
    """
    enter(firms, market, rates, entry_key, candidates[0], candidates[1], t, p)
    demand(workers, firms, market, keys, 0, last, t, p, wages, closure)


@compiled
def closing_site(  # type: ignore[no-untyped-def]
    f, number, mode, t, key, person_key, workers, firms, market, wages, closure, redeployed, out
):
    """One tranche of the closing site: `number` people leave it, last hired first by skill.

    key, person_key : draws by firm, draws by person
    mode : regime given (CSP or redeployment leave)    redeployed : share moved inside the group
    out : int32[...] rows of those who left, written. Returns how many.
    People old enough may retire early; others are redeployed outside the zone or laid off.
    """
    left = 0
    for k in range(min(number, firms.employment[f])):
        i = firms.last_member[f, _skill_drawn(f, uniform_pair(key, f, t * 65536 + k), firms)]
        u = uniform_pair(person_key, i, 1)
        age = age_years(workers.birth[i], t)
        market.flows[_LAYOFFS] += 1
        workers.displaced[i] = 1
        out[left] = i
        left += 1
        lose_job(i, t, _UNEMPLOYED, workers, firms, market, wages)
        if workers.resident[i] == 0:
            continue
        if age >= closure.early_exit_age and u < closure.early_exit_share:
            market.flows[_RETIREMENTS] += 1
            workers.regime[i] = 0
            set_status(i, _RETIRED, workers, market)
        elif uniform_pair(person_key, i, 2) < redeployed:
            workers.regime[i] = 0
            set_status(i, _WORKING_OUTSIDE, workers, market)
        elif mode == _LEAVE:
            _join(i, _LEAVE, t + int(closure.leave_months), workers)
        elif uniform_pair(person_key, i, 3) < closure.csp_takeup:
            _join(i, _CSP, t + int(closure.csp_months), workers)
    return left


@compiled
def open_vacancies_of_site(f, jobs, firms):  # type: ignore[no-untyped-def]
    """Before the announcement the site replaces those who leave; none after (jobs = 0)."""
    firms.desired[f] = jobs
    firms.vacancies[f] = max(jobs - firms.employment[f], 0)


@compiled
def open_successor(f, jobs, t, firms):  # type: ignore[no-untyped-def]
    """Open the row of a buyer or of new activities on the site, for `jobs` jobs."""
    firms.state[f] = _OPEN
    firms.scale[f] = jobs
    firms.transitory[f] = 0.0
    firms.born[f] = t


@compiled
def transfer(f, g, number, key, workers, firms, market):  # type: ignore[no-untyped-def]
    """Move `number` employees of firm f to firm g, longest-serving first by skill.

    Contracts, wages and seniority go with them (transfer of undertaking).
    """
    for k in range(number):
        q = _skill_drawn(f, uniform_pair(key, f, _TRANSFER + k), firms)
        i = firms.first_member[f, q]
        leave_firm(i, workers, firms, market)
        join_firm(i, g, workers, firms, market)
