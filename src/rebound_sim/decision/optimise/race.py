"""Which options go on to all zones and worlds that teach, after a race over some of them.

The table of the zones that race is small and full of luck. Best allocations are chosen from it many
times, each time with worlds drawn again from those there are (bootstrap), with the whole envelope,
half and a quarter of it, beside the candidates of every objective and the best of each world.
Options that these choices hardly use are not simulated in the other zones. No kind of help is
dropped, so that they can still prefer it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from rebound_sim.decision.optimise.allocation import Allocations
from rebound_sim.decision.optimise.candidates import candidates
from rebound_sim.decision.optimise.limits import Limit
from rebound_sim.decision.optimise.menu import Option
from rebound_sim.decision.optimise.responses import Responses
from rebound_sim.decision.optimise.shrinkage import expected_jobs, shrunk
from rebound_sim.errors import InputError
from rebound_sim.statistics.resampling import generator

DRAWS = 12
#: Part of all that choices use that the options kept make up. Assumed.
USED = 0.95
_ENVELOPES = (1.0, 0.5, 0.25)
_SEED = 29


def survivors(first: Responses, limits: Sequence[Limit]) -> tuple[int, ...]:
    """Places in the menu of the options that go on, in its order.

    first : as simulated in zones that race    limits : the first is the envelope
    Raises InputError when no allocation respects the limits.
    """
    table, _ = shrunk(first)
    uses = np.zeros(len(table.options))
    for choice in _choices(table, first, limits):
        uses += np.bincount(choice, minlength=uses.size)
    kinds = [kind_of(option) for option in table.options]
    best = {
        kind: max(np.flatnonzero([k == kind for k in kinds]), key=lambda n: uses[n])
        for kind in dict.fromkeys(kinds)
    }
    order = np.argsort(-uses, kind="stable")
    before = np.cumsum(uses[order]) - uses[order]
    most = order[before < USED * uses.sum()]
    return tuple(sorted({*most.tolist(), *(int(place) for place in best.values())}))


def kind_of(option: Option) -> tuple[bool, bool, bool]:
    """With days; with grants; in parts. Nothing is a kind too."""
    return option.days > 0, option.grants_eur > 0, option.parts > 1


def _choices(
    table: Responses, first: Responses, limits: Sequence[Limit]
) -> list[NDArray[np.int64]]:
    envelope, *others = limits
    problem = Allocations(table, limits)
    found = [one.choice for one in candidates(table, limits, envelope)]
    found += [problem.single(world).choice for world in range(len(table.worlds))]
    luck, count = generator(_SEED), len(first.worlds)
    for _ in range(DRAWS):
        again = first.in_worlds(luck.integers(count, size=count).tolist())
        drawn = replace(table, jobs=expected_jobs(again.jobs)[0])
        for share in _ENVELOPES:
            part = replace(envelope, high=envelope.high * share)
            try:
                found.append(Allocations(drawn, [part, *others]).mean().choice)
            except InputError:
                continue  # floors need more than this part
    return found
