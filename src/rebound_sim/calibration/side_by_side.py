"""A published figure beside its simulated one: what the replays and the panel return."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.stats import t as student

from rebound_sim.arrays import Floats


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One line of a table.

    family, name, unit : "panel" or "cases"; what it is    published : the figure observed
    simulated : mean over replications    low, high : 95 % interval of one replication: the world
    happened once    inside : verdict    source : where the published figure comes from
    band_low, band_high : where the simulated mean must lie; NaN when the published figure must lie
    in the interval instead
    """

    family: str
    name: str
    unit: str
    published: float
    simulated: float
    low: float
    high: float
    inside: bool
    source: str
    band_low: float = math.nan
    band_high: float = math.nan

    @property
    def verdict(self) -> str:
        """The verdict in a word."""
        return "inside" if self.inside else "outside"


@cache
def student_quantile(level: float, freedom: float) -> float:
    """Two-sided quantile of Student's law: 0.95 and 7 give 2.36."""
    return float(student.ppf(0.5 + level / 2.0, freedom))


def prediction_interval(
    values: Floats, level: float = 0.95, weights: Floats | None = None
) -> tuple[Floats, Floats]:
    """Interval of one more replication, from n ≥ 2 of them on the first axis; (low, high).

    weights : of replications, sum 1, for a sample of another law; n is then what they are worth
    (`worth`), which must be above 1
    """
    if weights is None:
        n: float = values.shape[0]
        spread, mean = values.std(axis=0, ddof=1), values.mean(axis=0)
    else:
        n = worth(weights)
        mean = np.tensordot(weights, values, axes=1)
        variance = np.tensordot(weights, (values - mean) ** 2, axes=1) * n / (n - 1.0)
        spread = np.sqrt(variance)
    half = student_quantile(level, n - 1.0) * spread * math.sqrt(1.0 + 1.0 / n)
    return np.asarray(mean - half), np.asarray(mean + half)


def worth(weights: Floats) -> float:
    """Equal members that a weighted sample is worth (Kish 1965). weights : sum 1."""
    return float(1.0 / (weights**2).sum())


def compared(
    family: str, name: str, unit: str, published: float, values: Sequence[float], source: str
) -> SideBySide:
    """Whether the published figure could be one more replication, at 95 %.

    values : one a replication, NaN where it is not defined
    """
    known = np.array([value for value in values if math.isfinite(value)])
    if known.size < 2:
        nothing = math.nan
        return SideBySide(family, name, unit, published, nothing, nothing, nothing, False, source)
    low, high = (float(bound) for bound in prediction_interval(known))
    inside = low <= published <= high
    return SideBySide(family, name, unit, published, float(known.mean()), low, high, inside, source)


def compared_with_band(
    family: str,
    name: str,
    unit: str,
    published: float,
    values: Floats,
    band: tuple[float, float],
    source: str,
) -> SideBySide:
    """Whether the mean of the replications lies in the band of the published figure."""
    low, high = (float(bound) for bound in prediction_interval(values))
    if unit == "share":
        low, high = max(low, 0.0), min(high, 1.0)
    mean = float(values.mean())
    inside = band[0] <= mean <= band[1]
    return SideBySide(family, name, unit, published, mean, low, high, inside, source, *band)
