"""A table of zones and closures of a user, for `rebound new programme`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from rebound_sim.data.directory import find_place, zone_names
from rebound_sim.data.lookup import Place
from rebound_sim.data.sectors import sector_called
from rebound_sim.data.words import folded
from rebound_sim.errors import InputError, nearest
from rebound_sim.reading.numbers import whole_number
from rebound_sim.reading.table_rows import UserTable, read_user_table

_HEADS: Final = {
    "zone": ("zone", "code", "ze", "ze2020", "zone d emploi", "commune", "municipality", "name",
             "nom", "territoire", "territory", "epci"),
    "municipality": ("insee", "code insee", "code commune", "codgeo", "depcom"),
    "postcode": ("postcode", "code postal", "cp", "zip"),
    "sector": ("sector", "secteur", "a38", "naf"),
    "jobs": ("jobs", "emplois", "postes", "effectif", "effectifs"),
    "month": ("month", "mois", "announcement month"),
    "insolvent": ("insolvent", "insolvable", "group", "groupe"),
}  # fmt: skip
#: Columns that name the zone, the surest first.
_PLACES: Final = ("zone", "municipality", "postcode")
_YES: Final = ("yes", "oui", "true", "vrai", "1", "x", "insolvent", "insolvable")
_NO: Final = ("", "no", "non", "false", "faux", "0", "solvent", "solvable")


def read_zones(path: str | Path) -> tuple[list[dict[str, Any]], list[str]]:
    """Rows of a table of zones, and what its writer should know: lines of text.

    A row for each closure: zone, sector, jobs, month, insolvent; a zone alone is a control. CSV or
    .xlsx, in any usual encoding; titles in French or English. Raises InputError, located.
    """
    table = read_user_table(Path(path), "a table (CSV, .xlsx) with a row for each closure")
    columns, unused = _columns(table)
    rows = []
    notes = [f"Columns not used: {', '.join(unused)}"] if unused else []
    for number, cells in table.rows:
        given = {name: cells[k].strip() if k < len(cells) else "" for name, k in columns.items()}
        try:
            row, place = _row(given), _place(given)
            rows.append({"zone": place.code, **row})
        except InputError as fault:
            raise fault.located(file=table.file, line=number) from None
        if place.in_part:
            zone = f"{place.code} {zone_names()[place.code]}"
            notes.append(f"{table.file}:{number}: {place.how}, in zone {zone}")
    if not rows:
        raise InputError("no zone in this file", file=table.file, allowed="a row for each closure")
    return rows, notes


def _columns(table: UserTable) -> tuple[dict[str, int], list[str]]:
    """Position of each field, and titles of other columns. Raises InputError."""
    meant = {word: name for name, words in _HEADS.items() for word in words}
    found: dict[str, int] = {}
    ranks: dict[str, int] = {}
    unused = []
    for place, title in enumerate(table.titles):
        word = folded(title.replace("_", " "))
        name = meant.get(word)
        if name is None:
            near = nearest(word, meant)
            if near:  # a column meant as this one would be lost
                raise InputError(
                    "unknown column",
                    file=table.file,
                    line=table.line,
                    value=title,
                    nearest=near,
                    allowed=", ".join(_HEADS),
                )
            unused.append(title)
            continue
        rank = _HEADS[name].index(word)
        if ranks.get(name) == rank:
            raise InputError(
                "this column is given twice", file=table.file, line=table.line, value=title
            )
        if rank < ranks.get(name, len(_HEADS[name])):
            found[name], ranks[name] = place, rank
    if not any(name in found for name in _PLACES):
        raise InputError(
            "no column zone",
            file=table.file,
            line=table.line,
            value=", ".join(table.titles),
            allowed="zone; sector; jobs; month; insolvent",
        )
    return found, [title for title in unused if title]


def _row(given: Mapping[str, str]) -> dict[str, Any]:
    jobs = whole_number(given.get("jobs", "") or "0", "jobs")
    sector = given.get("sector", "")
    if jobs and not sector:
        raise InputError("jobs without a sector", key="sector")
    if sector and not jobs:
        raise InputError("a sector without jobs", key="jobs", value=given.get("jobs", ""))
    word = folded(given.get("insolvent", ""))
    if word not in (*_YES, *_NO):
        raise InputError(
            "neither yes nor no", key="insolvent", value=given["insolvent"], allowed="yes, no"
        )
    return {
        "jobs": jobs,
        "sector": sector_called(sector) if jobs else "",
        "month": whole_number(given.get("month", "") or "0", "month"),
        "insolvent": word in _YES,
    }


def _place(given: Mapping[str, str]) -> Place:
    for name in _PLACES:
        text = given.get(name, "")
        if not text:
            continue
        if name == "zone":
            return find_place(text.zfill(4) if text.isdigit() and len(text) < 4 else text)
        return find_place(f"{name} {text.zfill(5)}")
    raise InputError("this cell is empty", key="zone")
