"""Zones, parameters and provenance of what was simulated, as tables."""

from __future__ import annotations

from rebound_sim.data.sectors import SECTORS
from rebound_sim.experiment.manifest import Manifest
from rebound_sim.parameters import PARAMETERS
from rebound_sim.reading.source import Source
from rebound_sim.report.design_tables import EVIDENCE
from rebound_sim.report.table import ReportTable, columns_of
from rebound_sim.scenario.load import figures_of
from rebound_sim.scenario.programme import World
from rebound_sim.statistics.programme.summary import Summary


def basins(comparison: Summary, world: World) -> ReportTable:
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
    columns = columns_of(
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
    return ReportTable("basins", ("zone",), columns, rows)


def basins_total(of: ReportTable) -> ReportTable:
    """All zones together."""
    total = sum(row["active"] for row in of.rows)
    columns = columns_of(
        ("zones", "", "which zones"),
        ("active", "person", "employed residents (census) and unemployed (ILO)"),
    )
    return ReportTable("basins_total", ("zones",), columns, [{"zones": "all", "active": total}])


def parameters(world: World) -> ReportTable:
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
    columns = columns_of(
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
    return ReportTable("parameters", ("parameter",), columns, rows)


def provenance(manifest: Manifest) -> ReportTable:
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
    columns = columns_of(("item", "", "what"), ("value", "", "text"))
    rows = [{"item": item, "value": value} for item, value in facts.items()]
    return ReportTable("provenance", ("item",), columns, rows)
