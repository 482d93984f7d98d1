"""Part of the phase "matching": which applications would be accepted, best-liked first.

Reads workers (wage, human capital), market (sector wages, relatedness), vacancies (premium). Writes
nothing of the state; draws nothing.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rebound_sim.compilation import compiled, compiled_allocating, inlined, unsigned
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
def _listed(vacancy, out, first, n):  # type: ignore[no-untyped-def]
    for k in range(first, n):
        if out[k] == vacancy:
            return True
    return False


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
        asked.person[count - 1] = k
        turn[j] = count - 1
    for c in range(count):
        k = unsigned(asked.person[c])
        i = unsigned(people.row[k])
        asked.row[c] = i
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
        kept[n] = a
        scores[n] = scores[j]
        turn[n] = c
        likings[n] = offer
        n += offer >= asked.lowest[c]
    return n


@compiled
def _list(m, kept, scores, turn, offers, asked, sent, likings, out):  # type: ignore[no-untyped-def]
    """Lists of accepted offers by person. Returns the numbers of people, applications.

    A vacancy is applied to once.
    """
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
        if not _listed(v, vacancy, start[count], n):
            _insert(v, scores[j], offers[j], vacancy, score, likings, start[count], n)
            n += 1
    count += n > start[count]
    start[count] = n
    return count, n


@compiled_allocating
def offers_to(m, kept, scores, people, t, workers, market, vacancies, sent, out, p, wages):  # type: ignore[no-untyped-def]
    """Fill `out` with applications that both sides would accept; numbers of people, of them."""
    turn = np.empty(m + 1, np.int32)
    offers = np.empty(m + 1, np.float64)
    asked = Asked(
        np.empty(m + 1, np.int32),
        np.empty(m + 1, np.int32),
        np.empty(m + 1, np.float64),
        np.empty(m + 1, np.float64),
        np.empty(m + 1, np.float32),
    )
    _applicants(m, kept, sent, people, t, workers, p, wages, turn, asked)
    accepted = _accept(m, kept, scores, turn, asked, people, market, vacancies, sent, offers, wages)
    likings = np.empty(LARGEST + 1, np.float64)
    return _list(accepted, kept, scores, turn, offers, asked, sent, likings, out)
