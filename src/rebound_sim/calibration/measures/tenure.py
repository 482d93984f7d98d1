"""How long permanent jobs last."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from rebound_sim.arrays import Floats


def broken_in_a_year(places: Sequence[Floats]) -> float:
    """Share of new jobs that end within a year, by the rates of each month of tenure.

    places : float[24], jobs ended in months 0 … 11 of tenure, then jobs held.
    """
    total = np.sum(places, axis=0)
    held = total[12:]
    if not (held > 0.0).all():
        return math.nan
    return float(1.0 - np.prod(1.0 - total[:12] / held))
