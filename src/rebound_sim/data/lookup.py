"""Find an employment zone by what people call it: a municipality, an intermunicipal authority.

Municipalities and authorities are those of the geography of 2023 (Insee). No list of postcodes is
shipped: five digits are the official code of a municipality, and whoever asks is told which.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rebound_sim.data.tables import optional_table, per_folder
from rebound_sim.data.words import folded
from rebound_sim.errors import InputError

#: An authority that lies in several zones is that of the zone with most of its residents.
_MOST = 0.5
_LISTED = 5
_KINDS = re.compile(r"^(ca|cc|cu|metropole|communaute (d agglomeration|de communes|urbaine)) ")


@dataclass(frozen=True)
class Place:
    """A zone found. code : of the zone    how : what was found, in words"""

    code: str
    how: str


@dataclass(frozen=True)
class _Commune:
    code: str
    name: str
    zone: str
    authority: str
    people: int


@per_folder
def _communes() -> tuple[dict[str, _Commune], dict[str, list[_Commune]]]:
    source = optional_table("municipalities")
    by_code: dict[str, _Commune] = {}
    by_name: dict[str, list[_Commune]] = {}
    if source is not None:
        names = ("code", "name", "zone", "authority", "population")
        for code, name, zone, authority, people in zip(
            *(source.columns[n] for n in names), strict=True
        ):
            made = _Commune(code, name, zone, authority, int(people) if people else 0)
            by_code[code] = made
            by_name.setdefault(_plain(name), []).append(made)
    return by_code, by_name


@per_folder
def _authorities() -> dict[str, tuple[str, str]]:
    """(code, name) by code, and by name with and without its kind."""
    source = optional_table("authorities")
    found: dict[str, tuple[str, str]] = {}
    if source is not None:
        for code, name in zip(source.columns["code"], source.columns["name"], strict=True):
            words = _plain(name)
            for key in (_KINDS.sub("", words), words, code):
                found[key] = (code, name)
    return found


def place_called(text: str, zones: dict[str, str]) -> Place | None:
    """The zone of a municipality or an authority, by code or name; None when there is none.

    zones : names of zones by code. Raises InputError when a name stands for several zones.
    """
    by_code, by_name = _communes()
    wanted = _plain(text)
    if text.strip().upper() in by_code:
        one = by_code[text.strip().upper()]
        note = ", not a postcode" if text.strip().isdigit() else ""
        return Place(one.zone, f"municipality {one.name} (code {one.code}{note})")
    named = by_name.get(wanted, [])
    if named:
        return _of_namesakes(text, named, zones)
    authority = _authorities().get(wanted) or _authorities().get(_KINDS.sub("", wanted))
    if authority is not None:
        return _of_authority(text, *authority, by_code.values(), zones)
    return None


def resembling(text: str, most: int = 1) -> list[str]:
    """Names of municipalities that resemble a text, the largest first."""
    from difflib import SequenceMatcher

    wanted = _plain(text)
    if len(wanted) < 3:
        return []
    found = []
    for name, places in _communes()[1].items():
        if abs(len(name) - len(wanted)) > 2 or name[0] != wanted[0]:
            continue
        likeness = SequenceMatcher(None, wanted, name).ratio()
        if likeness > 0.8:
            found.append((likeness, max(p.people for p in places), places[0].name))
    return [name for *_, name in sorted(found, reverse=True)[:most]]


def zones_of_department(code: str, zones: dict[str, str]) -> list[str]:
    """Zones of a department (two digits, 2A, 2B), those with most residents first."""
    people: Counter[str] = Counter()
    for one in _communes()[0].values():
        if one.code.startswith(code):
            people[one.zone] += one.people
    return [f"{zone} {zones[zone]}" for zone, _ in people.most_common() if zone in zones]


def _of_namesakes(text: str, named: list[_Commune], zones: dict[str, str]) -> Place:
    if len({one.zone for one in named}) == 1:
        one = max(named, key=lambda found: found.people)
        return Place(one.zone, f"municipality {one.name} (code {one.code})")
    largest = sorted(named, key=lambda found: -found.people)
    listed = "; ".join(
        f"{one.code} in {one.zone} {zones.get(one.zone, '')}" for one in largest[:_LISTED]
    )
    raise InputError(
        f"{len(named)} municipalities have this name, in several zones",
        key="zone",
        value=text,
        allowed=f"the code of one: {listed}{'; ...' if len(named) > _LISTED else ''}",
    )


def _of_authority(
    text: str, code: str, name: str, communes: Iterable[_Commune], zones: dict[str, str]
) -> Place:
    people: Counter[str] = Counter()
    for one in communes:
        if one.authority == code:
            people[one.zone] += one.people
    total = sum(people.values())
    ranked = people.most_common()
    if ranked and ranked[0][1] > _MOST * total:
        share = round(100 * ranked[0][1] / total)
        part = "" if share == 100 else f", {share} % of its residents"
        return Place(ranked[0][0], f"authority {name} (code {code}{part})")
    listed = "; ".join(f"{zone} {zones.get(zone, '')}" for zone, _ in ranked)
    raise InputError(
        f"{name} lies in several zones", key="zone", value=text, allowed=f"one of {listed}"
    )


def _plain(text: str) -> str:
    """As `folded`, saints in full: St-Étienne is Saint-Étienne."""
    saints = {"st": "saint", "ste": "sainte"}
    return " ".join(saints.get(word, word) for word in folded(text).split())
