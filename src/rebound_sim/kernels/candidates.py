"""Part of the phase "separations": the few people to whom something may happen this month.

Reads workers.status. Draws: the first 8 bits of MONTHLY_EVENT; one hash gives them to eight people.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from rebound_sim.compilation import compiled, inlined, unsigned
from rebound_sim.rng.draws import octets
from rebound_sim.rules.mobility import LARGEST_OUTSIDE_LOSS, LARGEST_OUTSIDERS
from rebound_sim.rules.separations import MOST_NEW, MOST_PERSON
from rebound_sim.state.codes import N_STATUS, Status
from rebound_sim.state.market import Rates

_PERMANENT = int(Status.PERMANENT)
_FIXED_TERM = int(Status.FIXED_TERM)
_SELF_EMPLOYED = int(Status.SELF_EMPLOYED)
_WORKING_OUTSIDE = int(Status.WORKING_OUTSIDE)
_UNEMPLOYED = int(Status.UNEMPLOYED)
_IN_TRAINING = int(Status.IN_TRAINING)
_HALO = int(Status.HALO)
_INACTIVE = int(Status.INACTIVE)
_OUTSIDER = int(Status.OUTSIDER)
#: Place of the bound of the inactive who are not attached, after those of the statuses.
NOT_ATTACHED = N_STATUS
#: Out-migration never exceeds this multiple of its base (numerical bound of the sweep).
LARGEST_FACTOR = 1.5
_8, _BYTE = np.uint64(8), np.uint64(0xFF)


@compiled
def _part_of_block(status, first, last, key, bounds, events, n):  # type: ignore[no-untyped-def]
    """As `candidates`, for rows of one block of eight."""
    for i in range(first, last):
        events[n] = i
        word = octets(key, i >> 3) >> np.uint64((i & 7) << 3)
        n += (word & _BYTE) < bounds[status[i]]
    return n


@compiled
def candidates(status, first, last, key, bounds, events, n):  # type: ignore[no-untyped-def]
    """Rows to which something may happen this month: their first 8 bits are below the bound.

    status : uint8[rows]    first, last : rows to look at    bounds : uint16[13], by status
    events : int32[rows + 1], written from position n. Returns the next free position.
    """
    whole, end = (first + 7) >> 3, last >> 3
    if whole > end:
        return _part_of_block(status, first, last, key, bounds, events, n)
    n = _part_of_block(status, first, whole << 3, key, bounds, events, n)
    for block in range(whole, end):
        word = octets(key, block)
        low = block << 3
        for lane in range(8):  # unrolled by the compiler
            events[n] = low + lane
            n += (word & _BYTE) < bounds[status[unsigned(low + lane)]]
            word = word >> _8
    return _part_of_block(status, end << 3, last, key, bounds, events, n)


@compiled
def inactive_candidates(rows, until, t, key, bounds):  # type: ignore[no-untyped-def]
    """Put first the inactive to whom something may happen; returns how many.

    rows : candidates by status alone, rewritten    until : int16[rows of people]    t : month
    Few of the inactive are attached, and the others have a third of their events.
    """
    kept = 0
    for k in range(rows.size):
        i = unsigned(rows[k])
        octet = (octets(key, i >> 3) >> np.uint64((i & 7) << 3)) & _BYTE
        rows[kept] = i
        kept += (octet < bounds[NOT_ATTACHED]) | (t < until[i])
    return kept


@compiled
def by_status(status, rows, n, starts, out):  # type: ignore[no-untyped-def]
    """Sort rows by status, in the order of rows within each.

    rows : int32[...], the first n used    out : int32[n or more], written
    starts : int64[2, 13], written: the first row holds the start of each status, and the end.
    Both halves of the rows are taken side by side: neighbours have the same status, and each waits
    for the count that the one before has written.
    """
    half = n >> 1
    before, after = starts[0], starts[1]
    before[:] = 0
    after[:] = 0
    for k in range(half):
        before[status[unsigned(rows[k])]] += 1
        after[status[unsigned(rows[half + k])]] += 1
    if n & 1:
        after[status[unsigned(rows[n - 1])]] += 1
    total = 0
    for s in range(N_STATUS):
        first, second = before[s], after[s]
        before[s] = total
        after[s] = total + first
        total += first + second
    for k in range(half):
        _place(rows[k], status, before, out)
        _place(rows[half + k], status, after, out)
    if n & 1:
        _place(rows[n - 1], status, after, out)
    before[0] = 0
    for s in range(N_STATUS):
        before[s + 1] = after[s]


@inlined
def _place(row, status, cursor, out):  # type: ignore[no-untyped-def]
    """Write a row at the cursor of its status, which moves on."""
    s = status[unsigned(row)]
    out[unsigned(cursor[s])] = row
    cursor[s] += 1


def event_bounds(
    rates: Rates, migration: npt.NDArray[np.float64], p: tuple[Any, ...]
) -> npt.NDArray[np.uint16]:
    """Largest monthly probability of any event by status in 256ths, rounded up: uint16[13].

    The last is that of the inactive who are not attached.
    migration : float64[100, 4, 2] rates at base    p : as `separations.separate`
    records. Statuses with a decision every month get the largest threshold.
    """
    sep, search = p[0], p[1]
    moving = float(migration[:, :, 0].max()) * LARGEST_FACTOR
    totals = np.zeros(N_STATUS + 1)
    ends = sep.permanent_to_unemployment + sep.permanent_to_inactivity
    totals[_PERMANENT] = max(
        MOST_NEW * ends
        + rates.business_employed
        + search.search_permanent * (1.0 + sep.tenure_quits)
        + moving
        + p[2].review,
        sep.commuter_job_end,
    )
    totals[_FIXED_TERM] = max(
        MOST_PERSON * (sep.fixed_term_to_unemployment + sep.fixed_term_to_inactivity)
        + sep.conversion
        + search.search_fixed_term
        + moving,
        sep.commuter_job_end,
    )
    totals[_SELF_EMPLOYED] = sep.self_employed_exit + moving
    totals[_WORKING_OUTSIDE] = (
        sep.outside_job_end + LARGEST_OUTSIDE_LOSS + search.search_outside + moving
    )
    totals[_UNEMPLOYED] = totals[_IN_TRAINING] = totals[_HALO] = 1.0
    # Twice over: by person, and by unemployment.
    returning = MOST_PERSON**2 * rates.inactive_to_unemployment + rates.search_inactive
    totals[_INACTIVE] = sep.attached_return * returning + moving
    totals[NOT_ATTACHED] = returning + moving
    totals[_OUTSIDER] = LARGEST_OUTSIDERS * search.search_outsiders * rates.outsiders
    return np.minimum(np.ceil(256.0 * totals), 256.0).astype(np.uint16)
