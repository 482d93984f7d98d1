"""Chance that says nothing of the simulated world: shuffles, resamples, draws of a posterior.

The only place of the package, with designs of experiments, where a stateful generator is made.
"""

from __future__ import annotations

import numpy as np


def generator(seed: int) -> np.random.Generator:
    """A generator of its own for one estimate: the same results give the same figures."""
    return np.random.default_rng(seed)
