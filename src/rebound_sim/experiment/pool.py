"""Jobs on processes: bounded submission, retries after the death of a worker.

Jobs are idempotent, so that results depend neither on the number of workers nor on which of them
died. A job carries all that a worker needs and its outcome says which job it comes from.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from itertools import chain, islice
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol, TypeVar

_DEATHS_WITHOUT_PROGRESS = 2
_SECONDS_TO_LISTEN = 0.5
_MOST_PROCESSES = 61 if sys.platform == "win32" else 1024  # what Windows can wait for

Result = TypeVar("Result", covariant=True)
#: Told the sum of the shares done of the jobs under way.
Pace = Callable[[float], None]
#: Of a worker: sets the share done of its job, in memory that it shares with the main process. One
#: place a worker and no lock, as a worker that dies holding one would stop the others.
_report: Callable[[float], None] | None = None


def report(share: float) -> None:
    """Tell the main process how far the job of this worker is: 0 to 1."""
    if _report is not None:
        _report(share)


class Job(Protocol[Result]):
    """Something to do on a worker. It crosses process boundaries by pickling."""

    def __call__(self) -> Result:
        """Do it; faults of the engine are part of the result."""

    def died(self, deaths: int) -> Result:
        """The result when workers died so many times while they did it, or an exception."""


def described(fault: BaseException) -> str:
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


def run_jobs(
    jobs: Iterable[Job[Result]], workers: int, pace: Pace | None = None
) -> Iterator[Result]:
    """Results in the order in which they are ready, from `workers` processes.

    pace : told now and then how far the jobs under way are, where they `report`

    One worker, or one job, stays in this process. After the death of a worker the jobs that were
    under way are done again; when that keeps happening, one at a time, to find the job that kills.
    """
    waiting = iter(jobs)
    first = list(islice(waiting, 2))
    if workers <= 1 or len(first) <= 1:
        for job in chain(first, waiting):
            with _reporting(pace):
                result = job()
            yield result
        return
    waiting, workers = chain(first, waiting), min(workers, _MOST_PROCESSES)
    deaths, most = 0, 2 * workers  # two jobs per worker keep all busy without queueing a sweep
    while True:
        running: dict[Future[Result], Job[Result]] = {}
        try:
            for result in _on_pool(waiting, min(workers, most), most, running, pace):
                deaths = 0
                yield result
            return
        except BrokenProcessPool:
            deaths += 1
            lost = list(running.values())
            if deaths > _DEATHS_WITHOUT_PROGRESS:
                if most == 1:
                    yield lost.pop(0).died(deaths)
                    deaths = 0
                most = 1
            waiting = chain(lost, waiting)


def bounded(
    submit: Callable[[Job[Result]], Future[Result]],
    jobs: Iterator[Job[Result]],
    most: Callable[[], int],
    running: dict[Future[Result], Job[Result]],
    listen: Callable[[], None] | None = None,
) -> Iterator[Result]:
    """Results as they come. listen : called twice a second.

    most : jobs submitted at a time, asked again at each result: a cluster may grow or shrink
    running : filled with what is submitted and has not given its result
    """
    _submit(submit, jobs, most() - len(running), running)
    while running:
        # On Windows Ctrl-C does not end a wait: it is heard between two.
        ready, _ = wait(running, timeout=_SECONDS_TO_LISTEN, return_when=FIRST_COMPLETED)
        if listen is not None:
            listen()
        for future in ready:
            result = future.result()
            del running[future]
            _submit(submit, jobs, most() - len(running), running)
            yield result


def _on_pool(
    jobs: Iterator[Job[Result]],
    workers: int,
    most: int,
    running: dict[Future[Result], Job[Result]],
    pace: Pace | None,
) -> Iterator[Result]:
    others = set(multiprocessing.active_children())
    # A spawned worker inherits no thread and no lock; forking a process with threads is unsafe.
    context = multiprocessing.get_context("spawn")
    shares, places = context.RawArray("d", workers), context.Value("i", 0)
    executor = ProcessPoolExecutor(
        workers, mp_context=context, initializer=_start_worker, initargs=(shares, places)
    )

    def listen() -> None:
        if pace is not None:
            pace(sum(shares))

    try:
        yield from bounded(executor.submit, jobs, lambda: most, running, listen)
    except BaseException:
        _stop(set(multiprocessing.active_children()) - others, executor)
        raise
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _stop(processes: Collection[Any], executor: ProcessPoolExecutor) -> None:
    """End workers at once, and the thread that reads what they write.

    A worker may end in the middle of a result. The rest never comes, and as this process has the
    pipe open for writing too, its reader would wait for ever (seen in Python 3.11).
    """
    for process in processes:
        process.terminate()
    for process in processes:
        process.join()
    writer = getattr(getattr(executor, "_result_queue", None), "_writer", None)
    if writer is not None:
        writer.close()


def _submit(
    submit: Callable[[Job[Result]], Future[Result]],
    jobs: Iterator[Job[Result]],
    count: int,
    running: dict[Future[Result], Job[Result]],
) -> None:
    with _interrupts_held(), _main_hidden():
        for job in islice(jobs, max(0, count)):
            try:
                running[submit(job)] = job
            except BrokenProcessPool:
                running[Future()] = job  # lost with the others
                raise


@contextmanager
def _main_hidden() -> Iterator[None]:
    """Workers started here do not run the user's script again: it needs no `__main__` guard."""
    script = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = script


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Workers started here inherit a blocked SIGINT: Ctrl-C is the parent's business alone."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    if not hasattr(signal, "pthread_sigmask"):  # Windows: see _start_worker
        yield
        return
    former = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, former)


@contextmanager
def _reporting(pace: Pace | None) -> Iterator[None]:
    """Reports of a job done in this process."""
    global _report
    former, _report = _report, pace
    try:
        yield
    finally:
        _report = former


def _start_worker(shares: Any, places: Any) -> None:
    """Leave when the parent is gone: a killed parent must not leave workers behind.

    shares : float[workers], where this worker reports    places : number taken so far
    """
    global _report
    with places.get_lock():
        place, places.value = places.value, places.value + 1
    if place < len(shares):
        _report = partial(shares.__setitem__, place)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_leave_with, args=(parent,), daemon=True).start()


def _leave_with(parent: Any) -> None:
    parent.join()
    os._exit(1)
