"""A user's rule as this process sees it: asked in a process of its own, stopped when it is late.

Each rule has a process (`host_process`) for as long as it is used, started again when the rule has
broken it; it leaves with its parent. Its hashes do not depend on the run, so that the order of a
set in a rule is the same everywhere.
"""

from __future__ import annotations

import multiprocessing.spawn
import os
import queue
import subprocess
import sys
import threading
import time
import weakref
from contextlib import suppress
from typing import Any

from rebound_sim.errors import InputError, StrategyError
from rebound_sim.policies.desk import Integers
from rebound_sim.policies.frames import read_frame, write_frame
from rebound_sim.policies.rule_code import Declaration, RuleCode

#: Calls of one decision, and seconds that each has beyond its limit before the process is ended.
_CALLS, _GRACE_SECONDS = 8, 2.0
_SECONDS_TO_START = 60.0
_PROGRAM = (
    "import sys; sys.path[:] = {path!r}; from rebound_sim.policies.host_process import main; main()"
)
_MOST_KEPT = 100_000  # characters of the output of one rule


class _Ended(Exception):
    """The process of a rule ended, or was ended."""


class _Host:
    """The process of a rule."""

    def __init__(self) -> None:
        one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        environment = {**one, **os.environ, "PYTHONHASHSEED": "0", "MPLBACKEND": "agg"}
        executable = multiprocessing.spawn.get_executable()
        self.owner = os.getpid()
        self._process = subprocess.Popen(
            [os.fsdecode(executable or sys.executable), "-c", _PROGRAM.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
        threading.Thread(target=_listen, args=(self._process, self._answers), daemon=True).start()

    def ask(self, request: tuple[Any, ...], seconds: float) -> tuple[Any, str]:
        """The answer, and what was printed. Raises _Ended."""
        assert self._process.stdin is not None
        try:
            write_frame(self._process.stdin, request)
        except (OSError, ValueError):
            self.end()
            raise _Ended(self._reason()) from None
        late = time.monotonic() + seconds
        while time.monotonic() < late:
            try:
                # On Windows Ctrl-C does not end a wait: it is heard between two.
                answer = self._answers.get(timeout=0.5)
            except queue.Empty:
                continue
            if answer is None:
                self.end()
                raise _Ended(self._reason())
            return answer  # type: ignore[no-any-return]
        self.end()
        raise _Ended("it did not answer in time")

    def end(self) -> None:
        """End the process; nothing is left running."""
        if self.owner != os.getpid():
            return  # of the process that this one was copied from
        with suppress(OSError):
            self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError, ValueError):
                    stream.close()

    def _reason(self) -> str:
        return f"its process ended (code {self._process.poll()}: memory exhausted? os._exit?)"


def _listen(process: subprocess.Popen[bytes], answers: queue.SimpleQueue[Any]) -> None:
    assert process.stdout is not None
    try:
        while True:
            answers.put(read_frame(process.stdout))
    except Exception:  # it ended, or what a rule wrote on the channel is no answer
        answers.put(None)


class Hosted:
    """The rule of a strategy. code : what is run    declaration : what it says of itself

    printed : what the rule has written so far
    """

    def __init__(self, code: RuleCode, seconds: float) -> None:
        """Run the code, in its process, within `seconds`. Raises InputError."""
        self.code, self._seconds = code, seconds
        self.printed = ""
        self._lock = threading.RLock()
        self._host: _Host | None = None
        with self._lock:
            self.declaration: Declaration = self._ask(self._opening(), seconds + _SECONDS_TO_START)

    def __call__(self, desk: Any, budget: int) -> Integers:
        """Awards [EUR] of each row, within the time that the code had to be read."""
        return self.decide(desk, budget, self._seconds)

    def decide(self, desk: Any, budget: int, seconds: float) -> Integers:
        """Awards [EUR] of each row. Raises StrategyError, located in the code."""
        with self._lock:
            if self._host is None or self._host.owner != os.getpid():
                self._ask(self._opening(), self._seconds + _SECONDS_TO_START)
            awards: Integers = self._ask(("decide", desk, budget, seconds), seconds)
        return awards

    def _opening(self) -> tuple[Any, ...]:
        self._host = _Host()
        weakref.finalize(self, self._host.end)
        return ("open", self.code, self._seconds, list(sys.path))

    def _ask(self, request: tuple[Any, ...], seconds: float) -> Any:
        host = self._host
        assert host is not None
        try:
            answer, printed = host.ask(request, _CALLS * (seconds + _GRACE_SECONDS))
        except _Ended as fault:
            self._host = None
            raise StrategyError(f"the rule broke: {fault}", **self._origin()) from None
        except BaseException:
            # Interrupted: the answer to come must not be taken for that of the next request.
            host.end()
            self._host = None
            raise
        self.printed = (self.printed + printed)[:_MOST_KEPT]
        if isinstance(answer, InputError):
            # A thread that does not listen may be left in it.
            host.end()
            self._host = None
            raise answer
        return answer

    def _origin(self) -> dict[str, Any]:
        found = getattr(self, "declaration", None)
        if found is None:
            return {"file": self.code.origin}
        return {"file": found.file, "line": found.line, "key": found.name}
