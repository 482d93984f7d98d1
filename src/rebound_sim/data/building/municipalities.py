"""Places of each zone and durations of registered job-seekers, from municipal figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from rebound_sim.data.building import zones_columns
from rebound_sim.data.building.draft import Row, Tables, read_prepared
from rebound_sim.data.tables import DURATIONS

_DURATION_SOURCE: Final = (
    "anc_moins_3_mois",
    "anc_3_a_5_mois",
    "anc_6_a_11_mois",
    "anc_12_a_23_mois",
    "anc_24_a_35_mois",
    "anc_plus_36_mois",
)

MOST_PLACES: Final = 12
FEWEST_PLACES: Final = 4

# Intermunicipal authorities of December 2019 and those that took their place by 2023 (mergers and
# splits of 2020-2022; read off the two lists, which name them). Counts are shared by population.
SUCCESSORS: Final[dict[str, tuple[str, ...]]] = {
    "200012060": ("200090579",),
    "243900412": ("200090579",),
    "243900719": ("200090579",),
    "243901071": ("200090579",),
    "200033207": ("200090561",),
    "241800325": ("200090561",),
    "200035459": ("200096956",),
    "200036572": ("200096956",),
    "200035665": ("200089456",),
    "242700623": ("200089456",),
    "200067221": ("200096675", "200096683"),
    "200067510": ("242300135", "242320000", "242320109"),
    "200071157": ("200096634", "200096642"),
    "200077055": ("200090504",),
    "247700438": ("200090504",),
    "245900410": ("200093201",),
    "245901061": ("200093201",),
    "246201149": ("200090751",),
}
NO_AUTHORITY: Final = "ZZZZZZZZZ"
_OUTSIDE: Final = "Municipalities outside an authority"
COLUMNS: Final = ("code", "name", "zone", "authority", "population")

Composition = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Commune:
    """A municipality. authority : code, "" when it is in none; population None: not published."""

    code: str
    name: str
    zone: str
    authority: str
    population: int | None


def _people(commune: Commune) -> float:
    return float(commune.population or 0)


def _parts(communes: Sequence[Commune]) -> dict[str, dict[str, float]]:
    """Residents by zone and by intermunicipal authority."""
    parts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for row in communes:
        parts[row.zone][row.authority] += _people(row)
    return parts


def _largest(named: list[tuple[str, float]], kind: str, rest: str) -> list[list[str]]:
    ordered = sorted(named, key=lambda place: (-place[1], place[0]))
    shown = ordered if len(ordered) <= MOST_PLACES else ordered[: MOST_PLACES - 1]
    rows = [[name, kind, f"{population:.0f}"] for name, population in shown]
    if len(shown) < len(ordered):
        left = ordered[len(shown) :]
        rows.append([f"{rest} ({len(left)})", "rest", f"{sum(p for _, p in left):.0f}"])
    return rows


def zone_places(
    communes: Sequence[Commune], authorities: Mapping[str, str]
) -> dict[str, list[list[str]]]:
    """Places by zone: name, kind, residents; the largest first, at most 12.

    A place is the part of an intermunicipal authority inside the zone; a zone with fewer than
    four parts is described by its largest municipalities instead. The rest is one last place.
    """
    labels = {"": _OUTSIDE, **authorities}
    by_zone: dict[str, list[Commune]] = defaultdict(list)
    for row in communes:
        by_zone[row.zone].append(row)
    places = {}
    for zone, parts in sorted(_parts(communes).items()):
        if len(parts) >= FEWEST_PLACES:
            named = [(labels[epci], population) for epci, population in parts.items()]
            places[zone] = _largest(named, "intermunicipal", "Other authorities")
        else:
            named = [(row.name, _people(row)) for row in by_zone[zone]]
            places[zone] = _largest(named, "municipality", "Other municipalities")
    return places


def zone_durations(communes: Sequence[Commune], seekers: list[Row]) -> dict[str, list[float]]:
    """Registered job-seekers by duration and zone; an authority is shared by population."""
    parts = _parts(communes)
    totals: dict[str, float] = defaultdict(float)
    zones_of: dict[str, dict[str, float]] = defaultdict(dict)
    for zone, populations in parts.items():
        # Job-seekers without an authority are not those of the few municipalities without one.
        for epci, population in ((e, p) for e, p in populations.items() if e):
            totals[epci] += population
            zones_of[epci][zone] = population
    counts: dict[str, list[float]] = {zone: [0.0] * len(DURATIONS) for zone in parts}
    for row in seekers:
        siren = row["code_epci"].removesuffix(".0")
        present = SUCCESSORS.get(siren, (siren,))
        whole = sum(totals[epci] for epci in present)
        for epci in present if whole else ():
            for zone, population in zones_of[epci].items():
                for position, name in enumerate(_DURATION_SOURCE):
                    counts[zone][position] += float(row.number(name, 6) or 0) * population / whole
    return counts


def add_tables(folder: Path, tables: Tables, composition: Composition | None) -> None:
    """Write `municipalities`, `authorities`, `places` and `jobseekers` into the tables.

    composition : zone and name by municipality of the official file, over the prepared one
    """
    rows = read_prepared(folder, "communes_ze2020_epci_2023.csv")
    authorities = {r["EPCI"]: r["LIBEPCI"] for r in rows if r["EPCI"] != NO_AUTHORITY}
    communes = _moved([_commune(row) for row in rows], composition, tables)
    _put(tables, communes, authorities)
    seekers = read_prepared(folder, "jobseekers_epci_2019_anciennete.csv")
    durations = sorted(zone_durations(communes, seekers).items())
    rows_out = [[zone, *(f"{value:.0f}" if sum(v) else "" for value in v)] for zone, v in durations]
    tables.put("jobseekers", ["code", *DURATIONS], rows_out)


def update_tables(tables: Tables, composition: Composition) -> None:
    """Put a newer composition of zones over tables already built (job-seekers stay as they are)."""
    communes = [
        Commune(code, name, zone, authority, int(people) if people else None)
        for code, name, zone, authority, people in tables.rows["municipalities"]
    ]
    authorities = tables.column("authorities", "name")
    _put(tables, _moved(communes, composition, tables), authorities)


def _commune(row: Row) -> Commune:
    authority = "" if row["EPCI"] == NO_AUTHORITY else row["EPCI"]
    people = row.number("POP_LEGALE_ETALAB2026", 0)
    return Commune(
        row["CODGEO"], row["LIBGEO"], row["ZE2020"], authority, int(people) if people else None
    )


def _moved(
    communes: list[Commune], composition: Composition | None, tables: Tables
) -> list[Commune]:
    """Municipalities in the zones of the composition; those that only it knows, without residents.

    A municipality that the composition lacks (merged since) keeps its zone: its residents count.
    """
    if composition is None:
        return communes
    record = next(r for r in tables.records if r.kind == "geography" and r.use == "used")
    moved = [replace(c, zone=composition.get(c.code, (c.zone,))[0]) for c in communes]
    changed = sum(new.zone != old.zone for new, old in zip(moved, communes, strict=True))
    own = {commune.code for commune in communes}
    fresh = [code for code in sorted(composition) if code not in own]
    gone = sum(code not in composition for code in own)
    moved += [Commune(code, composition[code][1], composition[code][0], "", None) for code in fresh]
    record.remark(
        f"{changed} municipalities change zone, {len(fresh)} are new to the tables (without "
        f"residents), {gone} of the tables are not in it and keep their zone"
    )
    source = (zones_columns.GEOGRAPHY, record.vintage)
    for name in ("municipalities", "places"):
        tables.revised[name, "*"] = (f"{source[0]}; {zones_columns.LEGAL}", source[1])
    return sorted(moved, key=lambda commune: commune.code)


def _put(tables: Tables, communes: Sequence[Commune], authorities: Mapping[str, str]) -> None:
    rows = [
        [c.code, c.name, c.zone, c.authority, "" if c.population is None else str(c.population)]
        for c in communes
    ]
    tables.put("municipalities", COLUMNS, rows)
    tables.put("authorities", ["code", "name"], [list(i) for i in sorted(authorities.items())])
    # A municipality without published residents is part of its authority, not a place of its own.
    shown = [c for c in communes if c.population is not None or c.authority]
    places = zone_places(shown, authorities)
    body = [[zone, *place] for zone, found in places.items() for place in found]
    tables.put("places", ["code", "name", "kind", "population"], body)
