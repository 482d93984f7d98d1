"""Calibration by an ensemble smoother: waves of simulated members, each moved by the one before.

The first wave is drawn from priors narrowed around the declared values; every later one is the
members of the wave before, moved toward the targets (`smoother`). What is planned is written
before it is simulated, so that a calibration that was killed goes on with the same points. The end
of the budget simulates the best points again, under another luck (`selection`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from rebound_sim.calibration.emulator import Emulator, fit_emulator
from rebound_sim.calibration.evaluations import Budget, Evaluation, EvaluationStore
from rebound_sim.calibration.implausibility import implausibility
from rebound_sim.calibration.problem import Problem
from rebound_sim.calibration.random_designs import Generator, drawn_from
from rebound_sim.calibration.screening import measure_luck
from rebound_sim.calibration.selection import SPARE, Candidates, Chosen, choose
from rebound_sim.calibration.smoother import (
    identified,
    misfits,
    quantiles_of,
    scores_of,
    step,
)
from rebound_sim.errors import EngineError
from rebound_sim.experiment.durable import write_durably
from rebound_sim.experiment.pool import available_workers

Array = NDArray[np.float64]
DEFAULT_POINTS: Final = 96
DEFAULT_SETS: Final = 30
DEFAULT_WAVES: Final = 8
#: Spread of searched parameters in the first wave, in standard deviations of their prior.
NARROW: Final = 0.5
#: Each step takes in this many times as much of the data as the one before: the first see worlds
#: that are far off, where regressions tell least.
_GROWTH: Final = 2.0
#: Share of a wave that must fit in the budget for it to be planned.
_LEAST_WAVE: Final = 0.5
#: Members that regressions need.
_FEWEST_MEMBERS: Final = 10
#: Share of its neighbour's place in a redrawn member.
_KERNEL: Final = 0.3
#: Replication of the second luck of the first set; that of the others follows.
_SECOND_LUCK: Final = 1_000
#: Waves whose points may become sets.
_LAST_WAVES: Final = 2


@dataclass(frozen=True)
class Settings:
    """How to calibrate.

    points : of a wave    sets : of the ensemble    waves : at most    seed : of the designs
    """

    points: int = DEFAULT_POINTS
    sets: int = DEFAULT_SETS
    waves: int = DEFAULT_WAVES
    seed: int = 0
    workers: int | None = None


@dataclass(frozen=True)
class Planned:
    """One wave as planned.

    points     : [1 + members, dimensions], quantiles of priors; the first one is the centre, which
                 is no member: declared values in the first wave, the mean of members later
    taken      : share of the data taken in by the steps that led here, 0 to 1
    identified : whether a moment moved each parameter beyond chance in any step, [dimensions]
    missed     : moments that all members of the wave before missed on the same side
    """

    number: int
    points: Array
    taken: float
    identified: NDArray[np.bool_]
    missed: tuple[str, ...] = ()

    @property
    def replication(self) -> int:
        """Luck of all points of this wave: its own, lest one luck be fitted."""
        return self.number - 1


@dataclass(frozen=True)
class Calibration:
    """What a calibration found.

    declared : moments at declared values, mean of replications    luck : float[moments]
    points, rows : every point simulated once in a wave, [n, dimensions], and its moments
    reach : least implausibility of each moment over those points
    """

    problem: Problem
    waves: tuple[Planned, ...]
    chosen: Chosen
    declared: Array
    luck: Array
    points: Array
    rows: Array
    reach: Array
    evaluations: int
    complete: bool


def calibrate(store: EvaluationStore, settings: Settings, budget: Budget) -> Calibration:
    """Simulate waves until all data are taken in or the budget is spent; choose the ensemble.

    Raises EngineError when too few points could be simulated.
    """
    problem = store.problem
    luck = measure_luck(store, budget, settings.workers)
    waves: list[Planned] = []
    while len(waves) < settings.waves and not (waves and waves[-1].taken >= 1.0):
        spending = Budget(budget.seconds - _reserve(store, settings), budget.started)
        wave = _planned(store, settings, waves, luck, spending)
        if wave is None:
            break
        waves.append(wave)
        planned = [(problem.values(point), wave.replication) for point in wave.points]
        if not store.evaluate(planned, spending, settings.workers):
            break
    chosen, complete = _choose(store, settings, waves, luck, budget)
    points, rows = (np.vstack(part) for part in zip(*_simulated_each(store, waves), strict=True))
    found = implausibility(problem.targets, rows, luck**2)
    return Calibration(
        problem, tuple(waves), chosen, _mean_of_declared(store), luck, points, rows,
        found.min(axis=0), len(store.known), complete,
    )  # fmt: skip


def _reserve(store: EvaluationStore, settings: Settings) -> float:
    """Seconds kept to simulate the best points again."""
    workers = settings.workers or available_workers()
    return store.seconds_each() * (SPARE * settings.sets / workers + 2.0)


def _waves_left(store: EvaluationStore, settings: Settings, done: int, spending: Budget) -> float:
    """Waves that settings and the budget still allow; of the last one, perhaps a part."""
    wave = store.seconds_each() * (settings.points + 1) / (settings.workers or available_workers())
    allowed = float(settings.waves - done)
    return min(allowed, spending.left() / wave) if wave > 0.0 else allowed


def _planned(
    store: EvaluationStore,
    settings: Settings,
    before: Sequence[Planned],
    luck: Array,
    spending: Budget,
) -> Planned | None:
    """The next wave: as written by an interrupted run, or made now and written.

    None when the budget has no room for it.
    """
    number = len(before) + 1
    file = store.folder / f"wave-{number}.json"
    if file.is_file():
        plan = json.loads(file.read_text(encoding="utf-8"))
        return Planned(
            number, np.array(plan["points"]), plan["taken"], np.array(plan["identified"]),
            tuple(plan["missed"]),
        )  # fmt: skip
    if not before:
        wave = first_wave(store.problem, settings.points, settings.seed)
    else:
        left = _waves_left(store, settings, len(before), spending)
        if left < _LEAST_WAVE:
            return None
        wave = next_wave(store, settings, before[-1], luck, max(round(left), 1))
    record = asdict(wave)
    record.update(points=wave.points.tolist(), identified=wave.identified.tolist())
    write_durably(file, json.dumps(record).encode())
    return wave


def first_wave(problem: Problem, count: int, seed: int) -> Planned:
    """A Latin hypercube of normal scores: narrowed around declared values where searched."""
    unit = qmc.LatinHypercube(problem.dimensions, rng=drawn_from(seed)).random(count)
    declared = problem.coordinates({})
    searched = np.arange(problem.dimensions) < len(problem.searched)
    near = scores_of(declared) + NARROW * scores_of(unit)
    members = np.where(searched, quantiles_of(near), unit)
    return Planned(
        1, np.vstack([declared, members]), 0.0, np.zeros(problem.dimensions, dtype=np.bool_)
    )


def next_wave(
    store: EvaluationStore, settings: Settings, before: Planned, luck: Array, steps: int
) -> Planned:
    """Members of the wave before, moved toward the targets. steps : left, this one included."""
    problem, rng = store.problem, drawn_from(settings.seed, before.number)
    points, rows = _simulated(store, before, members=True)
    if len(points) < _FEWEST_MEMBERS:
        raise EngineError(f"{len(points)} members of a wave could be simulated: too few to go on")
    weight = (1.0 - before.taken) / sum(_GROWTH**later for later in range(steps))
    scores = scores_of(points)
    done = step(scores, misfits(problem.targets, rows, luck), weight, rng)
    known = before.identified | identified(done.correlation, len(scores))
    moved = done.scores
    if before.number == 1:
        # What no moment identifies gets its whole prior back.
        kept = ~known & (np.arange(problem.dimensions) < len(problem.searched))
        centre = scores_of(problem.coordinates({}))
        moved = np.where(kept, (moved - centre) / NARROW, moved)
    moved = np.vstack([moved, _redrawn(moved, settings.points - len(moved), rng)])
    missed = tuple(
        target.name for target, more in zip(problem.targets, done.slack, strict=True) if more > 1.0
    )
    number = before.number + 1
    store.watcher.said(
        f"Wave {number}: moments moved {int(known.sum())} of {problem.dimensions} parameters, "
        f"{len(missed)} are missed by all members; {before.taken + weight:.0%} of the data taken "
        f"in, {steps - 1} steps to go."
    )
    taken = 1.0 if steps == 1 else before.taken + weight
    quantiles = quantiles_of(np.vstack([moved.mean(axis=0), moved]))
    return Planned(number, quantiles, taken, known, missed)


def _redrawn(scores: Array, count: int, rng: Generator) -> Array:
    """Members in place of failed ones: between two others, with the spread of all (Liu, West)."""
    one, other = rng.integers(len(scores), size=(2, max(count, 0)))
    mean = scores.mean(axis=0)
    share = np.sqrt(1.0 - _KERNEL**2)
    return np.asarray(mean + share * (scores[one] - mean) + _KERNEL * (scores[other] - mean))


def _simulated(
    store: EvaluationStore, wave: Planned, *, members: bool = False
) -> tuple[Array, Array]:
    """Points of a wave that were simulated, [n, dimensions], and their moments [n, moments].

    members : without the centre
    """
    names = [target.name for target in store.problem.targets]
    points, rows = [], []
    for point in wave.points[1:] if members else wave.points:
        one = store.find(store.problem.values(point), wave.replication)
        if one is not None and not one.error:
            points.append(point)
            rows.append(one.row(names))
    shape = (-1, store.problem.dimensions), (-1, len(names))
    return np.reshape(points, shape[0]), np.reshape(rows, shape[1])


def _simulated_each(store: EvaluationStore, waves: Sequence[Planned]) -> list[tuple[Array, Array]]:
    """Points and moments of each wave. Raises EngineError when there are none."""
    found = [_simulated(store, wave) for wave in waves]
    if not any(len(points) for points, _ in found):
        raise EngineError("no point could be simulated within the budget: give it more minutes")
    return found


def _choose(
    store: EvaluationStore,
    settings: Settings,
    waves: Sequence[Planned],
    luck: Array,
    budget: Budget,
) -> tuple[Chosen, bool]:
    """The best points of the last waves, simulated again, then those to keep.

    False with it when the budget left some of them with one replication.
    """
    problem = store.problem
    names = [target.name for target in problem.targets]
    every = _simulated_each(store, waves)[-_LAST_WAVES:]
    numbers = np.repeat([wave.number for wave in waves[-_LAST_WAVES:]], [len(p) for p, _ in every])
    points, rows = (np.vstack(part) for part in zip(*every, strict=True))
    few = choose(Candidates(problem.targets, rows, luck), round(SPARE * settings.sets))
    again = [(problem.values(points[row]), _SECOND_LUCK + n) for n, row in enumerate(few)]
    complete = store.evaluate(again, budget, settings.workers)
    pairs: list[Array] = []
    for row, (values, replication) in zip(few, again, strict=True):
        second = store.find(values, replication)
        pairs.append(mean_known([rows[row], *(() if second is None else (second.row(names),))]))
    means = np.array(pairs)
    twice = Candidates(problem.targets, means, luck / np.sqrt(2.0))
    kept = choose(twice, settings.sets)
    return (
        Chosen(
            tuple(again[row][0] for row in kept), points[few][kept], means[kept],
            twice.found[kept], tuple(int(numbers[few[row]]) for row in kept),
        ),
        complete,
    )  # fmt: skip


def _mean_of_declared(store: EvaluationStore) -> Array:
    names = [target.name for target in store.problem.targets]
    declared = {one.full_name: one.value for one in store.problem.searched}
    found: list[Evaluation | None] = [store.find(declared, number) for number in range(6)]
    return mean_known(
        [one.row(names) for one in found if one is not None] or [np.full(len(names), np.nan)]
    )


def fitted_emulators(found: Calibration) -> tuple[Emulator | None, ...]:
    """Emulator of each moment on all points of waves, in quantiles of the first wave."""
    problem = found.problem
    searched = np.arange(problem.dimensions) < len(problem.searched)
    near = scores_of(found.points) - scores_of(problem.coordinates({}))
    place = np.where(searched, quantiles_of(near / NARROW), found.points)
    return tuple(fit_emulator(place, column) for column in found.rows.T)


def mean_known(rows: Sequence[Array]) -> Array:
    """Mean of what is known of each moment, NaN where nothing is."""
    stacked = np.array(rows)
    known = np.isfinite(stacked)
    total = np.where(known, stacked, 0.0).sum(axis=0)
    return np.asarray(np.where(known.any(axis=0), total / np.maximum(known.sum(axis=0), 1), np.nan))
