"""Phase "matching": deferred acceptance of applicants by vacancies, then hires.

Every person proposes to the vacancies applied to, best-liked first; a vacancy keeps the best
applicant so far (Gale and Shapley 1962). With strict preferences the outcome is unique, so it
does not depend on the order in which people are taken, and one more vacancy or person changes
only the chains that it starts. Draws: CONTRACT (one uniform per person hired).
"""

from __future__ import annotations

import numpy as np

from rebound_sim.compilation import compiled, compiled_allocating, inlined, unsigned
from rebound_sim.kernels.ahead import NEXT, TURNS, prefetch_firm, prefetch_person
from rebound_sim.kernels.moves import start_job
from rebound_sim.kernels.search import apply_all
from rebound_sim.kernels.vacancies import place_vacancies
from rebound_sim.rng.draws import uniform
from rebound_sim.state.codes import Status
from rebound_sim.state.market import NO_SECTOR, Flow

_PERMANENT = int(Status.PERMANENT)
_FIXED_TERM = int(Status.FIXED_TERM)
_SELF_EMPLOYED = int(Status.SELF_EMPLOYED)
_WORKING_OUTSIDE = int(Status.WORKING_OUTSIDE)
_UNEMPLOYED = int(Status.UNEMPLOYED)
_OUTSIDER = int(Status.OUTSIDER)
_FROM_U = int(Flow.HIRES_UNEMPLOYED)
_FROM_I = int(Flow.HIRES_INACTIVE)
_FROM_JOB = int(Flow.HIRES_JOB_TO_JOB)
_FROM_OUTSIDERS = int(Flow.HIRES_OUTSIDERS)
_FROM_OUTSIDE = int(Flow.HIRES_RETURNED_OUTSIDE)
_FIXED_U = int(Flow.HIRES_FIXED_TERM_UNEMPLOYED)
_OTHER_SECTOR = int(Flow.HIRES_OTHER_SECTOR)
_OWN_PLACE = int(Flow.HIRES_OWN_PLACE)


@compiled
def _propose(start, vacancy, score, seekers, cursor, holder, held):  # type: ignore[no-untyped-def]
    for k in range(start.size - 1):
        person = k
        while person >= 0 and cursor[person] < start[person + 1]:
            c = cursor[person]
            cursor[person] = c + 1
            v = unsigned(vacancy[c])
            rival = holder[v]
            if rival < 0:
                holder[v] = person
                held[v] = score[c]
                person = -1
            elif score[c] > held[v] or (score[c] == held[v] and seekers[person] < seekers[rival]):
                holder[v] = person
                held[v] = score[c]
                person = rival


@compiled_allocating
def deferred_acceptance(start, vacancy, score, seekers, n_vacancies):  # type: ignore[no-untyped-def]
    """Stable matching with people proposing.

    start : int64[n+1], vacancy : int32[applications], score : float64[applications], by person,
    best-liked first    seekers : int32[n] identities, which break ties of score
    Returns int64[n_vacancies]: position in `seekers` of the person kept, -1 if none.
    """
    holder = np.full(n_vacancies, -1, dtype=np.int64)
    held = np.empty(n_vacancies, dtype=np.float64)
    _propose(start, vacancy, score, seekers, start[:-1].copy(), holder, held)
    return holder


@inlined
def _count_hire(i, f, contract, workers, firms, market):  # type: ignore[no-untyped-def]
    status = workers.status[i]
    if status == _UNEMPLOYED:
        market.flows[_FROM_U] += 1
        market.flows[_FIXED_U] += contract == _FIXED_TERM
        market.flows[_OTHER_SECTOR] += (workers.sector[i] < NO_SECTOR) & (
            workers.sector[i] != firms.sector[f]
        )
        market.flows[_OWN_PLACE] += workers.place[i] == firms.place[f]
    elif status == _OUTSIDER:
        market.flows[_FROM_OUTSIDERS] += 1
    elif status == _WORKING_OUTSIDE:
        market.flows[_FROM_OUTSIDE] += 1
    elif status <= _SELF_EMPLOYED:
        market.flows[_FROM_JOB] += 1
    else:
        market.flows[_FROM_I] += 1


@inlined
def _hires_ahead(v, holder, seekers, vacancies, workers, firms):  # type: ignore[no-untyped-def]
    """Ask for the person and the firm of a later hire; for what they lead to, of a nearer one."""
    w = min(v + 2 * TURNS, holder.size - 1)
    if holder[w] >= 0:
        prefetch_person(unsigned(seekers[unsigned(holder[w])]), workers)
        prefetch_firm(vacancies.firm[w], firms)
    w = min(v + NEXT + 4, holder.size - 1)
    if holder[w] >= 0:
        i = unsigned(seekers[unsigned(holder[w])])
        prefetch_firm(workers.employer[i], firms)
        last = firms.last_member[unsigned(vacancies.firm[w]), workers.qualification[i]]
        if last >= 0:
            prefetch_person(unsigned(last), workers)


@compiled
def hire(holder, seekers, vacancies, t, key, workers, firms, market, fixed_term_hires, wages):  # type: ignore[no-untyped-def]
    """Hire the people kept, in the order of vacancies. Returns the number of hires.

    holder : from `deferred_acceptance`    fixed_term_hires : share of hires on fixed term.
    Permanent employees move to permanent jobs only.
    """
    hires = 0
    for v in range(holder.size):
        _hires_ahead(v, holder, seekers, vacancies, workers, firms)
        k = holder[v]
        if k < 0:
            continue
        i = unsigned(seekers[unsigned(k)])
        f = unsigned(vacancies.firm[v])
        status = workers.status[i]
        from_job = 1 if _PERMANENT <= status <= _WORKING_OUTSIDE else 0
        contract = _PERMANENT
        if not (status == _PERMANENT or status == _WORKING_OUTSIDE) and (
            uniform(key, i) < fixed_term_hires
        ):
            contract = _FIXED_TERM
        _count_hire(i, f, contract, workers, firms, market)
        start_job(i, f, contract, t, from_job, workers, firms, market, wages)
        firms.vacancies[f] -= 1
        hires += 1
    return hires


@compiled_allocating
def search_and_match(  # type: ignore[no-untyped-def]
    seekers, n_seekers, last, t, run_keys, keys, workers, firms, market, p, wages, fixed_term_hires
):
    """Vacancies on their rings, applications, deferred acceptance, hires of one month.

    seekers : int32[...] rows, the first n_seekers used    last : rows of firms in use
    p, wages : search and wages records. Returns the numbers of vacancies, applications, hires.
    """
    vacancies = place_vacancies(firms, market, 0, last, run_keys.ring, run_keys.skill)
    applications, sent = apply_all(
        seekers, n_seekers, t, keys, workers, market, vacancies, p, wages
    )
    holder = deferred_acceptance(
        applications.start,
        applications.vacancy,
        applications.score,
        applications.person,
        vacancies.firm.size,
    )
    hires = hire(
        holder,
        applications.person,
        vacancies,
        t,
        keys.contract,
        workers,
        firms,
        market,
        fixed_term_hires,
        wages,
    )
    return vacancies.firm.size, sent, hires
