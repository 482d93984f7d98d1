"""Whole numbers that add up."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rebound_sim.data.rounding import largest_remainder

__all__ = ["bounded_split", "fit_margins", "largest_remainder"]

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


def bounded_split(weights: Floats, total: int, low: Integers, high: Integers) -> Integers:
    """Split `total` in proportion to `weights`, each part within [low, high].

    Returns int64[n]. Raises ValueError when no such split exists.
    """
    low, high = np.asarray(low, dtype=np.int64), np.asarray(high, dtype=np.int64)
    if not low.sum() <= total <= high.sum() or np.any(low > high):
        raise ValueError(f"{total} cannot be split within [{low.sum()}, {high.sum()}]")
    parts = low.copy()
    rest = total - int(low.sum())
    while rest > 0:
        room = high - parts
        open_ = room > 0
        share = np.where(open_, np.maximum(weights, 1e-12), 0.0)
        step = np.minimum(largest_remainder(share, rest), room)
        parts += step
        rest -= int(step.sum())
    return parts


def fit_margins(seed: Floats, rows: Floats, columns: Floats, rounds: int = 60) -> Floats:
    """Iterative proportional fitting (Deming and Stephan 1940).

    seed : float64[n, m], ≥ 0    rows : float64[n]    columns : float64[m], same total
    Returns float64[n, m] whose row sums are `rows` and whose column sums are close to `columns`.
    """
    table = np.array(seed, dtype=np.float64)
    for _ in range(rounds):
        sums = table.sum(axis=0)
        table *= np.divide(columns, sums, out=np.zeros_like(sums), where=sums > 0)
        sums = table.sum(axis=1)
        table *= np.divide(rows, sums, out=np.zeros_like(sums), where=sums > 0)[:, None]
    return table
