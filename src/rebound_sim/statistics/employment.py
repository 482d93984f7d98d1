"""Jobs with and without a policy, and with and without the closure, in each replication."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rebound_sim.statistics.panels import NO_SHOCK, NONE, Panels

JOBS = "workplace_employment"
TOLERANCE_SHARE = 0.001
SUSTAINED_MONTHS = 3


def additional_jobs(panels: Panels, policy: str) -> NDArray[Any]:
    """Jobs with the policy - jobs without it, same random numbers: int[replications, months]."""
    return panels.difference(JOBS, policy)


def job_months_gained(panels: Panels, policy: str) -> NDArray[Any]:
    """Additional jobs summed from month 0 to each month: int[replications, months from 0]."""
    gained: NDArray[Any] = np.cumsum(additional_jobs(panels, policy), axis=1)
    return gained


def jobs_against_no_closure(panels: Panels, arm: str) -> NDArray[Any]:
    """Jobs of an arm - jobs without the closure, same random numbers: int[replications, months].

    Arm `none` gives the effect of the closure.
    """
    return panels.difference(JOBS, arm, NO_SHOCK)


def rebound_months(
    panels: Panels,
    arm: str,
    tolerance_share: float = TOLERANCE_SHARE,
    sustained: int = SUSTAINED_MONTHS,
) -> NDArray[np.float64]:
    """Months from the first layoffs until employment is back on its no-shock path.

    Back: at least `sustained` consecutive months, from that one on, with
    employment >= path without closure of the same replication - tolerance_share x employment in
    the first month. Looked for from the month of the last layoffs on; counted from the first. No
    smoothing: the consecutive months take its place. float[replications]; infinite where it is
    not back by the end of the run; NaN without a closure.
    """
    if panels.first_layoffs is None or panels.last_layoffs is None:
        return np.full(panels.count, np.nan)
    if panels.last_layoffs >= panels.horizon:
        return np.full(panels.count, np.nan)
    gap = jobs_against_no_closure(panels, arm)[:, panels.row(panels.last_layoffs) :]
    base = panels.values(JOBS, NONE)[:, 0]
    inside = gap >= -tolerance_share * base[:, np.newaxis]
    months = np.full(gap.shape[0], np.inf)
    if inside.shape[1] >= sustained:
        windows = np.lib.stride_tricks.sliding_window_view(inside, sustained, axis=1)
        runs: NDArray[np.bool_] = np.asarray(windows.all(axis=2))
        found: NDArray[np.bool_] = np.asarray(runs.any(axis=1))
        delay = panels.last_layoffs - panels.first_layoffs
        months[found] = runs[found].argmax(axis=1) + delay
    return months


def loss_area(panels: Panels, arm: str) -> NDArray[Any]:
    """Job-months below the path without closure, month 0 to the end: int[replications].

    Months above the path count 0.
    """
    gap = jobs_against_no_closure(panels, arm)
    area: NDArray[Any] = np.maximum(-gap, 0).sum(axis=1)
    return area
