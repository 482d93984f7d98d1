"""Elementary moves of a person: the only code that writes status, employer and counts."""

from __future__ import annotations

from rebound_sim.compilation import compiled, inlined, unsigned
from rebound_sim.rules.wages import (
    experience,
    insured_months,
    specific_capital,
    transferred,
    wage_offer,
)
from rebound_sim.state.codes import FirmKind, Regime, Status
from rebound_sim.state.market import Flow, Money

_PERMANENT = int(Status.PERMANENT)
_FIXED_TERM = int(Status.FIXED_TERM)
_OUTSIDE = int(Status.WORKING_OUTSIDE)
_UNEMPLOYED = int(Status.UNEMPLOYED)
_OUTSIDER = int(Status.OUTSIDER)
_LEFT = int(Status.LEFT)
_SITE = int(FirmKind.CLOSING_SITE)
_ORDINARY = int(Regime.ORDINARY)
_BILL = int(Money.WAGE_BILL)
_E_TO_U = int(Flow.EMPLOYMENT_TO_UNEMPLOYMENT)
_P_TO_U = int(Flow.PERMANENT_TO_UNEMPLOYMENT)
_F_TO_U = int(Flow.FIXED_TERM_TO_UNEMPLOYMENT)
_COMMUTERS_LOST = int(Flow.COMMUTERS_LOST)


@compiled
def age_years(birth, t):  # type: ignore[no-untyped-def]
    """Age in years at month t."""
    return (t - birth) / 12.0


@inlined
def set_status(i, status, workers, market):  # type: ignore[no-untyped-def]
    """Change the status of person i and the counts; wages of residents in work follow.

    Reads and writes workers.status, market.people, market.money; writes workers.watch. The wage
    must be set before.
    """
    old = workers.status[i]
    resident = workers.resident[i]
    market.people[resident, old] -= 1
    market.people[resident, status] += 1
    if resident == 1:
        wage = int(workers.wage[i])
        if _PERMANENT <= old <= _OUTSIDE:
            market.money[_BILL] -= wage
        if _PERMANENT <= status <= _OUTSIDE:
            market.money[_BILL] += wage
    workers.status[i] = status
    workers.watch[i] = status


@inlined
def leave_firm(i, workers, firms, market):  # type: ignore[no-untyped-def]
    """Take person i out of the employer's list and counts. No status is written."""
    f = unsigned(workers.employer[i])
    q = workers.qualification[i]
    before, after = workers.previous_member[i], workers.next_member[i]
    if before >= 0:
        workers.next_member[unsigned(before)] = after
    else:
        firms.first_member[f, q] = after
    if after >= 0:
        workers.previous_member[unsigned(after)] = before
    else:
        firms.last_member[f, q] = before
    workers.next_member[i] = -1
    workers.previous_member[i] = -1
    workers.employer[i] = -1
    firms.members[f, q] -= 1
    firms.employment[f] -= 1
    if firms.kind[f] != _SITE:
        market.sector_jobs[firms.sector[f]] -= 1


@inlined
def join_firm(i, f, workers, firms, market):  # type: ignore[no-untyped-def]
    """Put person i at the end of the employer's list and in its counts. No status is written."""
    q = workers.qualification[i]
    last = firms.last_member[f, q]
    workers.previous_member[i] = last
    workers.next_member[i] = -1
    if last >= 0:
        workers.next_member[unsigned(last)] = i
    else:
        firms.first_member[f, q] = i
    firms.last_member[f, q] = i
    workers.employer[i] = f
    firms.members[f, q] += 1
    firms.employment[f] += 1
    if firms.kind[f] != _SITE:
        market.sector_jobs[firms.sector[f]] += 1


@inlined
def end_job(i, t, workers, wages):  # type: ignore[no-untyped-def]
    """Close the accounts of a job: human capital learnt, insurance earned, start of the spell."""
    tenure = t - workers.since[i]
    workers.specific[i] = specific_capital(workers.specific[i], tenure, wages)
    months = insured_months(tenure, age_years(workers.birth[i], t), wages)
    workers.regime[i] = _ORDINARY if months > 0 else 0
    workers.until[i] = t + months
    workers.since[i] = t


@inlined
def lose_job(i, t, status, workers, firms, market, wages):  # type: ignore[no-untyped-def]
    """An employee of the zone loses the job: to `status` for residents, outside for others."""
    old = workers.status[i]
    leave_firm(i, workers, firms, market)
    end_job(i, t, workers, wages)
    if workers.resident[i] == 0:
        market.flows[_COMMUTERS_LOST] += 1
        set_status(i, _OUTSIDER, workers, market)
        return
    if status == _UNEMPLOYED:
        market.flows[_E_TO_U] += 1
        if old == _PERMANENT:
            market.flows[_P_TO_U] += 1
        else:
            market.flows[_F_TO_U] += 1
    set_status(i, status, workers, market)


@compiled
def leave_zone(i, t, workers, firms, market):  # type: ignore[no-untyped-def]
    """A resident moves out; the row stays, with status LEFT."""
    if workers.employer[i] >= 0:
        leave_firm(i, workers, firms, market)
    workers.since[i] = t
    workers.regime[i] = 0
    set_status(i, _LEFT, workers, market)


@inlined
def review_pay(i, t, workers, firms, market, wages):  # type: ignore[no-untyped-def]
    """Pay follows what was learnt in the job, and the lower rung is over; it never falls."""
    f = unsigned(workers.employer[i])
    specific = specific_capital(workers.specific[i], t - workers.since[i], wages)
    base = market.base_wage[firms.sector[f]]
    general = workers.general[i] + experience(age_years(workers.birth[i], t), wages)
    wage = wage_offer(general, specific, firms.premium[f], base, wages)
    if wage > workers.wage[i]:
        if workers.resident[i] == 1:
            market.money[_BILL] += int(wage) - int(workers.wage[i])
        workers.wage[i] = wage


@inlined
def start_job(i, f, contract, t, from_job, workers, firms, market, wages):  # type: ignore[no-untyped-def]
    """Hire person i in firm f: wage, human capital, list, counts, status."""
    sector = firms.sector[f]
    related = market.related[min(workers.sector[i], 38), sector]
    specific = workers.specific[i]
    if from_job == 1:
        specific = specific_capital(specific, t - workers.since[i], wages)
        if workers.employer[i] >= 0:
            leave_firm(i, workers, firms, market)
        set_status(i, _UNEMPLOYED if workers.resident[i] == 1 else _OUTSIDER, workers, market)
    specific = transferred(specific, related)
    rung = wages.lower_rung * (1.0 - wages.rung_recovery * from_job)
    base = market.base_wage[sector]
    general = workers.general[i] + experience(age_years(workers.birth[i], t), wages)
    workers.wage[i] = wage_offer(general, specific, firms.premium[f] - rung, base, wages)
    workers.specific[i] = specific
    workers.sector[i] = sector
    workers.since[i] = t
    workers.regime[i] = 0
    workers.until[i] = t
    join_firm(i, f, workers, firms, market)
    set_status(i, contract, workers, market)
