"""Find an employment zone by what people call it: a municipality, a postcode, an authority.

Municipalities and authorities are those of the geography of 2023 (Insee), postcodes of 2026 (La
Poste). Five digits may be the official code of one municipality and the postcode of another: they
are taken when both lie in one zone, and refused with both names when they do not. What lies in
several zones, an authority or a postcode, is that of the zone with most of its residents, which
is said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rebound_sim.data.postcodes import municipalities_of, served_municipalities
from rebound_sim.data.tables import optional_table, per_folder
from rebound_sim.data.words import folded
from rebound_sim.errors import InputError

#: Share of the residents that a zone must have for a place in several zones to be there.
_MOST = 0.5
_LISTED = 5
_KINDS = re.compile(r"^(ca|cc|cu|metropole|communaute (d agglomeration|de communes|urbaine)) ")
#: Words that say nothing of which authority is meant.
_COMMON = frozenset({
    "ca", "cc", "cu", "communaute", "communautes", "agglomeration", "agglo", "communes", "commune",
    "metropole", "urbaine", "epci", "pays", "grand", "de", "du", "des", "d", "la", "le", "les",
    "l", "et", "en",
})  # fmt: skip
_CODE = r"(?P<code>\d{5}|2[ab]\d{3})"
_NUMBER = re.compile(
    r"(?:(?P<postal>(?:code )?postale?|postcode|postal code|zip(?: code)?|cp|f)|"
    r"(?P<insee>(?:code )?(?:insee|commune|municipality|cog)|code))?[\s:.]*" + _CODE
)
_DISTRICT = re.compile(r"(?P<name>paris|lyon|marseille) \d{1,2}(?:er|e|eme)?(?: arrondissement)?")
_NAMED = (
    re.compile(_CODE + r"[\s,]+(?P<name>\D.*)"),
    re.compile(r"(?P<name>.*[^\W\d])[\s,]*[\s,(]" + _CODE.replace("{5}", "{2,5}") + r"\)?"),
)


@dataclass(frozen=True)
class Place:
    """A zone found. code : of the zone    how : what was found, in words

    in_part : what was found lies in other zones too
    """

    code: str
    how: str
    in_part: bool = False


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
    by_name = _communes()[1]
    wanted = _plain(text)
    number = _NUMBER.fullmatch(wanted)
    if number is not None:
        return _numbered(text, number, zones)
    district = _DISTRICT.fullmatch(wanted)
    wanted = district["name"] if district else wanted
    named = by_name.get(wanted) or _named_and_numbered(wanted)
    if named:
        return _of_namesakes(text, named, zones)
    authority = _authorities().get(wanted) or _authorities().get(_KINDS.sub("", wanted))
    if authority is not None:
        return _of_authority(text, *authority, _communes()[0].values(), zones)
    return None


def authorities_with(text: str, most: int = 2) -> list[str]:
    """Names of the authorities that have all telling words of a text."""
    wanted = set(_plain(text).split()) - _COMMON
    if not wanted:
        return []
    named = {name: set(_plain(name).split()) for _, name in _authorities().values()}
    return sorted((n for n, words in named.items() if wanted <= words), key=len)[:most]


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


def _numbered(text: str, number: re.Match[str], zones: dict[str, str]) -> Place | None:
    """The zone of five digits: a municipality's code, a postcode, or both."""
    by_code, digits = _communes()[0], number["code"].upper()
    own = None if number["postal"] else by_code.get(digits)
    served = () if number["insee"] else municipalities_of(digits)
    people = sorted((by_code[c] for c in served if c in by_code), key=lambda one: -one.people)
    if own is None and not people:
        return None
    zone, share = _zone_of_most(people)
    if zone and own is None and share < 1.0:
        who = f"{people[0].name} and {len(people) - 1} more, {_percent(share)} of their residents"
        return Place(zone, f"postcode {digits} ({who})", in_part=True)
    places = {one.zone for one in (*people, *([own] if own else ()))}
    if len(places) == 1:
        told = [f"municipality {own.name} (code {own.code})"] if own else []
        if people:
            more = f" and {len(people) - 1} more" if len(people) > 1 else ""
            told.append(f"postcode {digits} ({people[0].name}{more})")
        return Place(places.pop(), "; ".join(told))
    if own is not None:
        raise InputError(
            f"{digits} is the code of a municipality ({own.name}, zone {_shown(own.zone, zones)}) "
            f"and a postcode ({_by_zone(people, zones)})",
            key="zone",
            value=text,
            allowed=f'a name; or "municipality {digits}", "postcode {digits}"',
        )
    raise InputError(
        f"postcode {digits} has municipalities in several zones: {_by_zone(people, zones)}",
        key="zone",
        value=text,
        allowed="the name of a municipality or of a zone",
    )


def _by_zone(people: list[_Commune], zones: dict[str, str]) -> str:
    """The largest municipality of each zone."""
    first = {one.zone: one.name for one in reversed(people)}
    told = [f"{first[zone]} in {_shown(zone, zones)}" for zone in reversed(first)]
    return ", ".join(told[:_LISTED])


def _shown(zone: str, zones: dict[str, str]) -> str:
    return f"{zone} {zones.get(zone, '')}".strip()


def _named_and_numbered(wanted: str) -> list[_Commune]:
    """Municipalities of `18100 Vierzon`, `Vierzon (18279)`, `Vierzon (18)`."""
    for form in _NAMED:
        match = form.fullmatch(wanted)
        if match is not None:
            digits = match["code"].upper()
            named = _communes()[1].get(match["name"].strip(), [])
            found = [
                one
                for one in named
                if one.code.startswith(digits) or one.code in municipalities_of(digits)
            ]
            # A municipality merged since has no postcode: its department must do.
            served = served_municipalities()
            return found or [
                one for one in named if one.code not in served and one.code[:2] == digits[:2]
            ]
    return []


def _of_namesakes(text: str, named: list[_Commune], zones: dict[str, str]) -> Place:
    if len({one.zone for one in named}) == 1:
        one = max(named, key=lambda found: found.people)
        return Place(one.zone, f"municipality {one.name} (code {one.code})")
    largest = sorted(named, key=lambda found: -found.people)
    listed = "; ".join(
        f'"{one.name} ({one.code})" in {_shown(one.zone, zones)}' for one in largest[:_LISTED]
    )
    raise InputError(
        f"{len(named)} municipalities have this name, in several zones",
        key="zone",
        value=text,
        allowed=f"one of {listed}{'; ...' if len(named) > _LISTED else ''}",
    )


def _of_authority(
    text: str, code: str, name: str, communes: Iterable[_Commune], zones: dict[str, str]
) -> Place:
    members = [one for one in communes if one.authority == code]
    zone, share = _zone_of_most(members)
    if zone:
        part = "" if share > 0.995 else f", {_percent(share)} of its residents"
        return Place(zone, f"authority {name} (code {code}{part})", bool(part))
    listed = "; ".join(_shown(zone, zones) for zone in sorted({one.zone for one in members}))
    raise InputError(
        f"{name} lies in several zones", key="zone", value=text, allowed=f"one of {listed}"
    )


def _zone_of_most(communes: Iterable[_Commune]) -> tuple[str, float]:
    """The zone with more than half of the residents of municipalities, and its share; or ""."""
    people: Counter[str] = Counter()
    for one in communes:
        people[one.zone] += one.people
    total = sum(people.values())
    for zone, count in people.most_common(1):
        if count > _MOST * total:
            return zone, count / total
    return "", 0.0


def _percent(share: float) -> str:
    """A share below 1, never told as the whole."""
    return f"{min(round(100 * share), 99)} %"


def _plain(text: str) -> str:
    """As `folded`, saints in full: St-Étienne is Saint-Étienne."""
    saints = {"st": "saint", "ste": "sainte"}
    return " ".join(saints.get(word, word) for word in folded(text).split())
