"""Many draws of the posterior from the last wave of a calibration.

The members of the smoother's last wave are a sample of the posterior, but a small one. When the
budget ended before all data were taken in, the rest is taken in without simulating again: members
are moved along the regressions of the wave (a regression adjustment, Beaumont, Zhang and Balding
2002). They are then resampled by a smooth bootstrap that keeps their mean and their covariances
(Liu and West 2001): a draw is a member drawn toward the mean, plus a random combination of the
members' deviations. Parameters that no moment identifies are drawn afresh from the members' mean
and spread, each by itself: what chance correlates in a few dozen members is not learnt.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rebound_sim.arrays import Floats
from rebound_sim.calibration.search.problem import Target
from rebound_sim.calibration.search.random_designs import Generator
from rebound_sim.calibration.smoother.step import misfits, scores_of, step

#: Draws shipped.
DRAWS: Final = 600
#: Share of the variance of a draw that is not its member's.
_KERNEL: Final = 0.3
#: Least weight of a step: data left below it count as taken in.
_ALL_TAKEN: Final = 1e-6


def adjusted(
    targets: Sequence[Target],
    points: Floats,
    rows: Floats,
    luck: Floats,
    taken: float,
    rng: Generator,
) -> Floats:
    """Normal scores of members once all data are taken in, [members, parameters].

    points : quantiles of the last wave, [members, parameters]    rows : their moments
    taken : share of the data that led to these members
    """
    scores = scores_of(points)
    left = 1.0 - taken
    if left <= _ALL_TAKEN:
        return scores
    return step(scores, misfits(targets, rows, luck), left, rng).scores


def draws(scores: Floats, identified: NDArray[np.bool_], count: int, rng: Generator) -> Floats:
    """Normal scores of `count` draws, [count, parameters], in random order.

    scores : of members, [members, parameters]    identified : whether a moment moves with each
    """
    members = len(scores)
    mean = scores.mean(axis=0)
    away = scores - mean
    # Every member serves as often as the others, give or take one.
    chosen = np.concatenate([rng.permutation(members) for _ in range(-(-count // members))])[:count]
    rng.shuffle(chosen)
    mixed = rng.normal(size=(count, members)) @ away / np.sqrt(members - 1)
    near = np.sqrt(1.0 - _KERNEL) * away[chosen] + np.sqrt(_KERNEL) * mixed
    fresh = rng.normal(size=near.shape) * away.std(axis=0, ddof=1)
    return np.asarray(mean + np.where(identified, near, fresh))
