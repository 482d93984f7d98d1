"""Part of the phase "separations": the few people to whom something may happen this month.

Reads workers.watch, the person's class: who changes status gets the class of the new one, which
has the largest bound that anyone in it may need; who is then looked at to no effect gets a closer
one. Draws: the first 8 bits of MONTHLY_EVENT; one hash gives them to eight people.
"""

from __future__ import annotations

import numpy as np

from rebound_sim.compilation import compiled, inlined, unsigned
from rebound_sim.rng.draws import octets
from rebound_sim.rules import separations
from rebound_sim.rules.separations import MOST_NEW, MOST_PERSON, MOST_QUITS
from rebound_sim.state.codes import N_STATUS, Status
from rebound_sim.state.columns import N_QUALIFICATIONS
from rebound_sim.state.market import N_AGES

_PERMANENT = int(Status.PERMANENT)
_FIXED_TERM = int(Status.FIXED_TERM)
_SELF_EMPLOYED = int(Status.SELF_EMPLOYED)
_WORKING_OUTSIDE = int(Status.WORKING_OUTSIDE)
_UNEMPLOYED = int(Status.UNEMPLOYED)
_IN_TRAINING = int(Status.IN_TRAINING)
_HALO = int(Status.HALO)
_INACTIVE = int(Status.INACTIVE)
_OUTSIDER = int(Status.OUTSIDER)
#: Classes of the sweep: a status; the inactive who are not attached, and those of them who are
#: old; then a bound of one's own: one 256th, two …
NOT_ATTACHED, OLD, FIRST_OWN, N_CLASSES = N_STATUS, N_STATUS + 1, N_STATUS + 1, 256
#: Out-migration never exceeds this multiple of its base (numerical bound of the sweep).
LARGEST_FACTOR = 1.5
_8, _BYTE = np.uint64(8), np.uint64(0xFF)


@compiled
def _part_of_block(watch, first, last, key, bounds, events, n):  # type: ignore[no-untyped-def]
    """As `candidates`, for rows of one block of eight."""
    for i in range(first, last):
        events[unsigned(n)] = i
        word = octets(key, i >> 3) >> np.uint64((i & 7) << 3)
        n += (word & _BYTE) < bounds[watch[i]]
    return n


@compiled
def candidates(watch, first, last, key, bounds, events, n):  # type: ignore[no-untyped-def]
    """Rows to which something may happen this month: their first 8 bits are below the bound.

    watch : uint8[rows]    first, last : rows to look at    bounds : uint16[256], by class
    events : int32[rows + 1], written from position n. Returns the next free position.
    """
    whole, end = (first + 7) >> 3, last >> 3
    if whole > end:
        return _part_of_block(watch, first, last, key, bounds, events, n)
    n = _part_of_block(watch, first, whole << 3, key, bounds, events, n)
    for block in range(whole, end):
        word = octets(key, block)
        low = block << 3
        for lane in range(8):  # unrolled by the compiler
            events[unsigned(n)] = low + lane
            n += (word & _BYTE) < bounds[watch[unsigned(low + lane)]]
            word = word >> _8
    return _part_of_block(watch, end << 3, last, key, bounds, events, n)


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


@inlined
def _in_256ths(probability):  # type: ignore[no-untyped-def]
    """Rounded up, with room for the last bits of a sum taken in another order."""
    return min(int(256.0 * probability + 1.0e-6) + 1, 256)


@inlined
def own_class(bound, status):  # type: ignore[no-untyped-def]
    """Class of a person whose events have together this probability at most, from now on.

    status : taken where the bound is too large for a class.
    """
    place = FIRST_OWN + _in_256ths(bound)
    return place if place < N_CLASSES else status


@compiled
def largest_move(market):  # type: ignore[no-untyped-def]
    """Largest rate of out-migration of those not unemployed, whatever the conditions."""
    most = 0.0
    for age in range(N_AGES):
        for level in range(N_QUALIFICATIONS):
            most = max(most, market.migration[age, level, 0])
    return most * LARGEST_FACTOR


@compiled
def monthly_bounds(month, rates, moving, p, bounds):  # type: ignore[no-untyped-def]
    """Largest probability of any event this month by class, in 256ths, rounded up.

    month : as in `separations`    moving : from `largest_move`    bounds : uint16[256], written.
    Statuses with a decision every month get the largest.
    """
    sep, search = p[0], p[1]
    for k in range(N_CLASSES):
        bounds[k] = max(k - FIRST_OWN, 0)
    looking = separations.search_on_the_job(search.search_permanent, 0, sep)
    ends = MOST_NEW * MOST_QUITS
    own = separations.permanent_most(ends, month[10], moving, looking, p[2].review, sep)
    bounds[_PERMANENT] = _in_256ths(max(own, sep.commuter_job_end))
    own = separations.fixed_term_most(MOST_PERSON, moving, search.search_fixed_term, sep)
    bounds[_FIXED_TERM] = _in_256ths(max(own, sep.commuter_job_end))
    bounds[_SELF_EMPLOYED] = _in_256ths(sep.self_employed_exit + moving)
    bounds[_WORKING_OUTSIDE] = _in_256ths(
        sep.outside_job_end + month[6] + search.search_outside + moving
    )
    bounds[_UNEMPLOYED] = bounds[_IN_TRAINING] = bounds[_HALO] = 256
    returning = MOST_PERSON * month[5] + rates.search_inactive
    bounds[_INACTIVE] = _in_256ths(max(sep.attached_return, 1.0) * returning + moving)
    bounds[NOT_ATTACHED] = _in_256ths(returning + moving)
    bounds[OLD] = _in_256ths(min(sep.old_inactive, 1.0) * returning + moving)
    bounds[_OUTSIDER] = _in_256ths(month[7])
