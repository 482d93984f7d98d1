"""The contract of allocation strategies, as a check that any strategy can be put through.

    from rebound_sim.policies.contract import check_strategy
    from rebound_sim.policies.strategy_choice import load_strategy_file
    check_strategy(load_strategy_file("mine.py"))

It asks the strategy on desks of many shapes. Awards must be whole euros, one for each row, between
0 and what can be received, within the budget; the same when asked again, in whatever order
decisions are asked and rows are listed; and the desk must be left as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np

from rebound_sim.errors import StrategyError
from rebound_sim.policies.allocation import FileDesk, Session, ZoneDesk
from rebound_sim.policies.constancy import (
    changed_by_chance,
    changed_by_memory,
    changed_by_order,
    spread,
)
from rebound_sim.policies.decision import DECISION_SECONDS, award
from rebound_sim.policies.desk import Integers
from rebound_sim.policies.strategy import Strategy
from rebound_sim.policies.strategy_choice import StrategyChoice

Desk = ZoneDesk | FileDesk


class ContractError(AssertionError):
    """A strategy does not hold the contract; the text says where and how."""


def check_strategy(strategy: Strategy | StrategyChoice, seconds: float = DECISION_SECONDS) -> int:
    """Put a strategy through the contract. Returns the number of decisions that it was asked.

    seconds : longest time of one decision. Raises ContractError at the first breach.
    """
    made = strategy.resolve() if isinstance(strategy, StrategyChoice) else strategy
    cases = list(example_desks(made.level))
    first = [check_decision(made, desk, budget, seconds) for desk, budget in cases]
    again = strategy.resolve() if isinstance(strategy, StrategyChoice) else strategy
    for k in reversed(range(len(cases))):
        desk, budget = cases[k]
        fault = changed_by_memory(desk, _asked(again, desk, budget, seconds), first[k])
        if fault:
            raise _breach(made, desk, fault)
    return 4 * len(cases)


def check_decision(
    strategy: Strategy, desk: Desk, budget: int, seconds: float = DECISION_SECONDS
) -> Integers:
    """Check one decision; its awards. Raises ContractError."""
    awards = _asked(strategy, desk, budget, seconds)
    again = _asked(strategy, desk, budget, seconds)
    fault = changed_by_chance(desk, awards, again) or changed_by_order(
        desk, awards, lambda listed: _asked(strategy, listed, budget, seconds)
    )
    if fault:
        raise _breach(strategy, desk, fault)
    return awards


def _asked(strategy: Strategy, desk: Desk, budget: int, seconds: float) -> Integers:
    try:
        return award(strategy, desk, budget, seconds)
    except StrategyError as fault:
        raise ContractError(f"{fault} [{_words(desk)}, budget {budget} EUR]") from fault


def _breach(strategy: Strategy, desk: Desk, problem: str) -> ContractError:
    return ContractError(f"{strategy.name}: {problem} [{_words(desk)}]")


def _words(desk: Desk) -> str:
    rows = "zones" if isinstance(desk, ZoneDesk) else "files"
    when = desk.session
    return f"{desk.key.size} {rows}, {when.instrument}, date {when.number}, {when.left} left"


def example_desks(level: Literal["zones", "files"]) -> Iterator[tuple[Desk, int]]:
    """Desks of many shapes, each with budgets from 0 to more than can be received."""
    for number, left in ((0, 0), (0, 5), (3, 2), (5, 0)):
        for rows, scale in ((0, 1.0), (1, 1.0), (2, 1.0), (7, 0.0), (30, 1.0), (60, 1e4)):
            for instrument in ("engineering", "grants"):
                if level == "files" and instrument == "engineering":
                    continue
                when = Session(6 * number, number, left, instrument, 90_000_000)
                zones = _example_zones(rows, scale, when)
                desk = zones if level == "zones" else _example_files(2 * rows, zones)
                for budget in (0, 1, 90_000_000, 10**11):
                    yield desk, budget


def _example_zones(rows: int, scale: float, when: Session) -> ZoneDesk:
    """Zones of plausible sizes. scale 0 : nothing lost, no project; large : huge amounts."""

    def whole(most: float, shift: float) -> Integers:
        return np.floor(most * spread(rows, shift)).astype(np.int64)

    amount = whole(15e6 * max(scale, 1.0), 0.1)
    committed = whole(1e6 * min(scale, 1.0), 0.2)
    return ZoneDesk(
        key=np.arange(rows, dtype=np.int64) * 7 + 3,
        code=np.array([f"{1000 + row}" for row in range(rows)], dtype=np.str_),
        region=np.array([f"region {row % 4}" for row in range(rows)], dtype=np.str_),
        amount=amount,
        residents=whole(400_000, 0.3) + 20_000,
        employment=whole(150_000, 0.4) + 8_000,
        jobs_lost=whole(1_000 * scale, 0.5),
        fragility=100.0 * spread(rows, 0.6),
        unemployment_rate=4.0 + 9.0 * spread(rows, 0.7),
        pipeline=whole(6e6 * scale, 0.8),
        pipeline_jobs=100.0 * scale * spread(rows, 0.9),
        allocated=committed + whole(1e6, 0.0),
        committed=committed,
        paid=committed // 3,
        luck=spread(rows, 0.15) if scale == 1.0 else np.zeros(rows),
        session=when,
    )


def _example_files(rows: int, zones: ZoneDesk) -> FileDesk:
    """Files of these zones; jobs, quality and luck are equal where zones have lost nothing."""
    even = spread(rows, 0.35) if zones.jobs_lost.any() else np.zeros(rows)
    return FileDesk(
        key=np.arange(rows, dtype=np.int64) * 11 + 5,
        zone=np.arange(rows, dtype=np.int64) % max(zones.key.size, 1),
        amount=np.floor(800_000 * spread(rows, 0.25)).astype(np.int64),
        jobs=np.floor(40 * even),
        capital=3e6 * even,
        signal=2.0 * even - 1.0,
        filed=np.floor(20 * spread(rows, 0.45)).astype(np.int64),
        luck=even,
        zones=zones,
        session=zones.session,
    )
