"""Growth of firms (shape of its distribution, spread by size) and survival of new firms."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import gammaln

from rebound_sim.arrays import Floats
from rebound_sim.calibration.study import counts

SMALLEST_FIRM = 20.0  # employees: the French panel of firms holds those of 20 or more
#: Shapes between which the estimate is searched: from very peaked to nearly uniform.
_LEAST_SHAPE, _LARGEST_SHAPE = 0.15, 8.0
_FEWEST_IN_CLASS = 30


def growth_rows(
    before: NDArray[np.float64], after: NDArray[np.float64], sector: NDArray[np.int64]
) -> Floats:
    """Growth of firms over a year: float[firms, 2], log size before and log growth.

    before, after : demand in jobs of the same firms, > 0    sector : index
    Growth is net of the mean of the sector, as in Bottazzi et al.
    """
    growth = np.log(after / before)
    total = np.bincount(sector, weights=growth)
    number = np.maximum(np.bincount(sector), 1)
    growth = growth - (total / number)[sector]
    return np.column_stack([np.log(before), growth])


def subbotin_shape(places: Sequence[Floats]) -> float:
    """Shape b of a Subbotin distribution of growth, firms of 20 employees or more.

    b = 2 is normal, 1 Laplace. Estimated from mean|x| / sqrt(mean x²), a function of b alone: the
    likelihood has no maximum when some growth rates are exactly equal, as in a model whose shocks
    come at random dates.
    """
    rows = np.concatenate(places)
    growth = rows[rows[:, 0] >= math.log(SMALLEST_FIRM), 1]
    square = float((growth**2).mean()) if growth.size else 0.0
    if square <= 0.0:
        return math.nan
    observed = float(np.abs(growth).mean()) / math.sqrt(square)

    def gap(shape: float) -> float:
        logs = gammaln(2.0 / shape) - 0.5 * (gammaln(1.0 / shape) + gammaln(3.0 / shape))
        return math.exp(float(logs)) - observed

    if gap(_LEAST_SHAPE) >= 0.0:
        return _LEAST_SHAPE
    if gap(_LARGEST_SHAPE) <= 0.0:
        return _LARGEST_SHAPE
    return float(brentq(gap, _LEAST_SHAPE, _LARGEST_SHAPE))


def spread_by_size(places: Sequence[Floats]) -> float:
    """Exponent of the standard deviation of growth on size: log-log slope over doublings of size.

    Classes [1, 2), [2, 4) … employees with 30 growth rates or more, weighted by their number.
    """
    rows = np.concatenate(places)
    doubling = np.floor(rows[:, 0] / math.log(2.0)).astype(np.int64)
    sizes, spreads, weights = [], [], []
    for value in np.unique(doubling[doubling >= 0]):
        part = rows[doubling == value]
        spread = float(part[:, 1].std())
        if part.shape[0] >= _FEWEST_IN_CLASS and spread > 0.0:
            sizes.append(float(part[:, 0].mean()))
            spreads.append(math.log(spread))
            weights.append(math.sqrt(part.shape[0]))
    if len(sizes) < 2:
        return math.nan
    return float(np.polyfit(sizes, spreads, 1, w=weights)[0])


def survival(
    opened: NDArray[np.int64],
    closed: NDArray[np.int64],
    rows: NDArray[np.bool_],
    years: int,
    last: int,
) -> Floats:
    """New firms alive `years` after they opened, new firms: float[2].

    opened, closed : month or -1    rows : firms in the sample    last : last month seen
    """
    born = rows & (opened >= 0) & (opened + 12 * years <= last)
    alive = born & ((closed < 0) | (closed > opened + 12 * years))
    return counts(np.count_nonzero(alive), np.count_nonzero(born))
