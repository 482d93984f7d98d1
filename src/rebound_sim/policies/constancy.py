"""The same desk gives the same awards: a decision asked again, afresh and in another order."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np

from rebound_sim.arrays import Floats
from rebound_sim.policies.allocation import FileDesk, ZoneDesk
from rebound_sim.policies.desk import Integers

Desk = ZoneDesk | FileDesk
_GOLDEN = 0.6180339887498949


def changed_by_chance(desk: Desk, awards: Integers, again: Integers) -> str:
    """What is wrong when the same desk, asked twice, has other awards; "" without a difference."""
    return _said(
        desk,
        awards,
        again,
        "two calls with the same desk give different awards",
        "then",
        "a hidden chance? `desk.luck` is the only one",
    )


def changed_by_memory(desk: Desk, awards: Integers, afresh: Integers) -> str:
    """The same when the rule had been asked before, and had not."""
    return _said(
        desk,
        awards,
        afresh,
        "the awards depend on what was asked before",
        "asked at another moment",
        "a memory between decisions?",
    )


def changed_by_order(desk: Desk, awards: Integers, ask: Callable[[Desk], Integers]) -> str:
    """The same when rows are listed in another order. ask : asks the rule on a desk"""
    for order in (np.arange(desk.key.size)[::-1], np.argsort(spread(desk.key.size, 0.5))):
        there = ask(reordered(desk, order))
        other = np.empty_like(there)
        other[order] = there
        found = _said(
            desk,
            awards,
            other,
            "the awards depend on the order of rows",
            "or, when rows are listed otherwise,",
            "break ties by key",
        )
        if found:
            return found
    return ""


def reordered(desk: Desk, order: Integers) -> Desk:
    """The same desk with its rows in another order; zones of a file desk are reversed too."""
    listed: Desk = _taken(desk, order)
    if isinstance(desk, ZoneDesk) or isinstance(listed, ZoneDesk):
        return listed
    last = desk.zones.key.size - 1
    backwards = np.arange(last + 1)[::-1]
    zones = _taken(desk.zones, backwards)
    return dataclasses.replace(listed, zone=last - listed.zone, zones=zones)


def spread(rows: int, shift: float) -> Floats:
    """Numbers spread evenly over [0, 1), without luck: a Weyl sequence."""
    return np.asarray((np.arange(1, rows + 1) * _GOLDEN + shift) % 1.0, dtype=np.float64)


def _taken(desk: Any, order: Integers) -> Any:
    changes = {
        field.name: getattr(desk, field.name)[order]
        for field in dataclasses.fields(desk)
        if isinstance(getattr(desk, field.name), np.ndarray)
    }
    return dataclasses.replace(desk, **changes)


def _said(desk: Desk, awards: Integers, other: Integers, problem: str, when: str, hint: str) -> str:
    rows = np.flatnonzero(awards != other)
    if not rows.size:
        return ""
    row = int(rows[0])
    return (
        f"{problem}: key {int(desk.key[row])} receives {int(awards[row])} EUR, {when} "
        f"{int(other[row])} EUR; {hint}"
    )
