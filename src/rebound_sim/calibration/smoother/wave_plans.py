"""Which points a wave simulates, and the file that holds them.

The first wave is drawn around the declared values with half the spread of the priors: at the whole
priors of all parameters at once labour markets collapse, and say nothing about the real one. Every
later wave is the members of the wave before, moved toward the targets (`smoother`); parameters that
no moment identified in the first wave then get the whole spread of their prior, still around the
declared value. (Around the middle of the prior instead, the small effects of a hundred of them
add up to a world that is far off.)
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from rebound_sim.arrays import Floats
from rebound_sim.calibration.search.problem import Problem
from rebound_sim.calibration.search.random_designs import Generator, drawn_from
from rebound_sim.calibration.smoother.step import (
    identified,
    misfits,
    quantiles_of,
    scores_of,
    step,
)
from rebound_sim.errors import EngineError
from rebound_sim.experiment.durable import write_durably
from rebound_sim.records import read_record

#: Spread of searched parameters in the first wave, in standard deviations of their prior.
NARROW: Final = 0.5
#: Members that regressions need.
_FEWEST_MEMBERS: Final = 10
#: Share of its neighbour's place in a redrawn member.
_KERNEL: Final = 0.3


@dataclass(frozen=True)
class Planned:
    """One wave as planned.

    points     : [1 + members, dimensions], quantiles of priors; the first one is the centre, which
                 is no member: declared values in the first wave, the mean of members later
    taken      : share of the data taken in by the steps that led here, 0 to 1
    identified : whether a moment moved with each parameter beyond chance in any step, [dimensions]
    missed     : moments that all members of the wave before missed on the same side
    """

    number: int
    points: Floats
    taken: float
    identified: NDArray[np.bool_]
    missed: tuple[str, ...] = ()

    @property
    def replication(self) -> int:
        """Luck of all points of this wave: its own, lest one luck be fitted."""
        return self.number - 1

    def write(self, folder: Path) -> None:
        """Write the plan, before any of it is simulated."""
        record = {
            "taken": self.taken,
            "identified": self.identified.tolist(),
            "missed": self.missed,
            "points": self.points.tolist(),
        }
        write_durably(_file(folder, self.number), json.dumps(record).encode())


def planned_before(folder: Path, number: int) -> Planned | None:
    """A wave as an interrupted run planned it, None if it did not.

    Raises InputError for a file that is not whole.
    """
    file = _file(folder, number)
    if not file.is_file():
        return None
    plan = read_record(file)
    return Planned(
        number,
        np.array(plan["points"]),
        float(plan["taken"]),
        np.array(plan["identified"]),
        tuple(plan["missed"]),
    )


def _file(folder: Path, number: int) -> Path:
    return folder / f"wave-{number}.json"


def first_wave(problem: Problem, count: int, seed: int) -> Planned:
    """A Latin hypercube of normal scores around declared values."""
    unit = qmc.LatinHypercube(problem.dimensions, rng=drawn_from(seed)).random(count)
    declared = problem.coordinates({})
    members = quantiles_of(scores_of(declared) + _spread(problem) * scores_of(unit))
    nothing = np.zeros(problem.dimensions, dtype=np.bool_)
    return Planned(1, np.vstack([declared, members]), 0.0, nothing)


def next_wave(
    problem: Problem,
    before: Planned,
    simulated: Sequence[tuple[Floats, Floats]],
    luck: Floats,
    count: int,
    steps: int,
    seed: int,
) -> Planned:
    """Members of the wave before, moved toward the targets.

    simulated : points of members, [n, dimensions], and their moments, of the last waves
    count : of members    steps : left, this one included
    Raises EngineError when too few members could be simulated.
    """
    measured = [
        (scores_of(points), misfits(problem.targets, rows, luck)) for points, rows in simulated
    ]
    scores, found = measured[-1]
    if len(scores) < _FEWEST_MEMBERS:
        raise EngineError(f"{len(scores)} members of a wave could be simulated: too few to go on")
    rng = drawn_from(seed, before.number)
    weight = (1.0 - before.taken) / steps
    done = step(scores, found, weight, rng, measured[-2] if len(simulated) > 1 else None)
    known = before.identified | identified(done.correlation, done.members)
    moved = done.scores
    if before.number == 1:
        declared = scores_of(problem.coordinates({}))
        moved = np.where(known, moved, declared + (scores - declared) / _spread(problem))
    moved = np.vstack([moved, _redrawn(moved, count - len(moved), rng)])
    missed = tuple(
        target.name for target, more in zip(problem.targets, done.slack, strict=True) if more > 1.0
    )
    quantiles = quantiles_of(np.vstack([moved.mean(axis=0), moved]))
    taken = 1.0 if steps == 1 else before.taken + weight
    return Planned(before.number + 1, quantiles, taken, known, missed)


def in_first_wave(problem: Problem, points: Floats) -> Floats:
    """Quantiles of the first wave at points given in quantiles of priors, [n, dimensions]."""
    return quantiles_of((scores_of(points) - scores_of(problem.coordinates({}))) / _spread(problem))


def _spread(problem: Problem) -> Floats:
    """Spread of the first wave in standard deviations of priors, [dimensions]."""
    searched = np.arange(problem.dimensions) < len(problem.searched)
    return np.where(searched, NARROW, 1.0)


def _redrawn(scores: Floats, count: int, rng: Generator) -> Floats:
    """Members in place of failed ones: near one other, toward a second, with the spread of all.

    Liu and West (2001): mean and variance stay those of the members.
    """
    one, other = rng.integers(len(scores), size=(2, max(count, 0)))
    mean = scores.mean(axis=0)
    share = np.sqrt(1.0 - _KERNEL**2)
    return np.asarray(mean + share * (scores[one] - mean) + _KERNEL * (scores[other] - mean))
