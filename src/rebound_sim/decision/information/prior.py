"""The same worlds under another belief about one parameter: weights.

No causal estimate of engineering exists, so that what knowing it is worth depends on what is
believed today. Worlds are weighted by the ratio of the belief to the density that they were drawn
from, which is estimated from the worlds themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.stats import beta, gaussian_kde

from rebound_sim.arrays import Floats

EFFECT_OF_A_DAY: Final = "instruments.days_effect"


@dataclass(frozen=True, slots=True)
class Belief:
    """A belief about a parameter between its bounds: Beta(a, b) on the place between them.

    a, b : None for the worlds as they are    meaning : in words
    """

    name: str
    a: float | None
    b: float | None
    meaning: str


#: Beliefs about the effect of a day. Assumed, to bracket opinions: none is an estimate.
BELIEFS: Mapping[str, Belief] = {
    belief.name: belief
    for belief in (
        Belief("calibrated", None, None, "worlds as the calibration leaves them"),
        Belief("sceptic", 1.0, 4.0, "a day most likely does little: Beta(1, 4), mean a fifth"),
        Belief("confident", 4.0, 2.0, "a day most likely does much: Beta(4, 2), mean two thirds"),
    )
}


def weights_of(belief: Belief, values: Floats, low: float, high: float) -> Floats:
    """Weights of worlds, of mean 1. values : float[worlds] of the parameter in [low, high].

    The density of the worlds is a Gaussian kernel estimate, reflected at the bounds; weights above
    ten times the mean are cut there, so that a few worlds cannot decide.
    """
    if belief.a is None or belief.b is None or np.ptp(values) == 0.0:
        return np.ones(values.size)
    place = np.clip((values - low) / (high - low), 1e-3, 1.0 - 1e-3)
    kernel = gaussian_kde(place)
    density = kernel(place) + kernel(-place) + kernel(2.0 - place)
    weights = beta.pdf(place, belief.a, belief.b) / density
    weights = np.minimum(weights, 10.0 * weights.mean())
    return np.asarray(weights / weights.mean())


def worlds_worth(weights: Floats) -> float:
    """Effective number of worlds: (sum of weights)² / sum of squares (Kish 1965)."""
    return float(weights.sum() ** 2 / np.square(weights).sum())
