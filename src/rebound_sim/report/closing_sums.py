"""Tables of figures rounded as they are printed, so that printed sums close.

Rounded one by one, parts of a whole miss it by a last digit. Here the whole is rounded first; the
parts follow, and those nearest to the middle of two roundings make up the difference (largest
remainders). No figure is moved by more than one unit of its last digit; the other tables have the
exact ones.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rebound_sim.policies.instruments import INSTRUMENTS
from rebound_sim.report.table import ReportColumn, ReportTable
from rebound_sim.statistics.balanced import balanced
from rebound_sim.statistics.cell import Cell
from rebound_sim.statistics.definitions import BY_NAME
from rebound_sim.statistics.panels import NONE
from rebound_sim.statistics.programme.summary import Summary

#: Euros of the last digit printed in M€, and in k€.
MONEY_STEP, COST_STEP = 100_000.0, 100.0
ORIGINS = ("unemployed", "inactive", "job_to_job", "outsiders", "returned")
#: gross − deadweight + the others = additional
LINES = ("gross_jobs", "deadweight_jobs", "multiplier_jobs", "crowded_out_jobs", "other_cause_jobs")
_ANNOUNCED = "announced_jobs"


def closing_tables(comparison: Summary) -> tuple[ReportTable, ...]:
    """Money, job account, costs, hires and zones of each strategy at the end of the run."""
    end = comparison.panels.horizon
    return (
        _table("money_summary", _money(comparison.rows, end), _MONEY, "EUR"),
        _table("account_summary", _account(comparison, end), _ACCOUNT, "job"),
        _table("hires_summary", _hires(comparison.hires, end), _HIRES, "hire"),
        ReportTable(
            "costs_summary", ("arm", "detail"), _COSTS, list(_costs(comparison.costs, end))
        ),
        ReportTable("zones_summary", ("zone", "arm"), _ZONES, list(_zones(comparison))),
    )


_ARM = ("arm", "strategy, policy or plan")
_MONEY = (
    _ARM, ("envelope", "money of the programme"),
    ("committed", "committed to files and missions"), ("paid", "paid by the end of the run"),
    ("returned", "paid, then recovered"), ("net", "net spending = paid − recovered"),
    ("unspent", "envelope − net spending"),
)  # fmt: skip
_ACCOUNT = (
    _ARM, ("announced_jobs", "jobs announced by supported projects that are decided"),
    ("gross_jobs", "jobs opened by supported projects"),
    ("deadweight_jobs", "of those, jobs that would be there without the programme"),
    ("multiplier_jobs", "jobs that spending of households and orders of firms bring"),
    ("crowded_out_jobs", "jobs displaced by wages and unfilled posts (negative)"),
    ("other_cause_jobs", "other causes and chance"),
    ("additional_jobs", "gross − deadweight + multiplier + displaced + other causes"),
)  # fmt: skip
_HIRES = (
    _ARM,
    *((f"{origin}_hires", f"additional hires: {origin}") for origin in ORIGINS),
    ("total", "additional hires in all"),
)
_COSTS = (
    ReportColumn("arm", "", "strategy, policy or plan"),
    ReportColumn("detail", "", "total, or the part of an instrument"),
    ReportColumn("estimate", "EUR/job", "spent per additional job"),
    ReportColumn("low", "EUR/job", "lower bound of its 95 % interval"),
    ReportColumn("high", "EUR/job", "upper bound"),
)  # fmt: skip

#: The row of `zones_summary` that sums the others.
ALL_ZONES = "all"
_ZONES = (
    ReportColumn("zone", "", f"code, or `{ALL_ZONES}`"),
    ReportColumn("arm", "", "strategy, policy or plan"),
    ReportColumn("jobs_lost", "job", "jobs closed"),
    ReportColumn("allocated", "EUR", "allocated to the zone"),
    ReportColumn("net", "EUR", "net spending in the zone"),
    ReportColumn("additional_jobs", "job", "additional jobs"),
    ReportColumn("low", "job", "lower bound of its 95 % interval"),
    ReportColumn("high", "job", "upper bound"),
)  # fmt: skip


def _table(name: str, rows: Iterator[dict[str, Any]], columns: Any, unit: str) -> ReportTable:
    kinds = tuple(ReportColumn(c, "" if c == "arm" else unit, said) for c, said in columns)
    return ReportTable(name, ("arm",), kinds, list(rows))


def _money(rows: Sequence[Cell], end: int) -> Iterator[dict[str, Any]]:
    """The programme's own money: in programmes with an envelope."""
    found = _by_strategy((row.arm, row.outcome, row.estimate) for row in rows if row.month == end)
    for strategy, of in found.items():
        if "envelope" not in of or strategy == NONE:
            continue
        committed, paid, returned = (of[name] for name in ("committed", "paid", "returned"))
        net, unspent = balanced(
            [paid - returned, of["envelope"] - paid + returned], of["envelope"], MONEY_STEP
        )
        back = round(returned / MONEY_STEP) * MONEY_STEP
        yield {
            "arm": strategy,
            "envelope": net + unspent,
            "committed": max(round(committed / MONEY_STEP) * MONEY_STEP, net + back),
            "paid": net + back,
            "returned": back,
            "net": net,
            "unspent": unspent,
        }


def _account(comparison: Summary, end: int) -> Iterator[dict[str, Any]]:
    found = _by_strategy(
        (cell.arm, cell.outcome, cell.estimate)
        for cell in comparison.account
        if cell.month == end
        and (
            cell.outcome == _ANNOUNCED
            or (cell.outcome in LINES and cell.reference == BY_NAME[cell.outcome].reference)
        )
    )
    jobs = {
        r.arm: r.estimate
        for r in comparison.rows
        if r.outcome == "additional_jobs" and r.month == end
    }
    for strategy, of in found.items():
        if not set(LINES) <= set(of) or strategy not in jobs:
            continue
        signed = [-of[name] if name == "deadweight_jobs" else of[name] for name in LINES]
        closed = balanced(signed, jobs[strategy])
        told = dict(zip(LINES, closed, strict=True))
        told["deadweight_jobs"] *= -1.0
        announced = of.get(_ANNOUNCED, math.nan)
        yield {
            "arm": strategy,
            _ANNOUNCED: announced if math.isnan(announced) else float(round(announced)),
            **{name: value + 0.0 for name, value in told.items()},
            "additional_jobs": float(round(jobs[strategy])),
        }


def _hires(cells: Sequence[Cell], end: int) -> Iterator[dict[str, Any]]:
    found = _by_strategy(
        (cell.arm, cell.detail, cell.estimate)
        for cell in cells
        if cell.month == end and cell.outcome == "additional_hires" and cell.reference == NONE
    )
    for strategy, of in found.items():
        if not {*ORIGINS, "total"} <= set(of):
            continue
        parts = balanced([of[origin] for origin in ORIGINS], of["total"])
        named = {f"{origin}_hires": part for origin, part in zip(ORIGINS, parts, strict=True)}
        yield {"arm": strategy, **named, "total": float(round(of["total"]))}


def _costs(cells: Sequence[Cell], end: int) -> Iterator[dict[str, Any]]:
    """Euros per additional job, in all and by instrument."""
    kept = [
        cell for cell in cells if cell.month == end and cell.outcome == "cost_per_additional_job"
    ]
    found: dict[str, dict[str, Cell]] = {}
    for cell in kept:
        found.setdefault(cell.arm, {})[cell.detail] = cell
    for strategy, of in found.items():
        if "total" not in of:
            continue
        names = [name for name in of if name in INSTRUMENTS and INSTRUMENTS[name].public]
        total = of["total"].estimate
        parts = [of[name].estimate for name in names]
        known = sum(part for part in parts if not math.isnan(part))
        if not math.isnan(total) and abs(known - total) < COST_STEP * len(parts):
            parts = balanced(parts, total, COST_STEP)
        for name, value in (("total", total), *zip(names, parts, strict=True)):
            yield {
                "arm": strategy,
                "detail": name,
                "estimate": value,
                "low": of[name].low,
                "high": of[name].high,
            }


def _zones(comparison: Summary) -> Iterator[dict[str, Any]]:
    """Each zone, then all of them: money and jobs whose sums over zones close."""
    for strategy in comparison.panels.strategies:
        effects = [effect for effect in comparison.zones if effect.arm == strategy]
        columns = {
            "jobs_lost": ([float(effect.jobs_lost) for effect in effects], 1.0),
            "allocated": ([effect.allocated for effect in effects], MONEY_STEP),
            "net": ([effect.paid for effect in effects], MONEY_STEP),
            "additional_jobs": ([effect.jobs.value for effect in effects], 1.0),
        }
        closed = {
            name: balanced(parts, math.fsum(parts), step) for name, (parts, step) in columns.items()
        }
        for place, effect in enumerate(effects):
            yield {
                "zone": effect.zone,
                "arm": strategy,
                **{name: parts[place] + 0.0 for name, parts in closed.items()},
                "low": effect.jobs.low,
                "high": effect.jobs.high,
            }
        whole = next((rank for rank in comparison.ranks if rank.arm == strategy), None)
        yield {
            "zone": ALL_ZONES,
            "arm": strategy,
            **{name: math.fsum(parts) for name, parts in closed.items()},
            "low": whole.estimate.low if whole else math.nan,
            "high": whole.estimate.high if whole else math.nan,
        }


def _by_strategy(found: Iterator[tuple[str, str, float]]) -> Mapping[str, dict[str, float]]:
    of: dict[str, dict[str, float]] = {}
    for strategy, name, value in found:
        of.setdefault(strategy, {})[name] = value
    return of
