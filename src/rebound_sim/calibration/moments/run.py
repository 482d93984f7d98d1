"""Run studies on workers and measure moments, one value a replication."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rebound_sim.arrays import Floats
from rebound_sim.calibration.moments.registry import MEASURES, STUDIES
from rebound_sim.calibration.studies.shared import forget
from rebound_sim.calibration.study import Evidence, Measure, Study, StudyTask, combine_ratio, totals
from rebound_sim.errors import EngineError, InputError
from rebound_sim.experiment.executors import Team, workers_on
from rebound_sim.experiment.kept import Kept
from rebound_sim.experiment.pool import described
from rebound_sim.experiment.provenance import provenance, source_digest
from rebound_sim.experiment.run import replications_at_looks
from rebound_sim.experiment.sequential import look_at, parse_until
from rebound_sim.experiment.shards import Shard
from rebound_sim.experiment.watcher import Watcher
from rebound_sim.parameters.ensemble import ParameterChoice

#: Values that replace defaults: the same in all replications, or a set for each.
Values = Mapping[str, float] | ParameterChoice
#: What one study left, by (place, replication).
Runs = dict[tuple[str, int], Evidence]
#: Runs of this process: (sources, parameters, study, seed) -> what they left.
_KNOWN: dict[tuple[str, str, str, int], Runs] = {}


@dataclass(frozen=True)
class Repetitions:
    """How studies are repeated, and where. What they leave depends on neither `team` nor `kept`.

    parameters : values that replace defaults    team : workers, or a number of processes
    kept : where what each run leaves is written, and read again; None: nowhere
    shard : the part of the runs to do, None for all of them
    """

    replications: int
    seed: int = 0
    parameters: Values | None = None
    team: Team = None
    watcher: Watcher = field(default_factory=Watcher)
    kept: Kept | None = None
    shard: Shard | None = None

    @property
    def sets(self) -> ParameterChoice:
        """Values as sets, one for every replication in turn."""
        if isinstance(self.parameters, ParameterChoice):
            return self.parameters
        return ParameterChoice(sets=(dict(self.parameters or {}),))

    def question(self, **others: str) -> dict[str, str]:
        """What decides the numbers, besides studies and replications, for a folder that keeps them.

        others : what decides them too
        """
        return {"parameters": self.sets.digest(), "seed": str(self.seed), **others, **provenance()}


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
    task: StudyTask
    evidence: Evidence
    error: str = ""

    @property
    def where(self) -> tuple[str, int]:
        """Its place and replication."""
        return self.task.place, self.task.replication


@dataclass(frozen=True)
class _ZoneJob:
    """Studies of one zone in one replication, as a worker receives them: they share runs."""

    tasks: tuple[tuple[str, Callable[[StudyTask], Evidence], StudyTask], ...]

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


def run_studies(studies: Sequence[Study], how: Repetitions) -> dict[str, Runs]:
    """Simulate every place of some studies; what they leave, by name of the study.

    What this process has already simulated with the same sources, parameters and seed is not
    simulated again, nor what is kept.
    Raises EngineError when a run fails, InputError for a wrong parameter or a damaged record.
    """
    address = source_digest(), how.sets.digest()
    found = {
        study.name: _KNOWN.setdefault((*address, study.name, how.seed), {}) for study in studies
    }
    jobs, done = _jobs(studies, how, found)
    total = done + sum(len(job.tasks) for job in jobs)
    how.watcher.advanced(done, total)
    if not jobs:
        return found
    team = workers_on(how.team)
    team.prepare(how.watcher)
    results = team.run(jobs)
    try:
        for result in (one for left in results for one in left):
            _keep(result, found[result.study], how.kept)
            done += 1
            how.watcher.advanced(done, total)
    finally:
        results.close()  # type: ignore[attr-defined]  # a generator: stops the workers now
    return found


def _jobs(
    studies: Sequence[Study], how: Repetitions, found: Mapping[str, Runs]
) -> tuple[list[_ZoneJob], int]:
    """What is to be run, and how many runs are known. found : filled from `kept`"""
    jobs: dict[tuple[int, str], list[tuple[str, Callable[[StudyTask], Evidence], StudyTask]]] = {}
    known = 0
    for number in range(how.replications):
        for study in studies:
            for place in study.places():
                runs, where = found[study.name], (place, number)
                if (
                    where not in runs
                    and how.kept is not None
                    and how.kept.has(_key(study.name, where))
                ):
                    runs[where] = how.kept.read(_key(study.name, where), _evidence)
                known += where in runs
                if where not in runs:
                    task = StudyTask(how.seed, number, place, how.sets.of(number))
                    zone = place.partition(":")[0]
                    jobs.setdefault((number, zone), []).append((study.name, study.simulate, task))
    # Places come by size: the largest zones of a replication first.
    last_first = list(reversed(jobs))
    order = sorted(last_first, key=lambda key: key[0])
    part = order if how.shard is None else how.shard.of(order)
    return [_ZoneJob(tuple(jobs[key])) for key in part], known


def _keep(result: _Done, runs: Runs, kept: Kept | None) -> None:
    """Add what a run left. Raises EngineError when it failed."""
    place, replication = result.where
    if result.error:
        raise EngineError(
            f"study {result.study}, {place}, replication {replication} failed: {result.error}"
        )
    runs[result.where] = result.evidence
    if kept is not None:
        record = {
            name: [array.shape, np.ravel(array).tolist()] for name, array in result.evidence.items()
        }
        kept.write(_key(result.study, result.where), record)


def _evidence(record: Mapping[str, Any]) -> Evidence:
    """What `_keep` wrote."""
    return {
        name: np.array(values, dtype=np.float64).reshape(shape)
        for name, (shape, values) in record.items()
    }


def _key(study: str, where: tuple[str, int]) -> str:
    """Name of the record of a run."""
    text = "|".join((study, *map(str, where)))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def measure(
    moments: Sequence[str],
    how: Repetitions,
    measures: Mapping[str, Measure] = MEASURES,
    studies: Mapping[str, Study] = STUDIES,
) -> dict[str, Measured]:
    """Measure moments on simulated data, running only the studies that they need.

    moments : ids; those without a measure are left out of the result
    measures, studies : the registry, unless others are given    Raises as `run_studies`.
    """
    wanted = {name: measures[name] for name in moments if name in measures}
    runs = run_studies(studies_of(wanted, measures, studies), how)
    found = {}
    for name, one in wanted.items():
        places = studies[one.study].places()
        seen = [_seen(one, runs[one.study], places, n) for n in range(how.replications)]
        values = np.array([one.combine(arrays) if arrays else math.nan for arrays in seen])
        sums = None
        if one.combine is combine_ratio:
            sums = np.array([totals(arrays) if arrays else np.zeros(2) for arrays in seen])
        found[name] = Measured(one, values, sums)
    return found


def studies_of(
    moments: Iterable[str],
    measures: Mapping[str, Measure] = MEASURES,
    studies: Mapping[str, Study] = STUDIES,
) -> list[Study]:
    """The studies that moments need."""
    named = dict.fromkeys(measures[name].study for name in moments if name in measures)
    return [studies[name] for name in named]


def measure_until(
    moments: Sequence[str], how: Repetitions, until: str | None, cap: int | None
) -> tuple[dict[str, Measured], Repetitions]:
    """As `measure`, with replications added until the mean of one moment is known well enough.

    until : such as "exits_2014.ci<5%" (`experiment.sequential`), None for those of `how`
    cap   : most replications. The replications that it took are returned with the moments.
    Raises InputError for a rule of none of these moments, or a cap out of range.
    """
    known = {name: None for name in moments if name in MEASURES}
    rule = None if until is None else parse_until(until, known)
    sizes = replications_at_looks(range(how.replications), rule is not None, cap)
    for number, size in enumerate(sizes, start=1):
        how = replace(how, replications=len(size))
        found = measure(moments, how)
        if rule is None:
            return found, how
        (name,) = rule.asked((rule.outcome,))
        look = look_at(rule, {name: found[name].values}, number)
        how.watcher.said(str(look))
        if look.reached:
            return found, how
    how.watcher.said(f"The goal is not reached with {how.replications} replications.")
    return found, how


def _seen(one: Measure, runs: Runs, places: Sequence[str], replication: int) -> list[Floats]:
    """What the places that saw a moment left of it in one replication."""
    evidence = [runs[place, replication] for place in places]
    return [part[one.moment] for part in evidence if one.moment in part]
