"""Phase "search": who applies to which vacancy, and what the firm thinks of it.

Reads workers, firms, vacancies, market. Writes nothing but the applications it returns.
Draws: SEARCH_NUMBER gives one word per person and month, and the number of applications. Mixed
with SEARCH_SECTOR and the number of the application it gives sector and ring position; mixed with
PAIR_SCORE and that number, what only the firm sees; mixed with PAIR_SCORE and the vacancy's own
word, distance: all addressed by identities.

The work is done column by column, so that each loop does one thing without waiting: people, then
their applications, then looks along the rings, then scores, then offers and lists. An application
that no post of its sector could retain is dropped before it looks at any: more than half are.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rebound_sim.compilation import compiled, compiled_allocating, inlined, unsigned
from rebound_sim.kernels.ahead import people_ahead
from rebound_sim.kernels.moves import age_years
from rebound_sim.kernels.offers import LARGEST, offers_to
from rebound_sim.kernels.vacancies import next_on_ring
from rebound_sim.rng.draws import bits, mix, next_word, unit
from rebound_sim.rules import search as rules
from rebound_sim.state.codes import Regime, Status
from rebound_sim.state.market import NO_SECTOR, Condition

_PERMANENT = int(Status.PERMANENT)
_WORKING_OUTSIDE = int(Status.WORKING_OUTSIDE)
_UNEMPLOYED = int(Status.UNEMPLOYED)
_HALO = int(Status.HALO)
_IN_TRAINING = int(Status.IN_TRAINING)
_CSP = int(Regime.CSP)
_TIGHTNESS = int(Condition.TIGHTNESS_RATIO)
_TRIES = 3
_8, _16, _32, _48 = (np.uint64(k) for k in (8, 16, 32, 48))
_BYTE, _WORD16 = np.uint64(0xFF), np.uint64(0xFFFF)
_STEP = 1.0 / 65536.0  # 2**-16


class Applications(NamedTuple):
    """Applications of the month by person, best-liked first."""

    person: npt.NDArray[np.int32]  # (people with one or more,) row
    start: npt.NDArray[np.int64]  # (people with one or more + 1,)
    vacancy: npt.NDArray[np.int32]
    score: npt.NDArray[np.float64]


class Seekers(NamedTuple):
    """People who send an application this month."""

    row: npt.NDArray[np.int32]
    word: npt.NDArray[np.uint64]  # random bits of the person and month
    number: npt.NDArray[np.int8]  # applications sent
    from_job: npt.NDArray[np.uint8]
    sector: npt.NDArray[np.uint8]
    place: npt.NDArray[np.uint8]
    level: npt.NDArray[np.uint8]
    months: npt.NDArray[np.int16]  # without work
    employer: npt.NDArray[np.int32]
    standing: npt.NDArray[np.float64]  # part of the score that is the same everywhere


class Sent(NamedTuple):
    """Applications on their way, in the order of people."""

    person: npt.NDArray[np.int32]  # position in `Seekers`
    sector: npt.NDArray[np.uint8]
    start: npt.NDArray[np.uint32]  # position on the ring
    vacancy: npt.NDArray[np.int32]  # seen last; -1 once given up
    score: npt.NDArray[np.float64]  # for a post of the person's own level


@inlined
def standardised(word):  # type: ignore[no-untyped-def]
    """Noise of mean 0 and s.d. 1 from the lower 48 bits: sum of three uniforms (within ±3)."""
    total = (word & _WORD16) + ((word >> _16) & _WORD16) + ((word >> _32) & _WORD16)
    return ((np.float64(np.int64(total)) + 1.5) * _STEP - 1.5) * 2.0


@inlined
def nearness(word):  # type: ignore[no-untyped-def]
    """Uniform in (0, 1) from the upper 16 bits of a pair's word."""
    return (np.float64(np.int64(word >> _48)) + 0.5) * _STEP


@compiled
def _tabulate(out, p):  # type: ignore[no-untyped-def]
    for months in range(out.size):
        out[months] = rules.effort_by_duration(months, p)


@compiled_allocating
def efforts_by_duration(p):  # type: ignore[no-untyped-def]
    """`rules.effort_by_duration` of 0, 1, 2 … months; the last entry holds for all that follow."""
    efforts = np.empty(math.ceil(p.duration_cap) + 1, np.float64)
    _tabulate(efforts, p)
    return efforts


@compiled
def _people(rows, n, t, key, efforts, slope, workers, p, out):  # type: ignore[no-untyped-def]
    """Seekers who send an application. Returns their number and that of applications."""
    kept = 0
    sent = 0
    for j in range(n):
        people_ahead(rows, j, n, workers)
        i = unsigned(rows[j])
        status = workers.status[i]
        from_job = 1 if _PERMANENT <= status <= _WORKING_OUTSIDE else 0
        months = 0 if from_job == 1 else t - workers.since[i]
        counselled = 1 if workers.regime[i] >= _CSP else 0
        if status == _UNEMPLOYED or status == _IN_TRAINING:
            amount = rules.effort(
                efforts[min(months, efforts.size - 1)],
                age_years(workers.birth[i], t),
                counselled & (1 - workers.trained[i]),
                months,
                rules.insurance_left(
                    workers.regime[i], status == _IN_TRAINING, workers.until[i] - t
                ),
                p,
            )
            if status == _IN_TRAINING:
                amount *= p.training_effort
        elif status == _HALO:
            amount = p.applications_halo
        else:
            amount = p.applications_others
        word = bits(key, i)
        number = min(int(amount + unit(word)), LARGEST)
        at = unsigned(kept)
        out.row[at] = i
        out.word[at] = word
        out.number[at] = number
        out.from_job[at] = from_job
        out.sector[at] = min(workers.sector[i], NO_SECTOR)
        out.place[at] = workers.place[i]
        out.level[at] = workers.qualification[i]
        out.months[at] = months
        out.employer[at] = workers.employer[i]
        out.standing[at] = rules.standing(
            months, slope, workers.trained[i], from_job, counselled, workers.ease[i], p
        )
        sent += number
        kept += number > 0
    return kept, sent


@compiled
def _send(n_people, keys, people, market, vacancies, p, sent):  # type: ignore[no-untyped-def]
    """Sector and best score of each application; returns how many find a ring and may succeed.

    Sector by 8 random bits: three tries to find one with vacancies.
    """
    targets, starts, related = market.targets, vacancies.sector_start, market.related
    n = 0
    for k in range(n_people):
        own = people.sector[k]
        for a in range(people.number[k]):
            word = next_word(people.word[k] + keys.search_sector, a)
            s = targets[own, word & _BYTE]
            draw = word
            for _ in range(_TRIES - 1):
                if starts[unsigned(s + 1)] > starts[s]:
                    break
                draw = draw >> _8
                s = targets[own, draw & _BYTE]
            score = rules.best_score(
                standardised(next_word(people.word[k] + keys.pair_score, a)),
                related[own, s],
                people.standing[k],
                p,
            )
            at = unsigned(n)
            sent.person[at] = k
            sent.sector[at] = s
            sent.start[at] = np.uint32(word >> _32)
            sent.score[at] = score
            n += (score >= p.score_threshold) & (starts[unsigned(s + 1)] > starts[s])
    return n


@compiled
def _approach(n, vacancies, sent):  # type: ignore[no-untyped-def]
    """First vacancy seen of each application."""
    starts = vacancies.sector_start
    for a in range(n):
        s = sent.sector[a]
        sent.vacancy[a] = next_on_ring(
            vacancies.position, vacancies.bucket, sent.start[a], starts[s], starts[unsigned(s + 1)]
        )


@compiled
def _look(looks, pending, n, key, people, vacancies, willing, sent):  # type: ignore[no-untyped-def]
    """One look of each pending application; those who do not fit see the next vacancy.

    looks : so far, this one included    pending : int32[...], the first n used, rewritten
    A vacancy too far away, or of the person's own employer, does not fit. Returns those left.
    """
    starts = vacancies.sector_start
    left = 0
    for j in range(n):
        a = unsigned(pending[j])
        k = unsigned(sent.person[a])
        v = unsigned(sent.vacancy[a])
        word = mix(people.word[k] + key + vacancies.word[v])
        near = nearness(word) < willing[people.place[k], vacancies.place[v]]
        fits = near & (vacancies.firm[v] != people.employer[k])
        s = sent.sector[a]
        start, stop = starts[s], starts[unsigned(s + 1)]
        more = stop - start > looks
        following = v + 1 if v + 1 < stop else start
        sent.vacancy[a] = v if fits else following
        pending[unsigned(left)] = a
        left += (not fits) & more
        sent.vacancy[a] = sent.vacancy[a] if fits | more else -1
    return left


@compiled
def _give_up(pending, n, sent):  # type: ignore[no-untyped-def]
    for j in range(n):
        sent.vacancy[pending[j]] = -1


@compiled
def _score(n, people, vacancies, p, sent, kept, scores):  # type: ignore[no-untyped-def]
    """Applications that reach the firm's threshold: positions and scores. Returns how many."""
    m = 0
    for a in range(n):
        k = unsigned(sent.person[a])
        v = unsigned(max(sent.vacancy[a], 0))
        score = rules.applicant_score(sent.score[a], people.level[k], vacancies.level[v], p)
        kept[unsigned(m)] = a
        scores[unsigned(m)] = score
        m += (score >= p.score_threshold) & (sent.vacancy[a] >= 0)
    return m


@compiled_allocating
def apply_all(seekers, n_seekers, t, keys, workers, market, vacancies, p, wages):  # type: ignore[no-untyped-def]
    """Applications of all who search that firms would accept.

    seekers : int32[...] rows, the first n_seekers used    keys : stream keys of the month
    Returns an `Applications` record and the number of applications sent.
    """
    efforts = efforts_by_duration(p)
    slope = rules.screening_slope(market.conditions[_TIGHTNESS], p)
    size = n_seekers + 1
    people = Seekers(
        np.empty(size, np.int32),
        np.empty(size, np.uint64),
        np.empty(size, np.int8),
        np.empty(size, np.uint8),
        np.empty(size, np.uint8),
        np.empty(size, np.uint8),
        np.empty(size, np.uint8),
        np.empty(size, np.int16),
        np.empty(size, np.int32),
        np.empty(size, np.float64),
    )
    n_people, number = _people(
        seekers, n_seekers, t, keys.search_number, efforts, slope, workers, p, people
    )
    size = number + 1
    sent = Sent(
        np.empty(size, np.int32),
        np.empty(size, np.uint8),
        np.empty(size, np.uint32),
        np.empty(size, np.int32),
        np.empty(size, np.float64),
    )
    n = _send(n_people, keys, people, market, vacancies, p, sent)
    _approach(n, vacancies, sent)
    pending = np.arange(n).astype(np.int32)
    left = n
    for look in range(int(p.ring_looks)):
        left = _look(
            look + 1, pending, left, keys.pair_score, people, vacancies, market.willing, sent
        )
    _give_up(pending, left, sent)
    kept = np.empty(size, np.int32)
    scores = np.empty(size, np.float64)
    m = _score(n, people, vacancies, p, sent, kept, scores)
    out = Applications(
        np.empty(m + 1, np.int32),
        np.zeros(m + 1, np.int64),
        np.empty(m + 1, np.int32),
        np.empty(m + 1, np.float64),
    )
    count, n = offers_to(
        m, kept, scores, people, t, workers, market, vacancies, sent, out, p, wages
    )
    return Applications(
        out.person[:count], out.start[: count + 1], out.vacancy[:n], out.score[:n]
    ), number
