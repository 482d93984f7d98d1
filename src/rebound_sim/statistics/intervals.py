"""Estimates over replications, their 95 % intervals, and the words that they allow."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, stdtrit

CONFIDENCE = 0.95
NO_DIFFERENCE = "no difference can be shown"
NO_INTERVAL = "too few replications for an interval"
NO_DENOMINATOR = "not defined: the interval of its denominator contains 0"
#: How the interval of a mean was made, by its number of finite bounds.
_SCALES = (
    "Student's t, paired by replication",
    "Student's t on the square root, paired by replication",
    "Student's t on the arcsine, paired by replication",
)
_NORMAL_QUANTILE = 1.959963984540054  # 97.5 % of the standard normal


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimate over replications.

    low, high    : bounds of the 95 % interval, NaN without one
    replications : number of replications that it rests on
    method       : how the interval was made, or why there is none
    """

    value: float
    low: float
    high: float
    replications: int
    method: str

    @property
    def has_interval(self) -> bool:
        """Whether both bounds exist (a bound may be infinite)."""
        return not (math.isnan(self.low) or math.isnan(self.high))

    @property
    def contains_zero(self) -> bool:
        """Whether the interval holds 0. False without an interval."""
        return self.has_interval and self.low <= 0.0 <= self.high


def mean_estimate(
    values: NDArray[Any], least: float = -math.inf, most: float = math.inf
) -> Estimate:
    """Mean over replications with Student's interval, n - 1 degrees of freedom.

    values : [replications]; for a difference between arms, the differences of each replication
    (same random numbers), so that the interval is paired. NaN (not defined there) are left out.
    least, most : bounds that values cannot pass; the interval stays within them (`within`)
    """
    kept = _defined(values)
    n = kept.size
    if n == 0:
        return Estimate(math.nan, math.nan, math.nan, 0, "not defined in any replication")
    mean = float(kept.mean())
    if n == 1:
        return Estimate(mean, math.nan, math.nan, 1, NO_INTERVAL)
    half = student_quantile(n) * float(kept.std(ddof=1)) / math.sqrt(n)
    low, high = within(mean, half, least, most)
    bounds = sum(map(math.isfinite, (least, most)))
    return Estimate(mean, float(low), float(high), n, _SCALES[bounds])


def within(
    mean: Any, half: Any, least: float = -math.inf, most: float = math.inf
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Bounds of mean ± half that stay between `least` and `most`.

    mean, half : of one shape, or numbers. With `least` alone (counts, euros) the interval is made
    on the square root of the distance from it, with `most` too (shares) on the arcsine of the
    square root of the share: scales of stable variance (Anscombe 1948), by the delta method.
    A mean at a bound, or beyond it, has mean ± half.
    """
    mean, half = np.asarray(mean, np.float64), np.asarray(half, np.float64)
    if not math.isfinite(least):
        return mean - half, mean + half
    double = math.isfinite(most)
    size = most - least if double else 1.0
    share = (mean - least) / size
    inside = (share > 0.0) & (share < (1.0 if double else math.inf))
    share = np.where(inside, share, 0.5)
    root = np.sqrt(share)
    centre, last = (np.arcsin(root), np.pi / 2) if double else (root, math.inf)
    step = half / size / (2.0 * root * (np.sqrt(1.0 - share) if double else 1.0))
    low, high = (np.clip(centre + turn, 0.0, last) for turn in (-step, step))
    if double:
        low, high = np.sin(low), np.sin(high)
    return (
        np.where(inside, least + size * low**2, mean - half),
        np.where(inside, least + size * high**2, mean + half),
    )


def ratio_estimate(numerator: NDArray[Any], denominator: NDArray[Any]) -> Estimate:
    """Ratio of means with Fieller's interval, paired by replication.

    numerator, denominator : [replications]. Where the interval of the mean denominator contains 0
    the ratio has no finite interval: value and bounds are NaN and `method` says so.
    """
    top, bottom = np.asarray(numerator, float), np.asarray(denominator, float)
    both = np.isfinite(top) & np.isfinite(bottom)
    top, bottom = top[both], bottom[both]
    n = top.size
    if n == 0:
        return Estimate(math.nan, math.nan, math.nan, 0, "not defined in any replication")
    mean_top, mean_bottom = float(top.mean()), float(bottom.mean())
    if n == 1:
        value = mean_top / mean_bottom if mean_bottom else math.nan
        return Estimate(value, math.nan, math.nan, 1, NO_INTERVAL)
    squared = student_quantile(n) ** 2 / n
    (var_top, cov), (_, var_bottom) = np.cov(top, bottom)
    a = mean_bottom**2 - squared * float(var_bottom)
    if a <= 0.0:
        return Estimate(math.nan, math.nan, math.nan, n, NO_DENOMINATOR)
    b = mean_top * mean_bottom - squared * float(cov)
    c = mean_top**2 - squared * float(var_top)
    root = math.sqrt(max(b * b - a * c, 0.0))
    low, high = (b - root) / a, (b + root) / a
    return Estimate(mean_top / mean_bottom, low, high, n, "Fieller, paired by replication")


def median_estimate(values: NDArray[Any]) -> Estimate:
    """Median with the distribution-free interval of order statistics (6 replications or more).

    values : [replications], infinite where an event has not come by the end of the run. The value
    is the upper median, so that it is a time that occurred, or infinite.
    """
    ordered = np.sort(_defined(values))
    n = ordered.size
    if n == 0:
        return Estimate(math.nan, math.nan, math.nan, 0, "not defined in any replication")
    value = float(ordered[n // 2])
    # The largest rank whose tail below has a probability of at most 2.5 %.
    rank = -1
    while bdtr(rank + 1, n, 0.5) <= (1.0 - CONFIDENCE) / 2.0:
        rank += 1
    if rank < 0:
        return Estimate(value, math.nan, math.nan, n, NO_INTERVAL)
    low, high = float(ordered[rank]), float(ordered[n - 1 - rank])
    return Estimate(value, low, high, n, "order statistics")


def share_estimate(events: NDArray[Any]) -> Estimate:
    """Share of replications where an event occurs, in %, with Wilson's interval.

    events : bool[replications].
    """
    n = int(np.size(events))
    if n == 0:
        return Estimate(math.nan, math.nan, math.nan, 0, "not defined in any replication")
    share = float(np.mean(events))
    if n == 1:
        return Estimate(100.0 * share, math.nan, math.nan, 1, NO_INTERVAL)
    z2 = _NORMAL_QUANTILE**2
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = math.sqrt(z2 * (share * (1 - share) / n + z2 / (4 * n * n))) / (1 + z2 / n)
    low, high = max(centre - half, 0.0), min(centre + half, 1.0)
    return Estimate(100.0 * share, 100.0 * low, 100.0 * high, n, "Wilson")


class Verdict(StrEnum):
    """What an interval allows to say of a difference. All words of a difference follow from it."""

    HIGHER = "higher"
    LOWER = "lower"
    NO_DIFFERENCE = "no_difference"
    NO_INTERVAL = "no_interval"


def verdict(low: float, high: float) -> Verdict:
    """What the bounds of a difference allow to say; an interval that touches 0 shows nothing."""
    if math.isnan(low) or math.isnan(high):
        return Verdict.NO_INTERVAL
    if low > 0.0:
        return Verdict.HIGHER
    return Verdict.LOWER if high < 0.0 else Verdict.NO_DIFFERENCE


def difference_in_words(estimate: Estimate) -> str:
    """The verdict on an estimated difference, in words; without an interval, why there is none."""
    found = verdict(estimate.low, estimate.high)
    if found is Verdict.NO_INTERVAL:
        return estimate.method
    return NO_DIFFERENCE if found is Verdict.NO_DIFFERENCE else found.value


def student_quantile(replications: int) -> float:
    """97.5 % quantile of Student's t with replications - 1 degrees of freedom."""
    return float(stdtrit(replications - 1, 0.5 + CONFIDENCE / 2.0))


def _defined(values: NDArray[Any]) -> NDArray[np.float64]:
    array = np.asarray(values, dtype=np.float64)
    return array[~np.isnan(array)]
