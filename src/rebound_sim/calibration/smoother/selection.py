"""Which simulated points become the ensemble: sets that are good each, and together.

Points are added one at a time, then exchanged, so that the mean of moments over the sets lies in as
many bands as possible and each set is near its targets. Parameters do not enter, so that those that
no moment identifies stay as spread as they are among candidates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rebound_sim.arrays import Floats
from rebound_sim.calibration.search.implausibility import distance, implausibility
from rebound_sim.calibration.search.problem import Target

#: Candidates simulated again for each set wanted.
SPARE: Final = 1.2
#: What a moment outside its band weighs for the mean, in squared implausibilities, and how much
#: sets weigh one by one beside their mean.
_OUTSIDE, _EACH = 9.0, 0.5
_ROUNDS: Final = 3


@dataclass(frozen=True)
class Chosen:
    """The parameter sets kept, the best first: the point, then the others.

    values : parameters of each    points : quantiles of their priors, [sets, dimensions]
    moments, found : simulated moments and their implausibilities, [sets, moments]
    waves : where each was planned
    """

    values: tuple[dict[str, float], ...]
    points: Floats
    moments: Floats
    found: Floats
    waves: tuple[int, ...]


@dataclass(frozen=True)
class Candidates:
    """Simulated points to choose from. rows : [points, moments], NaN where undefined    luck :
    float[moments], standard deviation of a row
    """

    targets: Sequence[Target]
    rows: Floats
    luck: Floats

    @cached_property
    def found(self) -> Floats:
        """Implausibilities, [points, moments]."""
        return implausibility(self.targets, self.rows, self.luck**2)

    @cached_property
    def each(self) -> Floats:
        """Distance of each point."""
        return distance(self.found)

    def together(self, totals: Floats, counts: Floats) -> Floats:
        """How bad the mean of moments of sets is, for many sets of sets, [n, moments] each."""
        means = np.divide(totals, counts, out=np.full_like(totals, np.nan), where=counts > 0)
        low, high = (np.array([getattr(t, name) for t in self.targets]) for name in ("low", "high"))
        outside = ~((means >= low) & (means <= high))
        # Luck of the sets averages out.
        found = implausibility(self.targets, means, np.zeros(len(self.luck)))
        return np.asarray(distance(found) + _OUTSIDE * outside.mean(axis=1))


def choose(candidates: Candidates, count: int) -> NDArray[np.int64]:
    """Rows of `count` points, or of all when there are fewer, the nearest one first."""
    known = np.isfinite(candidates.rows)
    values = np.where(known, candidates.rows, 0.0)
    each = candidates.each

    def cheapest(kept: list[int]) -> int:
        """The point whose addition is best."""
        totals = values[kept].sum(axis=0) + values
        counts = known[kept].sum(axis=0) + known
        cost = candidates.together(totals, counts) + _EACH * each / (len(kept) + 1)
        cost[kept] = np.inf
        return int(np.argmin(cost))

    chosen = [int(np.argmin(each))]
    while len(chosen) < min(count, len(each)):
        chosen.append(cheapest(chosen))
    for _ in range(_ROUNDS if len(chosen) < len(each) else 0):
        for place in range(1, len(chosen)):
            chosen[place] = cheapest(chosen[:place] + chosen[place + 1 :])
    order = sorted(chosen[1:], key=lambda row: float(each[row]))
    return np.array([chosen[0], *order], dtype=np.int64)
