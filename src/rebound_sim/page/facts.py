"""What the page shows, taken from the statistics of a comparison: numbers and names, no words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from rebound_sim.arrays import Floats
from rebound_sim.statistics.headline import account_cells, hire_cells
from rebound_sim.statistics.money import spent
from rebound_sim.statistics.panels import NO_SHOCK, NONE, Panels
from rebound_sim.statistics.people import ORIGINS
from rebound_sim.statistics.programme.summary import RANKED, Summary
from rebound_sim.statistics.programme.worlds import RANGE

#: Lines of the account of jobs told for one zone.
PROJECT_LINES = ("promised_jobs", "gross_jobs", "deadweight_jobs", "induced_jobs")
#: Amounts of an instrument that are told.
MONEY = ("committed", "paid")
MILLION = 1e6


@dataclass(frozen=True)
class ZoneFacts:
    """One zone, under every arm.

    curves  : arm -> months -> jobs against the path without closure: median, low, high
    effects : strategy -> additional jobs at the end over worlds, and M€ paid (mean)
    hires, projects, euros : strategy -> rows (key, value, low, high)
    """

    code: str
    name: str
    jobs_lost: int
    curves: dict[str, dict[str, list[float]]]
    effects: dict[str, dict[str, float | None]]
    hires: dict[str, list[dict[str, Any]]]
    projects: dict[str, list[dict[str, Any]]]
    euros: dict[str, list[dict[str, Any]]]


def zone_facts(comparison: Summary) -> list[ZoneFacts]:
    """Every zone, in the order of the programme."""
    panels = comparison.panels
    paid = {(effect.zone, effect.arm): effect.paid for effect in comparison.zones}
    used = sorted(set(panels.ledger["instrument"].tolist()))
    found = []
    for code in panels.zones:
        zone = panels.zone(code)
        curves: dict[str, dict[str, list[float]]] = {}
        effects: dict[str, dict[str, float | None]] = {}
        for arm in (NONE, *panels.strategies):
            gap = zone.difference("workplace_employment", arm, NO_SHOCK)
            curves[arm] = _over_worlds(gap)
            if arm != NONE:
                gained = zone.difference("workplace_employment", arm)[:, -1]
                low, high = np.quantile(gained, RANGE)
                effects[arm] = {
                    "median": _whole(np.median(gained)),
                    "low": _whole(low),
                    "high": _whole(high),
                    "paid": round(paid[code, arm] / MILLION, 2),
                }
        lost = sum(int(closure.get("jobs", 0)) for closure in panels.closures.get(code, ()))
        found.append(
            ZoneFacts(
                code,
                panels.zone_name(code),
                lost,
                curves,
                effects,
                _rows(hire_cells(zone), panels, "detail", (*ORIGINS, "total")),
                _rows(account_cells(zone), panels, "outcome", PROJECT_LINES),
                _euros(zone, used),
            )
        )
    return found


def world_dots(comparison: Summary) -> dict[str, list[float]]:
    """Additional jobs at the end: strategy -> one value a world, in the order of worlds."""
    worlds = comparison.worlds.get(RANKED)
    if worlds is None:
        return {}
    return {
        name: [round(float(value), 1) for value in worlds.values[row]]
        for row, name in enumerate(worlds.names)
        if name != NONE
    }


def _over_worlds(values: Floats) -> dict[str, list[float]]:
    """Median and four worlds of five, by month. values : float[replications, months]"""
    low, high = np.quantile(values, RANGE, axis=0)
    bounds = {"median": np.median(values, axis=0), "low": low, "high": high}
    return {name: [_whole(value) for value in line] for name, line in bounds.items()}


def _rows(
    cells: Iterable[Any], panels: Panels, key: str, order: tuple[str, ...]
) -> dict[str, list[dict[str, Any]]]:
    """Cells at the end of the run: strategy -> rows in an order, those that are not zero."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in panels.strategies}
    last = [cell for cell in cells if cell.month == panels.horizon]
    for name in order:
        for cell in last:
            if getattr(cell, key) == name and cell.arm in found:
                row = {"key": name, "value": cell.estimate, "low": cell.low, "high": cell.high}
                if np.isfinite(cell.estimate) and cell.estimate != 0:
                    found[cell.arm].append({k: _known(v) for k, v in row.items()})
    return found


def _euros(zone: Panels, used: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """M€ committed and paid by instrument: strategy -> rows, means of worlds."""
    found: dict[str, list[dict[str, Any]]] = {}
    for arm in zone.strategies:
        for instrument in used:
            amounts = {
                "committed": zone.values(f"{instrument}_committed_total_eur", arm),
                "paid": spent(zone, arm, (instrument,)),
            }
            for kind in MONEY:
                total = float(amounts[kind][:, -1].mean()) / MILLION
                if total:
                    row = {"key": f"{instrument}_{kind}", "value": round(total, 3)}
                    found.setdefault(arm, []).append(row | {"low": None, "high": None})
    return found


def _whole(value: Any) -> float:
    return round(float(value), 1)


def _known(value: Any) -> Any:
    """None where a number does not exist: JSON has no NaN."""
    if isinstance(value, float):
        return round(value, 2) if np.isfinite(value) else None
    return value
