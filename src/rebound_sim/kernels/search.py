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

from rebound_sim.compilation import compiled, compiled_allocating, inlined
from rebound_sim.kernels.moves import age_years
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


class Seekers(NamedTuple):
    """The cells of those who search, gathered: one tight loop per column hides memory latency."""

    row: npt.NDArray[np.int32]
    status: npt.NDArray[np.uint8]
    sector: npt.NDArray[np.uint8]
    place: npt.NDArray[np.uint8]
    qualification: npt.NDArray[np.uint8]
    regime: npt.NDArray[np.uint8]
    trained: npt.NDArray[np.uint8]
    since: npt.NDArray[np.int16]
    birth: npt.NDArray[np.int16]
    employer: npt.NDArray[np.int32]
    wage: npt.NDArray[np.float32]
    general: npt.NDArray[np.float32]
    specific: npt.NDArray[np.float32]


@compiled
def _gather(column, rows, out):  # type: ignore[no-untyped-def]
    for k in range(out.size):
        out[k] = column[rows[k]]


@compiled_allocating
def gather(rows, n, workers):  # type: ignore[no-untyped-def]
    """Seekers of the month. rows : int32[...], the first n used."""
    out = Seekers(
        rows[:n], np.empty(n, np.uint8), np.empty(n, np.uint8), np.empty(n, np.uint8),
        np.empty(n, np.uint8), np.empty(n, np.uint8), np.empty(n, np.uint8), np.empty(n, np.int16),
        np.empty(n, np.int16), np.empty(n, np.int32), np.empty(n, np.float32),
        np.empty(n, np.float32), np.empty(n, np.float32),
    )
    _gather(workers.status, rows, out.status)
    _gather(workers.sector, rows, out.sector)
    _gather(workers.place, rows, out.place)
    _gather(workers.qualification, rows, out.qualification)
    _gather(workers.regime, rows, out.regime)
    _gather(workers.trained, rows, out.trained)
    _gather(workers.since, rows, out.since)
    _gather(workers.birth, rows, out.birth)
    _gather(workers.employer, rows, out.employer)
    _gather(workers.wage, rows, out.wage)
    _gather(workers.general, rows, out.general)
    _gather(workers.specific, rows, out.specific)
    return out


@compiled
def _number(k, t, key, people, p):  # type: ignore[no-untyped-def]
    """Applications that person k of the seekers sends this month."""
    status = people.status[k]
    if status == _UNEMPLOYED:
        amount = rules.effort(
            t - people.since[k], age_years(people.birth[k], t), people.regime[k] >= _CSP, p
        )
    elif status == _HALO:
        amount = p.applications_halo
    else:
        amount = p.applications_others
    return min(int(amount + unit(bits(key, people.row[k]))), _LARGEST)


@compiled
def _ring_seen(word, own, sector_start, targets):  # type: ignore[no-untyped-def]
    """Sector of an application by 8 random bits: three tries to find one with vacancies, or -1."""
    draw = word
    for _ in range(_TRIES):
        s = np.int64(targets[own, draw & _BYTE])
        if sector_start[s + 1] > sector_start[s]:
            return s
        draw = draw >> _8
    return np.int64(-1)


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
def _lowest_wage(wage, months, from_job, p):  # type: ignore[no-untyped-def]
    """Log of the lowest wage that a person accepts. wage : present or last, EUR/month."""
    if from_job == 1:
        return math.log(max(wage, 1.0)) + p.ladder_gain
    return math.log(max(rules.reservation_wage(wage, months, p), 1.0))


@inlined
def _apply(k, t, count, keys, slope, floor, people, market, vacancies, out, scores, likings, n, p, wages):  # type: ignore[no-untyped-def]  # noqa: E501
    """Applications of person k of the seekers, written from position n; returns the next one.

    floor : log of the minimum wage. The offer is that of `moves.start_job`, in logs.
    """
    first = n
    i = people.row[k]
    from_job = 1 if _PERMANENT <= people.status[k] <= _WORKING_OUTSIDE else 0
    own = min(people.sector[k], NO_SECTOR)
    place = people.place[k]
    months = 0 if from_job else t - people.since[k]
    lowest = _lowest_wage(people.wage[k], months, from_job, p)
    general = people.general[k] - wages.lower_rung * (1.0 - wages.rung_recovery * from_job)
    counselled = people.regime[k] >= _CSP
    for a in range(count):
        word = bits_pair(keys.search_sector, i, a)
        s = _ring_seen(word, own, vacancies.sector_start, market.targets)
        if s < 0:
            continue
        start, stop = vacancies.sector_start[s], vacancies.sector_start[s + 1]
        seen = next_on_ring(
            vacancies.position, vacancies.bucket, np.uint32(word >> _32), start, stop
        )
        related = market.related[own, s]
        for _ in range(min(int(p.ring_looks), stop - start)):
            f = vacancies.firm[seen]
            pair = bits_pair(
                keys.pair_score, i,
                np.uint64(f) * np.uint64(65536) + np.uint64(vacancies.number[seen]),
            )
            near = unit(mix(pair)) < market.willing[place, vacancies.place[seen]]
            if near and f != people.employer[k] and not _listed(seen, out, first, n):
                offer = max(
                    market.log_wage[s] + general + related * people.specific[k]
                    + vacancies.premium[seen],
                    floor,
                )
                if offer >= lowest:
                    score = rules.applicant_score(
                        standardised(pair), related, people.qualification[k],
                        vacancies.level[seen], months, slope, people.trained[k], from_job,
                        counselled, p,
                    )
                    if score >= p.score_threshold:
                        _insert(seen, score, offer, out, scores, likings, first, n)
                        n += 1
                break
            seen = seen + 1 if seen + 1 < stop else start
    return n


@compiled
def _count(t, key, people, numbers, p):  # type: ignore[no-untyped-def]
    sent = 0
    for k in range(numbers.size):
        numbers[k] = _number(k, t, key, people, p)
        sent += numbers[k]
    return sent


@compiled
def _fill(numbers, t, keys, people, market, vacancies, start, out, scores, likings, p, wages):  # type: ignore[no-untyped-def]
    slope = rules.screening_slope(market.conditions[_TIGHTNESS], p)
    floor = math.log(wages.minimum)
    n = 0
    for k in range(numbers.size):
        start[k] = n
        if numbers[k] > 0 and vacancies.firm.size > 0:
            n = _apply(
                k, t, numbers[k], keys, slope, floor, people, market, vacancies, out, scores,
                likings, n, p, wages,
            )
    start[numbers.size] = n
    return n


@compiled_allocating
def apply_all(seekers, n_seekers, t, keys, workers, market, vacancies, p, wages):  # type: ignore[no-untyped-def]
    """Applications of all who search that firms would accept.

    seekers : int32[...] rows, the first n_seekers used    keys : stream keys of the month
    Returns an `Applications` record and the number of applications sent.
    """
    people = gather(seekers, n_seekers, workers)
    start = np.empty(n_seekers + 1, dtype=np.int64)
    numbers = np.empty(n_seekers, dtype=np.int8)
    sent = _count(t, keys.search_number, people, numbers, p)
    out = np.empty(sent + 1, dtype=np.int32)
    scores = np.empty(sent + 1, dtype=np.float64)
    likings = np.empty(_LARGEST + 1, dtype=np.float64)
    n = _fill(
        numbers, t, keys, people, market, vacancies, start, out, scores, likings, p, wages
    )
    return Applications(start, out[:n], scores[:n]), sent
