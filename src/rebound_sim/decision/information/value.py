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
from numpy.typing import NDArray
from scipy.stats import norm, rankdata

from rebound_sim.statistics.resampling import generator

Values = NDArray[np.float64]

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


def perfect_information(values: Values, weights: Values | None = None) -> float:
    """Mean of the best of each world, less the best mean (EVPI).

    values : float[worlds, choices]    weights : of worlds, equal without them
    It holds luck as if luck could be known: with one luck a world it is an upper bound.
    """
    shares = _shares(values.shape[0], weights)
    return float(shares @ values.max(axis=1) - (shares @ values).max())


def partial_information(
    parameters: Values, values: Values, names: Sequence[str], weights: Values | None = None
) -> Worth:
    """Value of knowing a set of parameters (EVPPI), never below 0.

    parameters : float[worlds, names], 1 to MOST    values : float[worlds, choices]
    """
    if not 1 <= parameters.shape[1] <= MOST:
        raise ValueError(f"{parameters.shape[1]} parameters: 1 to {MOST}")
    shares = _shares(values.shape[0], weights)
    gaps = values - values[:, [int((shares @ values).argmax())]]
    luck = generator(_SEED)
    basis = _basis(parameters)
    fitted, spread = zip(*(_fitted(basis, gap, shares, luck) for gap in gaps.T), strict=True)
    value = _worth(np.stack(fitted, axis=1), shares)
    draws = [_worth(np.stack([s[n] for s in spread], axis=1), shares) for n in range(DRAWS)]
    chance = []
    for _ in range(SHUFFLES):
        shuffled = _basis(parameters[luck.permutation(parameters.shape[0])])
        columns = [_fitted(shuffled, gap, shares)[0] for gap in gaps.T]
        chance.append(_worth(np.stack(columns, axis=1), shares))
    return Worth(tuple(names), value, float(np.std(draws)), float(np.quantile(chance, 0.95)))


def conditional_means(parameters: Values, values: Values, weights: Values | None = None) -> Values:
    """Mean of each choice given the parameters, as regressed: float[worlds, choices]."""
    shares, basis = _shares(values.shape[0], weights), _basis(parameters)
    return np.stack([_fitted(basis, column, shares)[0] for column in values.T], axis=1)


def _worth(means: Values, shares: Values) -> float:
    """Gain of choosing in each world by conditional means, floored at 0."""
    return max(float(shares @ means.max(axis=1) - (shares @ means).max()), 0.0)


def _basis(parameters: Values) -> Values:
    """Splines of normal scores of each parameter, and products of pairs: float[worlds, terms]."""
    worlds = parameters.shape[0]
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


def _natural(score: Values) -> list[Values]:
    """Natural cubic splines, linear beyond the outer knots (Hastie, Tibshirani and Friedman 2009,
    The Elements of Statistical Learning, 5.2.1)."""
    knots = norm.ppf(_KNOTS)

    def slope(place: int) -> Values:
        last = knots[-1]
        cubes = np.maximum(score - knots[place], 0.0) ** 3 - np.maximum(score - last, 0.0) ** 3
        return np.asarray(cubes / (last - knots[place]))

    reference = slope(len(knots) - 2)
    return [slope(place) - reference for place in range(len(knots) - 2)]


def _fitted(
    basis: Values, outcome: Values, shares: Values, luck: Generator | None = None
) -> tuple[Values, Values]:
    """Ridge regression, its penalty by generalised cross-validation.

    Fitted values, and (with luck) draws of them: float[draws, worlds].
    """
    root = np.sqrt(shares * shares.size)
    mean = float(shares @ outcome)
    left, scales, right = np.linalg.svd(root[:, np.newaxis] * basis, full_matrices=False)
    target = root * (outcome - mean)
    spread = left.T @ target
    total = float(target @ target)
    best: tuple[float, Values, float] | None = None
    for ridge in _RIDGES * outcome.size:
        shrink = scales**2 / (scales**2 + ridge)
        used = 1.0 + float(shrink.sum())
        rest = total - float((spread**2 * (2 * shrink - shrink**2)).sum())
        score = rest / (outcome.size - used) ** 2 if used < outcome.size else np.inf
        if best is None or score < best[0]:
            best = (score, shrink, max(rest, 0.0) / max(outcome.size - used, 1.0))
    if best is None:
        raise ValueError("no penalty")
    _, shrink, variance = best
    ratio = np.where(scales > 1e-12, shrink / np.maximum(scales, 1e-12), 0.0)
    back = basis @ right.T
    fitted = mean + back @ (ratio * spread)
    if luck is None:
        return fitted, fitted[np.newaxis]
    # Posterior of the coefficients: variance × shrink / scale² in each direction, and of the mean.
    deviation = np.sqrt(variance) * ratio / np.sqrt(np.maximum(shrink, 1e-12))
    noise = luck.standard_normal((DRAWS, scales.size)) * deviation
    level = luck.standard_normal((DRAWS, 1)) * np.sqrt(variance * float((shares**2).sum()))
    return fitted, fitted + noise @ back.T + level


def _shares(worlds: int, weights: Values | None) -> Values:
    if weights is None:
        return np.full(worlds, 1.0 / worlds)
    return np.asarray(weights / weights.sum())
