"""A table of zones and closures of a user, for `rebound new programme`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from rebound_sim.data.directory import code_of_cell, find_place, zone_names
from rebound_sim.data.lookup import Place
from rebound_sim.data.sectors import sector_called
from rebound_sim.data.words import folded
from rebound_sim.errors import InputError
from rebound_sim.reading.numbers import is_nothing, month_number, whole_number
from rebound_sim.reading.places import PLACE_HEADS, place_text
from rebound_sim.reading.strict import LONGEST_MONTHS
from rebound_sim.reading.table_rows import read_user_table
from rebound_sim.reading.titles import Heads

_HEADS: Final = Heads({
    **PLACE_HEADS,
    "sector": ("sector", "secteur", "a38", "naf", "secteur d activite", "activite",
               "ape", "code ape", "code naf"),
    "jobs": ("jobs", "emplois", "postes", "effectif", "effectifs", "salaries", "nombre d emplois",
             "suppressions", "postes supprimes"),
    "month": ("month", "mois", "announcement month", "mois d annonce", "annonce",
              "date d annonce", "date"),
    "insolvent": ("insolvent", "insolvable", "group", "groupe", "redressement judiciaire",
                  "liquidation judiciaire"),
})  # fmt: skip
_YES: Final = ("yes", "oui", "true", "vrai", "1", "x", "insolvent", "insolvable", "rj", "lj")
_NO: Final = ("", "no", "non", "false", "faux", "0", "solvent", "solvable")


def read_zones(path: str | Path) -> tuple[list[dict[str, Any]], list[str]]:
    """Rows of a table of zones, and what its writer should know: lines of text.

    A row for each closure: zone, sector, jobs, month, insolvent; a zone alone is a control. CSV or
    .xlsx, in any usual encoding; titles in French or English. Raises InputError, located.
    """
    table = read_user_table(Path(path), "a table (CSV, .xlsx) with a row for each closure", _HEADS)
    if not any(name in table.columns.columns for name in PLACE_HEADS):
        raise InputError(
            "no column zone",
            file=table.file,
            line=table.line,
            value=", ".join(table.columns.titles),
            allowed="zone; sector; jobs; month; insolvent",
        )
    lines: dict[tuple[Any, ...], int] = {}
    rows, notes = [], list(table.notes)
    for number, given in table.rows:
        try:
            row, place = _row(given, table.columns.scale("jobs")), _place(given)
        except InputError as fault:
            raise fault.located(file=table.file, line=number) from None
        row = {"zone": place.code, **row}
        rows.append(row)
        if place.in_part:
            zone = f"{place.code} {zone_names()[place.code]}"
            notes.append(f"{table.file}:{number}: {place.how}, in zone {zone}")
        same = lines.setdefault(tuple(row.values()), number)
        if same != number and row["jobs"]:
            notes.append(f"{table.file}:{number}: the same as line {same}: one closure more")
    if not rows:
        raise InputError("no zone in this file", file=table.file, allowed="a row for each closure")
    return rows, notes


def _row(given: Mapping[str, str], scale: int) -> dict[str, Any]:
    def number(name: str, scale: int = 1) -> int:
        text = given.get(name, "")
        return 0 if is_nothing(text) else whole_number(text, name, scale=scale)

    jobs = number("jobs", scale)
    sector, month = given.get("sector", ""), given.get("month", "")
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
        "month": 0 if is_nothing(month) else month_number(month, "month", LONGEST_MONTHS),
        "insolvent": word in _YES,
    }


def _place(given: Mapping[str, str]) -> Place:
    text = place_text(given)
    if not text:
        raise InputError(
            "this cell is empty",
            key="zone",
            allowed="one on each row: merged cells keep it on the first, totals have none",
        )
    return find_place(code_of_cell(text))
