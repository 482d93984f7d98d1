"""The statistics tables of a comparison, as the report cites them and as `rebound tables` gives
them: those of the results folder, and those that gather what a reader looks up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rebound_sim.data.sectors import SECTORS
from rebound_sim.experiment.manifest import Manifest
from rebound_sim.parameters import PARAMETERS
from rebound_sim.reading.source import Source
from rebound_sim.report.design_tables import EVIDENCE, arms_table, base_table, design_table
from rebound_sim.report.table import Book, Column, Table
from rebound_sim.scenario import World
from rebound_sim.scenario.load import figures_of
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
from rebound_sim.statistics.programme.summary import RANKED, Comparison

_KEYS: Mapping[str, tuple[str, ...]] = {
    "comparison": ("outcome", "month", "strategy", "reference"),
    "pairwise": ("outcome", "strategy", "other"),
    "standings": ("strategy",),
    "zones": ("zone", "strategy"),
    "ledger_summary": ("strategy", "instrument", "month"),
    **dict.fromkeys(CELL_TABLES, ("outcome", "detail", "zone", "month", "strategy", "reference")),
}
_BOUNDS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "zones": {"missing_jobs": ("missing_low", "missing_high")},
    "ranking": {
        name: (f"{name}_low", f"{name}_high")
        for name in ("additional_jobs", "public_cost", "cost_per_additional_job")
    },
}
Rows = Sequence[Mapping[str, Any]]


def book_of(comparison: Comparison, manifest: Manifest) -> Book:
    """All tables of a comparison that has something to compare."""
    world = World.model_validate(manifest.world)
    tables = (
        design_table(comparison, world),
        base_table(world),
        arms_table(comparison, manifest),
        _ranking(comparison),
        _stored("comparison", [asdict(row) for row in comparison.rows]),
        _stored("pairwise", list(pair_rows(comparison))),
        _stored("standings", list(standing_rows(comparison))),
        _stored("zones", list(zone_rows(comparison))),
        (basins := _basins(comparison, world)),
        _basins_total(basins),
        _zones_readings(comparison),
        _stored("ledger_summary", list(ledger_summary(comparison))),
        *(_stored(name, [asdict(cell) for cell in getattr(comparison, source)])
          for name, source in CELL_TABLES.items()),
        _parameters(world),
        _provenance(manifest),
    )  # fmt: skip
    return Book({table.name: table for table in tables})


def _stored(name: str, rows: Rows) -> Table:
    columns = tuple(Column(c, unit, meaning) for c, (_, unit, meaning) in TABLES[name].items())
    return Table(name, _KEYS[name], columns, rows, _BOUNDS.get(name, {}))


def _columns(*columns: tuple[str, str, str]) -> tuple[Column, ...]:
    return tuple(Column(*words) for words in columns)


def _ranking(comparison: Comparison) -> Table:
    """One row a strategy, none included: ranks that it may have, jobs, money, cost."""
    chances = {p.strategy: p.probability for p in comparison.pairs[RANKED] if p.other == NONE}
    wins = _firsts(comparison)
    rows = []
    for place, rank in enumerate(comparison.ranks, start=1):
        name, jobs = rank.strategy, rank.estimate
        row: dict[str, Any] = {
            "strategy": name,
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
    columns = _columns(
        ("strategy", "", "strategy"),
        ("place", "1", "place in the order of the estimates, which the ranks may not support"),
        ("rank_first", "1", "best rank that it may have, all pairs considered together, 95 %"),
        ("rank_last", "1", "worst rank that it may have"),
        *((f"additional_jobs{s}", "job", bounds.get(s, "additional jobs at the end of the run"))
          for s in ("", "_low", "_high")),
        ("beats_none", "probability", "that its mean is above that of no programme"),
        ("replications_first", "1", "replications where it has most jobs, ties shared"),
        ("reading", "", "what its difference from no programme allows to say"),
        *((f"public_cost{s}", "EUR", bounds.get(s, "public money spent, strategy − none"))
          for s in ("", "_low", "_high")),
        *((f"cost_per_additional_job{s}", "EUR/job", bounds.get(s, "spent per additional job"))
          for s in ("", "_low", "_high")),
    )  # fmt: skip
    return Table("ranking", ("strategy",), columns, rows, _BOUNDS["ranking"])


def _firsts(comparison: Comparison) -> dict[str, float]:
    """Strategy -> replications where it has most additional jobs; equal ones share."""
    values = comparison.outcomes.at_end(RANKED)
    best = values == values.max(axis=0)
    return dict(zip(comparison.panels.compared, (best / best.sum(axis=0)).sum(axis=1).tolist(),
                    strict=True))  # fmt: skip


def _basins(comparison: Comparison, world: World) -> Table:
    """One row a zone: what it is before the closure, and its closures."""
    french = {sector.code: sector for sector in SECTORS}
    rows, source = [], Source("manifest.json", {})
    for entry in world.zone:
        sites, figures = entry.closure, figures_of(entry.basin, source, "zone")
        rows.append(
            {
                "zone": entry.code,
                "name": comparison.panels.zone_name(entry.code),
                "active": figures.employed_residents + figures.unemployed_ilo,
                "unemployment_rate": figures.unemployment_rate_percent,
                "fragility": figures.fragility,
                "sector": ", ".join(dict.fromkeys(s.sector for s in sites if s.sector in french)),
                "jobs_closed": sum(site.jobs for site in sites),
                "announcement_month": min((s.announcement_month for s in sites), default=""),
                "layoff_month": min((s.first_layoff_month for s in sites), default=""),
            }
        )
    columns = _columns(
        ("zone", "", "code of the employment zone"),
        ("name", "", "name of the zone"),
        ("active", "person", "employed residents (census) and unemployed (ILO)"),
        ("unemployment_rate", "%", "localised unemployment rate at the start"),
        ("fragility", "index", "fragility index, 0 to 100: mean of eight percentile ranks"),
        ("sector", "", "A38 sector of the sites that close"),
        ("jobs_closed", "job", "jobs of the sites that close; 0: control zone"),
        ("announcement_month", "month", "month of the first announcement"),
        ("layoff_month", "month", "month of the first layoffs"),
    )
    return Table("basins", ("zone",), columns, rows)


def _basins_total(basins: Table) -> Table:
    """All zones together."""
    total = sum(row["active"] for row in basins.rows)
    columns = _columns(
        ("zones", "", "which zones"),
        ("active", "person", "employed residents (census) and unemployed (ILO)"),
    )
    return Table("basins_total", ("zones",), columns, [{"zones": "all", "active": total}])


def _zones_readings(comparison: Comparison) -> Table:
    """How many zones each reading holds for, one zone at a time."""
    rows = [
        {
            "strategy": name,
            "reading": one.value,
            "zones": sum(
                effect.strategy == name and verdict(effect.jobs.low, effect.jobs.high) is one
                for effect in comparison.zones
            ),
        }
        for name in comparison.panels.strategies
        for one in Verdict
    ]
    columns = _columns(
        ("strategy", "", "strategy"),
        ("reading", "", "what the interval of a zone allows to say of its additional jobs"),
        ("zones", "zone", "zones of which this can be said, one at a time"),
    )
    return Table("zones_readings", ("strategy", "reading"), columns, rows)


def _parameters(world: World) -> Table:
    """Parameters at the values of the run, assumptions first."""
    changed = dict(world.parameters)
    rows = [
        {
            "parameter": name,
            "value": changed.get(name, p.value),
            "default": p.value,
            "unit": p.unit,
            "low": p.low,
            "high": p.high,
            "prior": p.prior,
            "evidence": p.evidence,
            "meaning": p.meaning,
            "reference": p.reference,
        }
        for kind in EVIDENCE
        for name, p in PARAMETERS.items()
        if p.evidence == kind
    ]
    columns = _columns(
        ("parameter", "", "name, as typed after --set"),
        ("value", "as unit", "value in this run"),
        ("default", "as unit", "value without --set"),
        ("unit", "", "unit"),
        ("low", "as unit", "lower end of the admissible range"),
        ("high", "as unit", "upper end"),
        ("prior", "", "shape of its uncertainty"),
        ("evidence", "", "assumed, calibrated or measured"),
        ("meaning", "", "what it is"),
        ("reference", "", "source, or why the value is assumed"),
    )
    return Table("parameters", ("parameter",), columns, rows)


def _provenance(manifest: Manifest) -> Table:
    """Who made the results: command, versions, seed, digests, date."""
    identity = manifest.identity
    facts = {
        "command": " ".join(manifest.command),
        "title": str(manifest.world.get("title", "")),
        "version": manifest.version,
        "seed": str(identity.seed),
        "source_digest": identity.provenance.get("sources", ""),
        "tables_digest": identity.provenance.get("tables", ""),
        "platform": identity.provenance.get("platform", ""),
        "libm": identity.provenance.get("libm", ""),
        "scenario_digest": identity.world_digest,
        "parameters_digest": identity.parameters_digest,
        "results_digest": manifest.results_digest,
        "commit": manifest.git_commit or "",
        "written_utc": manifest.written_utc,
        "until": manifest.until,
        "duration_seconds": f"{manifest.duration_seconds:g}",
        **{f"strategy {name}": digest for name, digest in identity.arm_digests.items()},
        **{f"version of {name}": number for name, number in manifest.versions.items()},
    }
    columns = _columns(("item", "", "what"), ("value", "", "text"))
    rows = [{"item": item, "value": value} for item, value in facts.items()]
    return Table("provenance", ("item",), columns, rows)
