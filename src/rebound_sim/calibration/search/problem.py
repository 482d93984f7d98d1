"""What is calibrated: parameters with a prior, targets with a band, and a simulator of moments."""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from rebound_sim.arrays import Floats
from rebound_sim.calibration.moments.registry import MEASURES, STUDIES
from rebound_sim.calibration.moments.table import Moment, load_moments
from rebound_sim.calibration.studies import design
from rebound_sim.calibration.studies.shared import forget
from rebound_sim.calibration.study import Evidence, StudyTask
from rebound_sim.parameters.priors import free_parameters, quantile_of, value_at
from rebound_sim.parameters.records import Parameter

#: Values of parameters and the number of a replication -> value of each moment, NaN if undefined.
Simulate = Callable[[Mapping[str, float], int], Mapping[str, float]]
#: Zones of the validation that are simulated at each point, the smallest first: two in each third
#: of sizes, less and more industrial. Two cost a sixth of all six; what the others would change is
#: measured at the centre of each wave.
CALIBRATION_ZONES: Final = 2


@dataclass(frozen=True)
class Target:
    """A moment that may be fitted: value, and its band [low, high]."""

    name: str
    value: float
    low: float
    high: float

    @staticmethod
    def of(moment: Moment) -> Target:
        """The target of a moment. Raises ValueError for one that only checks."""
        if moment.use != "calibrate":
            raise ValueError(f"{moment.id} only checks: it never enters an objective")
        return Target(moment.id, moment.value, moment.low, moment.high)


@dataclass(frozen=True)
class Problem:
    """A calibration problem.

    searched : parameters whose values are sought, in quantiles of their priors
    drawn    : parameters that no moment identifies: spread as their priors from the first wave on
    simulate : a function or record that can be sent to a process
    about    : what, besides the sources, decides what `simulate` gives
    everywhere : the same on all zones of the validation, dearer; None where `simulate` has them all
    """

    searched: tuple[Parameter, ...]
    targets: tuple[Target, ...]
    simulate: Simulate
    drawn: tuple[Parameter, ...] = ()
    about: str = ""
    everywhere: Simulate | None = None

    @property
    def dimensions(self) -> int:
        """Coordinates of a point: searched parameters, then drawn ones."""
        return len(self.searched) + len(self.drawn)

    @property
    def names(self) -> tuple[str, ...]:
        """Full names of searched parameters."""
        return tuple(one.full_name for one in self.searched)

    def values(self, point: Sequence[float] | Floats) -> dict[str, float]:
        """Values of parameters at a point of [0, 1]^dimensions, to 8 digits."""
        every = (*self.searched, *self.drawn)
        return {
            one.full_name: min(max(float(f"{value_at(one, float(u)):.8g}"), one.low), one.high)
            for one, u in zip(every, point, strict=True)
        }

    def coordinates(self, values: Mapping[str, float]) -> Floats:
        """Quantiles of all parameters of a point, declared values where none is given."""
        every = (*self.searched, *self.drawn)
        return np.array([quantile_of(one, values.get(one.full_name, one.value)) for one in every])

    def digest(self) -> str:
        """Digest of the question: 16 hexadecimal digits."""
        targets = [[t.name, t.value, t.low, t.high] for t in self.targets]
        drawn = [one.full_name for one in self.drawn]
        text = json.dumps([self.names, drawn, targets, self.about])
        return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class SimulatedMoments:
    """Moments of the model, on some places of each study: a `Simulate`.

    places : study -> its places    moments : ids    seed : the same luck at every point
    """

    places: tuple[tuple[str, tuple[str, ...]], ...]
    moments: tuple[str, ...]
    seed: int = 0

    def __call__(self, values: Mapping[str, float], replication: int) -> dict[str, float]:
        """Simulate every study once and measure. Raises InputError for a wrong value."""
        runs = [(study, place) for study, places in self.places for place in places]
        evidence: dict[tuple[str, str], Evidence] = {}
        # Zone by zone: studies of a zone share runs.
        for study, place in sorted(runs, key=lambda run: run[1].partition(":")[0]):
            task = StudyTask(self.seed, replication, place, values)
            evidence[study, place] = STUDIES[study].simulate(task)
        found: dict[str, float] = {}
        for name in self.moments:
            study = MEASURES[name].study
            parts = [evidence[run] for run in runs if run[0] == study]
            arrays = [part[name] for part in parts if name in part]
            found[name] = MEASURES[name].combine(arrays) if arrays else float("nan")
        forget()
        # Models refer to themselves: a point leaves some 100 MB a zone until they are collected.
        gc.collect()
        return found


def calibration_targets() -> tuple[Target, ...]:
    """Moments that may be fitted and have a measure."""
    return tuple(
        Target.of(moment)
        for moment in load_moments().values()
        if moment.use == "calibrate" and moment.id in MEASURES
    )


def calibration_zones(count: int = CALIBRATION_ZONES) -> tuple[str, ...]:
    """Zones simulated at each point. count : 2 at least, since one moment is a spread over zones"""
    return design.zones()[:count]


def model_problem(
    searched: Sequence[Parameter] | None = None,
    drawn: Sequence[Parameter] = (),
    seed: int = 0,
    zones: int = CALIBRATION_ZONES,
) -> Problem:
    """The model's problem: all moments that may be fitted, on the zones of calibration.

    searched : parameters sought; all with a prior unless given    zones : their number, see above
    Burn-in and horizons are those of the studies: definitions of moments fix them.
    """
    targets = calibration_targets()
    moments = tuple(target.name for target in targets)
    needed = dict.fromkeys(MEASURES[name].study for name in moments)

    def on(where: tuple[str, ...]) -> SimulatedMoments:
        places = {name: STUDIES[name].places() for name in needed}
        kept = tuple(
            (name, tuple(place for place in found if place.partition(":")[0] in where))
            for name, found in places.items()
        )
        return SimulatedMoments(kept, moments, seed)

    some, every = on(calibration_zones(zones)), on(design.zones())
    return Problem(
        tuple(free_parameters() if searched is None else searched),
        targets,
        some,
        tuple(drawn),
        json.dumps([some.places, seed]),
        None if some == every else every,
    )
