"""Which parameters move an outcome: indices from given data, with inert dummies beside.

Worlds are draws of a posterior in which parameters are correlated, so that no design can be
imposed: indices are estimated from the worlds that there are.

- first order: the share of variance that the mean given one parameter explains, by ranks (Gamboa,
  Gremaud, Klein and Lagnoux 2022, Bernoulli 28);
- Spearman's rank correlation, which tells the direction and sees monotone effects sooner;
- Shapley effects, which share variance between correlated parameters (`shapley`).

What chance alone gives is measured by shuffling the outcome: the level that one inert parameter
exceeds once in twenty, and the level that the largest of all of them exceeds once in twenty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from rebound_sim.arrays import Floats
from rebound_sim.statistics.resampling import generator

SHUFFLES = 400
CHANCE = 0.95
_SEED = 16


@dataclass(frozen=True, slots=True)
class Driver:
    """One parameter. correlation : Spearman's, its sign the direction    first_order : share of
    variance by ranks    above_chance : beyond the largest of as many inert parameters, 95 %."""

    parameter: str
    correlation: float
    first_order: float
    above_chance: bool


@dataclass(frozen=True, slots=True)
class Inert:
    """What an inert parameter reaches by chance, 95 %: one alone, and the largest of all, by
    either of the two indices."""

    correlation: float
    correlation_of_all: float
    first_order: float
    first_order_of_all: float


def first_order(parameters: Floats, outcome: Floats) -> Floats:
    """First-order indices by ranks: float[parameters].

    parameters : float[worlds, parameters]    outcome : float[worlds]
    The mean product of the outcome with that of the next world in the order of the parameter (the
    last is followed by the first), less the squared mean, over the variance. NaN without variance.
    """
    order = np.argsort(parameters, axis=0, kind="stable")
    centred = outcome - outcome.mean()
    variance = float(np.mean(centred**2))
    if variance == 0.0:
        return np.full(parameters.shape[1], np.nan)
    sorted_outcome = centred[order]
    return np.asarray(
        (sorted_outcome * np.roll(sorted_outcome, -1, axis=0)).mean(axis=0) / variance
    )


def rank_correlations(parameters: Floats, outcome: Floats) -> Floats:
    """Spearman's correlation of each parameter with the outcome: float[parameters]."""
    ranks = rankdata(parameters, axis=0)
    own = rankdata(outcome)
    ranks = ranks - ranks.mean(axis=0)
    own = own - own.mean()
    scale = np.sqrt((ranks**2).sum(axis=0) * (own**2).sum())
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(scale > 0, ranks.T @ own / scale, np.nan))


def drivers(
    names: Sequence[str], parameters: Floats, outcome: Floats, shuffles: int = SHUFFLES
) -> tuple[list[Driver], Inert]:
    """Every parameter that varies, the strongest first, and what inert ones reach.

    Those above chance come first: see `strengths`.

    names : of the columns    parameters : float[worlds, names]    outcome : float[worlds]
    """
    varies = np.flatnonzero(np.ptp(parameters, axis=0) > 0)
    kept = parameters[:, varies]
    first, correlation = first_order(kept, outcome), rank_correlations(kept, outcome)
    inert = inert_levels(kept, outcome, shuffles)
    strength = _strengths(correlation, first, inert)
    order = np.argsort(-strength, kind="stable")
    found = [
        Driver(names[varies[n]], float(correlation[n]), float(first[n]), bool(strength[n] > 1.0))
        for n in order
    ]
    return found, inert


def strengths(parameters: Floats, outcome: Floats, inert: Inert) -> Floats:
    """The larger of both indices, each over what chance gives the largest of all: above 1 for a
    parameter above chance, 0 for one that does not vary. float[parameters]"""
    return _strengths(
        rank_correlations(parameters, outcome), first_order(parameters, outcome), inert
    )


def _strengths(correlation: Floats, first: Floats, inert: Inert) -> Floats:
    found = np.fmax(
        np.abs(correlation) / inert.correlation_of_all, first / inert.first_order_of_all
    )
    return np.asarray(np.nan_to_num(found))


def inert_levels(parameters: Floats, outcome: Floats, shuffles: int = SHUFFLES) -> Inert:
    """Levels of chance: the outcome is shuffled, the parameters keep their correlations."""
    luck = generator(_SEED)
    shuffled = [luck.permutation(outcome) for _ in range(shuffles)]
    firsts = np.array([first_order(parameters, one) for one in shuffled])
    others = np.abs(np.array([rank_correlations(parameters, one) for one in shuffled]))
    largest = np.stack([np.nanmax(others, axis=1), np.nanmax(firsts, axis=1)])
    levels = np.quantile(largest, CHANCE, axis=1)
    # A parameter is told by either index: both levels are raised together, so that no inert one
    # passes either of them but once in twenty.
    levels = levels * np.quantile((largest.T / levels).max(axis=1), CHANCE)
    return Inert(
        float(np.nanquantile(others, CHANCE)),
        float(levels[0]),
        float(np.nanquantile(firsts, CHANCE)),
        float(levels[1]),
    )
