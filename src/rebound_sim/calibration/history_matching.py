"""Where to simulate next: points that the emulators do not rule out, spread over what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from rebound_sim.calibration.emulator import Emulator, predict_all
from rebound_sim.calibration.implausibility import (
    CUT,
    distance,
    implausibility,
    least_rank,
    ranked,
)
from rebound_sim.calibration.problem import Target
from rebound_sim.calibration.random_designs import Generator, drawn_from

Array = NDArray[np.float64]
#: Points tried over the whole space, and in each round around the best.
_SAMPLE: Final = 2_048
_ROUNDS: Final = 10
_PARENTS: Final = 256
#: A child takes each coordinate of either parent; about three then move by this, at first.
_MOVED: Final = 3.0
_WIDTH: Final = 0.2


@dataclass(frozen=True)
class Wave:
    """Points to simulate next.

    points : [count, dimensions]    rank : implausibilities compared with the cut, see `least_rank`
    share : of the whole space that is not ruled out at that rank
    """

    points: Array
    rank: int
    share: float


def first_wave(dimensions: int, count: int, seed: int) -> Array:
    """Points that fill the space evenly: a Latin hypercube, [count, dimensions]."""
    return np.asarray(qmc.LatinHypercube(dimensions, rng=drawn_from(seed)).random(count))


def next_wave(
    emulators: Sequence[Emulator | None],
    targets: Sequence[Target],
    luck: Array,
    known: Array,
    count: int,
    seed: int,
) -> Wave:
    """Points that emulators do not rule out, far from one another and from those known.

    luck : float[moments], standard deviation over replications    known : [n, dimensions]
    """
    rng = drawn_from(seed)
    dimensions = known.shape[1]

    def blurred(points: Array) -> Array:
        mean, variance = predict_all(emulators, points)
        found = implausibility(targets, mean, variance + luck**2)
        # Without an emulator nothing is ruled out.
        return np.asarray(np.where(np.isinf(variance), 0.0, found))

    whole = qmc.Sobol(dimensions, rng=rng).random(_SAMPLE)
    points, found = [whole, known], [blurred(whole), blurred(known)]
    for number in range(_ROUNDS):
        seen, badness = np.vstack(points), distance(np.vstack(found))
        best = seen[np.argsort(badness, kind="stable")[:_PARENTS]]
        children = _children(best, _WIDTH * 0.8**number, rng)
        points.append(children)
        found.append(blurred(children))
    seen, every = np.vstack([points[0], *points[2:]]), np.vstack([found[0], *found[2:]])
    rank = least_rank(every, count)
    worst = ranked(every, rank)
    kept = np.flatnonzero(worst <= CUT)
    if kept.size < count:
        kept = np.argsort(worst, kind="stable")[:count]
    share = float(np.mean(ranked(found[0], rank) <= CUT))
    return Wave(seen[kept][spread_out(seen[kept], count, known)], rank, share)


def _children(parents: Array, width: float, rng: Generator) -> Array:
    """New points: coordinates of two parents mixed, a few of them moved, reflected at the ends."""
    pairs = rng.integers(len(parents), size=(2, _SAMPLE))
    dimensions = parents.shape[1]
    mixed = np.where(rng.random((_SAMPLE, dimensions)) < 0.5, parents[pairs[0]], parents[pairs[1]])
    moved = rng.random(mixed.shape) < min(_MOVED / dimensions, 1.0)
    mixed = mixed + moved * rng.normal(0.0, width, mixed.shape)
    return np.asarray(1.0 - np.abs(1.0 - np.abs(mixed) % 2.0))


def spread_out(points: Array, count: int, known: Array | None = None) -> NDArray[np.int64]:
    """Rows of `count` points, each the farthest from those before it (and from `known`).

    The first row is the first one without known points.
    """
    chosen: list[int] = []
    nearest = np.full(len(points), np.inf)
    for other in () if known is None else known:
        nearest = np.minimum(nearest, np.sum((points - other) ** 2, axis=1))
    while len(chosen) < min(count, len(points)):
        new = int(np.argmax(nearest)) if np.isfinite(nearest).all() else 0
        chosen.append(new)
        nearest = np.minimum(nearest, np.sum((points - points[new]) ** 2, axis=1))
        nearest[chosen] = -1.0
    return np.array(chosen, dtype=np.int64)
