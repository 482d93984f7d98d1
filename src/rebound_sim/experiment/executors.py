"""Where jobs are done: processes of this machine, or a Dask cluster that the user has.

Both hand out jobs through the interface of `concurrent.futures`, a bounded number at a time. All
that simulates is done by them: replications of a comparison, zones of a validation, points of a
calibration, options of an optimisation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Generic, Protocol

from rebound_sim.errors import EngineError, InputError
from rebound_sim.experiment.compiling import compile_once
from rebound_sim.experiment.pool import Job, Pace, Result, available_workers, bounded, run_jobs
from rebound_sim.experiment.provenance import provenance, refuse_other_worker
from rebound_sim.experiment.watcher import Watcher

_SECONDS_TO_CONNECT = 10
_ADDRESS = re.compile(r"[a-z]+://\S+|[^\s:/]+:\d+|.*\.json")
_SHOWN = "the address that `dask scheduler` shows, such as tcp://host:8786"


class Workers(Protocol):
    """Something that does jobs."""

    @property
    def count(self) -> int:
        """Jobs done at a time."""

    def prepare(self, watcher: Watcher) -> None:
        """Compile the kernels where jobs will run: one compiles on each machine, others wait."""

    def run(self, jobs: Iterable[Job[Result]], pace: Pace | None = None) -> Iterator[Result]:
        """Results in the order in which they are ready. pace : see `pool.run_jobs`."""


#: Workers, or a number of processes of this machine; None: one for each processor.
Team = Workers | int | None


def workers_on(team: Team) -> Workers:
    """The workers that a number stands for."""
    return LocalWorkers(team) if team is None or isinstance(team, int) else team


class LocalWorkers:
    """Processes of this machine; one worker is this process itself."""

    def __init__(self, count: int | None) -> None:
        self._count = available_workers() if count is None else count

    @property
    def count(self) -> int:
        """Jobs done at a time."""
        return self._count

    def prepare(self, watcher: Watcher) -> None:
        """Compile in this process: the cache is shared."""
        watcher.phase("compiling")
        compile_once(watcher.said)
        watcher.phase("simulating")

    def run(self, jobs: Iterable[Job[Result]], pace: Pace | None = None) -> Iterator[Result]:
        """Results in the order in which they are ready."""
        return run_jobs(jobs, self._count, pace)


@dataclass(frozen=True)
class _Elsewhere(Generic[Result]):
    """A job on another machine, which must give the numbers of this one. compiles : before it"""

    job: Job[Result]
    expected: Mapping[str, str]
    compiles: bool

    def __call__(self) -> Result:
        refuse_other_worker(self.expected, provenance(), "a worker")
        if self.compiles:
            # A machine may join late. What cannot be compiled fails in the job, which says why.
            with suppress(Exception):
                compile_once()
        return self.job()

    def died(self, deaths: int) -> Result:
        return self.job.died(deaths)


class ClusterWorkers:
    """Workers of a Dask cluster. A worker that dies loses nothing: its jobs are done elsewhere."""

    def __init__(self, client: Any, address: str) -> None:
        self._client = client
        self._address = address
        self._expected = provenance()
        self._compiles = False

    @property
    def count(self) -> int:
        """Threads of the workers that there are now, 1 at least."""
        threads: list[int] = list(self._client.nthreads().values())
        return max(1, sum(threads))

    def prepare(self, watcher: Watcher) -> None:
        """Compile here, then once on each machine."""
        watcher.phase("compiling")
        compile_once(watcher.said)
        addresses = list(self._client.nthreads())
        futures = [
            self._client.submit(compile_once, workers=[address], pure=False)
            for address in addresses
        ]
        self._client.gather(futures)
        self._compiles = True
        watcher.phase("simulating")

    def check(self) -> None:
        """Raise InputError listing the workers that would give other numbers, or without any."""
        answers = self._client.run(provenance, on_error="return")
        if not answers:
            raise InputError(
                "the scheduler has no worker",
                file="--scheduler",
                value=self._address,
                allowed="a cluster with `dask worker` processes",
            )
        complaints = []
        for worker, found in answers.items():
            if isinstance(found, Exception):
                complaints.append(f"{worker}: rebound-sim cannot be imported ({found})")
                continue
            try:
                refuse_other_worker(self._expected, found, worker)
            except InputError as error:
                complaints.append(error.problem)
        if complaints:
            raise InputError(
                "; ".join(complaints),
                file="--scheduler",
                allowed="the same environment on every worker",
            )

    def run(self, jobs: Iterable[Job[Result]], pace: Pace | None = None) -> Iterator[Result]:  # noqa: ARG002
        """Results in the order in which they are ready; a cluster tells of whole jobs alone."""
        from distributed.comm.core import CommClosedError

        executor = self._client.get_executor(pure=False)
        running: dict[Any, Any] = {}
        try:
            sent = (_Elsewhere(job, self._expected, self._compiles) for job in jobs)
            yield from self._results(executor, sent, running)
        except (CommClosedError, OSError) as fault:
            raise EngineError(
                f"the scheduler {self._address} was lost ({fault}); finished tasks are kept, "
                "add --resume to go on"
            ) from None
        finally:
            for future in running:
                future.cancel()
            with suppress(Exception):
                executor.shutdown(wait=False)

    def _results(
        self, executor: Any, jobs: Iterator[Job[Result]], running: dict[Any, Any]
    ) -> Iterator[Result]:
        """As `bounded`; a job whose workers keep dying is a failure, others go on."""
        from distributed.scheduler import KilledWorker

        while True:
            try:
                yield from bounded(executor.submit, jobs, lambda: 2 * self.count, running)
                return
            except KilledWorker:
                for future in [f for f in running if f.done() and f.exception() is not None]:
                    yield running.pop(future).died(_allowed_deaths())


@contextmanager
def workers_of(count: int | None, scheduler: str | None) -> Iterator[Workers]:
    """Local processes, or the workers of a scheduler.

    Raises InputError: both are given; the scheduler does not answer, or its workers differ.
    """
    if scheduler is None:
        yield LocalWorkers(count)
        return
    if count is not None:
        raise InputError("cannot be used together", file="--workers and --scheduler")
    with _connected(scheduler) as client:
        workers = ClusterWorkers(client, scheduler)
        workers.check()
        yield workers


@contextmanager
def _connected(address: str) -> Iterator[Any]:
    try:
        import dask
        from distributed import Client
    except ImportError:
        raise InputError(
            "Dask is not installed",
            file="--scheduler",
            value=address,
            allowed='python -m pip install "rebound-sim[cluster]"',
        ) from None
    if not _ADDRESS.fullmatch(address):  # Dask's own refusal ends in a traceback
        raise InputError("not an address", file="--scheduler", value=address, allowed=_SHOWN)
    # A worker that is lost is the cluster's business; it is not a line on the user's terminal.
    with dask.config.set({"distributed.comm.timeouts.connect": f"{_SECONDS_TO_CONNECT}s"}):
        try:
            client: Any = Client(address, timeout=_SECONDS_TO_CONNECT, set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, ValueError, TypeError) as fault:
            raise InputError(
                f"the scheduler does not answer ({' '.join(str(fault).split()) or 'no reason'})",
                file="--scheduler",
                value=address,
                allowed=_SHOWN,
            ) from None
    try:
        yield client
    finally:
        with suppress(Exception):
            client.close(timeout=5)


def _allowed_deaths() -> int:
    import dask

    return int(dask.config.get("distributed.scheduler.allowed-failures")) + 1
