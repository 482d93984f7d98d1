"""Levels of qualification asked by sector.

No table of qualification by sector and zone is at hand. The level of a sector (`data.sectors`) is
*assumed*, on a scale on which 0 is the zone's mean mix: shares of the four levels are tilted by
exp(level × q), then fitted so that the zone's mix over all jobs is the published one.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rebound_sim.data.sectors import SECTORS
from rebound_sim.population.rounding import fit_margins


def skill_mix(jobs: npt.NDArray[np.int64], mix: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Cumulated shares of levels asked by sector, float64[38, 4], last column 1.

    jobs : int64[38]    mix : float64[4], published shares of residents by level.
    """
    level = np.array([sector.level for sector in SECTORS])
    seed = mix[None, :] * np.exp(level[:, None] * np.arange(4)[None, :])
    weights = np.maximum(jobs.astype(np.float64), 1e-6)
    table = fit_margins(seed, weights, mix * weights.sum())
    cumulated = np.cumsum(table / table.sum(axis=1, keepdims=True), axis=1)
    cumulated[:, -1] = 1.0
    return cumulated
