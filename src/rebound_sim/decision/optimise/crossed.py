"""What zones and worlds have in common, and what is luck: crossed random effects of a table.

A value of a zone in a world is a mean, an effect of the zone that all worlds share, an effect of
the world that all zones share, and a rest: luck, and what this zone does in this world alone. One
simulation of a zone in a world does not part the last two. Variances are those of highest
restricted likelihood; effects are their best linear predictions, which lie the nearer to 0 the less
was seen of them. Not every zone need be seen in every world.

Patterson and Thompson 1971, Biometrika 58 (REML); Robinson 1991, Statistical Science 6 (BLUP).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import minimize

from rebound_sim.arrays import Floats

_LARGEST = 1e4  # of a variance over that of rests: an effect that is all there is
_STARTS = tuple(product((0.0, 0.03, 0.3, 3.0, 100.0), repeat=2))
_FEWEST = 3


@dataclass(frozen=True)
class Crossed:
    """Effects of columns that share their ratios of variances, in the unit of the values.

    mean  : float[columns]
    zones : float[zones, columns]    worlds : float[worlds, columns]    both predictions, about 0
    ratios : variances of zones and of worlds over that of rests
    """

    mean: Floats
    zones: Floats
    worlds: Floats
    ratios: tuple[float, float]

    def cells(self) -> Floats:
        """Expected values, seen or not: float[zones, worlds, columns]."""
        return np.asarray(self.mean + self.zones[:, np.newaxis] + self.worlds[np.newaxis])

    @property
    def shares(self) -> tuple[float, float]:
        """Shares of the variance of one value that are its zone's and its world's."""
        whole = 1.0 + sum(self.ratios)
        return self.ratios[0] / whole, self.ratios[1] / whole


def crossed(values: Floats) -> Crossed:
    """Effects of zones and worlds. values : float[zones, worlds, columns], NaN where a zone was not
    seen in a world (in all columns or in none)."""
    zones, worlds, columns = values.shape
    zone, world = np.nonzero(~np.isnan(values[:, :, 0]))
    seen = values[zone, world]
    scale, mean = seen.std(axis=0), seen.mean(axis=0)
    alive = scale > 1e-9 * np.maximum(np.abs(mean), 1e-9)
    of_zones, of_worlds = np.zeros((zones, columns)), np.zeros((worlds, columns))
    if not alive.any() or len(seen) < _FEWEST:
        return Crossed(mean, of_zones, of_worlds, (0.0, 0.0))
    own = np.hstack([np.eye(zones)[zone], np.eye(worlds)[world]])
    fit = _Fit(own, zones, seen[:, alive] / scale[alive])
    best = fit.best()
    mean[alive], effects = (part * scale[alive] for part in fit.found(best))
    of_zones[:, alive], of_worlds[:, alive] = effects[:zones], effects[zones:]
    return Crossed(mean, of_zones, of_worlds, (float(best[0]), float(best[1])))


class _Fit:
    """Restricted likelihood of columns of one standard deviation, by ratios of variances.

    own   : float[seen, zones + worlds], 1 where a value is of the zone, of the world
    zones : their number    seen : float[seen, columns]

    The inverse of the covariance V = 1 + own D own' is that of a matrix of zones and worlds
    (Woodbury), so that the number of values costs nothing.
    """

    def __init__(self, own: Floats, zones: int, seen: Floats) -> None:
        self._zones, self._count, self._columns = zones, *seen.shape
        self._own, self._ones, self._sums = own.T @ own, own.sum(axis=0), own.T @ seen
        self._seen, self._power = seen.sum(axis=0), float(np.square(seen).sum())

    def best(self) -> Floats:
        """Ratios (zones, worlds) of the highest likelihood."""
        start = min(_STARTS, key=lambda one: self._lack(np.array(one)))
        bounds = ((0.0, _LARGEST),) * 2
        return np.asarray(minimize(self._lack, start, method="L-BFGS-B", bounds=bounds).x)

    def found(self, ratios: Floats) -> tuple[Floats, Floats]:
        """Means by generalised least squares, float[columns]; predictions, zones' then worlds':
        float[zones + worlds, columns]."""
        solve, _ = self._solver(ratios)
        mean, _ = self._mean(solve)
        return mean, solve(self._sums - np.outer(self._ones, mean))

    def _lack(self, ratios: Floats) -> float:
        """Minus twice the restricted log-likelihood, less what ratios do not change, a column."""
        solve, spread = self._solver(ratios)
        mean, weight = self._mean(solve)
        whole = self._power - float((self._sums * solve(self._sums)).sum())
        free = self._count - 1
        left = max(whole - weight * float(mean @ mean), 1e-300) / self._columns / free
        return float(spread + np.log(weight) + free * np.log(left))

    def _mean(self, solve: Callable[[Floats], Floats]) -> tuple[Floats, float]:
        """Means, and what they rest on: 1'V⁻¹1."""
        ones = solve(self._ones)
        weight = self._count - float(ones @ self._ones)
        return np.asarray((self._seen - ones @ self._sums) / weight), weight

    def _solver(self, ratios: Floats) -> tuple[Callable[[Floats], Floats], float]:
        """D own' V⁻¹ applied to a sum over values (own'y), and log |V|."""
        root = np.sqrt(np.repeat(ratios, [self._zones, self._ones.size - self._zones]))
        factor = cho_factor(np.eye(root.size) + root[:, None] * self._own * root, lower=True)

        def solve(sums: Floats) -> Floats:
            scaled = (root * sums.T).T
            return np.asarray((root * cho_solve(factor, scaled).T).T)

        return solve, 2.0 * float(np.log(np.diag(factor[0])).sum())
