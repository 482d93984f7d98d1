"""Run studies on processes and measure moments, one value a replication."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rebound_sim.calibration.moments.registry import MEASURES, STUDIES
from rebound_sim.calibration.studies.shared import forget
from rebound_sim.calibration.study import (
    Array,
    Evidence,
    Measure,
    Study,
    Task,
    combine_ratio,
    totals,
)
from rebound_sim.errors import EngineError, InputError
from rebound_sim.experiment.compiling import compile_once
from rebound_sim.experiment.pool import available_workers, described, run_jobs
from rebound_sim.experiment.provenance import source_digest
from rebound_sim.experiment.watcher import Watcher
from rebound_sim.parameters.ensemble import ParameterChoice

#: Values that replace defaults: the same in all replications, or a set for each.
Values = Mapping[str, float] | ParameterChoice
#: What one study left, by (place, replication).
Runs = dict[tuple[str, int], Evidence]
#: Runs of this process: (sources, parameters, study, seed) -> what they left.
_KNOWN: dict[tuple[str, str, str, int], Runs] = {}


@dataclass(frozen=True)
class Measured:
    """One moment on simulated data.

    values : float[replications], NaN where it is not defined
    totals : float[replications, 2] for a share or a mean, its numerator and denominator: a source
    adds them up, so that a replication without a denominator weighs nothing; None for others
    """

    measure: Measure
    values: NDArray[np.float64]
    totals: NDArray[np.float64] | None = None


@dataclass(frozen=True)
class _Done:
    study: str
    task: Task
    evidence: Evidence
    error: str = ""


@dataclass(frozen=True)
class _Job:
    """Studies of one zone in one replication, as a worker receives them: they share runs."""

    tasks: tuple[tuple[str, Callable[[Task], Evidence], Task], ...]

    def __call__(self) -> list[_Done]:
        """Run them; an error of the engine is returned, one of the input raised."""
        done = []
        for study, simulate, task in self.tasks:
            try:
                done.append(_Done(study, task, simulate(task)))
            except InputError:
                raise
            except Exception as fault:
                done.append(_Done(study, task, {}, described(fault)))
        forget()
        return done

    def died(self, deaths: int) -> list[_Done]:
        """Memory, most often."""
        raise EngineError(
            f"worker processes died {deaths} times in studies of {self.tasks[0][2].place} "
            "(memory exhausted?); try fewer --workers"
        )


def run_studies(
    studies: Sequence[Study],
    replications: int,
    seed: int = 0,
    workers: int | None = None,
    parameters: Values | None = None,
    watcher: Watcher | None = None,
) -> dict[str, Runs]:
    """Simulate every place of some studies; what they leave, by name of the study.

    parameters : values that replace defaults. What this process has already simulated with the
    same sources, parameters and seed is not simulated again.
    Results depend on the seed, not on the number of workers.
    Raises EngineError when a run fails, InputError for a wrong parameter.
    """
    watcher, sets = watcher or Watcher(), as_choice(parameters)
    address = source_digest(), sets.digest()
    found = {study.name: _KNOWN.setdefault((*address, study.name, seed), {}) for study in studies}
    jobs: dict[tuple[int, str], list[tuple[str, Callable[[Task], Evidence], Task]]] = {}
    missing = total = 0
    for number in range(replications):
        for study in studies:
            for place in study.places():
                total += 1
                if (place, number) in found[study.name]:
                    continue
                missing += 1
                task = Task(seed, number, place, sets.of(number))
                zone = place.partition(":")[0]
                jobs.setdefault((number, zone), []).append((study.name, study.simulate, task))
    done = total - missing
    watcher.advanced(done, total)
    if missing:
        compile_once(watcher.said)
    cores = available_workers() if workers is None else workers
    # Places come by size: the largest zones of a replication first.
    reverse = list(reversed(jobs))
    order = sorted(reverse, key=lambda key: key[0])
    for results in run_jobs([_Job(tuple(jobs[key])) for key in order], cores):
        for result in results:
            task = result.task
            if result.error:
                raise EngineError(
                    f"study {result.study}, {task.place}, replication {task.replication} failed: "
                    f"{result.error}"
                )
            found[result.study][task.place, task.replication] = result.evidence
            done += 1
            watcher.advanced(done, total)
    return found


def as_choice(parameters: Values | None) -> ParameterChoice:
    """Values given in either form as sets, one for every replication in turn."""
    if isinstance(parameters, ParameterChoice):
        return parameters
    return ParameterChoice(sets=(dict(parameters or {}),))


def measure(
    moments: Sequence[str],
    replications: int,
    seed: int = 0,
    workers: int | None = None,
    parameters: Values | None = None,
    watcher: Watcher | None = None,
    measures: Mapping[str, Measure] = MEASURES,
    studies: Mapping[str, Study] = STUDIES,
) -> dict[str, Measured]:
    """Measure moments on simulated data, running only the studies that they need.

    moments : ids; those without a measure are left out of the result
    measures, studies : the registry, unless others are given    others : as in `run_studies`
    Raises EngineError when a run fails, InputError for a wrong parameter.
    """
    wanted = {name: measures[name] for name in moments if name in measures}
    needed = [studies[name] for name in dict.fromkeys(one.study for one in wanted.values())]
    runs = run_studies(needed, replications, seed, workers, parameters, watcher)
    found = {}
    for name, one in wanted.items():
        places = studies[one.study].places()
        seen = [_seen(one, runs[one.study], places, n) for n in range(replications)]
        values = np.array([one.combine(arrays) if arrays else math.nan for arrays in seen])
        sums = None
        if one.combine is combine_ratio:
            sums = np.array([totals(arrays) if arrays else np.zeros(2) for arrays in seen])
        found[name] = Measured(one, values, sums)
    return found


def _seen(one: Measure, runs: Runs, places: Sequence[str], replication: int) -> list[Array]:
    """What the places that saw a moment left of it in one replication."""
    evidence = [runs[place, replication] for place in places]
    return [part[one.moment] for part in evidence if one.moment in part]
