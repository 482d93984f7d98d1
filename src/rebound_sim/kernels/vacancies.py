"""Phase "vacancies": lay this month's vacancies on one ring per sector.

A vacancy is (firm, number). Its word is a hash of that identity, the same in every month and under
every policy, and gives its position on the ring of its sector: one more vacancy moves only the
draws that fall in its arc. Reads firms. Writes the arrays of `Vacancies`. Draws: VACANCY_RING,
VACANCY_SKILL.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rebound_sim.compilation import compiled, compiled_allocating, inlined, unsigned
from rebound_sim.rng.draws import bits_pair, mix, unit
from rebound_sim.rules.projects import posts_share
from rebound_sim.state.codes import FirmState
from rebound_sim.state.market import N_SECTORS

_OPEN = int(FirmState.OPEN)
_32 = np.uint64(32)
#: Parts of a ring for each vacancy on it: a draw starts close to the vacancy that it finds.
PARTS = 4


class Vacancies(NamedTuple):
    """Vacancies of the month, by sector, then by position on the ring."""

    firm: npt.NDArray[np.int32]
    word: npt.NDArray[np.uint64]  # of the identity
    position: npt.NDArray[np.uint32]  # its upper half
    level: npt.NDArray[np.uint8]  # qualification asked
    place: npt.NDArray[np.uint8]  # of the firm
    premium: npt.NDArray[np.float32]  # of the firm
    bucket: npt.NDArray[np.int32]  # first vacancy at or after each of the parts of each ring
    sector_start: npt.NDArray[np.int64]  # (39,) first vacancy of each sector


@compiled
def count_vacancies(firms, first, last, posting, starts):  # type: ignore[no-untyped-def]
    """Firms with vacancies. posting : int32[last - first + 1], rows, written
    starts : int64[39], written: offsets by sector. Returns how many firms.
    """
    n = 0
    for row in range(first, last):
        f = unsigned(row)
        posting[n] = f
        n += (firms.state[f] == _OPEN) & (firms.vacancies[f] > 0)
    starts[:] = 0
    for k in range(n):
        f = unsigned(posting[k])
        starts[firms.sector[f] + 1] += firms.vacancies[f]
    for s in range(N_SECTORS):
        starts[s + 1] += starts[s]
    return n


@inlined
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


@inlined
def _part(word, start, stop):  # type: ignore[no-untyped-def]
    """Part of the ring [start, stop) where a position lies, counted over all rings."""
    return PARTS * start + np.int64((word >> _32) * np.uint64(PARTS * (stop - start)) >> _32)


@compiled
def _collect(posting, firms, ring_key, starts, firm, word, bucket):  # type: ignore[no-untyped-def]
    """Vacancies in the order of firms; bucket : vacancies before each part, written."""
    n = 0
    bucket[:] = 0
    for j in range(posting.size):
        f = unsigned(posting[j])
        s = firms.sector[f]
        for k in range(firms.vacancies[f]):
            firm[n] = f
            word[n] = bits_pair(ring_key, f, k)
            bucket[_part(word[n], starts[s], starts[s + 1]) + 1] += 1
            n += 1
    for part in range(1, bucket.size):
        bucket[part] += bucket[part - 1]


@compiled
def _arrange(firm, word, firms, skills, skill_key, cursor, out):  # type: ignore[no-untyped-def]
    """Put vacancies in the order of their positions; draw the level asked.

    cursor : int32[parts], first place of each part, used up. Within a part, insertion.
    Place and premium of the firm are copied beside: applications read neighbours on the ring.
    """
    for n in range(firm.size):
        s = firms.sector[unsigned(firm[n])]
        part = unsigned(_part(word[n], out.sector_start[s], out.sector_start[s + 1]))
        first = out.bucket[part]
        k = cursor[part]
        cursor[part] = k + 1
        while k > first and out.position[k - 1] > np.uint32(word[n] >> _32):
            out.firm[k] = out.firm[k - 1]
            out.word[k] = out.word[k - 1]
            out.position[k] = out.position[k - 1]
            k -= 1
        out.firm[k] = firm[n]
        out.word[k] = word[n]
        out.position[k] = np.uint32(word[n] >> _32)
    for k in range(firm.size):
        f = unsigned(out.firm[k])
        u = unit(mix(out.word[k] + skill_key))
        out.level[k] = _level_asked(u, f, firms.sector[f], firms, skills)
        out.place[k] = firms.place[f]
        out.premium[k] = firms.premium[f]


@compiled_allocating
def place_vacancies(firms, market, first, last, ring_key, skill_key):  # type: ignore[no-untyped-def]
    """Build the rings of the month.

    ring_key, skill_key : keys without a month    first, last : rows of firms in use
    Returns a `Vacancies` record. Sorting is by position inside each sector (ties by firm and
    number), so the order of firms in memory does not matter.
    """
    starts = np.zeros(N_SECTORS + 1, dtype=np.int64)
    posting = np.empty(last - first + 1, dtype=np.int32)
    posting = posting[: count_vacancies(firms, first, last, posting, starts)]
    total = starts[N_SECTORS]
    firm = np.empty(total, dtype=np.int32)
    word = np.empty(total, dtype=np.uint64)
    bucket = np.empty(PARTS * total + 1, dtype=np.int32)
    _collect(posting, firms, ring_key, starts, firm, word, bucket)
    out = Vacancies(
        np.empty(total, dtype=np.int32),
        np.empty(total, dtype=np.uint64),
        np.empty(total, dtype=np.uint32),
        np.empty(total, dtype=np.uint8),
        np.empty(total, dtype=np.uint8),
        np.empty(total, dtype=np.float32),
        bucket,
        starts,
    )
    _arrange(firm, word, firms, market.skills, skill_key, bucket.copy(), out)
    return out


@inlined
def next_on_ring(position, bucket, word, start, stop):  # type: ignore[no-untyped-def]
    """Index of the first vacancy at or after `word` on the ring [start, stop), wrapping.

    position : uint32 sorted on the ring    bucket : as in `Vacancies`    word : uint32
    """
    k = bucket[unsigned(_part(np.uint64(word) << _32, start, stop))]
    while k < stop and position[unsigned(k)] < word:
        k += 1
    return start if k == stop else k
