"""Inequality between zones of what the closures have left, under each strategy.

Two quantities, per resident of working age:
- the loss that is left at the end of the run (jobs without closure - jobs), which may be negative
  where a zone has more jobs than without closure: only measures that allow for it are used, the
  mean of the worst tenth of zones and the standard deviation;
- the loss area (job-months below the path without closure), never negative: Theil and Gini.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from rebound_sim.statistics import employment
from rebound_sim.statistics.panels import NO_SHOCK, Panels

PER = 1_000  # residents
WORST_SHARE = 0.1
#: Residents of working age: these columns do not overlap.
_RESIDENTS = ("resident_employment", "unemployed", "in_training", "halo", "inactive")


def residents(panels: Panels) -> NDArray[np.float64]:
    """Residents of working age in the first month stored: float[zones, replications]."""
    return np.stack(
        [
            sum(one.values(name, NO_SHOCK)[:, 0] for name in _RESIDENTS)
            for one in map(panels.zone, panels.closing)
        ]
    )


def residual_loss(panels: Panels, strategy: str) -> NDArray[np.float64]:
    """Jobs missing at the end per 1,000 residents: float[zones with a closure, replications]."""
    gap = np.stack(
        [
            employment.jobs_against_no_closure(one, strategy)[:, -1]
            for one in map(panels.zone, panels.closing)
        ]
    )
    loss: NDArray[np.float64] = -PER * gap / residents(panels)
    return loss


def loss_area_per_resident(panels: Panels, strategy: str) -> NDArray[np.float64]:
    """Job-months lost per resident, never negative: float[zones with a closure, replications]."""
    area = np.stack(
        [employment.loss_area(one, strategy) for one in map(panels.zone, panels.closing)]
    )
    return area / residents(panels)


def worst_tenth(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean of the highest tenth of zones (rounded up), replication by replication.

    values : [zones, replications], of any sign. The worst zones of one replication are those that
    luck has hit most there, the same luck for every strategy.
    """
    count = math.ceil(WORST_SHARE * values.shape[0])
    mean: NDArray[np.float64] = np.sort(values, axis=0)[-count:].mean(axis=0)
    return mean


def spread(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Standard deviation between zones, each counted once: float[replications]."""
    deviation: NDArray[np.float64] = values.std(axis=0)
    return deviation


def theil(values: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Theil's T of values >= 0 between zones, weighted: float[replications].

        sum of (w / W) (x / m) ln(x / m),  m the weighted mean,  0 ln 0 = 0

    values, weights : [zones, replications]. NaN where a value is negative or all are 0.
    """
    share = weights / weights.sum(axis=0)
    mean = (share * values).sum(axis=0)
    defined = (mean > 0) & (values >= 0).all(axis=0)
    relative = values / np.where(defined, mean, 1.0)
    logarithm = np.log(relative, out=np.zeros_like(relative), where=relative > 0)
    return np.where(defined, (share * relative * logarithm).sum(axis=0), np.nan)


def gini(values: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Gini coefficient of values >= 0 between zones, weighted: float[replications].

        sum of w_i w_j |x_i - x_j| / (2 W^2 m)

    values, weights : [zones, replications]. NaN where a value is negative or all are 0.
    """
    share = weights / weights.sum(axis=0)
    mean = (share * values).sum(axis=0)
    defined = (mean > 0) & (values >= 0).all(axis=0)
    gaps = np.abs(values[:, np.newaxis] - values[np.newaxis])
    total = (share[:, np.newaxis] * share[np.newaxis] * gaps).sum(axis=(0, 1))
    return np.where(defined, total / (2 * np.where(defined, mean, 1.0)), np.nan)
