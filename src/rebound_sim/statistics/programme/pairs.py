"""Every pair of strategies: difference, chance that one beats the other, and what is established.

Two chances answer two questions. `probability` is what the replications say of the means: with a
flat prior and normal differences, the posterior of the mean difference is Student's t, so that
P(mean of A > mean of B) = T(mean / standard error). `share` counts: in how many of the worlds
compared A came before B, ties counted half.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr

from rebound_sim.arrays import Floats
from rebound_sim.statistics.intervals import CONFIDENCE, Estimate, mean_estimate
from rebound_sim.statistics.programme.pairing import Pairing, replications_saved


@dataclass(frozen=True, slots=True)
class Pair:
    """One strategy against another, on one outcome. Better : in the direction of the outcome.

    difference  : strategy - other, paired by replication
    probability : that the mean of the strategy is better than the mean of the other; NaN with one
                  replication
    share       : share of worlds (lucks, with one set) where the strategy is better, ties half
    holm        : p-value of "not better", adjusted for all ordered pairs (Holm)
    established : better, all pairs considered together, at 95 %
    """

    arm: str
    other: str
    difference: Estimate
    probability: float
    share: float
    holm: float
    established: bool
    identical: bool
    pairing: Pairing


def compare_pairs(
    names: tuple[str, ...],
    values: Floats,
    *,
    lower_is_better: bool = False,
    levels: Floats | None = None,
) -> list[Pair]:
    """All ordered pairs.

    values : [strategies, replications] of one outcome; where one is not defined its replication is
             left out of the pair
    levels : the same before differences are taken from `none`, for the gain of pairing
    """
    sign = -1.0 if lower_is_better else 1.0
    levels = values if levels is None else levels
    places = [(i, j) for i in range(len(names)) for j in range(len(names)) if i != j]
    gaps = [sign * (values[i] - values[j]) for i, j in places]
    probabilities = [probability_positive(gap) for gap in gaps]
    adjusted = holm([1.0 - p for p in probabilities])
    return [
        Pair(
            names[i],
            names[j],
            mean_estimate(sign * gap),
            probability,
            float(np.mean((gap > 0) + 0.5 * (gap == 0))) if gap.size else math.nan,
            p_value,
            bool(p_value <= 1.0 - CONFIDENCE),
            bool(gap.size and np.all(gap == 0)),
            replications_saved(levels[i], levels[j]),
        )
        for (i, j), gap, probability, p_value in zip(
            places, gaps, probabilities, adjusted, strict=True
        )
    ]


def probability_positive(gap: Floats) -> float:
    """P(mean > 0) given paired differences [replications]: Student's t posterior, flat prior.

    0.5 where all differences are 0; NaN with fewer than two. Where all are equal and not 0 (counts
    of zones may be) they tell nothing of their spread, and the sign test stands in: 1 - 0.5^n.
    """
    known = gap[np.isfinite(gap)]
    if known.size < 2:
        return math.nan
    mean, deviation = float(known.mean()), float(known.std(ddof=1))
    if deviation == 0.0:
        return 0.5 + float(np.sign(mean)) * (0.5 - 0.5**known.size)
    return float(stdtr(known.size - 1, mean / (deviation / math.sqrt(known.size))))


def holm(p_values: list[float]) -> list[float]:
    """Holm's adjusted p-values: the chance of any false claim is below the level, whatever the
    dependence between pairs. NaN stays NaN and does not count."""
    found = np.array(p_values)
    known = np.flatnonzero(~np.isnan(found))
    order = known[np.argsort(found[known], kind="stable")]
    steps = (known.size - np.arange(known.size)) * found[order]
    found[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return [float(value) for value in found]
