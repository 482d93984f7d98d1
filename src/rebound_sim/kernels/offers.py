"""Part of the phase "matching": which applications would be accepted, best-liked first.

Reads workers (wage, human capital), market (sector wages, relatedness), vacancies (premium). Writes
nothing of the state; draws nothing.

Most applications are beaten by a rival who has nowhere else to go: that rival proposes to the
vacancy for certain, so that whoever ranks below has no place in any stable matching. They are
dropped before their offers are computed, which changes no match.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rebound_sim.compilation import compiled, compiled_allocating, inlined, unsigned
from rebound_sim.kernels.ahead import people_ahead
from rebound_sim.kernels.moves import age_years
from rebound_sim.rules import search as rules
from rebound_sim.rules.wages import experience

#: Applications of one person in a month, at most.
LARGEST = 6


class Asked(NamedTuple):
    """People with an application that reaches a firm's threshold."""

    person: npt.NDArray[np.int32]  # position in `Seekers`
    row: npt.NDArray[np.int32]
    lowest: npt.NDArray[np.float64]  # log of the lowest wage accepted [EUR/month]
    general: npt.NDArray[np.float64]  # part of the log offer that is the same everywhere
    specific: npt.NDArray[np.float32]  # human capital of the person's sector


@inlined
def _lowest_wage(wage, months, from_job, p):  # type: ignore[no-untyped-def]
    """Log of the lowest wage that a person accepts. wage : present or last, EUR/month."""
    if from_job == 1:
        return math.log(max(wage, 1.0)) + p.ladder_gain
    return math.log(max(rules.reservation_wage(wage, months, p), 1.0))


@inlined
def _preferred(score, row, rival_score, rival_row):  # type: ignore[no-untyped-def]
    """True if a vacancy prefers the first applicant, as `matching` ranks them."""
    return score > rival_score or (score == rival_score and row < rival_row)


@inlined
def _only_one(j, m, kept, sent):  # type: ignore[no-untyped-def]
    """True if the person of an application has no other."""
    k = sent.person[unsigned(kept[j])]
    before = j > 0 and sent.person[unsigned(kept[j - 1])] == k
    return not (before or (j + 1 < m and sent.person[unsigned(kept[j + 1])] == k))


@compiled
def _best_alone(m, kept, scores, people, sent, best, alone, alone_scores):  # type: ignore[no-untyped-def]
    """Of each vacancy, the best application of a person who has no other; returns how many.

    best : int32[vacancies], all -1, written: position in `kept`    alone, alone_scores : written.
    People with a job are passed over: they often refuse.
    """
    for j in range(m):
        a = unsigned(kept[j])
        k = unsigned(sent.person[a])
        if people.from_job[k] == 1 or not _only_one(j, m, kept, sent):
            continue
        v = unsigned(sent.vacancy[a])
        rival = best[v]
        if rival < 0 or _preferred(
            scores[j],
            people.row[k],
            scores[unsigned(rival)],
            people.row[unsigned(sent.person[unsigned(kept[unsigned(rival)])])],
        ):
            best[v] = j
    n = 0
    for v in range(best.size):
        if best[v] >= 0:
            alone[n] = kept[unsigned(best[v])]
            alone_scores[n] = scores[unsigned(best[v])]
            n += 1
    return n


@compiled
def _certain(n, alone, scores, people, sent, rows, floors):  # type: ignore[no-untyped-def]
    """Note row and score of those who come for certain, by vacancy. alone : accepted ones"""
    for j in range(n):
        a = unsigned(alone[j])
        v = unsigned(sent.vacancy[a])
        rows[v] = people.row[unsigned(sent.person[a])]
        floors[v] = scores[j]


@inlined
def _again(j, kept, sent):  # type: ignore[no-untyped-def]
    """True if the person has sent an earlier application to the same vacancy: the first counts."""
    a = unsigned(kept[j])
    i = j - 1
    while i >= 0 and sent.person[unsigned(kept[i])] == sent.person[a]:
        if sent.vacancy[unsigned(kept[i])] == sent.vacancy[a]:
            return True
        i -= 1
    return False


@compiled
def _unbeaten(m, kept, scores, people, sent, rows, floors, left, left_scores):  # type: ignore[no-untyped-def]
    """Drop those whom a vacancy likes less than one who comes for certain; returns how many stay.

    rows, floors : by vacancy, that one's row and score    left, left_scores : written.
    """
    n = 0
    for j in range(m):
        a = unsigned(kept[j])
        v = unsigned(sent.vacancy[a])
        if scores[j] < floors[v]:
            continue
        row = people.row[unsigned(sent.person[a])]
        beaten = scores[j] == floors[v] and row > rows[v]
        left[unsigned(n)] = a
        left_scores[unsigned(n)] = scores[j]
        n += not (beaten or _again(j, kept, sent))
    return n


@inlined
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
def _applicants(m, kept, sent, people, t, workers, p, wages, turn, asked):  # type: ignore[no-untyped-def]
    """What each person whose applications reach the firm carries to the offers.

    turn : int32[m], written: position in `asked` of each application's person. Returns how many.
    One thing a loop: reads far apart wait together, and logarithms wait for none.
    """
    count = 0
    last = -1
    for j in range(m):
        k = sent.person[unsigned(kept[j])]
        count += k != last
        last = k
        at = unsigned(count - 1)
        asked.person[at] = k
        asked.row[at] = people.row[unsigned(k)]
        turn[j] = at
    for c in range(count):
        people_ahead(asked.row, c, count, workers)
        k = unsigned(asked.person[c])
        i = unsigned(asked.row[c])
        asked.lowest[c] = workers.wage[i]
        asked.specific[c] = workers.specific[i]
        learnt = experience(age_years(workers.birth[i], t), wages)
        asked.general[c] = (
            workers.general[i]
            + learnt
            - wages.lower_rung * (1.0 - wages.rung_recovery * people.from_job[k])
        )
    for c in range(count):
        k = unsigned(asked.person[c])
        asked.lowest[c] = _lowest_wage(asked.lowest[c], people.months[k], people.from_job[k], p)
    return count


@compiled
def _accept(m, kept, scores, turn, asked, people, market, vacancies, sent, likings, wages):  # type: ignore[no-untyped-def]
    """Keep the applications whose offer would be accepted; returns how many.

    The offer is that of `moves.start_job`, in logs. kept, scores, turn : rewritten.
    """
    floor = math.log(wages.minimum)
    n = 0
    for j in range(m):
        a = unsigned(kept[j])
        c = unsigned(turn[j])
        s = sent.sector[a]
        offer = max(
            market.log_wage[s]
            + asked.general[c]
            + market.related[people.sector[unsigned(asked.person[c])], s] * asked.specific[c]
            + vacancies.premium[unsigned(sent.vacancy[a])],
            floor,
        )
        at = unsigned(n)
        kept[at] = a
        scores[at] = scores[j]
        turn[at] = c
        likings[at] = offer
        n += offer >= asked.lowest[c]
    return n


@compiled
def _list(m, kept, scores, turn, offers, asked, sent, likings, out):  # type: ignore[no-untyped-def]
    """Lists of accepted offers by person. Returns the numbers of people, applications."""
    person, start, vacancy, score = out
    count = 0
    n = 0
    last = -1
    for j in range(m):
        c = turn[j]
        if c != last:
            last = c
            count += n > start[count]
            start[count] = n
            person[count] = asked.row[c]
        v = sent.vacancy[unsigned(kept[j])]
        _insert(v, scores[j], offers[j], vacancy, score, likings, start[count], n)
        n += 1
    count += n > start[count]
    start[count] = n
    return count, n


@compiled_allocating
def offers_to(m, kept, scores, people, t, workers, market, vacancies, sent, out, p, wages):  # type: ignore[no-untyped-def]
    """Fill `out` with applications that both sides would accept; numbers of people, of them.

    Those that cannot end in a match are left out.
    """
    turn = np.empty(m + 1, np.int32)
    offers = np.empty(m + 1, np.float64)
    asked = Asked(
        np.empty(m + 1, np.int32),
        np.empty(m + 1, np.int32),
        np.empty(m + 1, np.float64),
        np.empty(m + 1, np.float64),
        np.empty(m + 1, np.float32),
    )
    size = vacancies.firm.size
    best = np.full(size, -1, np.int32)
    left = np.empty(m + 1, np.int32)
    left_scores = np.empty(m + 1, np.float64)
    n = _best_alone(m, kept, scores, people, sent, best, left, left_scores)
    _applicants(n, left, sent, people, t, workers, p, wages, turn, asked)
    n = _accept(n, left, left_scores, turn, asked, people, market, vacancies, sent, offers, wages)
    rows = np.zeros(size, np.int32)
    floors = np.full(size, -np.inf)
    _certain(n, left, left_scores, people, sent, rows, floors)
    m = _unbeaten(m, kept, scores, people, sent, rows, floors, left, left_scores)
    _applicants(m, left, sent, people, t, workers, p, wages, turn, asked)
    m = _accept(m, left, left_scores, turn, asked, people, market, vacancies, sent, offers, wages)
    likings = np.empty(LARGEST + 1, np.float64)
    return _list(m, left, left_scores, turn, offers, asked, sent, likings, out)
