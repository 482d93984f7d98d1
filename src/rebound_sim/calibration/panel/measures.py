"""Statistics of a panel of zones: spread, persistence, cross-section, coverage.

Paths are arrays [zones, years + 1], row 0 of time the start. "Net" paths are deviations from the
mean of the zones in the year, so that what moves all of them together drops out.
"""

from __future__ import annotations

import math

import numpy as np

from rebound_sim.arrays import Floats
from rebound_sim.calibration.side_by_side import prediction_interval


def net(paths: Floats) -> Floats:
    """Deviations from the mean of the zones, year by year."""
    return np.asarray(paths - paths.mean(axis=0))


def spread_of_change(paths: Floats, years: int) -> float:
    """Standard deviation over zones of the net change over `years`, all starting years pooled."""
    change = net(paths)[:, years:] - net(paths)[:, :-years]
    return float(np.sqrt((change**2).mean()))


def without_own_trend(paths: Floats) -> Floats:
    """Net paths minus the straight line of each zone."""
    years = np.arange(paths.shape[1], dtype=np.float64)
    left = years - years.mean()
    flat = net(paths) - net(paths).mean(axis=1, keepdims=True)
    slope = flat @ left / (left @ left)
    return np.asarray(flat - slope[:, None] * left)


def impulse_response(paths: Floats, years: int) -> float:
    """What is left of a year's net change `years` later (local projection), own trends removed.

    Slope of y(t + years) − y(t − 1) on y(t) − y(t − 1): 1 when it stays, 0 when it is undone.
    """
    path = without_own_trend(paths)
    first = path[:, 1 : path.shape[1] - years] - path[:, : -years - 1]
    later = path[:, 1 + years :] - path[:, : -years - 1]
    return float((first * later).sum() / (first**2).sum())


def points_per_percent(jobs: Floats, rates: Floats) -> float:
    """Slope of yearly net changes of unemployment [point] on those of log jobs [%].

    As it is estimated from published series, where jobs move for reasons of supply too: the row
    `local_response` is the answer to demand alone.
    """
    change = 100.0 * np.diff(net(jobs), axis=1)
    answer = np.diff(net(rates), axis=1)
    return float((change * answer).sum() / (change**2).sum())


def half_life(paths: Floats) -> float:
    """Years until half of a deviation from the own trend is gone, by its autocorrelation."""
    path = without_own_trend(paths)
    rho = float((path[:, 1:] * path[:, :-1]).sum() / (path[:, :-1] ** 2).sum())
    return math.log(0.5) / math.log(rho) if 0.0 < rho < 1.0 else math.nan


def cross_section(rates: Floats, year: int) -> float:
    """Standard deviation over zones of the unemployment rate in a year [point]."""
    return float(rates[:, year].std(ddof=1))


def rank_kept(rates: Floats, year: int) -> float:
    """Correlation over zones of the unemployment rate at the start and `year` years later."""
    return float(np.corrcoef(rates[:, 0], rates[:, year])[0, 1])


def largest_rise(rates: Floats) -> float:
    """Highest mean of the zones above that of the start, in any year [point]."""
    mean = rates.mean(axis=0)
    return float((mean - mean[0]).max())


def coverage(published: Floats, simulated: Floats, level: float) -> float:
    """Share of zones whose published figure lies in the interval of its replications.

    published : float[zones]    simulated : float[replications, zones]
    """
    low, high = prediction_interval(simulated, level)
    return float(((published >= low) & (published <= high)).mean())
