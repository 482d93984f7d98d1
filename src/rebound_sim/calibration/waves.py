"""Calibration by history matching: waves of simulated points, until the budget is spent.

What is planned is written before it is simulated, so that a calibration that was killed goes on
with the same points. The end of the budget simulates the best points again, under another luck:
sets are chosen on two replications, and only among simulated points.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from rebound_sim.calibration.emulator import Emulator, fit_emulator
from rebound_sim.calibration.evaluations import Budget, Evaluation, EvaluationStore
from rebound_sim.calibration.history_matching import first_wave, next_wave, spread_out
from rebound_sim.calibration.implausibility import (
    CUT,
    distance,
    implausibility,
    least_rank,
    ranked,
)
from rebound_sim.calibration.problem import Problem
from rebound_sim.calibration.screening import measure_luck
from rebound_sim.errors import EngineError
from rebound_sim.experiment.durable import write_durably
from rebound_sim.experiment.pool import available_workers

Array = NDArray[np.float64]
DEFAULT_POINTS: Final = 96
DEFAULT_SETS: Final = 30
DEFAULT_WAVES: Final = 20
#: Points simulated again for each set wanted.
_SPARE: Final = 1.5
_SECOND_LUCK: Final = 1


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
    """One wave as planned. points : [n, dimensions]    rank, share : see history_matching.Wave"""

    number: int
    points: Array
    rank: int
    share: float


@dataclass(frozen=True)
class Chosen:
    """The parameter sets kept, the best first.

    rows : of the candidates    rank : sets miss rank − 1 moments at most (implausibility above 3)
    values : parameters of each    moments, found : simulated moments and their implausibilities,
    [sets, moments]    waves : where each was planned
    """

    values: tuple[dict[str, float], ...]
    moments: Array
    found: Array
    waves: tuple[int, ...]
    rank: int


@dataclass(frozen=True)
class Calibration:
    """What a calibration found.

    declared : moments at declared values, mean of replications    luck : float[moments]
    emulators : of each moment, on all points    reach : least implausibility of each moment over
    all simulated points
    """

    problem: Problem
    waves: tuple[Planned, ...]
    chosen: Chosen
    declared: Array
    luck: Array
    emulators: tuple[Emulator | None, ...]
    reach: Array
    evaluations: int
    complete: bool


def calibrate(store: EvaluationStore, settings: Settings, budget: Budget) -> Calibration:
    """Simulate waves until the budget is spent, then choose the ensemble.

    Raises EngineError when too few points could be simulated.
    """
    problem, workers = store.problem, settings.workers
    luck = measure_luck(store, budget, workers)
    waves: list[Planned] = []
    thinking = 0.0
    while len(waves) < settings.waves:
        # A wave is planned when there is time for that, for the last fit, and for some points.
        spending = Budget(budget.seconds - _reserve(store, settings) - thinking, budget.started)
        if waves and spending.left() < 2.0 * (thinking + store.seconds_each()):
            break
        begun = time.monotonic()
        wave = _planned(store, settings, waves, luck)
        waves.append(wave)
        thinking = max(thinking, time.monotonic() - begun)
        planned = [(problem.values(point), 0) for point in wave.points]
        if not store.evaluate(planned, spending, workers):
            break
    chosen, complete = _choose(store, settings, waves, luck, budget)
    points, rows = _simulated(store, waves)
    emulators = _emulators(points, rows)
    found = implausibility(problem.targets, rows, luck**2)
    names = [target.name for target in problem.targets]
    declared = _mean_of_declared(store, names)
    return Calibration(
        problem, tuple(waves), chosen, declared, luck, emulators, found.min(axis=0),
        len(store.known), complete,
    )  # fmt: skip


def _reserve(store: EvaluationStore, settings: Settings) -> float:
    """Seconds kept to simulate the best points again."""
    workers = settings.workers or available_workers()
    return store.seconds_each() * (_SPARE * settings.sets / workers + 2.0)


def _planned(
    store: EvaluationStore, settings: Settings, before: Sequence[Planned], luck: Array
) -> Planned:
    """The next wave: as written by an interrupted run, or made now and written."""
    number = len(before) + 1
    file = store.folder / f"wave-{number}.json"
    if file.is_file():
        plan: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        return Planned(number, np.array(plan["points"]), int(plan["rank"]), float(plan["share"]))
    dimensions = store.problem.dimensions
    if not before:
        points, rank, share = first_wave(dimensions, settings.points, settings.seed), 0, 1.0
    else:
        known, rows = _simulated(store, before)
        store.watcher.said(f"Wave {number}: fitting emulators to {len(known)} points.")
        seed = settings.seed + number
        targets = store.problem.targets
        found = next_wave(
            _emulators(known, rows), targets, luck, known, settings.points, seed
        )  # fmt: skip
        points, rank, share = found.points, found.rank, found.share
        store.watcher.said(
            f"Wave {number}: {share:.2%} of the space is not ruled out, "
            f"{rank - 1} moments may be missed."
        )
    plan = {"rank": rank, "share": share, "points": points.tolist()}
    write_durably(file, json.dumps(plan).encode())
    return Planned(number, points, rank, share)


def _simulated(store: EvaluationStore, waves: Sequence[Planned]) -> tuple[Array, Array]:
    """Points simulated under the first luck, [n, dimensions], and their moments [n, moments]."""
    names = [target.name for target in store.problem.targets]
    points, rows = [], []
    for wave in waves:
        for point in wave.points:
            one = store.find(store.problem.values(point))
            if one is not None and not one.error:
                points.append(point)
                rows.append(one.row(names))
    if not rows:
        raise EngineError("no point could be simulated within the budget: give it more minutes")
    return np.array(points), np.array(rows)


def _emulators(points: Array, rows: Array) -> tuple[Emulator | None, ...]:
    return tuple(fit_emulator(points, column) for column in rows.T)


def _choose(
    store: EvaluationStore,
    settings: Settings,
    waves: Sequence[Planned],
    luck: Array,
    budget: Budget,
) -> tuple[Chosen, bool]:
    """The best simulated points, simulated again, then those to keep, spread over the space.

    False with it when the budget left some of them with one replication.
    """
    problem = store.problem
    names = [target.name for target in problem.targets]
    points, rows = _simulated(store, waves)
    found = implausibility(problem.targets, rows, luck**2)
    few = _spread_best(points, found, round(_SPARE * settings.sets))
    again = [(problem.values(points[row]), _SECOND_LUCK) for row in few]
    complete = store.evaluate(again, budget, settings.workers)
    pairs: list[Array] = []
    for row, (values, replication) in zip(few, again, strict=True):
        second = store.find(values, replication)
        pairs.append(_mean([rows[row], *(() if second is None else (second.row(names),))]))
    means = np.array(pairs)
    found = implausibility(problem.targets, means, luck**2 / 2.0)
    kept = _spread_best(points[few], found, settings.sets)
    number = _wave_numbers(store, waves)
    values_kept = tuple(again[row][0] for row in kept)
    return (
        Chosen(
            tuple(dict(values) for values in values_kept),
            means[kept],
            found[kept],
            tuple(number[tuple(sorted(values.items()))] for values in values_kept),
            least_rank(found, settings.sets),
        ),
        complete,
    )


def _spread_best(points: Array, found: Array, count: int) -> NDArray[np.int64]:
    """Rows of points not ruled out: the one of least distance, then the farthest from those."""
    worst = ranked(found, least_rank(found, count))
    allowed = np.flatnonzero(worst <= CUT)
    if allowed.size < min(count, len(points)):
        allowed = np.argsort(distance(found), kind="stable")[:count]
    first = np.argsort(distance(found[allowed]), kind="stable")
    allowed = allowed[np.concatenate([first[:1], np.sort(first[1:])])]
    return np.asarray(allowed[spread_out(points[allowed], count)])


def _wave_numbers(
    store: EvaluationStore, waves: Sequence[Planned]
) -> dict[tuple[tuple[str, float], ...], int]:
    return {
        tuple(sorted(store.problem.values(point).items())): wave.number
        for wave in waves
        for point in wave.points
    }


def _mean_of_declared(store: EvaluationStore, names: Sequence[str]) -> Array:
    declared = {one.full_name: one.value for one in store.problem.searched}
    found: list[Evaluation | None] = [store.find(declared, number) for number in range(2)]
    return _mean(
        [one.row(names) for one in found if one is not None] or [np.full(len(names), np.nan)]
    )


def _mean(rows: Sequence[Array]) -> Array:
    """Mean of what is known of each moment, NaN where nothing is."""
    stacked = np.array(rows)
    known = np.isfinite(stacked)
    total = np.where(known, stacked, 0.0).sum(axis=0)
    return np.asarray(np.where(known.any(axis=0), total / np.maximum(known.sum(axis=0), 1), np.nan))
