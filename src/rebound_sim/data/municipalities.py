"""Places of each zone and durations of registered job-seekers, from municipal figures."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Final

from rebound_sim.data.draft import Row, Tables, read_prepared
from rebound_sim.data.official_updates import updated_geography

DURATIONS: Final = ("under_3", "3_to_5", "6_to_11", "12_to_23", "24_to_35", "36_plus")
_DURATION_SOURCE: Final = (
    "anc_moins_3_mois", "anc_3_a_5_mois", "anc_6_a_11_mois", "anc_12_a_23_mois",
    "anc_24_a_35_mois", "anc_plus_36_mois",
)  # fmt: skip

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


def _population(row: Row) -> float:
    text = row["POP_LEGALE_ETALAB2026"]
    return float(text) if text else 0.0


def _parts(communes: list[Row]) -> dict[str, dict[str, float]]:
    """Residents by zone and by intermunicipal authority."""
    parts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for row in communes:
        parts[row["ZE2020"]][row["EPCI"]] += _population(row)
    return parts


def _largest(named: list[tuple[str, float]], kind: str, rest: str) -> list[list[str]]:
    ordered = sorted(named, key=lambda place: (-place[1], place[0]))
    shown = ordered if len(ordered) <= MOST_PLACES else ordered[: MOST_PLACES - 1]
    rows = [[name, kind, f"{population:.0f}"] for name, population in shown]
    if len(shown) < len(ordered):
        left = ordered[len(shown) :]
        rows.append([f"{rest} ({len(left)})", "rest", f"{sum(p for _, p in left):.0f}"])
    return rows


def zone_places(communes: list[Row]) -> dict[str, list[list[str]]]:
    """Places by zone: name, kind, residents; the largest first, at most 12.

    A place is the part of an intermunicipal authority inside the zone; a zone with fewer than
    four parts is described by its largest municipalities instead. The rest is one last place.
    """
    labels = {row["EPCI"]: row["LIBEPCI"] for row in communes}
    labels[NO_AUTHORITY] = "Municipalities outside an authority"
    by_zone: dict[str, list[Row]] = defaultdict(list)
    for row in communes:
        by_zone[row["ZE2020"]].append(row)
    places = {}
    for zone, parts in sorted(_parts(communes).items()):
        if len(parts) >= FEWEST_PLACES:
            named = [(labels[epci], population) for epci, population in parts.items()]
            places[zone] = _largest(named, "intermunicipal", "Other authorities")
        else:
            named = [(row["LIBGEO"], _population(row)) for row in by_zone[zone]]
            places[zone] = _largest(named, "municipality", "Other municipalities")
    return places


def zone_durations(communes: list[Row], seekers: list[Row]) -> dict[str, list[float]]:
    """Registered job-seekers by duration and zone; an authority is shared by population."""
    parts = _parts(communes)
    totals: dict[str, float] = defaultdict(float)
    zones_of: dict[str, dict[str, float]] = defaultdict(dict)
    for zone, populations in parts.items():
        for epci, population in populations.items():
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
                    counts[zone][position] += float(row[name]) * population / whole
    return counts


def add_tables(folder: Path, tables: Tables) -> None:
    """Write `places` and `jobseekers` into the tables under construction."""
    communes = updated_geography(folder, read_prepared(folder, "communes_ze2020_epci_2023.csv"))
    body = [[zone, *place] for zone, places in zone_places(communes).items() for place in places]
    tables.put("places", ["code", "name", "kind", "population"], body)
    seekers = read_prepared(folder, "jobseekers_epci_2019_anciennete.csv")
    durations = sorted(zone_durations(communes, seekers).items())
    rows = [[zone, *(f"{value:.0f}" if sum(v) else "" for value in v)] for zone, v in durations]
    tables.put("jobseekers", ["code", *DURATIONS], rows)
