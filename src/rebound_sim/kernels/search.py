"""Phase "search": who applies to which vacancy, and what the firm thinks of it.

Reads workers, firms, vacancies, market. Writes nothing but the applications it returns.
Draws: SEARCH_SECTOR (sector and ring position of each application), PAIR_SCORE (distance, score
and preference of a person for a vacancy). All addressed by the identities of person and vacancy.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rebound_sim.compilation import compiled, compiled_allocating
from rebound_sim.kernels.moves import age_years, log_offer
from rebound_sim.kernels.vacancies import next_on_ring
from rebound_sim.rng.draws import bits, bits_pair, mix, unit
from rebound_sim.rules import search as rules
from rebound_sim.state.codes import Regime, Status
from rebound_sim.state.market import NO_SECTOR, Condition

_PERMANENT = int(Status.PERMANENT)
_WORKING_OUTSIDE = int(Status.WORKING_OUTSIDE)
_UNEMPLOYED = int(Status.UNEMPLOYED)
_HALO = int(Status.HALO)
_CSP = int(Regime.CSP)
_TIGHTNESS = int(Condition.TIGHTNESS_RATIO)
_LARGEST = 6
_TRIES = 3
_8, _21, _32, _42 = (np.uint64(k) for k in (8, 21, 32, 42))
_BYTE = np.uint64(0xFF)
_WORD21 = np.uint64(0x1FFFFF)
_STEP = 1.0 / 2097152.0  # 2**-21


class Applications(NamedTuple):
    """Applications of the month by person, best-liked first."""

    start: npt.NDArray[np.int64]  # (seekers + 1,)
    vacancy: npt.NDArray[np.int32]
    score: npt.NDArray[np.float64]


@compiled
def standardised(word):  # type: ignore[no-untyped-def]
    """Noise of mean 0 and s.d. 1 from 63 bits: sum of three uniforms (bounded at ±3)."""
    total = (
        np.float64(word & _WORD21)
        + np.float64((word >> _21) & _WORD21)
        + np.float64((word >> _42) & _WORD21)
    )
    return (total * _STEP - 1.5) * 2.0


@compiled
def _number(i, t, key, workers, p):  # type: ignore[no-untyped-def]
    """Applications that person i sends this month."""
    status = workers.status[i]
    if status == _UNEMPLOYED:
        amount = rules.effort(
            t - workers.since[i], age_years(workers.birth[i], t), workers.regime[i] >= _CSP, p
        )
    elif status == _HALO:
        amount = p.applications_halo
    else:
        amount = p.applications_others
    return min(int(amount + unit(bits(key, i))), _LARGEST)


@compiled
def _vacancy_seen(i, a, key, own, vacancies, targets):  # type: ignore[no-untyped-def]
    """First vacancy of application a's arc: a sector by 8 bits (three tries), a position by 32."""
    word = bits_pair(key, i, a)
    place = np.uint32(word >> _32)
    draw = word
    for _ in range(_TRIES):
        s = targets[own, draw & _BYTE]
        start, stop = vacancies.sector_start[s], vacancies.sector_start[s + 1]
        if stop > start:
            return next_on_ring(vacancies.position, place, start, stop), start, stop
        draw = draw >> _8
    return np.int64(-1), np.int64(0), np.int64(0)


@compiled
def _listed(vacancy, out, first, n):  # type: ignore[no-untyped-def]
    for k in range(first, n):
        if out[k] == vacancy:
            return True
    return False


@compiled
def _insert(vacancy, score, liking, out, scores, likings, first, n):  # type: ignore[no-untyped-def]
    """Put an application in its place, best-liked first."""
    k = n
    while k > first and likings[k - first - 1] < liking:
        out[k] = out[k - 1]
        scores[k] = scores[k - 1]
        likings[k - first] = likings[k - first - 1]
        k -= 1
    out[k] = vacancy
    scores[k] = score
    likings[k - first] = liking


@compiled
def _apply(i, t, count, keys, slope, workers, firms, market, vacancies, out, scores, likings, n, p, wages):  # type: ignore[no-untyped-def]  # noqa: E501
    """Applications of person i, written from position n; returns the next free position."""
    first = n
    status = workers.status[i]
    from_job = 1 if _PERMANENT <= status <= _WORKING_OUTSIDE else 0
    own = min(workers.sector[i], NO_SECTOR)
    months = 0 if from_job else t - workers.since[i]
    if from_job:
        lowest = math.log(max(workers.wage[i], 1.0)) + p.ladder_gain
    else:
        lowest = math.log(max(rules.reservation_wage(workers.wage[i], months, p), 1.0))
    floor = math.log(wages.minimum)
    employer = workers.employer[i]
    counselled = workers.regime[i] >= _CSP
    for a in range(count):
        seen, start, stop = _vacancy_seen(i, a, keys.search_sector, own, vacancies, market.targets)
        if seen < 0:
            continue
        for _ in range(min(int(p.ring_looks), stop - start)):
            f = vacancies.firm[seen]
            word = bits_pair(keys.pair_score, i, np.uint64(f) * np.uint64(65536) + np.uint64(vacancies.number[seen]))
            near = unit(mix(word)) < market.willing[workers.place[i], firms.place[f]]
            if near and f != employer and not _listed(seen, out, first, n):
                offer, _ = log_offer(i, f, from_job, workers, firms, market, wages)
                offer = max(offer, floor)
                if offer >= lowest:
                    noise = standardised(word)
                    score = rules.applicant_score(
                        noise, market.related[own, firms.sector[f]], workers.qualification[i],
                        vacancies.level[seen], months, slope, workers.trained[i], from_job,
                        counselled, p,
                    )
                    if score >= p.score_threshold:
                        _insert(seen, score, offer, out, scores, likings, first, n)
                        n += 1
                break
            seen = seen + 1 if seen + 1 < stop else start
    return n


@compiled
def _count(seekers, n_seekers, t, key, workers, numbers, p):  # type: ignore[no-untyped-def]
    sent = 0
    for k in range(n_seekers):
        numbers[k] = _number(seekers[k], t, key, workers, p)
        sent += numbers[k]
    return sent


@compiled
def _fill(seekers, n_seekers, numbers, t, keys, workers, firms, market, vacancies, start, out, scores, likings, p, wages):  # type: ignore[no-untyped-def]  # noqa: E501
    slope = rules.screening_slope(market.conditions[_TIGHTNESS], p)
    n = 0
    for k in range(n_seekers):
        start[k] = n
        if numbers[k] > 0 and vacancies.firm.size > 0:
            n = _apply(
                seekers[k], t, numbers[k], keys, slope, workers, firms, market, vacancies, out,
                scores, likings, n, p, wages,
            )
    start[n_seekers] = n
    return n


@compiled_allocating
def apply_all(seekers, n_seekers, t, keys, workers, firms, market, vacancies, p, wages):  # type: ignore[no-untyped-def]
    """Applications of all who search that firms would accept.

    seekers : int32[...] rows, the first n_seekers used    keys : stream keys of the month
    Returns an `Applications` record and the number of applications sent.
    """
    start = np.empty(n_seekers + 1, dtype=np.int64)
    numbers = np.empty(n_seekers, dtype=np.int8)
    sent = _count(seekers, n_seekers, t, keys.search_number, workers, numbers, p)
    out = np.empty(sent + 1, dtype=np.int32)
    scores = np.empty(sent + 1, dtype=np.float64)
    likings = np.empty(_LARGEST + 1, dtype=np.float64)
    n = _fill(
        seekers, n_seekers, numbers, t, keys, workers, firms, market, vacancies, start, out,
        scores, likings, p, wages,
    )
    return Applications(start, out[:n], scores[:n]), sent
