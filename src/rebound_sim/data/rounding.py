"""Whole numbers in given proportions that add up."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rebound_sim.arrays import Floats

Integers = npt.NDArray[np.int64]


def largest_remainder(weights: Floats, total: int) -> Integers:
    """Split `total` in proportion to `weights` (float64[n], ≥ 0), exactly.

    Returns int64[n] with sum `total`. Ties go to the first. All weights 0: equal shares.
    """
    weights = np.asarray(weights, dtype=np.float64)
    mass = weights.sum()
    share = weights / mass if mass > 0 else np.full(weights.size, 1.0 / weights.size)
    exact = share * total
    whole = np.floor(exact).astype(np.int64)
    order = np.argsort(-(exact - whole), kind="stable")
    whole[order[: total - int(whole.sum())]] += 1
    return np.asarray(whole, dtype=np.int64)
