"""What the page shows, taken from the statistics of a comparison: numbers and names, no words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rebound_sim.statistics.ledger import ledger_accounts
from rebound_sim.statistics.panels import NO_SHOCK, NONE, Panels
from rebound_sim.statistics.people import ORIGINS
from rebound_sim.statistics.programme.account import account_cells, hire_cells
from rebound_sim.statistics.programme.summary import RANKED, Comparison
from rebound_sim.statistics.programme.worlds import RANGE

#: Lines of the account of jobs told for one zone.
PROJECT_LINES = ("promised_jobs", "gross_jobs", "deadweight_jobs", "induced_jobs")
#: Amounts of an instrument that are told.
MONEY = ("committed", "paid")
MILLION = 1e6
Values = NDArray[np.float64]


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


def zone_facts(comparison: Comparison) -> list[ZoneFacts]:
    """Every zone, in the order of the programme."""
    panels = comparison.panels
    paid = {(effect.zone, effect.arm): effect.paid for effect in comparison.zones}
    euros = _euros(panels)
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
                _rows(hire_cells(panels, code), panels, "detail", (*ORIGINS, "total")),
                _rows(account_cells(panels, code), panels, "outcome", PROJECT_LINES),
                euros.get(code, {}),
            )
        )
    return found


def world_dots(comparison: Comparison) -> dict[str, list[float]]:
    """Additional jobs at the end: strategy -> one value a world, in the order of worlds."""
    worlds = comparison.worlds.get(RANKED)
    if worlds is None:
        return {}
    return {
        name: [round(float(value), 1) for value in worlds.values[row]]
        for row, name in enumerate(worlds.names)
        if name != NONE
    }


def _over_worlds(values: Values) -> dict[str, list[float]]:
    """Median and four worlds of five, by month. values : float[replications, months]"""
    low, high = np.quantile(values, RANGE, axis=0)
    bounds = {"median": np.median(values, axis=0), "low": low, "high": high}
    return {name: [_whole(value) for value in line] for name, line in bounds.items()}


def _rows(
    cells: list[Any], panels: Panels, key: str, order: tuple[str, ...]
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


def _euros(panels: Panels) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """M€ allocated, committed and paid by instrument: zone -> strategy -> rows, means of worlds."""
    accounts = ledger_accounts(panels.ledger, ["arm", "zone", "instrument", "replication"])
    sums: dict[tuple[str, str, str, str], float] = {}
    kept = {int(number) for number in panels.replications}
    for row in range(accounts["paid"].size):
        if int(accounts["replication"][row]) not in kept:
            continue
        zone, strategy, instrument = (
            str(accounts[name][row]) for name in ("zone", "arm", "instrument")
        )
        amounts = {
            "committed": int(accounts["committed"][row]),
            "paid": int(accounts["paid"][row]) - int(accounts["returned"][row]),
        }
        for kind, amount in amounts.items():
            key = (zone, strategy, instrument, kind)
            sums[key] = sums.get(key, 0.0) + amount / MILLION / max(panels.count, 1)
    found: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for (zone, strategy, instrument, kind), total in sorted(sums.items()):
        if total and strategy in panels.strategies:
            rows = found.setdefault(zone, {}).setdefault(strategy, [])
            label = f"{instrument}_{kind}"
            rows.append({"key": label, "value": round(total, 3), "low": None, "high": None})
    return found


def _whole(value: Any) -> float:
    return round(float(value), 1)


def _known(value: Any) -> Any:
    """None where a number does not exist: JSON has no NaN."""
    if isinstance(value, float):
        return round(value, 2) if np.isfinite(value) else None
    return value
