"""Compare the strategies of a programme: replications in parallel, stored as they come."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from rebound_sim.errors import EngineError, InputError
from rebound_sim.experiment.dictionary import programme_descriptions
from rebound_sim.experiment.executors import Workers, compile_once, workers_of
from rebound_sim.experiment.manifest import git_commit, package_versions, source_digest
from rebound_sim.experiment.programme_manifest import ProgrammeIdentity, ProgrammeManifest
from rebound_sim.experiment.programme_results import read_programme
from rebound_sim.experiment.programme_store import SHARDS, ProgrammeStore, opened_programme
from rebound_sim.experiment.programme_task import (
    REFERENCES,
    PackedResult,
    ProgrammeTask,
    Setting,
    SimulateProgramme,
    grouped,
)
from rebound_sim.experiment.run import LARGEST_REPLICATIONS, LARGEST_SEED, Watcher
from rebound_sim.experiment.sequential import (
    DEFAULT_CAP,
    Measure,
    look_at,
    look_sizes,
    parse_until,
)
from rebound_sim.experiment.store import ColumnDescription
from rebound_sim.parameters.load import ParameterSet
from rebound_sim.policies.strategy import StrategyChoice
from rebound_sim.scenario.programme import ProgrammeScenario

#: Strategies simulated together at most: they share zones, and each holds its own copies in memory.
LARGEST_GROUP = 12


@dataclass(frozen=True)
class ProgrammeExperiment:
    """One programme under some strategies.

    strategies   : compared with no shock and with no intervention, which are always simulated
    replications : number of them, numbered from 0
    seed         : 0 to 2**63 - 1; replications of one seed are independent of one another
    group        : strategies of one task at most; only time and memory depend on it
    Raises InputError.
    """

    programme: ProgrammeScenario
    strategies: tuple[StrategyChoice, ...]
    replications: int = 20
    seed: int = 0
    group: int = LARGEST_GROUP

    def __post_init__(self) -> None:
        for option, value, low, high in (
            ("--replications", self.replications, 1, LARGEST_REPLICATIONS),
            ("--seed", self.seed, 0, LARGEST_SEED),
            ("--group", self.group, 1, 1000),
        ):
            if not low <= value <= high:
                raise InputError(
                    "out of range",
                    file=option,
                    value=value,
                    allowed=f"a whole number from {low} to {high}",
                )
        names = [choice.name for choice in self.strategies]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise InputError("a strategy is given twice", file="--strategy", value=twice)

    @property
    def simulated(self) -> tuple[StrategyChoice, ...]:
        """Strategies besides the references, which every replication has."""
        return tuple(choice for choice in self.strategies if choice.name not in REFERENCES)

    def identity(self) -> ProgrammeIdentity:
        """What a resumed run must share with the first."""
        return ProgrammeIdentity(
            version=package_versions()["rebound-sim"],
            source_digest=source_digest(),
            seed=self.seed,
            scenario_digest=self.programme.digest(),
            parameters_digest=ParameterSet(self.programme.parameters).digest(),
            strategy_digests={choice.name: choice.digest() for choice in self.simulated},
        )

    def manifest(self, command: Sequence[str]) -> ProgrammeManifest:
        """A manifest to be filled while the tasks end."""
        groups = grouped(self.simulated, self.group)
        return ProgrammeManifest(
            identity=self.identity(),
            command=list(command),
            scenario=self.programme.model_dump(mode="json"),
            strategies=[*REFERENCES, *(choice.name for choice in self.simulated)],
            zones=list(self.programme.codes),
            groups=[[choice.name for choice in group] for group in groups],
            requested_replications=self.replications,
            git_commit=git_commit(),
            versions=package_versions(),
        )


@dataclass(frozen=True)
class Shard:
    """Part of the tasks, for a job of an array: number 1 to `count`."""

    number: int
    count: int

    @property
    def name(self) -> str:
        """Folder of its results inside `shards`."""
        return f"{self.number}-of-{self.count}"


def parse_shard(text: str) -> Shard:
    """`3/10`: the third of ten. Raises InputError."""
    found = re.fullmatch(r"\s*(\d{1,6})\s*/\s*(\d{1,6})\s*", text)
    shard = Shard(int(found[1]), int(found[2])) if found else Shard(0, 0)
    if not 1 <= shard.number <= shard.count:
        raise InputError(
            "not a shard", file="--shard", value=text, allowed="i/n with 1 ≤ i ≤ n, such as 3/10"
        )
    return shard


def run_programme(
    experiment: ProgrammeExperiment,
    out: str | Path,
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    shard: str | None = None,
    overwrite: bool = False,
    resume: bool = False,
    until: str | None = None,
    cap: int | None = None,
    measures: Mapping[str, Measure] | None = None,
    command: Sequence[str] = (),
    last_step: Callable[[Path], None] | None = None,
    watcher: Watcher | None = None,
    simulate: SimulateProgramme | None = None,
    dictionary: Sequence[ColumnDescription] | None = None,
) -> Path:
    """Simulate, store, and return the results folder (of a shard, `out/shards/i-of-n`).

    workers   : processes, None for one per processor. Results do not depend on it.
    scheduler : address of a Dask scheduler, whose workers do the tasks instead
    shard     : "i/n", this part of the tasks; `resume` without a shard collects the parts
    until     : stopping rule, see `sequential`; then `cap` bounds the replications
    measures  : outcome -> measure for stopping rules
    last_step : called with the folder when all is stored
    Raises InputError, EngineError (a task failed: the others are kept), KeyboardInterrupt
    (finished tasks are kept too).
    """
    watcher = watcher or Watcher()
    rule = None if until is None else parse_until(until, measures or {})
    sizes = _sizes(experiment, rule is not None, cap)
    part = None if shard is None else parse_shard(shard)
    if part is not None and rule is not None:
        raise InputError("cannot be used together", file="--until and --shard")
    if rule is not None:
        compared = rule.asked(tuple(choice.name for choice in experiment.simulated))
    folder = Path(out)
    if part is not None:
        folder = folder / SHARDS / part.name
    manifest = experiment.manifest(command)
    manifest.until, manifest.shard = until or "", shard or ""
    columns = programme_descriptions() if dictionary is None else dictionary
    with (
        workers_of(workers, scheduler) as team,
        opened_programme(folder, manifest, columns, overwrite=overwrite, resume=resume) as store,
    ):
        if store.done:
            watcher.said(f"Resuming: {len(store.done)} finished tasks are there already.")
        run = _Run(experiment, store, team, watcher, simulate, part)
        with run.kept_on_faults():
            for number, size in enumerate(sizes, start=1):
                run.up_to(size)
                if rule is None or store.failed:
                    break
                values = (measures or {})[rule.outcome](read_programme(folder))
                look = look_at(rule, {name: values[name] for name in compared}, number)
                manifest.looks = [*manifest.looks[: number - 1], look.as_row()]
                watcher.said(str(look))
                if look.reached:
                    break
            else:
                watcher.said(f"The goal is not reached with {sizes[-1]} replications.")
        return run.ended(last_step)


def _sizes(experiment: ProgrammeExperiment, sequential: bool, cap: int | None) -> list[int]:
    """Replications to have before each look; all at once without a stopping rule."""
    if not sequential:
        if cap is not None:
            raise InputError("used without --until", file="--cap", value=cap)
        return [experiment.replications]
    most = DEFAULT_CAP if cap is None else cap
    if not 2 <= most <= LARGEST_REPLICATIONS:
        allowed = f"a whole number from 2 to {LARGEST_REPLICATIONS}"
        raise InputError("out of range", file="--cap", value=most, allowed=allowed)
    return list(look_sizes(most))


class _Run:
    """A run under way: which tasks are missing, and what is told of them."""

    def __init__(
        self,
        experiment: ProgrammeExperiment,
        store: ProgrammeStore,
        team: Workers,
        watcher: Watcher,
        simulate: SimulateProgramme | None,
        shard: Shard | None,
    ) -> None:
        self.experiment, self.store, self.team, self.watcher = experiment, store, team, watcher
        self._simulate, self._shard = simulate, shard
        self._user_faults: dict[str, str] = {}
        self._started = time.monotonic() - store.manifest.duration_seconds
        by_name = {choice.name: choice for choice in experiment.simulated}
        self._groups = tuple(
            tuple(by_name[name] for name in names) for names in store.manifest.groups
        )

    def up_to(self, replications: int) -> None:
        """Do the tasks that are missing until there are so many replications."""
        store, manifest = self.store, self.store.manifest
        keys = [(r, g) for r in range(replications) for g in range(len(self._groups))]
        if self._shard is not None:
            keys = keys[self._shard.number - 1 :: self._shard.count]
        missing = [key for key in keys if key not in store.done and key not in store.failed]
        manifest.requested_replications = replications
        manifest.tasks = len(store.done) + len(store.failed) + len(missing)
        self._tell()
        if not missing:
            return
        engine = self._simulate or self._engine()
        experiment = self.experiment
        setting = Setting(
            engine, experiment.programme, self._groups, experiment.seed, 0, self.team.expected
        )
        results = self.team.run(ProgrammeTask(setting, r, g) for r, g in missing)
        try:
            for result in results:
                self._keep(result)
        finally:
            results.close()  # type: ignore[attr-defined]  # a generator: stops the workers now

    def _keep(self, result: PackedResult) -> None:
        self.store.add(result)
        if result.fault:
            self.watcher.said(f"Replication {result.replication} failed: {result.fault}")
        for name, error in result.errors.items():
            if name not in self._user_faults:
                self._user_faults[name] = error
                self.watcher.said(
                    f"Strategy {name} failed in replication {result.replication}: {error}"
                )
        self._tell()

    def _tell(self) -> None:
        ended = len(self.store.done) + len(self.store.failed)
        self.watcher.advanced(ended, self.store.manifest.tasks)

    def _engine(self) -> SimulateProgramme:
        """The model's engine, compiled first: workers must not compile at the same time."""
        from rebound_sim import warming
        from rebound_sim.programme import simulate_programme

        if not warming.is_warm():
            seconds = warming.COLD_COMPILE_SECONDS
            self.watcher.said(
                f"Compiling the kernels once, about {seconds:.0f} s; later runs reuse them."
            )
        compile_once()
        self.team.warm()
        return simulate_programme

    @contextmanager
    def kept_on_faults(self) -> Iterator[None]:
        """Store what is finished when the run is interrupted or fails."""
        store = self.store
        try:
            yield
        except BaseException as fault:
            store.manifest.interrupted = isinstance(fault, KeyboardInterrupt)
            # The fault that ended the run is the one to report; tasks are on the disk in any case.
            with suppress(InputError, EngineError):
                self.close(complete=False)
            if store.done:
                self.watcher.said(
                    f"{len(store.done)} of {store.manifest.tasks} tasks are kept in "
                    f"{store.folder}, marked incomplete; the same command with --resume goes on."
                )
            raise

    def close(self, *, complete: bool) -> None:
        """Write all that is known."""
        self.store.manifest.duration_seconds = round(time.monotonic() - self._started, 1)
        self.store.finish(complete=complete)

    def ended(self, last_step: Callable[[Path], None] | None) -> Path:
        """Close the folder; the folder, or the fault to report."""
        store, manifest = self.store, self.store.manifest
        self.close(complete=not store.failed)
        if last_step is not None and not self._shard:
            last_step(store.folder)
        if manifest.failures:
            first = manifest.failures[0]
            raise EngineError(
                f"{len(manifest.failures)} of {manifest.tasks} tasks failed; "
                f"replication {first['replication']}: {first['error']}; "
                f"the others are in {store.folder}"
            )
        if self._user_faults:
            name, error = next(iter(self._user_faults.items()))
            raise InputError(
                f"{error}; what the others gave is in {store.folder}", file="--strategy", key=name
            )
        return store.folder
