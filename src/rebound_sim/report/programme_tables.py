"""The statistics tables of a comparison, as the report cites them and as `rebound tables` gives
them: those of the results folder, those whose printed sums close, and
those of what was simulated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rebound_sim.experiment.manifest import Manifest
from rebound_sim.report import world_tables
from rebound_sim.report.closing_sums import closing_tables
from rebound_sim.report.design_tables import arms_table, base_table, design_table
from rebound_sim.report.table import Book, ReportColumn, ReportTable, columns_of
from rebound_sim.scenario.programme import World
from rebound_sim.statistics.intervals import Verdict, verdict
from rebound_sim.statistics.panels import NONE
from rebound_sim.statistics.programme.comparison import find
from rebound_sim.statistics.programme.files import (
    CELL_TABLES,
    TABLES,
    ledger_summary,
    pair_rows,
    standing_rows,
    zone_rows,
)
from rebound_sim.statistics.programme.summary import RANKED, Summary

_KEYS: Mapping[str, tuple[str, ...]] = {
    "pairwise": ("outcome", "arm", "other"),
    "standings": ("arm",),
    "zones": ("zone", "arm"),
    "ledger_summary": ("arm", "instrument", "month"),
    **dict.fromkeys(CELL_TABLES, ("outcome", "detail", "zone", "month", "arm", "reference")),
    "comparison": ("outcome", "month", "arm", "reference"),
}
_BOUNDS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "zones": {"missing_jobs": ("missing_low", "missing_high")},
    "ranking": {
        name: (f"{name}_low", f"{name}_high")
        for name in ("additional_jobs", "public_cost", "cost_per_additional_job")
    },
}
Rows = Sequence[Mapping[str, Any]]
#: Of the people laid off.
IN_WORK = "displaced_in_work"


def book_of(comparison: Summary, manifest: Manifest) -> Book:
    """All tables of a comparison that has something to compare."""
    world = World.model_validate(manifest.world)
    tables = (
        design_table(comparison, manifest, world),
        base_table(world),
        arms_table(comparison, manifest),
        _ranking(comparison),
        _stored("pairwise", list(pair_rows(comparison))),
        _stored("standings", list(standing_rows(comparison))),
        _stored("zones", list(zone_rows(comparison))),
        (basins := world_tables.basins(comparison, world)),
        world_tables.basins_total(basins),
        _zones_readings(comparison),
        _readings(comparison),
        _stored("ledger_summary", list(ledger_summary(comparison))),
        *(
            _stored(name, [cell.row() for cell in getattr(comparison, source)])
            for name, source in CELL_TABLES.items()
        ),
        *closing_tables(comparison),
        world_tables.parameters(world),
        world_tables.provenance(manifest),
    )
    return Book({table.name: table for table in tables})


def _stored(name: str, rows: Rows) -> ReportTable:
    columns = tuple(
        ReportColumn(c, unit, meaning) for c, (_, unit, meaning) in TABLES[name].items()
    )
    return ReportTable(name, _KEYS[name], columns, rows, _BOUNDS.get(name, {}))


def _ranking(comparison: Summary) -> ReportTable:
    """One row a strategy, none included: ranks that it may have, jobs, money, cost."""
    chances = {p.arm: p.probability for p in comparison.pairs[RANKED] if p.other == NONE}
    wins = _firsts(comparison)
    rows = []
    for place, rank in enumerate(comparison.ranks, start=1):
        name, jobs = rank.arm, rank.estimate
        row: dict[str, Any] = {
            "arm": name,
            "place": place,
            "rank_first": rank.first,
            "rank_last": rank.last,
            "additional_jobs": jobs.value,
            "additional_jobs_low": jobs.low,
            "additional_jobs_high": jobs.high,
            "beats_none": chances.get(name, float("nan")),
            "replications_first": wins[name],
            "reading": "",
        }
        for outcome in ("public_cost", "cost_per_additional_job"):
            found = None if name == NONE else find(comparison.rows, outcome, name)
            for suffix, part in (("", "estimate"), ("_low", "low"), ("_high", "high")):
                row[f"{outcome}{suffix}"] = getattr(found, part) if found else float("nan")
        if name != NONE:
            row["reading"] = find(comparison.rows, RANKED, name).reading
        rows.append(row)
    bounds = {"_low": "lower bound of its 95 % interval", "_high": "upper bound"}
    columns = columns_of(
        ("arm", "", "strategy, policy or plan"),
        ("place", "1", "place in the order of the estimates, which the ranks may not support"),
        ("rank_first", "1", "best rank that it may have, all pairs considered together, 95 %"),
        ("rank_last", "1", "worst rank that it may have"),
        *(
            (f"additional_jobs{s}", "job", bounds.get(s, "additional jobs at the end of the run"))
            for s in ("", "_low", "_high")
        ),
        ("beats_none", "probability", "that its mean is above that of no programme"),
        ("replications_first", "1", "replications where it has most jobs, ties shared"),
        ("reading", "", "what its difference from no programme allows to say"),
        *(
            (f"public_cost{s}", "EUR", bounds.get(s, "public money spent, strategy − none"))
            for s in ("", "_low", "_high")
        ),
        *(
            (f"cost_per_additional_job{s}", "EUR/job", bounds.get(s, "spent per additional job"))
            for s in ("", "_low", "_high")
        ),
    )
    return ReportTable("ranking", ("arm",), columns, rows, _BOUNDS["ranking"])


def _firsts(comparison: Summary) -> dict[str, float]:
    """Strategy -> replications where it has most additional jobs; equal ones share."""
    values = comparison.outcomes.at_end(RANKED)
    best = values == values.max(axis=0)
    return dict(
        zip(comparison.panels.compared, (best / best.sum(axis=0)).sum(axis=1).tolist(), strict=True)
    )


def _readings(comparison: Summary) -> ReportTable:
    """For each outcome at the end, of how many arms each reading holds, one arm at a time."""
    counts: dict[tuple[str, str], int] = {}
    for outcome, low, high in _differences(comparison):
        for one in Verdict:
            counts.setdefault((outcome, one.value), 0)
        counts[outcome, verdict(low, high).value] += 1
    rows = [
        {"outcome": outcome, "reading": reading, "arms": arms}
        for (outcome, reading), arms in counts.items()
    ]
    columns = columns_of(
        ("outcome", "", "outcome at the end of the run, against doing nothing"),
        ("reading", "", "what the interval of the difference allows to say"),
        ("arms", "1", "arms of which this can be said, one at a time"),
    )
    return ReportTable("readings", ("outcome", "reading"), columns, rows)


def _differences(comparison: Summary) -> Iterator[tuple[str, float, float]]:
    """Outcome and interval of each difference from doing nothing, at its last month."""
    for row in comparison.rows:
        if row.reference == NONE and row.month == comparison.panels.horizon:
            yield row.outcome, row.low, row.high
    cells = [c for c in comparison.displaced if c.outcome == IN_WORK and not (c.detail or c.zone)]
    last = max((cell.month for cell in cells), default=0)
    for cell in cells:
        if cell.reference == NONE and cell.month == last:
            yield cell.outcome, cell.low, cell.high


def _zones_readings(comparison: Summary) -> ReportTable:
    """How many zones each reading holds for, one zone at a time."""
    rows = [
        {
            "arm": name,
            "reading": one.value,
            "zones": sum(
                effect.arm == name and verdict(effect.jobs.low, effect.jobs.high) is one
                for effect in comparison.zones
            ),
        }
        for name in comparison.panels.strategies
        for one in Verdict
    ]
    columns = columns_of(
        ("arm", "", "strategy, policy or plan"),
        ("reading", "", "what the interval of a zone allows to say of its additional jobs"),
        ("zones", "zone", "zones of which this can be said, one at a time"),
    )
    return ReportTable("zones_readings", ("arm", "reading"), columns, rows)
