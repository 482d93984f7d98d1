"""Which zones are simulated in which of the worlds that teach.

Worlds differ more than zones do, and a zone in a world costs the same whichever it is: many worlds
with a part of the zones in each tell more than few worlds with all of them. Zones are shared out at
random among as many worlds as there are parts, so that each of these blocks sees every zone once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from rebound_sim.statistics.resampling import generator

#: Zones simulated in a world: their mean is known to a third of what luck gives one. Assumed.
ZONES = 10
#: Blocks at least, so that what lasts of a zone can be told from its luck.
BLOCKS = 3
#: Zones and worlds that learn of the whole menu: luck gives one option over another, mean of
#: these, a sixth of what it gives in one.
RACING = 40
_SEED = 41


def parts_of(zones: int, worlds: int) -> int:
    """Worlds that see every zone once, one part in each."""
    return max(min(zones // ZONES, worlds // BLOCKS), 1)


def shared_out(zones: Sequence[str], worlds: Sequence[int]) -> Mapping[int, tuple[str, ...]]:
    """World -> its zones, in random order."""
    luck, parts = generator(_SEED), parts_of(len(zones), len(worlds))
    found: dict[int, tuple[str, ...]] = {}
    for place, world in enumerate(worlds):
        if place % parts == 0:
            order = luck.permutation(len(zones))
        found[world] = tuple(zones[n] for n in order[place % parts :: parts])
    return found


def racing(sample: Mapping[int, tuple[str, ...]]) -> Mapping[int, tuple[str, ...]]:
    """The zones of each world that learn of the whole menu, RACING in all or all there are: those
    that did least in the worlds before."""
    each = -(-RACING // len(sample))
    times: Counter[str] = Counter()
    found = {}
    for world, zones in sample.items():
        found[world] = tuple(sorted(zones, key=lambda zone: times[zone])[:each])
        times.update(found[world])
    return found
