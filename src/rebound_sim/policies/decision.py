"""A decision: a strategy is asked for awards under a time limit, and its answer is checked.

Whatever a user's rule does, it can neither change what it was shown, nor hang the run, nor award
money that is not there.
"""

from __future__ import annotations

import dataclasses
import traceback
from typing import Any, TypeVar

import numpy as np

from rebound_sim.errors import StrategyError, words_of
from rebound_sim.policies.allocation import FileDesk, ZoneDesk
from rebound_sim.policies.desk import Integers
from rebound_sim.policies.hosted import Hosted
from rebound_sim.policies.strategy import Strategy, place
from rebound_sim.policies.time_limit import OutOfTime, call_within

DECISION_SECONDS = 10.0
Desk = TypeVar("Desk", bound=ZoneDesk | FileDesk)


def award(
    strategy: Strategy,
    desk: ZoneDesk | FileDesk,
    budget: int,
    seconds: float = DECISION_SECONDS,
) -> Integers:
    """Ask a strategy for its awards: int64[n] EUR, checked.

    The rule sees a read-only copy of the desk, and is not asked when nothing can be awarded (no
    row, or no money). Raises StrategyError, located in the rule's file, when it raises, lasts
    longer than `seconds`, or breaks its contract. The rule of a user's own file or function is
    asked in a process of its own, which checks too that the same desk gives the same awards.
    """
    if desk.key.size == 0 or budget <= 0:
        return np.zeros(desk.key.size, dtype=np.int64)
    if isinstance(strategy.allocate, Hosted):
        answer = strategy.allocate.decide(desk, int(budget), seconds)
        return _checked(strategy, desk, budget, answer)
    shown = sealed(desk)
    try:
        answer = call_within(seconds, lambda: strategy.allocate(shown, int(budget)))
    except OutOfTime as fault:
        raise StrategyError(
            f"no decision within {seconds:g} s (an endless loop?)", **origin_of(strategy, fault)
        ) from None
    except KeyboardInterrupt:
        raise
    except BaseException as fault:
        raise StrategyError(
            f"the rule raised {words_of(fault)}", **origin_of(strategy, fault)
        ) from None
    return _checked(strategy, desk, budget, answer)


def sealed(desk: Desk) -> Desk:
    """A copy of a desk whose arrays cannot be written."""
    values: dict[str, Any] = {}
    for field in dataclasses.fields(desk):
        value = getattr(desk, field.name)
        if isinstance(value, np.ndarray):
            value = value.copy()
            value.setflags(write=False)
        elif isinstance(value, ZoneDesk):
            value = sealed(value)
        values[field.name] = value
    return type(desk)(**values)


def origin_of(strategy: Strategy, fault: BaseException | None = None) -> dict[str, Any]:
    """File, name and line of the rule: where it was when it failed, or where it starts."""
    file, line = place(strategy.allocate)
    for frame in traceback.extract_tb(fault.__traceback__ if fault else None):
        if frame.filename == file:
            line = frame.lineno
    return {"file": file, "line": line, "key": strategy.name}


def _checked(strategy: Strategy, desk: ZoneDesk | FileDesk, budget: int, answer: Any) -> Integers:
    def broken(problem: str, value: Any, allowed: str) -> StrategyError:
        return StrategyError(problem, value=value, allowed=allowed, **origin_of(strategy))

    rows = desk.key.size
    each = "zone" if isinstance(desk, ZoneDesk) else "file"
    try:
        awards = np.asarray(answer)
    except ValueError:
        raise broken("the awards are not an array", answer, f"{rows} whole numbers") from None
    if awards.shape != (rows,):
        shape = "None" if answer is None else f"shape {awards.shape}"
        raise broken(f"one award for each {each} is expected ({shape})", None, f"shape ({rows},)")
    if np.issubdtype(awards.dtype, np.floating) and not np.isfinite(awards).all():
        row = int(np.flatnonzero(~np.isfinite(awards))[0])
        problem = f"award of {_label(desk, row)} is no number (a division by zero?)"
        raise broken(problem, float(awards[row]), f"0 to {int(desk.amount[row])} EUR")
    if not np.issubdtype(awards.dtype, np.integer):
        raise broken(
            f"awards are whole euros, these are {awards.dtype}",
            None,
            "integers, as np.floor(x).astype(np.int64) gives",
        )
    for row in np.flatnonzero((awards < 0) | (awards > desk.amount)).tolist():
        ceiling = "it can receive" if each == "zone" else "it asked"
        side = "below 0" if awards[row] < 0 else f"above what {ceiling}"
        allowed = f"0 to {int(desk.amount[row])} EUR"
        raise broken(f"award of {_label(desk, row)} {side}", int(awards[row]), allowed)
    total = sum(awards.tolist())
    if total > budget:
        raise broken("the awards exceed the budget", total, f"at most {int(budget)} EUR together")
    awards = awards.astype(np.int64)
    if isinstance(desk, FileDesk):
        received = np.zeros(desk.zones.key.size, dtype=np.int64)
        np.add.at(received, desk.zone, awards)
        for row in np.flatnonzero(received > desk.zones.amount).tolist():
            raise broken(
                f"awards to files of {_label(desk.zones, row)} above the ceiling of a zone",
                int(received[row]),
                f"at most {int(desk.zones.amount[row])} EUR together; see desk.zones.amount",
            )
    return awards


def _label(desk: ZoneDesk | FileDesk, row: int) -> str:
    if isinstance(desk, ZoneDesk):
        return f"zone {desk.code[row]}"
    return f"file {int(desk.key[row])} (zone {desk.zones.code[desk.zone[row]]})"
