"""Run studies on processes and measure moments, one value a replication."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rebound_sim.calibration.registry import MEASURES, STUDIES
from rebound_sim.calibration.study import Evidence, Measure, Study, Task
from rebound_sim.errors import EngineError, InputError
from rebound_sim.experiment.executors import compile_once
from rebound_sim.experiment.manifest import source_digest
from rebound_sim.experiment.pool import available_workers, described, run_jobs
from rebound_sim.experiment.run import Watcher
from rebound_sim.parameters import ParameterSet

#: Evidence of this process: (sources, parameters, study, place, seed, replication) -> arrays.
_KNOWN: dict[tuple[str, str, str, str, int, int], Evidence] = {}


@dataclass(frozen=True)
class Measured:
    """One moment on simulated data: float[replications], NaN where it is not defined."""

    measure: Measure
    values: NDArray[np.float64]


@dataclass(frozen=True)
class _Done:
    study: str
    task: Task
    evidence: Evidence
    error: str = ""


@dataclass(frozen=True)
class _Job:
    """One place of a study in one replication, as a worker receives it."""

    study: str
    simulate: Callable[[Task], Evidence]
    task: Task

    def __call__(self) -> _Done:
        """Run it; an error of the engine is returned, one of the input raised."""
        try:
            return _Done(self.study, self.task, self.simulate(self.task))
        except InputError:
            raise
        except Exception as fault:
            return _Done(self.study, self.task, {}, described(fault))

    def died(self, deaths: int) -> _Done:
        """Memory, most often."""
        raise EngineError(
            f"worker processes died {deaths} times in study {self.study}, {self.task.place} "
            "(memory exhausted?); try fewer --workers"
        )


def measure(
    moments: Sequence[str],
    replications: int,
    seed: int = 0,
    workers: int | None = None,
    parameters: Mapping[str, float] | None = None,
    watcher: Watcher | None = None,
    measures: Mapping[str, Measure] = MEASURES,
    studies: Mapping[str, Study] = STUDIES,
) -> dict[str, Measured]:
    """Measure moments on simulated data, running only the studies that they need.

    moments : ids; those without a measure are left out of the result    parameters : values that
    replace defaults    measures, studies : the registry, unless others are given
    Values depend on the seed and the number of a replication, not on the number of workers.
    Raises EngineError when a run fails, InputError for a wrong parameter.
    """
    watcher = watcher or Watcher()
    values = dict(parameters or {})
    wanted = {name: measures[name] for name in moments if name in measures}
    needed = {measure.study: studies[measure.study] for measure in wanted.values()}
    places = {name: study.places() for name, study in needed.items()}
    address = source_digest(), ParameterSet(values).digest()
    jobs = [
        _Job(name, study.simulate, Task(seed, replication, place, values))
        for replication in range(replications)
        for name, study in sorted(needed.items(), key=lambda item: -item[1].cost)
        for place in reversed(places[name])  # the largest zones first
    ]
    missing = [job for job in jobs if _key(address, job.study, job.task) not in _KNOWN]
    done = len(jobs) - len(missing)
    watcher.advanced(done, len(jobs))
    if missing:
        _compile(watcher)
    for result in run_jobs(missing, available_workers() if workers is None else workers):
        if result.error:
            raise EngineError(
                f"study {result.study}, {result.task.place}, replication "
                f"{result.task.replication} failed: {result.error}"
            )
        _KNOWN[_key(address, result.study, result.task)] = result.evidence
        done += 1
        watcher.advanced(done, len(jobs))
    found = {name: np.full(replications, math.nan) for name in wanted}
    for name, one in wanted.items():
        for replication in range(replications):
            evidence = [
                _KNOWN[_key(address, one.study, Task(seed, replication, place, values))]
                for place in places[one.study]
            ]
            arrays = [part[name] for part in evidence if name in part]
            found[name][replication] = one.combine(arrays) if arrays else math.nan
    return {name: Measured(one, found[name]) for name, one in wanted.items()}


def _compile(watcher: Watcher) -> None:
    """Compile here, once: workers must not all do it."""
    from rebound_sim import warming

    if not warming.is_warm():
        seconds = warming.COLD_COMPILE_SECONDS
        watcher.said(f"Compiling the kernels once, about {seconds:.0f} s; later runs reuse them.")
    compile_once()


def _key(address: tuple[str, str], study: str, task: Task) -> tuple[str, str, str, str, int, int]:
    return (*address, study, task.place, task.seed, task.replication)
