"""Calibration by an ensemble smoother: waves of simulated members, each moved by the one before.

What is planned is written before it is simulated (`wave_plans`), so that a calibration that was
killed goes on with the same points. The end of the budget simulates the best points again, under
another luck: sets are chosen on two replications, and only among simulated points (`selection`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from rebound_sim.arrays import Floats
from rebound_sim.calibration.search.evaluations import Budget, Evaluation, EvaluationStore
from rebound_sim.calibration.search.implausibility import implausibility
from rebound_sim.calibration.search.problem import Problem
from rebound_sim.calibration.sensitivity.screening import LUCK_REPLICATIONS, measure_luck
from rebound_sim.calibration.smoother.all_zones import LUCKS, added_by_all_zones, measure_centre
from rebound_sim.calibration.smoother.selection import SPARE, Candidates, Chosen, choose
from rebound_sim.calibration.smoother.wave_plans import (
    Planned,
    first_wave,
    next_wave,
    planned_before,
)
from rebound_sim.errors import EngineError

DEFAULT_POINTS: Final = 128
DEFAULT_SETS: Final = 30
DEFAULT_WAVES: Final = 8
#: Share of a wave that must fit in the budget for it to be planned.
_LEAST_WAVE: Final = 0.5
#: Replication of the second luck of the first candidate; those of the others follow, so that it
#: averages out over the sets.
_SECOND_LUCK: Final = 1_000
#: Waves whose points may become sets.
_LAST_WAVES: Final = 2


@dataclass(frozen=True)
class WaveSettings:
    """How to calibrate.

    points : members of a wave    sets : of the ensemble    waves : at most    seed : of designs
    """

    points: int = DEFAULT_POINTS
    sets: int = DEFAULT_SETS
    waves: int = DEFAULT_WAVES
    seed: int = 0


@dataclass(frozen=True)
class Calibration:
    """What a calibration found.

    declared : moments at declared values, mean of replications    luck : float[moments]
    points, rows : every point simulated in a wave, [n, dimensions], and its moments [n, moments]
    reach : least implausibility of each moment over those points
    last_members : points and moments of the members of the last wave
    """

    problem: Problem
    waves: tuple[Planned, ...]
    chosen: Chosen
    declared: Floats
    luck: Floats
    points: Floats
    rows: Floats
    reach: Floats
    evaluations: int
    complete: bool
    last_members: tuple[Floats, Floats]


def calibrate(store: EvaluationStore, settings: WaveSettings, budget: Budget) -> Calibration:
    """Simulate waves until all data are taken in or the budget is spent; choose the ensemble.

    Raises EngineError when too few points could be simulated.
    """
    problem = store.problem
    luck = measure_luck(store, budget)
    waves: list[Planned] = []
    while len(waves) < settings.waves and not (waves and waves[-1].taken >= 1.0):
        spending = Budget(budget.seconds - _reserve(store, settings), budget.started)
        wave = _planned(store, settings, waves, luck, spending)
        if wave is None:
            break
        waves.append(wave)
        measure_centre(store, wave, spending)
        planned = [(problem.values(point), wave.replication) for point in wave.points]
        if not store.evaluate(planned, spending):
            break
    chosen, complete = _choose(store, settings, waves, luck, budget)
    points, rows = _joined(_simulated_each(store, waves))
    found = implausibility(problem.targets, rows, luck**2)
    declared = _mean_of_declared(store) + added_by_all_zones(store, waves[:1])
    return Calibration(
        problem,
        tuple(waves),
        chosen,
        declared,
        luck,
        points,
        rows,
        found.min(axis=0),
        len(store.known),
        complete,
        _simulated(store, waves, members=True),
    )


def _reserve(store: EvaluationStore, settings: WaveSettings) -> float:
    """Seconds kept to simulate the best points again."""
    each = store.seconds_each(store.problem.everywhere is not None)
    return each * (SPARE * settings.sets / store.team.count + 2.0)


def _planned(
    store: EvaluationStore,
    settings: WaveSettings,
    before: Sequence[Planned],
    luck: Floats,
    spending: Budget,
) -> Planned | None:
    """The next wave: as written by an interrupted run, or made now and written.

    None when the budget has no room for it.
    """
    written = planned_before(store.kept.folder, len(before) + 1)
    if written is not None:
        return written
    problem, said = store.problem, store.watcher.said
    if not before:
        wave = first_wave(problem, settings.points, settings.seed)
    else:
        left = _waves_left(store, settings, len(before), spending)
        if left < _LEAST_WAVE:
            return None
        steps = max(round(left), 1)
        last = range(max(len(before) - 2, 0), len(before))
        members = [_simulated(store, before[: n + 1], members=True) for n in last]
        wave = next_wave(problem, before[-1], members, luck, settings.points, steps, settings.seed)
        said(
            f"Wave {wave.number}: {int(wave.identified.sum())} of {problem.dimensions} parameters "
            f"are identified so far, {len(wave.missed)} moments missed by all members; "
            f"{wave.taken:.0%} of the data taken in, {steps - 1} steps to go."
        )
    wave.write(store.kept.folder)
    return wave


def _waves_left(
    store: EvaluationStore, settings: WaveSettings, done: int, spending: Budget
) -> float:
    """Waves that settings and the budget still allow; of the last one, perhaps a part."""
    work = store.seconds_each() * (settings.points + 1)
    if store.problem.everywhere is not None:
        work += LUCKS * (store.seconds_each(True) + store.seconds_each())
    wave = work / store.team.count
    allowed = float(settings.waves - done)
    return min(allowed, spending.left() / wave) if wave > 0.0 else allowed


def _simulated(
    store: EvaluationStore, waves: Sequence[Planned], *, members: bool = False
) -> tuple[Floats, Floats]:
    """Points of the last wave that were simulated, [n, dimensions], and their moments [n, moments].

    waves : that one and those before    members : without the centre
    Moments are those of all zones (`all_zones`).
    """
    wave = waves[-1]
    names = [target.name for target in store.problem.targets]
    points, rows = [], []
    for point in wave.points[1:] if members else wave.points:
        one = store.find(store.problem.values(point), wave.replication)
        if one is not None and not one.error:
            points.append(point)
            rows.append(one.row(names))
    added = added_by_all_zones(store, waves)
    return (
        np.reshape(points, (-1, store.problem.dimensions)),
        np.reshape(rows, (-1, len(names))) + added,
    )


def _simulated_each(
    store: EvaluationStore, waves: Sequence[Planned]
) -> list[tuple[Floats, Floats]]:
    """Points and moments of each wave. Raises EngineError when there are none."""
    found = [_simulated(store, waves[: n + 1]) for n in range(len(waves))]
    if not any(len(points) for points, _ in found):
        raise EngineError("no point could be simulated within the budget: give it more minutes")
    return found


def _joined(parts: Sequence[tuple[Floats, Floats]]) -> tuple[Floats, Floats]:
    return np.vstack([points for points, _ in parts]), np.vstack([rows for _, rows in parts])


def _choose(
    store: EvaluationStore,
    settings: WaveSettings,
    waves: Sequence[Planned],
    luck: Floats,
    budget: Budget,
) -> tuple[Chosen, bool]:
    """The best points of the last waves, simulated again, then those to keep.

    False with it when the budget left some of them with one replication.
    """
    problem = store.problem
    names = [target.name for target in problem.targets]
    parts = _simulated_each(store, waves)[-_LAST_WAVES:]
    points, rows = _joined(parts)
    numbers = np.repeat([wave.number for wave in waves[-_LAST_WAVES:]], [len(p) for p, _ in parts])
    few = choose(Candidates(problem.targets, rows, luck), round(SPARE * settings.sets))
    again = [(problem.values(points[row]), _SECOND_LUCK + n) for n, row in enumerate(few)]
    everywhere = problem.everywhere is not None
    complete = store.evaluate(again, budget, everywhere=everywhere)
    judged: list[Floats] = []
    for row, (values, replication) in zip(few, again, strict=True):
        second = store.find(values, replication, everywhere)
        if second is None:
            judged.append(rows[row])
        elif everywhere:
            # On all zones, under a luck that did not choose it.
            judged.append(second.row(names))
        else:
            judged.append(_mean([rows[row], second.row(names)]))
    twice = Candidates(problem.targets, np.array(judged), luck / np.sqrt(2.0))
    kept = choose(twice, settings.sets)
    return (
        Chosen(
            tuple(again[row][0] for row in kept),
            points[few][kept],
            twice.rows[kept],
            twice.found[kept],
            tuple(int(number) for number in numbers[few][kept]),
        ),
        complete,
    )


def _mean_of_declared(store: EvaluationStore) -> Floats:
    names = [target.name for target in store.problem.targets]
    declared = {one.full_name: one.value for one in store.problem.searched}
    found: list[Evaluation | None] = [store.find(declared, n) for n in range(LUCK_REPLICATIONS)]
    return _mean(
        [one.row(names) for one in found if one is not None] or [np.full(len(names), np.nan)]
    )


def _mean(rows: Sequence[Floats]) -> Floats:
    """Mean of what is known of each moment, NaN where nothing is."""
    stacked = np.array(rows)
    known = np.isfinite(stacked)
    total = np.where(known, stacked, 0.0).sum(axis=0)
    return np.asarray(np.where(known.any(axis=0), total / np.maximum(known.sum(axis=0), 1), np.nan))
