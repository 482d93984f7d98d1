"""Terminal tables of a programme. Imported by `rebound programme` only when it prints."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from rebound_sim.cli.basin_tables import new_table, percent, whole
from rebound_sim.data.exposure import CAR_SECTOR, supplier_weights
from rebound_sim.scenario import World, check_programme
from rebound_sim.scenario.definition import Closure
from rebound_sim.scenario.pick import RULE, Picked

WIDEST_NAME = 15


def print_picked(console: Console, picked: Sequence[Picked]) -> None:
    """The rule, the zones with what the rule sees of them, and the closure drawn in each."""
    for part in RULE:
        console.print(part)
    weights = ", ".join(
        f"{code} {weight:.3f}" for code, weight in supplier_weights().items() if code != CAR_SECTOR
    )
    console.print(f"Weight of a job: {CAR_SECTOR} 1, {weights}.\n")
    made = _zones_table(["Exposed", "% jobs", "Frag.", "TI %", "Score", "Site", "Jobs", "Month"])
    for each in picked:
        zone, site = each.zone, each.closure
        made.add_row(
            zone.code,
            zone.name,
            whole(zone.exposed_jobs),
            percent(zone.share),
            f"{zone.fragility:.0f}",
            percent(zone.ti_share, 0),
            f"{zone.score:.1f}",
            site.sector,
            _jobs(site),
            str(site.announcement_month),
        )
    console.print(made)
    active = sum(each.zone.active for each in picked)
    jobs = sum(each.closure.jobs for each in picked)
    console.print(
        f"{len(picked)} zones, {active:,} active residents, {jobs:,} jobs closed (drawn, not real "
        "sites; * insolvent). Exposed: weighted jobs. TI: residents in a Territoire d'industrie."
    )


def print_programme(console: Console, programme: World) -> None:
    """Money, calendar, zones and closures of a programme."""
    console.print(Text(programme.title, style="bold reverse"))
    if programme.description:
        console.print(programme.description)
    console.print()
    console.print(_levers(programme))
    console.print()
    made = _zones_table(["Active", "Unemp.%", "Frag.", "Site", "Jobs", "Announced", "Layoffs"])
    active = jobs = 0
    for entry, zone in zip(programme.zone, check_programme(programme), strict=True):
        residents = zone.employed_residents + zone.unemployed_ilo
        active += residents
        first = [
            entry.code,
            "synthetic" if entry.synthetic is not None else zone.name,
            whole(residents),
            f"{zone.unemployment_rate_percent:.1f}",
            f"{zone.fragility:.0f}",
        ]
        for site in entry.closure:
            jobs += site.jobs
            layoffs = "+".join(str(tranche.month) for tranche in site.tranches)
            made.add_row(*first, site.sector, _jobs(site), str(site.announcement_month), layoffs)
            first = [""] * len(first)
        if not entry.closure:
            made.add_row(*first, "control", "", "", "")
    console.print(made)
    sites = sum(len(entry.closure) for entry in programme.zone)
    console.print(
        f"{len(programme.zone)} zones, {active:,} active residents, {sites} closures, {jobs:,} "
        "jobs (* insolvent group). Announced: month; layoffs: months after it."
    )


def _levers(programme: World) -> Table:
    table, time = programme.national(), programme.time
    opens = table.start_month + table.grants_delay_months
    days = table.engineering_eur // table.daily_cost_eur
    rows = (
        ("Envelope", f"{table.envelope_eur:,} EUR"),
        (
            "  engineering",
            f"{table.engineering_eur:,} EUR, {days:,} person-days at {table.daily_cost_eur:,} EUR",
        ),
        ("  grants", f"{table.grants_eur:,} EUR, at most {table.zone_ceiling_eur:,} a zone"),
        ("Engineering from month", f"{table.start_month}"),
        ("Grants in months", f"{opens} to {opens + table.window_months - 1}"),
        ("  allocated every", _months(table.allocation_months)),
        ("  committee every", _months(table.committee_months)),
        ("  files ranked by", table.selection),
        ("Consultants", f"{table.consultant_days_month:,} person-days a month, all zones"),
        ("Appraisal", f"{table.appraisal_capacity:,} files a month, all zones"),
        ("Region adds", f"{percent(table.cofinancing_share, 0)} % of each grant"),
        ("Zones that touch", "share an outside market" if table.coupling else "are independent"),
        ("Months", f"{time.burn_in_months} to settle, {time.months} simulated"),
        ("Strategies", ", ".join(table.strategies)),
    )
    made = new_table("Money and calendar", ("", ""), 2)
    for row in rows:
        made.add_row(*row)
    return made


def _zones_table(figures: Sequence[str]) -> Table:
    made = new_table("", ["Code", "Zone", *figures], 2)
    made.columns[1].max_width = WIDEST_NAME
    for column in made.columns[:2]:
        column.no_wrap = True
    return made


def _months(count: int) -> str:
    return "month" if count == 1 else f"{count} months"


def _jobs(site: Closure) -> str:
    return f"{site.jobs:,}{'*' if site.group == 'insolvent' else ''}"
