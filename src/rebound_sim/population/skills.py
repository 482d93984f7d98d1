"""Levels of qualification asked by sector.

No table of qualification by sector and zone is at hand. The level of a sector is *assumed* from
its usual place in the French hierarchy of diplomas (Insee, enquête Emploi; order assumed), on
a scale on which 0 is the zone's mean mix: shares of the four levels are tilted by exp(level × q),
then fitted so that the zone's mix over all jobs is the published one.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rebound_sim.data.sectors import SECTOR_INDEX, SECTORS
from rebound_sim.population.rounding import fit_margins

_LEVEL = {
    "AZ": -0.3, "BZ": -0.2, "CA": -0.4, "CB": -0.3, "CC": -0.3, "CD": 0.4, "CE": 0.4, "CF": 0.8,
    "CG": -0.3, "CH": -0.3, "CI": 0.7, "CJ": 0.2, "CK": 0.1, "CL": 0.2, "CM": -0.1, "DZ": 0.6,
    "EZ": -0.3, "FZ": -0.5, "GZ": -0.2, "HZ": -0.4, "IZ": -0.5, "JA": 1.0, "JB": 0.7, "JC": 1.2,
    "KZ": 0.9, "LZ": 0.3, "MA": 1.0, "MB": 1.4, "MC": 0.8, "NZ": -0.5, "OZ": 0.3, "PZ": 1.1,
    "QA": 0.4, "QB": -0.2, "RZ": 0.3, "SZ": 0.0, "TZ": -0.8, "UZ": 0.6,
}  # fmt: skip


def skill_mix(jobs: npt.NDArray[np.int64], mix: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Cumulated shares of levels asked by sector, float64[38, 4], last column 1.

    jobs : int64[38]    mix : float64[4], published shares of residents by level.
    """
    level = np.zeros(len(SECTORS))
    for code, value in _LEVEL.items():
        level[SECTOR_INDEX[code]] = value
    seed = mix[None, :] * np.exp(level[:, None] * np.arange(4)[None, :])
    weights = np.maximum(jobs.astype(np.float64), 1e-6)
    table = fit_margins(seed, weights, mix * weights.sum())
    cumulated = np.cumsum(table / table.sum(axis=1, keepdims=True), axis=1)
    cumulated[:, -1] = 1.0
    return cumulated
