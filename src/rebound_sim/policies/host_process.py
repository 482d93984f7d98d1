"""The process in which the rule of a user runs, alone: started by `hosted`.

What the rule sets, prints, changes or breaks stays here. Frames (a length, then a pickle) come on
standard input and go to what was standard output; the rule's own output goes to a file whose new
text is part of each answer. A decision is asked several times, so that chance, memory and
dependence on the order of rows are found wherever a strategy runs.
"""

from __future__ import annotations

import os
import queue
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, BinaryIO

import numpy as np

from rebound_sim.errors import InputError, StrategyError
from rebound_sim.policies import constancy
from rebound_sim.policies.decision import award, origin_of
from rebound_sim.policies.desk import Integers
from rebound_sim.policies.frames import read_frame, write_frame
from rebound_sim.policies.rule_code import Declaration, RuleCode
from rebound_sim.policies.rule_loading import strategy_of
from rebound_sim.policies.strategy import Strategy, place

#: A decision that takes longer is put in another order only the first time.
_QUICK_SECONDS = 0.2
_TIMES_AGAIN = 2
_MOST_PRINTED = 20_000  # characters of one answer


@dataclass
class _Rule:
    code: RuleCode
    seconds: float
    made: Strategy
    asked: bool = False


def main() -> None:
    """Answer requests until the other side is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the business of the parent
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    output = _Output()
    waiting: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests, waiting), daemon=True).start()
    rule: _Rule | None = None
    while True:
        what, *given = waiting.get()
        answer: Any
        try:
            if what == "open" or rule is None:
                rule, answer = _opened(output, *given)
            else:
                answer = _decide(rule, output, *given)
        except InputError as fault:
            answer = fault
        write_frame(answers, (answer, output.taken()))


def _listen(requests: BinaryIO, waiting: queue.SimpleQueue[Any]) -> None:
    """Leave at once when the parent is gone, whatever a rule is doing."""
    while True:
        try:
            waiting.put(read_frame(requests))
        except (EOFError, OSError):
            os._exit(0)


class _Output:
    """Standard output and error of the rule, as a file."""

    def __init__(self) -> None:
        try:
            self._file: IO[bytes] | None = tempfile.TemporaryFile()  # noqa: SIM115
            target = self._file.fileno()
        except OSError:
            self._file, target = None, os.open(os.devnull, os.O_WRONLY)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        for descriptor in (1, 2):
            os.dup2(target, descriptor)
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", errors="replace", closefd=False)
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="replace", closefd=False)
        self._streams = (sys.stdout, sys.stderr)
        self._kept = ""

    @contextmanager
    def kept(self) -> Iterator[None]:
        """What is written meanwhile is kept."""
        self._new_text()
        try:
            yield
        finally:
            self._kept += self._new_text()

    def taken(self) -> str:
        """What was kept since the last call, shortened. What checks made a rule write is not."""
        text, self._kept = self._kept, ""
        return text if len(text) <= _MOST_PRINTED else text[:_MOST_PRINTED] + " [...]\n"

    def _new_text(self) -> str:
        for stream in self._streams:
            if not stream.closed:
                stream.flush()
        if self._file is None:
            return ""
        self._file.seek(0)
        text = self._file.read().decode("utf-8", errors="replace")
        self._file.seek(0)
        self._file.truncate()
        return text


def _opened(
    output: _Output, code: RuleCode, seconds: float, path: list[str]
) -> tuple[_Rule, Declaration]:
    sys.path[:] = path
    with output.kept():
        made = strategy_of(code, seconds)
    file, line = place(made.allocate)
    declaration = Declaration(
        made.name,
        made.title,
        made.description,
        made.level,
        dict(made.levers),
        made.recall,
        file,
        line,
    )
    return _Rule(code, seconds, made), declaration


def _decide(rule: _Rule, output: _Output, desk: Any, budget: int, seconds: float) -> Integers:
    """Awards, checked: those of a rule just read, of the same read again, and in other orders."""
    started = time.monotonic()
    with output.kept():
        awards = award(rule.made, desk, budget, seconds)
    took = time.monotonic() - started
    # A rule that remembers changes its mind when it is asked again, or was asked before.
    later = [award(rule.made, desk, budget, seconds) for _ in range(_TIMES_AGAIN)]
    afresh = award(strategy_of(rule.code, rule.seconds), desk, budget, seconds)
    fault = ""
    other = next((found for found in (afresh, *later) if not np.array_equal(found, awards)), None)
    if other is not None:
        again = award(strategy_of(rule.code, rule.seconds), desk, budget, seconds)
        fault = constancy.changed_by_chance(desk, afresh, again) or constancy.changed_by_memory(
            desk, awards, other
        )
    elif not rule.asked or took < _QUICK_SECONDS:
        fault = constancy.changed_by_order(
            desk,
            awards,
            lambda listed: award(strategy_of(rule.code, rule.seconds), listed, budget, seconds),
        )
    rule.asked = True
    if fault:
        raise StrategyError(fault, **origin_of(rule.made))
    return awards
