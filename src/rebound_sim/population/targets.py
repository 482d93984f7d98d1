"""Where applications go: a table of 256 sectors per origin, read with 8 random bits."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from rebound_sim.data.national import relatedness
from rebound_sim.population.rounding import largest_remainder

#: Relatedness of any sector for a person who never worked.
_NO_SECTOR_RELATEDNESS = 0.3


def relatedness_table() -> npt.NDArray[np.float64]:
    """Relatedness of sectors, float64[39, 38]; the last row is for people without a sector."""
    table = np.empty((39, 38))
    table[:38] = relatedness()
    table[38] = _NO_SECTOR_RELATEDNESS
    return table


def target_sectors(
    jobs: npt.NDArray[np.float64], related: npt.NDArray[np.float64], p: Any
) -> npt.NDArray[np.uint8]:
    """Sectors to which people of each sector apply, uint8[39, 256].

    jobs : float64[38], jobs at t = 0 plus those that projects may open    p : `search` record.
    A share `own_sector` goes to the own sector; the rest follows jobs × relatedness^exponent.
    Fixed at t = 0: what others do never moves the sector of a person's draw.
    """
    out = np.empty((39, 256), dtype=np.uint8)
    for origin in range(39):
        weights = jobs * related[origin] ** p.relatedness_exponent
        weights = weights / max(weights.sum(), 1e-12)
        if origin < 38 and jobs[origin] > 0:
            weights = (1.0 - p.own_sector) * weights
            weights[origin] += p.own_sector
        out[origin] = np.repeat(np.arange(38, dtype=np.uint8), largest_remainder(weights, 256))
    return out
