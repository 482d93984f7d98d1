"""Points at which the model was simulated: one file each, written whole, never simulated twice."""

from __future__ import annotations

import hashlib
import json
import math
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from rebound_sim.arrays import Floats
from rebound_sim.calibration.search.problem import Problem, Simulate
from rebound_sim.errors import EngineError, InputError
from rebound_sim.experiment.executors import Team, workers_on
from rebound_sim.experiment.kept import Kept, opened_kept
from rebound_sim.experiment.pool import described
from rebound_sim.experiment.provenance import provenance
from rebound_sim.experiment.watcher import Watcher

#: Share of points that may fail before the whole is refused.
_MOST_FAILURES: Final = 0.2
_ENOUGH_TO_JUDGE: Final = 20


@dataclass(frozen=True)
class Evaluation:
    """One point simulated once.

    values : parameters    moments : simulated values, NaN if undefined    seconds : time taken
    error : why the engine gave nothing, "" otherwise    everywhere : on all zones of the validation
    """

    values: Mapping[str, float]
    replication: int
    moments: Mapping[str, float]
    seconds: float = 0.0
    error: str = ""
    everywhere: bool = False

    @property
    def key(self) -> str:
        """Digest of values, replication and zones: the name of its file."""
        return key_of(self.values, self.replication, self.everywhere)

    def row(self, names: Sequence[str]) -> Floats:
        """Moments in an order; NaN for one that failed."""
        return np.array([self.moments.get(name, math.nan) for name in names])


def key_of(values: Mapping[str, float], replication: int, everywhere: bool = False) -> str:
    """Digest of a point, a replication and the zones: 16 hexadecimal digits."""
    text = json.dumps([sorted(values.items()), replication, *([everywhere] if everywhere else [])])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class _PointJob:
    """One point, as a worker receives it."""

    simulate: Simulate
    values: Mapping[str, float]
    replication: int
    everywhere: bool

    def __call__(self) -> Evaluation:
        start = time.monotonic()
        error = ""
        moments: Mapping[str, float] = {}
        try:
            moments = self.simulate(self.values, self.replication)
        except InputError:
            raise
        except Exception as fault:
            error = described(fault)
        seconds = time.monotonic() - start
        return Evaluation(
            self.values, self.replication, moments, round(seconds, 3), error, self.everywhere
        )

    def died(self, deaths: int) -> Evaluation:
        raise EngineError(
            f"worker processes died {deaths} times in a simulation (memory exhausted?); "
            "try fewer --workers"
        )


@dataclass
class Budget:
    """Time that may be spent. seconds : in all, infinite for no end    started : clock then"""

    seconds: float = math.inf
    started: float = field(default_factory=time.monotonic)

    def left(self) -> float:
        """Seconds left, negative when overspent."""
        return self.seconds - (time.monotonic() - self.started)


class EvaluationStore:
    """A folder of evaluations of one problem by one version of the model."""

    def __init__(
        self, kept: Kept, problem: Problem, watcher: Watcher | None = None, team: Team = None
    ) -> None:
        """Read what is there; use `opened_evaluations`."""
        self.kept, self.problem, self.watcher = kept, problem, watcher or Watcher()
        self.team = workers_on(team)
        self.known = {key: kept.read(key, _made(key)) for key in kept}

    def find(
        self, values: Mapping[str, float], replication: int = 0, everywhere: bool = False
    ) -> Evaluation | None:
        """What a point gave, None if it was not simulated."""
        return self.known.get(key_of(values, replication, everywhere))

    def add(self, one: Evaluation) -> None:
        """Keep an evaluation. Raises EngineError when too many failed."""
        record = asdict(one)
        record["moments"] = {
            name: value if math.isfinite(value) else None for name, value in one.moments.items()
        }
        self.kept.write(one.key, record)
        self.known[one.key] = one
        failed = [e for e in self.known.values() if e.error]
        if len(self.known) >= _ENOUGH_TO_JUDGE and len(failed) > _MOST_FAILURES * len(self.known):
            raise EngineError(
                f"{len(failed)} of {len(self.known)} points failed, the last: {failed[-1].error}"
            )

    def seconds_each(self, everywhere: bool = False) -> float:
        """Mean time of one point on a worker [s], 0 when none is known."""
        times = [one.seconds for one in self.known.values() if one.everywhere == everywhere]
        return float(np.mean(times)) if times else 0.0

    def evaluate(
        self,
        points: Iterable[tuple[Mapping[str, float], int]],
        budget: Budget,
        everywhere: bool = False,
    ) -> bool:
        """Simulate (values, replication) that are not known; True when none is missing at the end.

        everywhere : on all zones, where the problem has them
        No point is started that would not be finished within the budget, by the mean time so far.
        """
        count = self.team.count
        missing = [point for point in points if key_of(*point, everywhere) not in self.known]
        simulate = self.problem.everywhere if everywhere else self.problem.simulate
        assert simulate is not None
        self._tell(budget, len(missing))
        handed = 0

        def jobs() -> Iterator[_PointJob]:
            nonlocal handed
            for values, replication in missing:
                # A pool takes two points per worker: the second waits for the first.
                if budget.left() < self.seconds_each(everywhere) * (1 if count <= 1 else 2):
                    return
                handed += 1
                yield _PointJob(simulate, values, replication, everywhere)

        results = self.team.run(jobs())
        try:
            for done, result in enumerate(results, 1):
                self.add(result)
                self._tell(budget, len(missing) - done)
        finally:
            results.close()  # type: ignore[attr-defined]  # a generator: stops the workers now
        return handed == len(missing)

    def _tell(self, budget: Budget, missing: int) -> None:
        done, each = len(self.known), self.seconds_each()
        more = missing
        if math.isfinite(budget.seconds) and each > 0.0:
            more = max(int(budget.left() * self.team.count / each), 0)
        self.watcher.advanced(done, done + more)


@contextmanager
def opened_evaluations(
    folder: Path,
    problem: Problem,
    *,
    resume: bool,
    watcher: Watcher | None = None,
    team: Team = None,
) -> Iterator[EvaluationStore]:
    """The store of a problem, locked against a second run. Raises InputError: see `opened_kept`.

    team : workers that simulate its points, or a number of processes
    """
    question = {"parameters, moments, zones or seed": problem.digest(), **provenance()}
    with opened_kept(folder, question, resume=resume) as kept:
        yield EvaluationStore(kept, problem, watcher, team)


def _made(key: str) -> Callable[[Any], Evaluation]:
    """Makes an evaluation of its record. Raises ValueError for the point of another file."""

    def made(values: Any) -> Evaluation:
        values["moments"] = {
            name: math.nan if value is None else float(value)
            for name, value in values["moments"].items()
        }
        one = Evaluation(**values)
        if one.key != key:
            raise ValueError(one.key)
        return one

    return made
