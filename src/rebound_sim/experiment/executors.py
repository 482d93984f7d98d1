"""Where tasks are done: processes of this machine, or a Dask cluster that the user has.

Both hand out tasks through the interface of `concurrent.futures`, a bounded number at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, Protocol

from rebound_sim.errors import EngineError, InputError
from rebound_sim.experiment.compiling import compile_once
from rebound_sim.experiment.packed import PackedResult
from rebound_sim.experiment.pool import Pace, available_workers, bounded, run_jobs
from rebound_sim.experiment.provenance import provenance, refuse_other_worker
from rebound_sim.experiment.task import Task

_SECONDS_TO_CONNECT = 10


class Workers(Protocol):
    """Something that does tasks. expected : provenance that each task must find, None if ours."""

    @property
    def expected(self) -> Mapping[str, str] | None: ...

    @property
    def several(self) -> bool:
        """True if two tasks are done at once."""

    def warm(self) -> None:
        """Compile the kernels where the tasks will run, if they run elsewhere."""

    def run(self, tasks: Iterable[Task], pace: Pace | None = None) -> Iterator[PackedResult]:
        """Results in the order in which they are ready. pace : see `pool.run_jobs`."""


class LocalWorkers:
    """Processes of this machine; one worker is this process itself."""

    expected = None

    def __init__(self, count: int | None) -> None:
        self._count = available_workers() if count is None else count

    @property
    def several(self) -> bool:
        """True if two tasks are done at once."""
        return self._count > 1

    def warm(self) -> None:
        """The main process has compiled already, and the cache is shared."""

    def run(self, tasks: Iterable[Task], pace: Pace | None = None) -> Iterator[PackedResult]:
        """Results in the order in which they are ready."""
        return run_jobs(tasks, self._count, pace)


class ClusterWorkers:
    """Workers of a Dask cluster. A worker that dies loses nothing: its tasks are done elsewhere."""

    several = True

    def __init__(self, client: Any, address: str) -> None:
        self._client = client
        self._address = address
        self.expected = provenance()

    def warm(self) -> None:
        """Compile once on each machine: the first worker compiles, the others of it wait."""
        addresses = list(self._client.nthreads())
        futures = [
            self._client.submit(compile_once, workers=[address], pure=False)
            for address in addresses
        ]
        self._client.gather(futures)

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
                refuse_other_worker(self.expected, found, worker)
            except InputError as error:
                complaints.append(error.problem)
        if complaints:
            raise InputError(
                "; ".join(complaints),
                file="--scheduler",
                allowed="the same environment on every worker",
            )

    def run(self, tasks: Iterable[Task], pace: Pace | None = None) -> Iterator[PackedResult]:  # noqa: ARG002
        """Results in the order in which they are ready; a cluster tells of whole tasks alone."""
        from distributed.comm.core import CommClosedError

        executor = self._client.get_executor(pure=False)
        running: dict[Any, Any] = {}
        try:
            yield from self._results(executor, iter(tasks), running)
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

    def _most(self) -> int:
        """Two tasks for each thread of the workers that there are now."""
        threads: list[int] = list(self._client.nthreads().values())
        return 2 * max(1, sum(threads))

    def _results(
        self, executor: Any, tasks: Iterator[Task], running: dict[Any, Any]
    ) -> Iterator[PackedResult]:
        """As `bounded`; a task whose workers keep dying is a failure, others go on."""
        from distributed.scheduler import KilledWorker

        while True:
            try:
                yield from bounded(executor.submit, tasks, self._most, running)
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
    # A worker that is lost is the cluster's business; it is not a line on the user's terminal.
    with dask.config.set({"distributed.comm.timeouts.connect": f"{_SECONDS_TO_CONNECT}s"}):
        try:
            client: Any = Client(address, timeout=_SECONDS_TO_CONNECT, set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, ValueError, TypeError) as fault:
            raise InputError(
                f"the scheduler does not answer ({' '.join(str(fault).split()) or 'no reason'})",
                file="--scheduler",
                value=address,
                allowed="the address that `dask scheduler` shows, such as tcp://host:8786",
            ) from None
    try:
        yield client
    finally:
        with suppress(Exception):
            client.close(timeout=5)


def _allowed_deaths() -> int:
    import dask

    return int(dask.config.get("distributed.scheduler.allowed-failures")) + 1
