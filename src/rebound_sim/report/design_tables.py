"""Tables of what was simulated: facts of the design, base policy, what each arm does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from rebound_sim.experiment.manifest import Manifest
from rebound_sim.parameters import PARAMETERS
from rebound_sim.policies.definition import Base
from rebound_sim.policies.instruments import INSTRUMENTS, Settings
from rebound_sim.policies.plan import EVERY_ZONE
from rebound_sim.policies.programme_table import ProgrammeTable
from rebound_sim.report.table import ReportColumn, ReportTable
from rebound_sim.scenario import World
from rebound_sim.statistics.intervals import CONFIDENCE
from rebound_sim.statistics.panels import NONE
from rebound_sim.statistics.programme.sharing import sharing
from rebound_sim.statistics.programme.summary import RANKED, Summary

EVIDENCE = ("assumed", "calibrated", "measured")
CSP = "csp"
_THRESHOLD = "closure.group_threshold"
_Fact = tuple[str, float, str]


def design_table(comparison: Summary, manifest: Manifest, world: World) -> ReportTable:
    """One row a fact of the comparison's design; of the programme's money, where there is one."""
    panels = comparison.panels
    saved = sharing(panels)
    pairs = [p for p in comparison.pairs[RANKED] if NONE not in (p.arm, p.other)]
    none_pairs = [p for p in comparison.pairs[RANKED] if p.other == NONE]
    factors = [p.pairing.factor for p in none_pairs if np.isfinite(p.pairing.factor)]
    facts: list[_Fact] = [
        ("strategies", len(panels.strategies), "1"),
        ("zones", len(panels.zones), "1"),
        ("zones_closing", len(panels.closing), "1"),
        ("closures", sum(len(entry.closure) for entry in world.zone), "1"),
        ("jobs_closed", sum(c.jobs for entry in world.zone for c in entry.closure), "job"),
        ("replications", panels.count, "1"),
        ("replications_run", int(panels.ended.size), "1"),
        ("replications_asked", manifest.requested_replications, "1"),
        ("tasks", manifest.tasks, "1"),
        ("tasks_done", manifest.done, "1"),
        ("seed", panels.seed, "1"),
        ("months", panels.horizon, "month"),
        ("years", panels.horizon / 12, "year"),
        ("burn_in_months", panels.burn_in, "month"),
        ("confidence", 100.0 * CONFIDENCE, "%"),
        *_of_programme(world.programme),
        ("base_known", float(manifest.world.get("base") is not None), "1"),
        *_of_base(world),
        ("pairs", len(pairs) // 2, "1"),
        ("pairs_established", sum(p.established for p in pairs), "1"),
        ("pairing_median", float(np.median(factors)) if factors else float("nan"), "1"),
        ("pairing_least", min(factors, default=float("nan")), "1"),
        ("sharing_saved", saved.saved_percent, "%"),
        ("parameters", len(PARAMETERS), "1"),
        *(
            (f"parameters_{kind}", sum(p.evidence == kind for p in PARAMETERS.values()), "1")
            for kind in EVIDENCE
        ),
    ]
    columns = (
        ReportColumn("item", "", "fact of the design"),
        ReportColumn("value", "as unit", "its value"),
        ReportColumn("unit", "", "unit of the value"),
    )
    rows = [{"item": item, "value": value, "unit": unit} for item, value, unit in facts]
    return ReportTable("design", ("item",), columns, rows)


def _of_programme(money: ProgrammeTable | None) -> list[_Fact]:
    """Facts that a world without a programme does not have."""
    if money is None:
        return []
    return [
        ("envelope_eur", money.envelope_eur, "EUR"),
        ("engineering_eur", money.engineering_eur, "EUR"),
        ("grants_eur", money.grants_eur, "EUR"),
        ("daily_cost_eur", money.daily_cost_eur, "EUR"),
        ("start_month", money.start_month, "month"),
        ("grants_month", money.start_month + money.grants_delay_months, "month"),
        ("window_months", money.window_months, "month"),
        ("committee_months", money.committee_months, "month"),
        ("allocation_months", money.allocation_months, "month"),
        ("zone_ceiling_eur", money.zone_ceiling_eur, "EUR"),
        ("mission_days_most", money.mission_days_most, "person-day"),
        ("consultant_days_month", money.consultant_days_month, "person-day"),
        ("appraisal_capacity", money.appraisal_capacity, "file/month"),
    ]


def _of_base(world: World) -> list[_Fact]:
    """What law and ordinary institutions do in every arm; a zone may have its own base policy."""
    threshold = world.parameters.get(_THRESHOLD, PARAMETERS[_THRESHOLD].value)
    due, wages, csp = 0, 0.0, True
    for entry in world.zone:
        base = entry.base or world.base
        csp = csp and base.csp
        agreement = base.revitalisation
        if agreement is None or not agreement.enabled:
            continue
        wages = max(wages, agreement.minimum_wages_per_job)
        due += sum(c.group == "solvent" and c.group_employees >= threshold for c in entry.closure)
    return [
        ("base_csp", float(csp), "1"),
        ("base_agreements", due, "1"),
        ("base_agreement_wages", wages, "1"),
        ("base_group_threshold", threshold, "person"),
    ]


def base_table(world: World) -> ReportTable:
    """Base policy: what law and ordinary institutions do in every arm, an instrument a row."""
    rows = [
        {"zone": zone, "instrument": name, "on": "yes" if on else "no", "settings": settings}
        for zone, base in [("", world.base), *((e.code, e.base) for e in world.zone if e.base)]
        for name, on, settings in _parts(base)
    ]
    columns = (
        ReportColumn("zone", "", "code of the zone; empty: all zones that do not have their own"),
        ReportColumn(
            "instrument", "", "name of the instrument, or csp (contract for the dismissed)"
        ),
        ReportColumn("on", "", "yes or no"),
        ReportColumn("settings", "", "what is set otherwise than by default"),
    )
    return ReportTable("base", ("zone", "instrument"), columns, rows)


def _parts(base: Base) -> Iterator[tuple[str, bool, str]]:
    for name in INSTRUMENTS:
        settings: Settings | None = getattr(base, name)
        if settings is not None:
            yield name, settings.enabled, _told(settings.model_dump(exclude_defaults=True))
        elif getattr(Base(), name) is not None:
            yield name, False, ""
    yield CSP, base.csp, ""


def arms_table(comparison: Summary, manifest: Manifest) -> ReportTable:
    """What each compared arm does: an instrument of a policy or of a plan's zone a row."""
    rows: list[dict[str, Any]] = []
    for arm in comparison.panels.strategies:
        known = manifest.actions.get(arm, {})
        first = {"arm": arm, "kind": known.get("kind", ""), "title": manifest.titles.get(arm, "")}
        parts = list(_actions(known)) or [("", "", "")]
        rows += [
            first | {"zone": zone, "instrument": name, "settings": settings}
            for zone, name, settings in parts
        ]
    columns = (
        ReportColumn("arm", "", "arm of the comparison"),
        ReportColumn("kind", "", "policy, strategy or plan; empty in results of earlier versions"),
        ReportColumn("title", "", "words of its author"),
        ReportColumn("zone", "", "code of the zone; empty: every zone that has a closure"),
        ReportColumn("instrument", "", "what is given; empty where a strategy decides as it goes"),
        ReportColumn("settings", "", "as its author set them"),
    )
    return ReportTable("arms", ("arm", "zone", "instrument", "settings"), columns, rows)


def _actions(known: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name, settings in known.get("sections", {}).items():
        yield "", name, _told(settings)
    for line in known.get("lines", ()):
        rest = {k: v for k, v in line.items() if k not in ("zone", "instrument") and v is not None}
        zone = "" if line["zone"] == EVERY_ZONE else line["zone"]
        yield zone, line["instrument"], _told(rest)


def _told(settings: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in settings.items())
