"""Ask for the rows of people and firms whose turn comes soon.

A loop over rows far from each other waits for memory at each. The lines of rows a dozen turns ahead
are on their way while others are worked on. Nothing is changed, and nothing is read that counts.
"""

from __future__ import annotations

from rebound_sim.compilation import inlined, prefetch, unsigned

#: Turns ahead: fewer come too late (7 costs a fourteenth of the events of employees), 20 as 12.
TURNS = 12
#: Turns ahead for what a row asked for earlier leads to.
NEXT = 6


@inlined
def prefetch_person(i, workers):  # type: ignore[no-untyped-def]
    """Ask for person i: cells that never change, and the others."""
    prefetch(workers.wage, i)
    prefetch(workers.ease, i)


@inlined
def prefetch_firm(f, firms):  # type: ignore[no-untyped-def]
    """Ask for firm f, if any."""
    if f >= 0:
        prefetch(firms.employment, unsigned(f))


@inlined
def people_ahead(rows, k, n, workers):  # type: ignore[no-untyped-def]
    """In turn k of n, ask for the person of a later one. rows : int32[n or more]"""
    prefetch_person(unsigned(rows[min(k + TURNS, n - 1)]), workers)


@inlined
def employers_ahead(rows, k, n, workers, firms):  # type: ignore[no-untyped-def]
    """In turn k of n, ask for the employer of a person of a later one."""
    prefetch_firm(workers.employer[unsigned(rows[min(k + NEXT, n - 1)])], firms)
