"""The chance that a strategy is the best on average over worlds, and what a wrong choice costs.

The strategies are compared in the same worlds under the same luck, so that their means vary
together: the chance is that of the joint posterior of the vector of means. With differences taken
as normal and the prior of Geisser and Cornfield (1963, Journal of the Royal Statistical Society B
25), it is a multivariate Student's t of n - 1 degrees of freedom around the means with the paired
covariance over n: every difference of two strategies then has the chance of `pairs.probability`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rebound_sim.arrays import Floats
from rebound_sim.statistics.resampling import generator

DRAWS = 20_000
_SEED = 20_220_801  # draws of the posterior: the same results give the same chances


@dataclass(frozen=True, slots=True)
class Best:
    """chance : that its mean is the best of all    regret : expected loss from choosing it, in the
    unit of the outcome    error : standard error of the chance from the number of draws."""

    arm: str
    chance: float
    regret: float
    error: float


def posterior_means(values: Floats, draws: int = DRAWS, seed: int = _SEED) -> Floats:
    """Draws of the vector of means: float[draws, strategies].

    values : float[strategies, worlds], at least two worlds. The covariance may be singular (no
    programme is 0 in every world; two strategies may be equal): draws are made from the worlds
    themselves, mean + centred values times normal weights, which has this covariance exactly.
    Raises ValueError with fewer than two worlds.
    """
    worlds = values.shape[1]
    if worlds < 2:
        raise ValueError("a posterior needs two worlds")
    luck = generator(seed)
    centre = values.mean(axis=1)
    centred = values - centre[:, np.newaxis]
    weights = luck.standard_normal((draws, worlds)) / np.sqrt(worlds * (worlds - 1))
    scale = np.sqrt((worlds - 1) / luck.chisquare(worlds - 1, draws))
    return np.asarray(centre + scale[:, np.newaxis] * (weights @ centred.T))


def chances_of_best(
    names: Sequence[str], values: Floats, *, lower_is_better: bool = False, draws: int = DRAWS
) -> list[Best]:
    """In the order of the names. values : float[strategies, worlds]; ties share the chance."""
    sign = -1.0 if lower_is_better else 1.0
    means = sign * posterior_means(values, draws)
    top = means.max(axis=1, keepdims=True)
    ahead = means >= top - 1e-9 * np.maximum(np.abs(top), 1.0)
    chances = (ahead / ahead.sum(axis=1, keepdims=True)).mean(axis=0)
    regrets = (top - means).mean(axis=0)
    return [
        Best(name, float(c), float(r), float(np.sqrt(c * (1.0 - c) / draws)))
        for name, c, r in zip(names, chances, regrets, strict=True)
    ]
