"""Matched controls of displaced workers."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from rebound_sim.state.codes import Status

#: One year of age counts as this relative gap of wage in the distance of a match (assumed).
_YEAR = 0.02


def matched_controls(workers: Any, firm: int) -> npt.NDArray[np.int32]:
    """For each resident of a firm, an employee of another one: same level, nearest age and wage.

    workers : table    firm : row of the closing site
    Returns int32[n] distinct rows, at most one per member of staff. The nearest in a window of
    the sorted wages is taken, in the order of rows; nobody is used twice.
    """
    employed = (workers.resident == 1) & np.isin(
        workers.status, (int(Status.PERMANENT), int(Status.FIXED_TERM))
    )
    staff = np.flatnonzero(employed & (workers.employer == firm))
    others = np.flatnonzero(employed & (workers.employer != firm) & (workers.displaced == 0))
    chosen: list[int] = []
    for level in range(4):
        people = staff[workers.qualification[staff] == level]
        pool = others[workers.qualification[others] == level]
        if pool.size == 0:
            continue
        pool = pool[np.lexsort((pool, workers.wage[pool]))]
        log_wage = np.log(np.maximum(workers.wage[pool].astype(np.float64), 1.0))
        age = workers.birth[pool].astype(np.float64) / 12.0
        free = np.ones(pool.size, dtype=bool)
        for i in people:
            target = np.log(max(float(workers.wage[i]), 1.0))
            centre = int(np.searchsorted(log_wage, target))
            window = slice(max(centre - 60, 0), centre + 60)
            gap = np.abs(log_wage[window] - target)
            gap = gap + _YEAR * np.abs(age[window] - workers.birth[i] / 12.0)
            gap = np.where(free[window], gap, np.inf)
            if gap.size and np.isfinite(gap.min()):
                k = window.start + int(np.argmin(gap))
                free[k] = False
                chosen.append(int(pool[k]))
    return np.array(chosen, dtype=np.int32)
