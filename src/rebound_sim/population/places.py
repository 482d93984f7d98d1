"""Places inside a zone: real names and residents, *modelled* positions.

No coordinates of municipalities are in the tables. The largest place stands at the centre of a
disc with the zone's real area; the others are spread over it by a hash of their name, so that a
zone has the same map in every run. Commuting shares by distance are therefore modelled too.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rebound_sim.data.basins import BasinFigures
from rebound_sim.rng.draws import uniform_pair
from rebound_sim.rng.streams import Stream, stream_key


@dataclass(frozen=True)
class Places:
    """residents, jobs : float64[n] shares, sum 1    distance : float64[n, n] km."""

    residents: npt.NDArray[np.float64]
    jobs: npt.NDArray[np.float64]
    distance: npt.NDArray[np.float64]


def places(figures: BasinFigures, job_concentration: float) -> Places:
    """Places of a zone. job_concentration : exponent of residents in the share of jobs.

    Within a place the distance is the mean one between two points of a disc of its area
    (0.905 radius). Places without residents are dropped.
    """
    people = np.array([n for _, n in figures.places if n > 0], dtype=np.float64)
    if people.size == 0:
        people = np.ones(1)
    names = [name for name, n in figures.places if n > 0]
    radius = math.sqrt(figures.area_km2 / math.pi)
    key = stream_key(0, 0, figures.code, Stream.PLACES)
    position = np.zeros((people.size, 2))
    for k in range(1, people.size):
        code = sum(ord(letter) * (index + 1) for index, letter in enumerate(names[k]))
        r = radius * math.sqrt(uniform_pair(key, code, 2 * k))
        angle = 2.0 * math.pi * uniform_pair(key, code, 2 * k + 1)
        position[k] = (r * math.cos(angle), r * math.sin(angle))
    distance = np.hypot(*(position[:, None, :] - position[None, :, :]).transpose(2, 0, 1))
    own = 0.905 * math.sqrt(figures.area_km2 / people.size / math.pi)
    np.fill_diagonal(distance, own)
    weights = people**job_concentration
    return Places(people / people.sum(), weights / weights.sum(), distance)
