"""Replications on processes: bounded submission, retries after the death of a worker.

One replication is one task and tasks are idempotent, so that results depend neither on the number
of workers nor on which of them died.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rebound_sim.errors import EngineError, InputError
from rebound_sim.policies.definition import Policy
from rebound_sim.scenario.definition import Scenario
from rebound_sim.state.results import ReplicationResult

Simulate = Callable[[Scenario, tuple[Policy, ...], int, int], ReplicationResult]
_DEATHS_WITHOUT_PROGRESS = 2


@dataclass(frozen=True)
class Failure:
    """A replication that raised: its number and what it raised."""

    replication: int
    error: str


@dataclass(frozen=True)
class Task:
    """What a worker needs for any replication of one experiment."""

    simulate: Simulate
    scenario: Scenario
    policies: tuple[Policy, ...]
    seed: int

    def attempt(self, replication: int) -> ReplicationResult | Failure:
        """Run one replication; an error of the engine is returned, one of the input raised."""
        try:
            return self.simulate(self.scenario, self.policies, self.seed, replication)
        except InputError:
            raise
        except Exception as fault:
            return Failure(replication, _described(fault))


def _described(fault: Exception) -> str:
    """Error and innermost place, without absolute paths: `ValueError: ... (model.py:120)`."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = ""
    if trace is not None:
        place = f" ({Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno})"
    text = " ".join(str(fault).split()) or "no message"
    return f"{type(fault).__name__}: {text}{place}"


def available_workers() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_tasks(
    task: Task, replications: Sequence[int], workers: int
) -> Iterator[ReplicationResult | Failure]:
    """Results in the order in which they are ready.

    Raises EngineError when workers keep dying (memory, most often) without finishing anything.
    """
    if workers <= 1 or len(replications) <= 1:
        for replication in replications:
            yield task.attempt(replication)
        return
    missing = list(replications)
    deaths = 0
    while missing:
        try:
            for outcome in _run_on_pool(task, tuple(missing), min(workers, len(missing))):
                missing.remove(outcome.replication)
                deaths = 0
                yield outcome
        except BrokenProcessPool:
            deaths += 1
            if deaths > _DEATHS_WITHOUT_PROGRESS:
                raise EngineError(
                    f"worker processes died {deaths} times without finishing a replication "
                    "(memory exhausted?); try fewer --workers"
                ) from None


def _run_on_pool(
    task: Task, replications: Sequence[int], workers: int
) -> Iterator[ReplicationResult | Failure]:
    others = set(multiprocessing.active_children())
    # A spawned worker inherits no thread and no lock; forking a process with threads is unsafe.
    executor = ProcessPoolExecutor(
        workers, mp_context=multiprocessing.get_context("spawn"), initializer=_start_worker
    )
    waiting = iter(replications)
    running: set[Future[ReplicationResult | Failure]] = set()
    try:
        # Two tasks per worker keep all busy without queueing a whole sweep.
        _submit(executor, task, waiting, running, 2 * workers)
        while running:
            ready, running = wait(running, return_when=FIRST_COMPLETED)
            _submit(executor, task, waiting, running, len(ready))
            for future in ready:
                yield future.result()
    except BaseException:
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()
        raise
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _submit(
    executor: ProcessPoolExecutor,
    task: Task,
    waiting: Iterator[int],
    running: set[Future[ReplicationResult | Failure]],
    count: int,
) -> None:
    with _interrupts_held():
        for _, replication in zip(range(count), waiting, strict=False):
            running.add(executor.submit(task.attempt, replication))


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Workers started here inherit a blocked SIGINT: Ctrl-C is the parent's business alone."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    former = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, former)


def _start_worker() -> None:
    """Leave when the parent is gone: a killed parent must not leave workers behind."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_leave_with, args=(parent,), daemon=True).start()


def _leave_with(parent: Any) -> None:
    parent.join()
    os._exit(1)
