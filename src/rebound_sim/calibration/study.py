"""What a study is: simulated runs that leave small arrays, and measures that read them.

A study simulates what the sources of some moments observed (an undisturbed zone, a closure, a
fund). One job is one place in one replication. It leaves `Evidence`: small arrays by moment. A
measure combines those of all places of one replication into one value, as its source does.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from rebound_sim.arrays import Floats

#: What one job leaves: arrays by moment.
Evidence = Mapping[str, Floats]


@dataclass(frozen=True)
class StudyTask:
    """One place of a study in one replication.

    place : a zone, or the name of a case    parameters : values that replace defaults
    """

    seed: int
    replication: int
    place: str
    parameters: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Study:
    """Runs that several moments share.

    places : one job each in a replication    simulate : a function of a module, so that it can
    be sent to a process
    """

    name: str
    title: str
    places: Callable[[], tuple[str, ...]]
    simulate: Callable[[StudyTask], Evidence]


@dataclass(frozen=True)
class Measure:
    """How one moment is measured.

    study : name of the study that leaves `evidence[moment]`
    combine : arrays of all places of one replication -> value, NaN where it is not defined
    definition : sample, horizon and denominator, as in the source; where they differ, how
    """

    moment: str
    study: str
    combine: Callable[[Sequence[Floats]], float]
    definition: str


def counts(part: Any, whole: Any) -> Floats:
    """Evidence of a share or a mean: what `combine_ratio` adds up over places."""
    return np.array([float(part), float(whole)])


def totals(places: Sequence[Floats]) -> Floats:
    """Sums over places of what `counts` left: float[2]."""
    return np.asarray(np.sum(places, axis=0), dtype=np.float64)


def combine_ratio(places: Sequence[Floats]) -> float:
    """Sum of the first numbers over sum of the second ones. places : float[2] each."""
    part, whole = totals(places)
    return float(part / whole) if whole != 0.0 else math.nan


def combine_gap(places: Sequence[Floats]) -> float:
    """First share minus second one. places : float[4] each, two pairs as in `combine_ratio`."""
    return combine_ratio([p[:2] for p in places]) - combine_ratio([p[2:] for p in places])


def combine_relative(places: Sequence[Floats]) -> float:
    """First share over second one. places : float[4] each, two pairs as in `combine_ratio`."""
    below = combine_ratio([p[2:] for p in places])
    return combine_ratio([p[:2] for p in places]) / below if below else math.nan


def combine_mean(places: Sequence[Floats]) -> float:
    """Mean of all numbers of all places. places : float[n] each."""
    pooled = np.concatenate([np.ravel(p) for p in places])
    return float(pooled.mean()) if pooled.size else math.nan
