"""Shapley effects from given data: variance shared between correlated parameters.

The variance explained by a set of parameters is estimated with nearest neighbours: within a world
and its nearest in these parameters alone, what still varies is what they do not explain. A Shapley
effect is the mean, over orders in which parameters could be learnt, of what learning one adds. They
are not negative in theory, add up to what all explain, and give correlated parameters a share each.

Broto, Bachoc and Depecker 2020, SIAM/ASA Journal on Uncertainty Quantification 8; Owen 2014,
ibid. 2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
from scipy.spatial import cKDTree
from scipy.stats import rankdata

from rebound_sim.arrays import Floats
from rebound_sim.statistics.resampling import generator

#: Worlds in a neighbourhood, the world itself among them (Broto, Bachoc and Depecker use three).
NEIGHBOURS = 3
#: Parameters among which variance is shared: 2**8 sets of them are tried.
MOST = 7
DUMMIES = 40
_SEED = 17


@dataclass(frozen=True)
class Shares:
    """effects : of each parameter, share of the outcome's variance    explained : their sum
    inert : what an inert parameter in their place reaches, 95 %."""

    names: tuple[str, ...]
    effects: Floats
    explained: float
    inert: float


def shapley_effects(parameters: Floats, outcome: Floats) -> Floats:
    """float[parameters], shares of variance. parameters : float[worlds, up to MOST + 1]

    Raises ValueError for more parameters than can be tried.
    """
    count = parameters.shape[1]
    if count > MOST + 1:
        raise ValueError(f"{count} parameters: at most {MOST + 1}")
    ranks = rankdata(parameters, axis=0) / parameters.shape[0]
    worth: dict[tuple[int, ...], float] = {(): 0.0}
    for size in range(1, count + 1):
        for chosen in combinations(range(count), size):
            worth[chosen] = explained_share(ranks[:, list(chosen)], outcome)
    effects = np.zeros(count)
    for one in range(count):
        others = [other for other in range(count) if other != one]
        for size in range(count):
            weight = 1.0 / (count * comb(count - 1, size))
            for known in combinations(others, size):
                both = tuple(sorted((*known, one)))
                effects[one] += weight * (worth[both] - worth[known])
    return effects


def explained_share(ranks: Floats, outcome: Floats) -> float:
    """1 − mean variance inside neighbourhoods / variance. ranks : float[worlds, parameters]."""
    total = float(outcome.var(ddof=1))
    if total == 0.0:
        return 0.0
    places = cKDTree(ranks).query(ranks, k=NEIGHBOURS)[1]
    inside = outcome[places].var(axis=1, ddof=1)
    return 1.0 - float(inside.mean()) / total


def shared_variance(names: Sequence[str], parameters: Floats, outcome: Floats) -> Shares:
    """Effects of the parameters given, and of inert ones put beside them in turn."""
    effects = shapley_effects(parameters, outcome)
    luck = generator(_SEED)
    few = parameters[:, : min(parameters.shape[1], 4)]  # enough neighbours to be fair, and fast
    dummies = [
        shapley_effects(np.column_stack([few, luck.random(outcome.size)]), outcome)[-1]
        for _ in range(DUMMIES)
    ]
    return Shares(tuple(names), effects, float(effects.sum()), float(np.quantile(dummies, 0.95)))
