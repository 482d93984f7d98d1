"""How far a simulated moment is from its target, in standard deviations of all that blurs it.

Implausibility (Craig, Goldstein, Seheult and Smith 1997; Vernon, Goldstein and Bower 2010) is
|simulated − target| over the square root of the variances of the emulator, of luck, and of the
discrepancy between model and figure. The band of a moment states the discrepancy: its half-width on
the side of the simulated value is 1.96 standard deviations. A band's edge thus has implausibility
1.96 before luck, and the usual cut of 3 (Pukelsheim 1994) lies half a half-width beyond.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from rebound_sim.arrays import Floats
from rebound_sim.calibration.search.problem import Target

CUT: Final = 3.0
_HALF_WIDTHS: Final = 1.96
#: Where a target stands on the edge of its band: share of the band taken for that side.
_LEAST_SIDE: Final = 0.1


def discrepancy(targets: Sequence[Target], values: Floats) -> Floats:
    """Standard deviation implied by each band, on the side of the value. values : [..., moments]"""
    target, low, high = (
        np.array([getattr(one, name) for one in targets]) for name in ("value", "low", "high")
    )
    side = np.where(values > target, high - target, target - low)
    return np.asarray(np.maximum(side, _LEAST_SIDE * (high - low)) / _HALF_WIDTHS)


def implausibility(targets: Sequence[Target], values: Floats, variance: Floats) -> Floats:
    """Implausibility of each moment, infinite where it is not defined.

    values : [points, moments]    variance : of emulator and luck, broadcast against it
    """
    target = np.array([one.value for one in targets])
    spread = np.sqrt(discrepancy(targets, values) ** 2 + variance)
    found = np.abs(values - target) / spread
    return np.asarray(np.where(np.isfinite(found), found, np.inf))


def distance(found: Floats) -> Floats:
    """Mean square of implausibilities, each at most the cut: what is out of reach weighs alike."""
    return np.asarray(np.mean(np.minimum(found, CUT) ** 2, axis=1))
