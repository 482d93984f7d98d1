"""`rebound basins`: list, show and compare employment zones."""

from __future__ import annotations

from typing import Any

import click

from rebound_sim.cli.options import json_option
from rebound_sim.json_text import json_text

SORT_KEYS = {
    "fragility": "fragility_rank",
    "unemployment": "unemployment_rate_percent",
    "jobs": "salaried_jobs",
    "industry": "industry_share",
    "population": "population",
    "code": "code",
    "name": "name",
}
ASCENDING = frozenset({"fragility", "code", "name"})


def print_json(record: Any) -> None:
    """One JSON object on standard output."""
    click.echo(json_text(record, 2))


def tell_place(zone: str) -> None:
    """Say on standard error which zone a municipality or an authority lies in."""
    from rebound_sim.data.directory import find_place, zone_names

    found = find_place(zone.partition("@")[0])
    if found.how:
        click.echo(f"{found.how}, in zone {found.code} {zone_names()[found.code]}", err=True)


@click.group()
def basins() -> None:
    """Employment zones (zones d'emploi 2020): list, profile, comparison."""


@basins.command("list")
@click.option("--sort", type=click.Choice(sorted(SORT_KEYS)), default="code", show_default=True)
@click.option("--limit", type=click.IntRange(min=1), help="Show the first N zones only.")
@click.option("--region", help="Keep the zones of one region (part of its name).")
@json_option
def list_command(sort: str, limit: int | None, region: str | None, as_json: bool) -> None:
    """List the zones that can be simulated (287, mainland France).

    Sorted by fragility, the most fragile come first; numbers otherwise from the largest.
    """
    from rebound_sim.data.basins import list_basins, overseas_zones
    from rebound_sim.data.words import folded

    zones = list(list_basins())
    if region:
        zones = [zone for zone in zones if folded(region) in folded(zone.region)]
    zones.sort(key=lambda zone: zone.code)
    zones.sort(key=lambda zone: getattr(zone, SORT_KEYS[sort]), reverse=sort not in ASCENDING)
    shown = zones[:limit]
    if as_json:
        records = [{name: getattr(zone, name) for name in zone.__slots__} for zone in shown]
        overseas = [{"code": code, "name": name} for code, name in overseas_zones()]
        print_json({"zones": records, "not_simulable": overseas})
        return
    from rich.console import Console

    from rebound_sim.cli.basin_tables import zones_table

    console = Console(highlight=False)
    console.print(zones_table(shown, console.width))
    console.print(
        f"{len(shown)} of {len(zones)} zones; industry in % of salaried jobs (end 2024), "
        "unemployment 2022, rank 1 is the most fragile."
    )
    console.print(
        f"{len(overseas_zones())} overseas zones are not listed: they lack the qualification, age, "
        "size-class and migration figures that a simulation needs."
    )


@basins.command("sectors")
@click.argument("zone", metavar="CODE", required=False)
@json_option
def sectors_command(zone: str | None, as_json: bool) -> None:
    """List the 38 sectors with their labels, and their salaried jobs in a zone."""
    from rebound_sim.data.basins import load_basin
    from rebound_sim.data.sectors import SECTORS

    jobs = None if zone is None else load_basin(zone).salaried_jobs.tolist()
    if as_json:
        rows = [
            {
                "code": one.code,
                "french": one.french,
                "english": one.english,
                "section": one.section,
                **({} if jobs is None else {"jobs": jobs[row]}),
            }
            for row, one in enumerate(SECTORS)
        ]
        print_json({"sectors": rows})
        return
    for row, one in enumerate(SECTORS):
        count = "" if jobs is None else f"{jobs[row]:>9,}  "
        click.echo(f"{one.code}  {count}{one.english} / {one.french}")


@basins.command("conditions")
@click.argument("zone", metavar="ZONE@DATE")
@click.option("--years", type=click.IntRange(1, 20), default=5, show_default=True, help="After it.")
@json_option
def conditions_command(zone: str, years: int, as_json: bool) -> None:
    """Print the conditions around a zone from a past quarter, for a world file: 3202@2013-T1."""
    from rebound_sim.scenario.new_world import conditions_of

    tell_place(zone)
    found = conditions_of(zone, years)
    if as_json:
        print_json({"conditions": found})
        return
    click.echo(
        f"# The nation around it, one figure a year from {zone.partition('@')[2]}: its rate of\n"
        "# unemployment, and the employment that it allows relative to the date.\n[conditions]"
    )
    for name, values in found.items():
        click.echo(f"{name} = [{', '.join(map(str, values))}]")


@basins.command("show")
@click.argument("zone", metavar="CODE")
@click.option("--all-sectors", is_flag=True, help="All sectors, in the order of the nomenclature.")
@json_option
def show_command(zone: str, all_sectors: bool, as_json: bool) -> None:
    """Print the profile of a zone, given by CODE or name, or by a municipality or authority."""
    from rebound_sim.data.basins import load_basin

    tell_place(zone)
    figures = load_basin(zone)
    if as_json:
        from rebound_sim.data.profile import basin_record

        print_json(basin_record(figures))
        return
    from rich.console import Console

    from rebound_sim.cli.basin_tables import print_profile

    print_profile(Console(highlight=False), figures, all_sectors)


@basins.command("compare")
@click.argument("first", metavar="CODE")
@click.argument("second", metavar="CODE")
@json_option
def compare_command(first: str, second: str, as_json: bool) -> None:
    """Compare two zones, given by CODE or by name."""
    from rebound_sim.data.basins import load_basin

    zones = [load_basin(first), load_basin(second)]
    if as_json:
        from rebound_sim.data.profile import basin_record, specialisation_distance

        print_json(
            {
                "zones": [basin_record(zone) for zone in zones],
                "sector_distance": round(specialisation_distance(*zones), 5),
            }
        )
        return
    from rich.console import Console

    from rebound_sim.cli.basin_tables import print_comparison

    print_comparison(Console(highlight=False), zones)
