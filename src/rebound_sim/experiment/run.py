"""Run the replications of one scenario and store them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from rebound_sim.errors import EngineError, InputError
from rebound_sim.experiment.compiling import compile_once
from rebound_sim.experiment.dictionary import column_descriptions
from rebound_sim.experiment.manifest import (
    Identity,
    Manifest,
    git_commit,
    package_versions,
    source_digest,
)
from rebound_sim.experiment.pool import available_workers, described, run_jobs
from rebound_sim.experiment.store import ColumnDescription, ResultsStore, opened
from rebound_sim.parameters.ensemble import DECLARED, ParameterChoice
from rebound_sim.policies.definition import NO_POLICY, Policy
from rebound_sim.scenario.definition import Scenario
from rebound_sim.state.results import ReplicationResult

Simulate = Callable[[Scenario, tuple[Policy, ...], int, int], ReplicationResult]
LARGEST_SEED = 2**63 - 1
LARGEST_REPLICATIONS = 1_000_000


@dataclass(frozen=True)
class Experiment:
    """One scenario under some policies.

    policies     : compared with no shock and with no policy, which are always simulated
    replications : number of them, numbered from 0
    seed         : 0 to 2**63 - 1; replications of one seed are independent of one another
    parameters   : sets that replications use in turn; values of the scenario win over them
    Raises InputError.
    """

    scenario: Scenario
    policies: tuple[Policy, ...]
    replications: int = 20
    seed: int = 0
    parameters: ParameterChoice = DECLARED

    def __post_init__(self) -> None:
        for option, value, low, high in (
            ("--replications", self.replications, 1, LARGEST_REPLICATIONS),
            ("--seed", self.seed, 0, LARGEST_SEED),
        ):
            if not low <= value <= high:
                raise InputError(
                    "out of range",
                    file=option,
                    value=value,
                    allowed=f"a whole number from {low} to {high}",
                )
        names = [policy.name for policy in self.policies]
        if len(set(names)) != len(names):
            raise InputError("a policy is given twice", file="--policy", value=", ".join(names))

    @property
    def simulated_policies(self) -> tuple[Policy, ...]:
        """Policies to simulate besides `none`, which every replication has."""
        return tuple(policy for policy in self.policies if policy.name != NO_POLICY)

    def identity(self) -> Identity:
        """What a resumed run must share with the first."""
        return Identity(
            version=package_versions()["rebound-sim"],
            source_digest=source_digest(),
            seed=self.seed,
            scenario_digest=self.scenario.digest(),
            parameters_digest=self.parameters.digest(self.scenario.parameters),
            policy_digests={p.name: p.digest() for p in self.simulated_policies},
        )

    def world(self, replication: int) -> Scenario:
        """The scenario with the parameters of one replication, the same in all arms."""
        values = self.parameters.of(replication, self.scenario.parameters)
        return self.scenario.model_copy(update={"parameters": values})

    def manifest(self, command: Sequence[str]) -> Manifest:
        """A manifest to be filled while the replications come."""
        policies = self.simulated_policies
        return Manifest(
            identity=self.identity(),
            command=list(command),
            scenario=self.scenario.model_dump(mode="json"),
            policies=[policy.model_dump(mode="json", exclude_none=True) for policy in policies],
            arms=["no_shock", NO_POLICY, *(policy.name for policy in policies)],
            requested_replications=self.replications,
            parameters=self.parameters.described(),
            git_commit=git_commit(),
            versions=package_versions(),
        )


@dataclass(frozen=True)
class Failure:
    """A replication that raised: its number and what it raised."""

    replication: int
    error: str


@dataclass(frozen=True)
class _Replication:
    """What a worker needs for one replication of an experiment."""

    simulate: Simulate
    scenario: Scenario
    policies: tuple[Policy, ...]
    seed: int
    number: int

    def __call__(self) -> ReplicationResult | Failure:
        """Run it; an error of the engine is returned, one of the input raised."""
        try:
            return self.simulate(self.scenario, self.policies, self.seed, self.number)
        except InputError:
            raise
        except Exception as fault:
            return Failure(self.number, described(fault))

    def died(self, deaths: int) -> ReplicationResult | Failure:
        """Memory, most often."""
        raise EngineError(
            f"worker processes died {deaths} times without finishing a replication "
            "(memory exhausted?); try fewer --workers"
        )


@dataclass(frozen=True)
class Watcher:
    """What a run tells while it goes. Both do nothing unless given.

    advanced : called with (finished replications, requested ones)
    said     : called with a line worth showing (compilation, resuming, failures)
    """

    advanced: Callable[[int, int], None] = field(default=lambda _done, _total: None)
    said: Callable[[str], None] = field(default=lambda _line: None)


def run_experiment(
    experiment: Experiment,
    out: str | Path,
    *,
    workers: int | None = None,
    overwrite: bool = False,
    resume: bool = False,
    command: Sequence[str] = (),
    last_step: Callable[[Path], None] | None = None,
    watcher: Watcher | None = None,
    simulate: Simulate | None = None,
    dictionary: Sequence[ColumnDescription] | None = None,
) -> Path:
    """Simulate, store, and return the results folder.

    workers   : processes; None for one per processor. Results do not depend on it.
    last_step : called with the folder, complete, before it takes its final name
    simulate  : engine, `rebound_sim.model.simulate_arms` unless another is given
    Raises InputError (destination, full disk), EngineError (a replication failed: the others are
    kept, marked incomplete), KeyboardInterrupt (Ctrl-C: finished replications are kept too).
    """
    watcher = watcher or Watcher()
    manifest = experiment.manifest(command)
    with opened(out, manifest, overwrite=overwrite, resume=resume) as store:
        missing = [n for n in range(experiment.replications) if n not in store.done]
        if store.done:
            watcher.said(f"Resuming: {len(store.done)} replications are there already.")
            # Asking for fewer replications than are there does not remove any.
            manifest.requested_replications = max(experiment.replications, len(store.done))
        engine = simulate or (_engine(watcher) if missing else _never)
        policies, seed = experiment.simulated_policies, experiment.seed
        jobs = [
            _Replication(engine, experiment.world(n), policies, seed, n) for n in missing
        ]
        columns = column_descriptions() if dictionary is None else dictionary
        started = time.monotonic() - manifest.duration_seconds
        try:
            _collect(jobs, workers, store, watcher)
        except (KeyboardInterrupt, EngineError):
            _keep_partial(store, columns, started, watcher)
            raise
        manifest.duration_seconds = round(time.monotonic() - started, 1)
        if manifest.failures:
            _keep_partial(store, columns, started, watcher)
            first = manifest.failures[0]
            raise EngineError(
                f"{len(manifest.failures)} of {experiment.replications} replications failed; "
                f"replication {first['replication']}: {first['error']}"
            )
        manifest.complete = True
        return store.finish(columns, last_step)


def _collect(
    jobs: Sequence[_Replication],
    workers: int | None,
    store: ResultsStore,
    watcher: Watcher,
) -> None:
    total = store.manifest.requested_replications
    watcher.advanced(len(store.done), total)
    outcomes = run_jobs(jobs, available_workers() if workers is None else workers)
    try:
        for outcome in outcomes:
            if isinstance(outcome, Failure):
                failure = {"replication": outcome.replication, "error": outcome.error}
                store.manifest.failures.append(failure)
                watcher.said(f"Replication {outcome.replication} failed: {outcome.error}")
            else:
                store.add(outcome)
            watcher.advanced(len(store.done), total)
    except KeyboardInterrupt:
        store.manifest.interrupted = True
        raise
    finally:
        # Workers finish in any order; the manifest lists failures by number.
        store.manifest.failures.sort(key=lambda failure: int(failure["replication"]))
        outcomes.close()  # type: ignore[attr-defined]  # a generator: stops the workers now


def _keep_partial(
    store: ResultsStore,
    columns: Sequence[ColumnDescription],
    started: float,
    watcher: Watcher,
) -> None:
    """Put finished replications in the results folder, marked incomplete."""
    store.manifest.duration_seconds = round(time.monotonic() - started, 1)
    if not store.done:
        watcher.said("No replication was finished: nothing is kept.")
        return
    # The fault that ended the run is the one to report; parts stay resumable in any case.
    with suppress(InputError):
        folder = store.finish(columns)
        count, total = len(store.done), store.manifest.requested_replications
        watcher.said(
            f"{count} of {total} replications are kept in {folder}, marked incomplete; "
            "the same command with --resume goes on."
        )


def _never(*_arguments: object) -> ReplicationResult:
    raise EngineError("nothing was left to simulate")


def _engine(watcher: Watcher) -> Simulate:
    """The model's engine, compiled here once: workers must not compile at the same time."""
    from rebound_sim.model import simulate_arms

    compile_once(watcher.said)
    return simulate_arms
