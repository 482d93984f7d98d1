"""Zones by code and name, and their links: common boundaries, commuting when it is built in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rebound_sim.data.fragility import fragility
from rebound_sim.data.lookup import (
    Place,
    authorities_with,
    place_called,
    resembling,
    zones_of_department,
)
from rebound_sim.data.regions import REGIONS
from rebound_sim.data.tables import optional_table, per_folder, table
from rebound_sim.data.words import folded
from rebound_sim.errors import InputError, nearest

UNKNOWN_ZONE: Final = "unknown zone"
_CODE_AND_NAME: Final = (
    re.compile(r"(?P<code>\d{4})[\s:,;–-]+(?P<name>\D.*)"),
    re.compile(r"(?P<name>.*[^\W\d])[\s:,;–(\[-]+(?P<code>\d{4})[)\]]?"),
)
_NUMBER_OF_CELL: Final = re.compile(r"(?P<digits>\d{1,5})([.,]0+)?")


@per_folder
def _names() -> dict[str, str]:
    zones = table("zones")
    return dict(zip(zones.columns["code"], zones.columns["name"], strict=True))


@per_folder
def _codes() -> dict[str, str]:
    """Code by name as it is compared."""
    return {folded(name): code for code, name in _names().items()}


def zone_names() -> dict[str, str]:
    """Name of all 306 zones by code, overseas included."""
    return _names()


def overseas_zones() -> tuple[tuple[str, str], ...]:
    """Code and name of the 19 overseas zones, which lack the columns a simulation needs."""
    simulable = set(fragility().codes)
    return tuple((code, name) for code, name in zone_names().items() if code not in simulable)


def find_zone(text: str) -> str:
    """Code of a simulable zone, as `find_place`. Raises InputError."""
    return find_place(text).code


def find_place(text: str) -> Place:
    """A simulable zone by its code or name, or by a municipality, postcode or authority in it.

    Accents, case and hyphens do not matter. Raises InputError: unknown (with the nearest name), a
    name or number of several zones, an overseas zone.
    """
    names = zone_names()
    found = place_named(text)
    if found is None:
        raise _unknown(str(text).strip(), names, _codes())
    if found.code not in set(fragility().codes):
        raise InputError(
            f"zone {found.code} ({names[found.code]}) is overseas and cannot be simulated: its "
            "qualification, age, size-class, migration and poverty figures are not in the tables",
            key="zone",
            allowed="the 287 mainland zones",
        )
    return found


def place_named(text: str) -> Place | None:
    """As `find_place`, overseas too; None for what is no place. Raises InputError for several."""
    names = zone_names()
    text = str(text).strip()
    code = text if text in names else _codes().get(folded(text)) or _code_beside_name(text, names)
    return Place(code, "") if code else place_called(text, names)


def code_of_cell(text: str) -> str:
    """A code with the zeros that a spreadsheet took from it, `51` and `51.0`; another text as is.

    Zones have four digits. Four that are no zone are those of a municipality or a postcode.
    """
    number = _NUMBER_OF_CELL.fullmatch(text.strip())
    if number is None:
        return text
    digits = number["digits"]
    if len(digits) == 4 and digits not in zone_names():
        return digits.zfill(5)
    return digits.zfill(4)


def _code_beside_name(text: str, names: dict[str, str]) -> str | None:
    """The code in `4404 - Chaumont` or `Chaumont (4404)`. Raises InputError if it is another's."""
    for form in _CODE_AND_NAME:
        match = form.fullmatch(text)
        if match is None or match["code"] not in names:
            continue
        code, called = match["code"], match["name"]
        if folded(called) == folded(names[code]):
            return code
        raise InputError(
            f"zone {code} is {names[code]}", key="zone", value=text, allowed="the code or the name"
        )
    return None


def _unknown(text: str, names: dict[str, str], by_name: dict[str, str]) -> InputError:
    allowed = (
        "a zone, municipality or authority by code or name, a postcode; `rebound basins list` has "
        "zones"
    )
    if text.isdigit() and len(text) == 5:
        there = zones_of_department(text[:2], names)
        if there:
            allowed = (
                f"no municipality has this code or postcode; zones of department {text[:2]}: "
                f"{', '.join(there[:6])}"
            )
        return InputError(UNKNOWN_ZONE, key="zone", value=text, allowed=allowed)
    if text.isdigit() and len(text) < 4 and text.zfill(4) in names:
        hint = f'"{text.zfill(4)}" {names[text.zfill(4)]} (codes have four digits)'
        return InputError(UNKNOWN_ZONE, key="zone", value=text, allowed=allowed, nearest=hint)
    wanted = folded(text)
    if wanted in map(folded, REGIONS.values()):
        return InputError("is a region, not a zone", key="zone", value=text, allowed=allowed)
    close = nearest(wanted, by_name) or next((n for n in by_name if wanted and wanted in n), "")
    code = by_name.get(close) or nearest(text, names)
    near = next((name for name in resembling(text) if folded(name) not in by_name), None)
    near = near or " or ".join(authorities_with(text))
    guess = near or (f"{code} {names[code]}" if code else None)
    return InputError(UNKNOWN_ZONE, key="zone", value=text, allowed=allowed, nearest=guess)


def commuting_flows(code: str) -> dict[str, int] | None:
    """Residents in work by zone of work (`OUT`: abroad), or None: no flows are shipped.

    They exist only in tables built with the official commuting file.
    """
    source = optional_table("commuting")
    if source is None:
        return None
    columns = source.columns
    return {
        work: int(columns["residents"][row])
        for row, (home, work) in enumerate(zip(columns["code"], columns["workplace"], strict=True))
        if home == code
    }


def neighbours(code: str) -> dict[str, float]:
    """Zones that touch a zone and the length of the common boundary [km]."""
    source = table("neighbours").columns
    pairs = zip(source["code"], source["neighbour"], source["shared_km"], strict=True)
    found = {}
    for first, second, length in pairs:
        if code in (first, second):
            found[second if first == code else first] = float(length)
    return found


def neighbour_weights(codes: Sequence[str]) -> NDArray[np.float64]:
    """Weight of each zone in what surrounds another, float64[n, n]; modelled, not observed.

    Weight [i, j] is the part of zone i's land border that it shares with zone j. A row sums to 1
    when all that surrounds the zone is among `codes`, to less otherwise (to 0 without a neighbour
    there): the rest is France outside them. No flow of people is shipped from which to measure it.
    """
    position = {code: row for row, code in enumerate(codes)}
    weights = np.zeros((len(codes), len(codes)))
    for code, row in position.items():
        lengths = neighbours(code)
        total = sum(lengths.values())
        for other, length in lengths.items():
            if other in position:
                weights[row, position[other]] = length / total
    return weights
