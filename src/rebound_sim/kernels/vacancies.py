"""Phase "vacancies": lay this month's vacancies on one ring per sector.

A vacancy is (firm, number). Its position on the ring of its sector is a hash of that identity,
the same in every month and under every policy: one more vacancy moves only the draws that fall
in its arc. Reads firms. Writes the arrays of `Vacancies`. Draws: VACANCY_RING, VACANCY_SKILL.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rebound_sim.compilation import compiled, compiled_allocating
from rebound_sim.rng.draws import bits_pair, unit
from rebound_sim.rules.projects import posts_share
from rebound_sim.state.codes import FirmState
from rebound_sim.state.market import N_SECTORS

_OPEN = int(FirmState.OPEN)
_32 = np.uint64(32)


class Vacancies(NamedTuple):
    """Vacancies of the month, by sector, then by position on the ring."""

    firm: npt.NDArray[np.int32]
    number: npt.NDArray[np.int32]
    position: npt.NDArray[np.uint32]
    level: npt.NDArray[np.uint8]  # qualification asked
    place: npt.NDArray[np.uint8]  # of the firm
    premium: npt.NDArray[np.float32]  # of the firm
    bucket: npt.NDArray[np.int64]  # first vacancy at or after each n-th part of a ring of n
    sector_start: npt.NDArray[np.int64]  # (39,) first vacancy of each sector


@compiled
def count_vacancies(firms, first, last, starts):  # type: ignore[no-untyped-def]
    """Number of vacancies of open firms; starts : int64[39], written: offsets by sector."""
    starts[:] = 0
    for f in range(first, last):
        if firms.state[f] == _OPEN and firms.vacancies[f] > 0:
            starts[firms.sector[f] + 1] += firms.vacancies[f]
    for s in range(N_SECTORS):
        starts[s + 1] += starts[s]
    return starts[N_SECTORS]


@compiled
def _level_asked(u, f, sector, firms, skills):  # type: ignore[no-untyped-def]
    """Level of a post of a project if `u` falls on one, else by the usual mix of the sector."""
    share = posts_share(firms.project_posts[f], firms.desired[f] - firms.employment[f])
    if u < share:
        return np.int64(firms.project_level[f])
    u = (u - share) / (1.0 - share)
    q = 0
    while q < 3 and u >= skills[sector, q]:
        q += 1
    return q


@compiled
def _collect(firms, first, last, ring_key, cursor, firm, number, position):  # type: ignore[no-untyped-def]
    """Vacancies in the order of sectors, then of firms."""
    for f in range(first, last):
        if firms.state[f] == _OPEN:
            s = firms.sector[f]
            for k in range(firms.vacancies[f]):
                n = cursor[s]
                firm[n] = f
                number[n] = k
                position[n] = np.uint32(bits_pair(ring_key, f, k) >> _32)
                cursor[s] = n + 1


@compiled
def _arrange(order, first, sector, firms, skills, skill_key, unsorted, out):  # type: ignore[no-untyped-def]
    """Copy one sector's vacancies in the order of their positions; draw the level asked.

    Place and premium of the firm are copied beside: applications read neighbours on the ring.
    """
    firm, number, position = unsorted
    for k in range(order.size):
        source = first + order[k]
        f = firm[source]
        out.firm[first + k] = f
        out.number[first + k] = number[source]
        out.position[first + k] = position[source]
        u = unit(bits_pair(skill_key, f, number[source]))
        out.level[first + k] = _level_asked(u, f, sector, firms, skills)
        out.place[first + k] = firms.place[f]
        out.premium[first + k] = firms.premium[f]
    k = first
    n = order.size
    for part in range(n):
        while k < first + n and np.uint64(out.position[k]) * np.uint64(n) >> _32 < part:
            k += 1
        out.bucket[first + part] = k


@compiled_allocating
def place_vacancies(firms, market, first, last, ring_key, skill_key):  # type: ignore[no-untyped-def]
    """Build the rings of the month.

    ring_key, skill_key : keys without a month    first, last : rows of firms in use
    Returns a `Vacancies` record. Sorting is by position inside each sector (ties by firm and
    number), so the order of firms in memory does not matter.
    """
    starts = np.zeros(N_SECTORS + 1, dtype=np.int64)
    total = count_vacancies(firms, first, last, starts)
    firm = np.empty(total, dtype=np.int32)
    number = np.empty(total, dtype=np.int32)
    position = np.empty(total, dtype=np.uint32)
    _collect(firms, first, last, ring_key, starts[:-1].copy(), firm, number, position)
    out = Vacancies(
        np.empty(total, dtype=np.int32), np.empty(total, dtype=np.int32),
        np.empty(total, dtype=np.uint32), np.empty(total, dtype=np.uint8),
        np.empty(total, dtype=np.uint8), np.empty(total, dtype=np.float32),
        np.empty(total, dtype=np.int64), starts,
    )
    for s in range(N_SECTORS):
        a, b = starts[s], starts[s + 1]
        if b > a:
            order = np.argsort(position[a:b], kind="mergesort")
            _arrange(order, a, s, firms, market.skills, skill_key, (firm, number, position), out)
    return out


@compiled
def next_on_ring(position, bucket, word, start, stop):  # type: ignore[no-untyped-def]
    """Index of the first vacancy at or after `word` on the ring [start, stop), wrapping.

    position : uint32 sorted on the ring    bucket : as in `Vacancies`    word : uint32
    """
    part = np.int64((np.uint64(word) * np.uint64(stop - start)) >> _32)
    k = bucket[start + part]
    while k < stop and position[k] < word:
        k += 1
    return start if k == stop else k
