"""Cells of the response table brought towards what zones and options have in common.

A cell is a mean over few worlds with luck in it, and an optimiser picks the luckiest cells. Each
cell's mean is the product of a zone's and an option's effect (a fit of rank one) and a rest, of
which only the part that is not luck is kept: the variance of the rests over cells, less what luck
alone gives them, over the variance of the rests (empirical Bayes; Efron and Morris 1973, Journal of
the American Statistical Association 68).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from rebound_sim.decision.optimise.responses import Responses

Values = NDArray[np.float64]


def shrunk(responses: Responses) -> tuple[Responses, float]:
    """The table with shrunk jobs, and the part of the rests that was kept, 0 to 1.

    Losses move by as many jobs per 1,000 residents. With one world nothing is known of luck, and
    nothing is moved.
    """
    jobs = responses.jobs
    if jobs.shape[2] < 2 or jobs.shape[0] < 2:
        return responses, 1.0
    means = jobs.mean(axis=2)
    common = _rank_one(means)
    kept = _kept(jobs, means - common)
    move = ((common - means) * (1.0 - kept))[:, :, np.newaxis]
    loss = responses.loss - 1_000.0 * move / responses.people[:, np.newaxis, np.newaxis]
    return replace(responses, jobs=jobs + move, loss=loss), kept


def luck_of(jobs: Values) -> Values:
    """Variance that luck gives the mean of a cell over worlds: float[zones, options].

    The variance between worlds of what neither the world's zone nor its option explains, over
    their number. jobs : float[zones, options, worlds], two worlds or more
    """
    worlds = jobs.shape[2]
    inside = np.stack([jobs[:, :, w] - _rank_one(jobs[:, :, w]) for w in range(worlds)], axis=2)
    return np.asarray(inside.var(axis=2, ddof=1) / worlds)


def _rank_one(means: Values) -> Values:
    """Best product of a zone's and an option's effect, least squares."""
    left, scale, right = np.linalg.svd(means, full_matrices=False)
    return np.asarray(scale[0] * np.outer(left[:, 0], right[0]))


def _kept(jobs: Values, rests: Values) -> float:
    """Signal over signal and luck, of the rests. jobs : float[zones, options, worlds]"""
    luck = luck_of(jobs)
    # The first option does nothing in every world: it has neither rest nor luck.
    free = jobs.any(axis=(0, 2))
    whole = float(np.square(rests[:, free]).mean())
    noise = float(luck[:, free].mean())
    return float(np.clip((whole - noise) / whole, 0.0, 1.0)) if whole > 0 else 1.0
