"""What the same random numbers save: variance of paired differences against independent draws."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_NORMAL_QUANTILE = 1.959963984540054  # 97.5 % of the standard normal
_FEWEST = 4  # replications from which Fisher's interval exists


@dataclass(frozen=True, slots=True)
class Pairing:
    """How many times fewer replications a paired difference needs for an interval as wide.

    factor    : (variance of A + variance of B) / variance of A - B; infinite when A = B + constant
    low, high : 95 % interval through Fisher's z of the correlation, NaN with fewer than 4
    """

    factor: float
    low: float
    high: float


def replications_saved(first: NDArray[np.float64], second: NDArray[np.float64]) -> Pairing:
    """Pairing of two arms. first, second : levels, [replications].

    With independent draws the variance of a difference of means would be the sum of both; paired,
    it is less twice the covariance. NaN with one replication or without variance.
    """
    if first.size < 2:
        return Pairing(math.nan, math.nan, math.nan)
    (var_first, cov), (_, var_second) = np.cov(first, second)
    apart = float(var_first + var_second)
    product = math.sqrt(float(var_first) * float(var_second))
    if apart == 0.0:
        return Pairing(math.nan, math.nan, math.nan)

    def factor(covariance: float) -> float:
        paired = apart - 2.0 * covariance
        # Rounding of equal arms leaves dust where the variance is 0.
        return apart / paired if paired > 1e-12 * apart else math.inf

    if first.size < _FEWEST or product == 0.0:
        return Pairing(factor(float(cov)), math.nan, math.nan)
    correlation = min(max(float(cov) / product, -1.0), 1.0)
    if abs(correlation) >= 1.0 - 1e-12:
        return Pairing(factor(float(cov)), math.nan, math.nan)
    half = _NORMAL_QUANTILE / math.sqrt(first.size - 3)
    low, high = (math.tanh(math.atanh(correlation) + sign * half) for sign in (-1, 1))
    return Pairing(factor(float(cov)), factor(low * product), factor(high * product))
