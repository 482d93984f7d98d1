"""One step of an ensemble smoother: members move toward the targets along sample regressions.

Ensemble smoother with multiple data assimilation (Emerick and Reynolds 2013, Computers &
Geosciences 55; of the family of ensemble Kalman inversion, Iglesias, Law and Stuart 2013). The
covariances of one wave of simulations stand for the derivatives of the model. A figure enters
several times, each time with its error inflated by α, the sum of 1/α being 1: on a linear model
all steps together give the posterior of Bayes, and on another one small steps go less astray.

Three guards keep the method in place with more parameters than simulations:

- Far-off worlds weigh by the logarithm of their distance (`misfits`).
- A parameter that no moment is correlated with beyond chance stays where it is (`learns`; the idea
  of correlation-based localisation, Luo and Bhakta 2020, Journal of Petroleum Science and
  Engineering 184, applied to parameters as a whole): it keeps its prior.
- A moment that all members miss on the same side pulls like one that is missed by a band (`slack`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from rebound_sim.arrays import Floats
from rebound_sim.calibration.search.implausibility import discrepancy
from rebound_sim.calibration.search.problem import Target
from rebound_sim.calibration.search.random_designs import Generator

#: Quantiles nearer than this to an end of the prior count as it: normal scores would be infinite.
_END: Final = 0.005
#: Standard deviations up to which a misfit counts in full.
_LINEAR: Final = 5.0
#: Standard deviations of chance (about 1/√members) that the largest correlation of a parameter must
#: reach for it to learn, and to be called identified. Of parameters that move nothing, with 37
#: moments, one in ten reaches the first in a wave. What it learns by chance it then shares with
#: others, so the second is high: one in fifty reaches it in five waves.
_LEARNS, _IDENTIFIED = 3.0, 4.5
#: A moment with fewer known values than this share of members says nothing.
_LEAST_KNOWN: Final = 0.5
#: The edge of a band, in standard deviations.
_EDGE: Final = 1.96


@dataclass(frozen=True)
class Step:
    """What one update did.

    scores : normal scores of members, [members, parameters]
    correlation : of parameters and misfits, [parameters, moments], over `members`
    slack  : inflation of the variance of each moment because all members miss it, 1 for none
    """

    scores: Floats
    correlation: Floats
    members: int
    slack: Floats


def scores_of(quantiles: Floats) -> Floats:
    """Normal scores of quantiles of the prior: the prior is standard normal in them."""
    return np.asarray(ndtri(np.clip(quantiles, _END, 1.0 - _END)))


def quantiles_of(scores: Floats) -> Floats:
    """Quantiles of the prior at normal scores, away from its ends."""
    return np.asarray(np.clip(ndtr(scores), _END, 1.0 - _END))


def misfits(targets: Sequence[Target], rows: Floats, luck: Floats) -> Floats:
    """Signed distance of moments from their targets: its error is 1 near 0, and it grows like a
    logarithm beyond five. NaN stays. rows : [members, moments]    luck : float[moments]
    """
    target = np.array([one.value for one in targets])
    spread = np.sqrt(discrepancy(targets, rows) ** 2 + luck**2)
    return np.asarray(_LINEAR * np.arcsinh((rows - target) / spread / _LINEAR))


def slack(found: Floats) -> Floats:
    """Inflation of variances of moments that all members miss on the same side. found : misfits"""
    low, high = np.nan_to_num(found, nan=np.inf), np.nan_to_num(found, nan=-np.inf)
    missed = (low.min(axis=0) > _EDGE) | (high.max(axis=0) < -_EDGE)
    mean = _filled(found).mean(axis=0)
    return np.asarray(np.where(missed, np.maximum(np.abs(mean) / _EDGE, 1.0) ** 2, 1.0))


def learns(correlation: Floats, members: int) -> NDArray[np.bool_]:
    """Whether each parameter is moved in a step. [parameters, moments] -> [parameters]"""
    return np.asarray(_beyond_chance(correlation, members) > _LEARNS)


def identified(correlation: Floats, members: int) -> NDArray[np.bool_]:
    """Whether a moment surely moves with each parameter. [parameters, moments] -> [parameters]"""
    return np.asarray(_beyond_chance(correlation, members) > _IDENTIFIED)


def step(
    scores: Floats,
    found: Floats,
    weight: float,
    rng: Generator,
    earlier: tuple[Floats, Floats] | None = None,
) -> Step:
    """Move members toward the targets.

    scores : [members, parameters]    found : misfits, [members, moments], NaN where undefined
    weight : 1/α, the share of the data that this step takes in    earlier : scores and misfits of
    the wave before, whose members double those that correlations are measured on; spreads are those
    of this wave alone
    """
    enough = np.isfinite(found).mean(axis=0) >= _LEAST_KNOWN
    filled = _filled(np.where(enough, found, 0.0))
    waves = [(scores, filled)]
    if earlier is not None:
        waves.append((earlier[0], _filled(np.where(enough, earlier[1], 0.0))))
    inputs, outputs = (
        _standard(np.vstack([part - part.mean(axis=0) for part in parts]))
        for parts in zip(*waves, strict=True)
    )
    correlation = inputs.T @ outputs / len(inputs)
    taught = learns(correlation, len(inputs))
    sizes = filled.std(axis=0, ddof=1)
    among = np.outer(sizes, sizes) * (outputs.T @ outputs / len(outputs))
    between = np.outer(sizes, scores[:, taught].std(axis=0, ddof=1)) * correlation[taught].T
    widened = slack(np.where(enough, found, 0.0))
    variance = widened / weight
    noise = rng.normal(size=filled.shape)
    noise -= noise.mean(axis=0)
    moved = scores.copy()
    gain = np.linalg.solve(among + np.diag(variance), between)
    moved[:, taught] += (np.sqrt(variance) * noise - filled) @ gain
    return Step(moved, correlation, len(inputs), widened)


def _beyond_chance(correlation: Floats, members: int) -> Floats:
    """Largest correlation of each parameter, in standard deviations of what chance gives.

    Fisher's transform: normal with variance 1/(members − 3).
    """
    size = np.minimum(np.abs(correlation).max(axis=1), 1.0 - 1e-12)
    return np.asarray(np.arctanh(size) * np.sqrt(members - 3))


def _filled(found: Floats) -> Floats:
    """Undefined misfits replaced by the mean of the others: they move nothing."""
    known = np.isfinite(found)
    mean = np.where(known, found, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    return np.asarray(np.where(known, found, mean))


def _standard(columns: Floats) -> Floats:
    """Columns with mean 0 and standard deviation 1; constant ones are 0."""
    centred = columns - columns.mean(axis=0)
    spread = centred.std(axis=0)
    return np.asarray(np.divide(centred, spread, out=np.zeros_like(centred), where=spread > 1e-12))
