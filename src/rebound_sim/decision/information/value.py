"""What it would be worth to know a parameter before choosing a strategy.

With what is known today the best choice is the strategy of the highest mean over worlds. If a
parameter were known first, the choice could differ from world to world: the expected value of
partial perfect information (EVPPI) is the mean of the best conditional mean, less the best mean.
The conditional means are regressions of the difference of each strategy from a reference on the
parameter (Strong, Oakley and Brennan 2014, Medical Decision Making 34): splines of each parameter
of a set and products of pairs, shrunk by generalised cross-validation. Luck is in the values and
not in the regressions, so that knowing a parameter is not credited with knowing luck.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from scipy.stats import norm, rankdata

from rebound_sim.arrays import Floats
from rebound_sim.statistics.resampling import generator

#: Knots of a spline, in quantiles of the parameter: four shapes a parameter.
_KNOTS = (0.05, 0.35, 0.65, 0.95)
_RIDGES = np.geomspace(1e-4, 1e4, 33)
DRAWS = 500
SHUFFLES = 60
_SEED = 19
#: Parameters of one set at most.
MOST = 6


@dataclass(frozen=True, slots=True)
class Worth:
    """What knowing some parameters is worth, in the unit of the values.

    error : standard error, from the coefficients of the regression    inert : what a set of
    parameters without effect reaches by chance, 95 %
    """

    parameters: tuple[str, ...]
    value: float
    error: float
    inert: float

    @property
    def above_chance(self) -> bool:
        """Whether it is more than chance."""
        return self.value > self.inert


def perfect_information(values: Floats, weights: Floats | None = None) -> float:
    """Mean of the best of each world, less the best mean (EVPI).

    values : float[worlds, choices]    weights : of worlds, equal without them
    It holds luck as if luck could be known: with one luck a world it is an upper bound.
    """
    shares = _shares(values.shape[0], weights)
    return float(shares @ values.max(axis=1) - (shares @ values).max())


def partial_information(
    parameters: Floats, values: Floats, names: Sequence[str], weights: Floats | None = None
) -> Worth:
    """Value of knowing a set of parameters (EVPPI), never below 0.

    parameters : float[worlds, names], 1 to MOST    values : float[worlds, choices]
    """
    shares = _shares(values.shape[0], weights)
    gaps = _gaps(values, shares)
    luck = generator(_SEED)
    regression = _Regression(_basis(parameters), shares)
    fits = [regression.fit(gap) for gap in gaps.T]
    value = _worth(np.stack([fit.fitted for fit in fits], axis=1), shares)
    drawn = np.stack([regression.draws(fit, luck) for fit in fits], axis=2)
    spread = [_worth(means, shares) for means in drawn]
    chance = [
        _known(parameters[luck.permutation(parameters.shape[0])], gaps, shares)
        for _ in range(SHUFFLES)
    ]
    return Worth(tuple(names), value, float(np.std(spread)), float(np.quantile(chance, 0.95)))


def value_alone(parameters: Floats, values: Floats, weights: Floats | None = None) -> Floats:
    """EVPPI of each parameter by itself, without its error: float[parameters]."""
    shares = _shares(values.shape[0], weights)
    gaps = _gaps(values, shares)
    return np.array([_known(column[:, np.newaxis], gaps, shares) for column in parameters.T])


def largest_inert(parameters: Floats, values: Floats, weights: Floats | None = None) -> float:
    """What the most valuable of as many inert parameters reaches by chance, 95 %."""
    shares = _shares(values.shape[0], weights)
    gaps, luck = _gaps(values, shares), generator(_SEED)
    best = []
    for _ in range(SHUFFLES):
        shuffled = parameters[luck.permutation(parameters.shape[0])]
        best.append(max(_known(column[:, np.newaxis], gaps, shares) for column in shuffled.T))
    return float(np.quantile(best, 0.95))


def _gaps(values: Floats, shares: Floats) -> Floats:
    """Differences from the choice of the best mean."""
    return np.asarray(values - values[:, [int((shares @ values).argmax())]])


def _known(parameters: Floats, gaps: Floats, shares: Floats) -> float:
    regression = _Regression(_basis(parameters), shares)
    return _worth(np.stack([regression.fit(gap).fitted for gap in gaps.T], axis=1), shares)


def _worth(means: Floats, shares: Floats) -> float:
    """Gain of choosing in each world by conditional means, floored at 0."""
    return max(float(shares @ means.max(axis=1) - (shares @ means).max()), 0.0)


def _basis(parameters: Floats) -> Floats:
    """Splines of normal scores of each parameter, and products of pairs: float[worlds, terms]."""
    worlds, count = parameters.shape
    if not 1 <= count <= MOST:
        raise ValueError(f"{count} parameters: 1 to {MOST}")
    scores = norm.ppf((rankdata(parameters, axis=0) - 0.5) / worlds)
    columns = []
    for score in scores.T:
        columns += [score, *_natural(score)]
    for one in range(scores.shape[1]):
        columns += [scores[:, one] * scores[:, two] for two in range(one)]
    basis = np.stack(columns, axis=1)
    basis = basis - basis.mean(axis=0)
    scale = basis.std(axis=0)
    return np.asarray(basis[:, scale > 0] / scale[scale > 0])


def _natural(score: Floats) -> list[Floats]:
    """Natural cubic splines, linear beyond the outer knots (Hastie, Tibshirani and Friedman 2009,
    The Elements of Statistical Learning, 5.2.1)."""
    knots = norm.ppf(_KNOTS)

    def slope(place: int) -> Floats:
        last = knots[-1]
        cubes = np.maximum(score - knots[place], 0.0) ** 3 - np.maximum(score - last, 0.0) ** 3
        return np.asarray(cubes / (last - knots[place]))

    reference = slope(len(knots) - 2)
    return [slope(place) - reference for place in range(len(knots) - 2)]


@dataclass(frozen=True)
class _Fit:
    """fitted : float[worlds]    shrink : of each direction    variance : of what is left."""

    fitted: Floats
    shrink: Floats
    variance: float


class _Regression:
    """Ridge regressions on one basis, each with the penalty of least cross-validated error."""

    def __init__(self, basis: Floats, shares: Floats) -> None:
        self._shares = shares
        self._root = np.sqrt(shares * shares.size)
        left, self._scales, right = np.linalg.svd(
            self._root[:, np.newaxis] * basis, full_matrices=False
        )
        self._left, self._back = left, basis @ right.T
        ridges = _RIDGES[:, np.newaxis] * shares.size
        self._shrinks = self._scales**2 / (self._scales**2 + ridges)

    def fit(self, outcome: Floats) -> _Fit:
        """outcome : float[worlds]."""
        count, mean = outcome.size, float(self._shares @ outcome)
        target = self._root * (outcome - mean)
        along = self._left.T @ target
        kept = 2 * self._shrinks - self._shrinks**2
        rests = np.maximum(float(target @ target) - kept @ along**2, 0.0)
        free = count - 1.0 - self._shrinks.sum(axis=1)
        scores = np.where(free > 0, rests / np.maximum(free, 1e-9) ** 2, np.inf)
        best = int(scores.argmin())
        shrink = self._shrinks[best]
        fitted = mean + self._back @ (self._ratio(shrink) * along)
        return _Fit(fitted, shrink, float(rests[best]) / max(float(free[best]), 1.0))

    def draws(self, fit: _Fit, luck: Generator) -> Floats:
        """Draws of the fitted values: float[DRAWS, worlds]. The posterior of a coefficient has the
        variance of the rest × shrink / scale² in its direction; the mean has its own."""
        ratio = self._ratio(fit.shrink)
        spread = np.sqrt(fit.variance / np.maximum(fit.shrink, 1e-12)) * ratio
        noise = luck.standard_normal((DRAWS, ratio.size)) * spread
        level = np.sqrt(fit.variance * float((self._shares**2).sum()))
        return np.asarray(
            fit.fitted + noise @ self._back.T + level * luck.standard_normal((DRAWS, 1))
        )

    def _ratio(self, shrink: Floats) -> Floats:
        large = self._scales > 1e-12
        return np.where(large, shrink / np.maximum(self._scales, 1e-12), 0.0)


def _shares(worlds: int, weights: Floats | None) -> Floats:
    if weights is None:
        return np.full(worlds, 1.0 / worlds)
    return np.asarray(weights / weights.sum())
