"""A world written as a commented file: for `rebound new`, and for worlds made in Python."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from rebound_sim.data.basins import load_basin
from rebound_sim.data.dated import FIRST_YEAR, LAST_YEAR, year_of
from rebound_sim.data.directory import find_place
from rebound_sim.data.history import national_rates
from rebound_sim.data.sectors import SECTOR_INDEX, SECTORS, sector_called
from rebound_sim.errors import InputError
from rebound_sim.reading.toml_text import toml_lines
from rebound_sim.scenario.nation import national_demand
from rebound_sim.scenario.programme import World

_WIDTH: Final = 100
_COMMENTS: Final = {
    "burn_in_months": "the zones settle before anything happens",
    "months": "simulated; month 0 is the first that may see an announcement",
    "announcement_month": "of the simulation",
    "tranches": "layoffs: months after the announcement, shares of the staff",
    "group_employees": "the law asks more of groups of 1,000 and over",
    "takeover_probability": "that a buyer takes the site over",
    "envelope_eur": "over all zones and instruments",
    "start_month": "first month of the programme",
    "policies": "compared with doing nothing",
    "strategies": "compared by `rebound compare`; `rebound strategies` lists them",
}


def zone_world(
    zone: str,
    jobs: int,
    sector: str,
    *,
    month: int = 0,
    insolvent: bool = False,
    policies: Sequence[str] = ("rebond",),
    months: int = 120,
    title: str = "",
) -> dict[str, Any]:
    """Values of a world of one zone that loses a site. Raises InputError for zone or sector."""
    place, at, quarter = zone.partition("@")
    code = find_place(place).code + at + quarter
    figures, found = load_basin(code), sector_called(sector)
    label = SECTORS[SECTOR_INDEX[found]].english
    return {
        "title": title or f"{figures.name}, {jobs:,} jobs in {label.lower()}",
        "policies": list(policies),
        "time": {"burn_in_months": 24, "months": months},
        "zone": [{"code": code, "closure": [_site(found, jobs, month, insolvent=insolvent)]}],
    }


def programme_world(
    rows: Sequence[Mapping[str, Any]],
    envelope_eur: int,
    *,
    months: int = 84,
    title: str = "",
    strategies: Sequence[str] = ("equal", "per_job_lost", "merit"),
) -> dict[str, Any]:
    """Values of a programme over zones. rows : as `read_zones` gives them"""
    zones: dict[str, dict[str, Any]] = {}
    for row in rows:
        entry = zones.setdefault(row["zone"], {"code": row["zone"], "closure": []})
        if row["jobs"]:
            site = _site(row["sector"], row["jobs"], row["month"], insolvent=row["insolvent"])
            entry["closure"].append(site)
    for entry in zones.values():
        if not entry["closure"]:
            del entry["closure"]  # a control
    millions = f"{envelope_eur / 1e6:g} million euros"
    return {
        "title": title or f"{len(zones)} zones, {millions}",
        "programme": {
            "envelope_eur": envelope_eur,
            "start_month": 3,
            "strategies": list(strategies),
        },
        "time": {"burn_in_months": 24, "months": months},
        "zone": list(zones.values()),
    }


def _site(sector: str, jobs: int, month: int, *, insolvent: bool) -> dict[str, Any]:
    return {
        "sector": sector,
        "jobs": jobs,
        "announcement_month": month,
        # As in documented cases: a year with a solvent group, weeks to months without.
        "tranches": [{"month": 3 if insolvent else 12, "share": 1.0}],
        "group": "insolvent" if insolvent else "solvent",
        "group_employees": jobs if insolvent else max(jobs, 1000),
        "takeover_probability": 0.0,
    }


def conditions_of(zone: str, years: int) -> dict[str, Any]:
    """Conditions of a zone at a past quarter: the nation's unemployment, and the demand behind it.

    One figure a year from the date. Raises InputError without a date, or beyond the series.
    """
    place, _, quarter = zone.partition("@")
    find_place(place)
    if not quarter:
        raise InputError(
            "no date",
            key="zone",
            value=zone,
            allowed=f"ZONE@DATE, such as {place}@2013-T1, from {FIRST_YEAR}-T1 to {LAST_YEAR}-T4",
        )
    year_of(quarter)
    rates = national_rates(quarter, years)
    return {
        "external_demand": list(national_demand(quarter, years)),
        "external_unemployment": [round(rate, 2) for rate in rates],
    }


def world_text(world: World | Mapping[str, Any], head: Sequence[str] = ()) -> str:
    """A world as a commented TOML file. head : lines of comment above it"""
    values = (
        world if isinstance(world, Mapping) else world.model_dump(mode="json", exclude_unset=True)
    )
    lines = [f"# {line}".rstrip() for line in head]
    if head:
        lines.append("")
    order = ("title", "description", "policies", "programme", "time", "zone")
    known = {name: values[name] for name in order if name in values}
    rest = {name: value for name, value in values.items() if name not in known}
    lines += toml_lines({**known, **rest}, note=_note)
    return "\n".join(lines).strip() + "\n"


def _note(name: str, value: Any, path: str) -> str:
    if path == "zone" and name == "code" and re.fullmatch(r"\d{4}(@.*)?", str(value)):
        return load_basin(str(value)).name
    if name == "sector" and value in SECTOR_INDEX:
        return SECTORS[SECTOR_INDEX[value]].english
    return _COMMENTS.get(name, "")
