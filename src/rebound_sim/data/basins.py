"""Figures of one employment zone at t = 0, from the shipped tables.

`load_basin` gives a real mainland zone, by code or name. Every field has a provenance; a field
that is not published for the zone says so (`imputed`) with its method.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rebound_sim.data import impute
from rebound_sim.data.fragility import COMPONENTS, Fragility, fragility, yearly_rate
from rebound_sim.data.municipalities import DURATIONS
from rebound_sim.data.regions import REGIONS
from rebound_sim.data.sectors import SECTOR_CODES
from rebound_sim.data.tables import (
    Provenance,
    Table,
    optional_table,
    per_folder,
    published,
    table,
)
from rebound_sim.errors import InputError, nearest

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

CENSUS_YEAR: Final = "2022"
QUALIFICATIONS: Final = ("below bac", "bac", "bac+2", "above bac+2")
DURATION_LABELS: Final = ("< 3", "3-5", "6-11", "12-23", "24-35", "36+")


@dataclass(frozen=True, eq=False)
class BasinFigures:
    """Published figures of a zone (stocks are persons or jobs; shares are 0-1).

    employed_residents, unemployed_census : residents 15-64, census 2022
    unemployment_rate_percent : localised (ILO) rate, mean of 2022
    unemployed_ilo : round(E r / (1 - r)); the census counts more people as unemployed, and the
        difference is `halo` (>= 0), a part of `inactive_15_64`
    salaried_jobs : int64[38] in the order of SECTORS; jobs_workplace : all statuses, census
    qualification_shares : float64[4]; age_shares : float64[5]; duration_shares : float64[6]
    in_migration_rate, out_migration_rate : per year, of residents
    mean_gross_wage_eur : per month, private employees
    fragility : index 0-100; fragility_rank : 1 = most fragile; fragility_components : ranks 0-100
    centroid : longitude, latitude in degrees
    places : (name, residents), largest first, at most 12
    size_classes : class -> (establishments, jobs) when the official Flores file was built in
    provenance : by field name
    """

    code: str
    name: str
    region: str
    population: int
    employed_residents: int
    unemployed_census: int
    unemployment_rate_percent: float
    unemployed_ilo: int
    halo: int
    inactive_15_64: int
    employment_rate_percent: float
    jobs_workplace: int
    salaried_share: float
    salaried_jobs: Counts
    establishments: int
    jobs_share_under_10: float
    jobs_share_100_plus: float
    qualification_shares: Floats
    age_shares: Floats
    duration_shares: Floats
    in_migration_rate: float
    out_migration_rate: float
    mean_gross_wage_eur: float
    living_standard_eur: float
    poverty_rate_percent: float
    ti_share: float
    ti_ids: tuple[str, ...]
    fragility: float
    fragility_rank: int
    fragility_components: dict[str, float]
    area_km2: float
    centroid: tuple[float, float]
    places: tuple[tuple[str, int], ...]
    size_classes: dict[str, tuple[int, int]] | None
    provenance: dict[str, Provenance] = field(repr=False)

    def __post_init__(self) -> None:
        # One object serves every caller: its arrays must not be written to.
        for value in vars(self).values():
            if isinstance(value, np.ndarray):
                value.setflags(write=False)


@dataclass(frozen=True, slots=True)
class BasinSummary:
    """One line of the list of zones; `fragility_rank` 1 is the most fragile of the mainland."""

    code: str
    name: str
    region: str
    population: int
    employed_residents: int
    salaried_jobs: int
    industry_share: float
    unemployment_rate_percent: float
    fragility: float
    fragility_rank: int
    ti_share: float


def folded(text: str) -> str:
    """Lower case without accents, hyphens or apostrophes, to compare names."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "Oe"))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    for mark in "-'’":
        letters = letters.replace(mark, " ")
    return " ".join(letters.casefold().split())


@per_folder
def _names() -> dict[str, str]:
    zones = table("zones")
    return dict(zip(zones.columns["code"], zones.columns["name"], strict=True))


def zone_names() -> dict[str, str]:
    """Name of all 306 zones by code, overseas included."""
    return _names()


def overseas_zones() -> tuple[tuple[str, str], ...]:
    """Code and name of the 19 overseas zones, which lack the columns a simulation needs."""
    simulable = set(fragility().codes)
    return tuple((code, name) for code, name in zone_names().items() if code not in simulable)


def find_zone(text: str) -> str:
    """Code of a simulable zone given by code or by name (accents and case do not matter).

    Raises InputError: unknown zone (with the nearest one), or overseas zone.
    """
    names = zone_names()
    wanted = folded(str(text))
    by_name = {folded(name): code for code, name in names.items()}
    code = text if text in names else by_name.get(wanted)
    if code is None:
        found = nearest(wanted, by_name) or next((n for n in by_name if wanted and wanted in n), "")
        hint = by_name.get(found) or nearest(text, names)
        raise InputError(
            "unknown zone",
            key="zone",
            value=text,
            allowed="code or name listed by `rebound basins list`",
            nearest=f"{hint} {names[hint]}" if hint else None,
        )
    if code not in set(fragility().codes):
        raise InputError(
            f"zone {code} ({names[code]}) is overseas and cannot be simulated: its qualification, "
            "age, size-class, migration and poverty figures are not in the tables",
            key="zone",
            allowed="the 287 mainland zones",
        )
    return code


@dataclass(frozen=True)
class _Sources:
    """Tables, row of each zone in each of them, and predicted wages."""

    zones: Table
    rows: dict[str, dict[str, int]]
    jobs: Counts
    wages: Floats
    predicted: Floats
    durations: Floats
    places: dict[str, list[tuple[str, int]]]
    fragility: Fragility


def _all_places() -> dict[str, list[tuple[str, int]]]:
    source = table("places").columns
    found: dict[str, list[tuple[str, int]]] = {}
    for code, name, population in zip(
        source["code"], source["name"], source["population"], strict=True
    ):
        found.setdefault(code, []).append((name, int(population)))
    return found


def _wages(zones: Table, jobs: Counts) -> tuple[Floats, Floats]:
    urssaf = table("zones_urssaf")
    rows = urssaf.row_index()
    wages = urssaf.numbers("mean_gross_wage")[[rows[code] for code in zones.columns["code"]]]
    manufacturing = jobs[:, [c.startswith("C") for c in SECTOR_CODES]].sum(axis=1)
    predictors = np.column_stack(
        [
            zones.numbers("managers"),
            manufacturing / jobs.sum(axis=1),
            zones.numbers("jobs_100_plus"),
        ]
    )
    complete = np.isfinite(predictors).all(axis=1)
    predicted = np.full(len(zones), np.nan)
    predicted[complete] = impute.predicted_wages(np.log(wages[complete]), predictors[complete])
    return wages, predicted


@per_folder
def _sources() -> _Sources:
    zones = table("zones")
    codes = zones.columns["code"]
    jobs_table = table("salaried_jobs")
    jobs_rows = jobs_table.row_index()
    jobs = jobs_table.matrix(SECTOR_CODES)[[jobs_rows[code] for code in codes]].astype(np.int64)
    wages, predicted = _wages(zones, jobs)
    names = ("zones", "geometry", "jobseekers")
    rows = {name: table(name).row_index() for name in names}
    rows["fragility"] = {code: position for position, code in enumerate(fragility().codes)}
    durations = table("jobseekers").matrix(DURATIONS)
    return _Sources(zones, rows, jobs, wages, predicted, durations, _all_places(), fragility())


ILO_METHOD: Final = "round(E r / (1 - r)), E employed residents of the census, r localised rate"
HALO_METHOD: Final = "census unemployed minus ILO unemployed: people who call themselves unemployed"
HALO_ZERO_METHOD: Final = (
    "ILO unemployed exceed census unemployed (seasonal zone: the census is taken in January and "
    "February, the rate is a yearly mean); halo set to 0"
)
INACTIVE_METHOD: Final = (
    "residents 15-64 (employed over the employment rate) minus employed and ILO unemployed"
)
DURATION_METHOD: Final = (
    "authorities shared between zones by population; December 2019, registered categories A, B, C"
)
FRAGILITY_METHOD: Final = "mean of eight percentile ranks among mainland zones (docs/data.md)"


def _simple_provenance() -> dict[str, Provenance]:
    plain = {
        "code": "code", "name": "name", "region": "region", "population": "population",
        "employed_residents": "employed", "unemployed_census": "unemployed_census",
        "employment_rate_percent": "employment_rate", "jobs_workplace": "jobs_workplace",
        "salaried_share": "salaried", "establishments": "establishments",
        "jobs_share_under_10": "jobs_under_10", "jobs_share_100_plus": "jobs_100_plus",
        "in_migration_rate": "in_migration", "out_migration_rate": "out_migration",
        "living_standard_eur": "living_standard", "poverty_rate_percent": "poverty",
        "ti_share": "ti_share", "ti_ids": "ti_ids",
    }  # fmt: skip
    found = {name: published("zones", column) for name, column in plain.items()}
    found["salaried_jobs"] = published("salaried_jobs", "*")
    found["places"] = published("places", "*")
    found["size_classes"] = published("zones", "jobs_under_10")
    found["area_km2"] = published(
        "geometry", "*", "area of the simplified boundary, water included"
    )
    found["centroid"] = published("geometry", "*", "centroid of the simplified boundary")
    found["qualification_shares"] = published(
        "zones", "below_bac", impute.QUALIFICATION_METHOD, imputed=True
    )
    found["age_shares"] = published("zones", "ageing_index", impute.AGE_METHOD, imputed=True)
    found["duration_shares"] = published("jobseekers", "*", DURATION_METHOD)
    found["unemployed_ilo"] = published("unemployment", "*", ILO_METHOD)
    found["inactive_15_64"] = published("zones", "employment_rate", INACTIVE_METHOD)
    for name in ("fragility", "fragility_rank", "fragility_components"):
        found[name] = published("unemployment", "*", FRAGILITY_METHOD)
    return found


def _provenance(rate_year: str, wage_known: bool, negative_halo: bool) -> dict[str, Provenance]:
    found = _simple_provenance()
    rate = published("unemployment", "*", f"mean of the four quarters of {rate_year}")
    late = rate_year != CENSUS_YEAR
    if late:
        rate = published(
            "unemployment", "*",
            f"2022 is withheld for this zone: mean of {rate_year}, the latest published year",
            imputed=True,
        )  # fmt: skip
    found["unemployment_rate_percent"] = rate
    found["halo"] = published(
        "zones", "unemployed_census", HALO_ZERO_METHOD if negative_halo else HALO_METHOD,
        imputed=negative_halo,
    )  # fmt: skip
    found["mean_gross_wage_eur"] = published(
        "zones_urssaf", "mean_gross_wage", "" if wage_known else impute.WAGE_METHOD, not wage_known
    )
    return found


def _size_classes(code: str) -> dict[str, tuple[int, int]] | None:
    source = optional_table("size_classes")
    if source is None:
        return None
    columns = source.columns
    return {
        columns["size"][row]: (int(columns["establishments"][row]), int(columns["jobs"][row]))
        for row, zone in enumerate(columns["code"])
        if zone == code
    } or None


def load_basin(code: str) -> BasinFigures:
    """Figures of a mainland zone, by code ("3202") or name. Raises InputError (see find_zone)."""
    return _load(find_zone(code))


@per_folder
def _load(code: str) -> BasinFigures:
    sources = _sources()
    zones, row = sources.zones, sources.rows["zones"][code]
    geometry, geometry_row = table("geometry").columns, sources.rows["geometry"][code]

    def text(column: str) -> str:
        return zones.columns[column][row]

    employed, unemployed = int(text("employed")), int(text("unemployed_census"))
    employment_rate = float(text("employment_rate"))
    rate, rate_year = yearly_rate(code)
    unemployed_ilo = round(employed * rate / (100 - rate))
    position = sources.rows["fragility"][code]
    wage = float(sources.wages[row])
    durations = sources.durations[sources.rows["jobseekers"][code]]
    ranks = sources.fragility.ranks[position]
    return BasinFigures(
        code=code,
        name=text("name"),
        region=REGIONS[text("region")],
        population=int(text("population")),
        employed_residents=employed,
        unemployed_census=unemployed,
        unemployment_rate_percent=rate,
        unemployed_ilo=unemployed_ilo,
        halo=max(0, unemployed - unemployed_ilo),
        inactive_15_64=round(100 * employed / employment_rate) - employed - unemployed_ilo,
        employment_rate_percent=employment_rate,
        jobs_workplace=int(text("jobs_workplace")),
        salaried_share=float(text("salaried")) / 100,
        salaried_jobs=sources.jobs[row].copy(),
        establishments=int(text("establishments")),
        jobs_share_under_10=float(text("jobs_under_10")) / 100,
        jobs_share_100_plus=float(text("jobs_100_plus")) / 100,
        qualification_shares=impute.qualification_shares(
            float(text("below_bac")) / 100, float(text("above_bac2")) / 100
        ),
        age_shares=impute.age_shares(float(text("ageing_index"))),
        duration_shares=durations / durations.sum(),
        in_migration_rate=float(text("in_migration")) / 100,
        out_migration_rate=float(text("out_migration")) / 100,
        mean_gross_wage_eur=wage if np.isfinite(wage) else round(float(sources.predicted[row]), 1),
        living_standard_eur=float(text("living_standard")),
        poverty_rate_percent=float(text("poverty")),
        ti_share=float(text("ti_share") or 0),
        ti_ids=tuple(identifier for identifier in text("ti_ids").split("|") if identifier),
        fragility=float(sources.fragility.index[position]),
        fragility_rank=int(sources.fragility.position[position]),
        fragility_components={c.name: float(r) for c, r in zip(COMPONENTS, ranks, strict=True)},
        area_km2=float(geometry["area_km2"][geometry_row]),
        centroid=(
            float(geometry["longitude"][geometry_row]),
            float(geometry["latitude"][geometry_row]),
        ),
        places=tuple(sources.places[code]),
        size_classes=_size_classes(code),
        provenance=_provenance(rate_year, bool(np.isfinite(wage)), unemployed < unemployed_ilo),
    )


@per_folder
def _list() -> tuple[BasinSummary, ...]:
    sources = _sources()
    industrial = [code[0] in "BCDE" for code in SECTOR_CODES]
    found = []
    for position, code in enumerate(sources.fragility.codes):
        row = sources.rows["zones"][code]
        columns = sources.zones.columns
        jobs = sources.jobs[row]
        found.append(
            BasinSummary(
                code=code,
                name=columns["name"][row],
                region=REGIONS[columns["region"][row]],
                population=int(columns["population"][row]),
                employed_residents=int(columns["employed"][row]),
                salaried_jobs=int(jobs.sum()),
                industry_share=float(jobs[industrial].sum() / jobs.sum()),
                unemployment_rate_percent=float(sources.fragility.values[position, 0]),
                fragility=float(sources.fragility.index[position]),
                fragility_rank=int(sources.fragility.position[position]),
                ti_share=float(columns["ti_share"][row] or 0),
            )
        )
    return tuple(found)


def list_basins() -> tuple[BasinSummary, ...]:
    """All 287 simulable (mainland) zones, in code order."""
    return _list()


def neighbours(code: str) -> dict[str, float]:
    """Zones that touch a zone and the length of the common boundary [km]."""
    source = table("neighbours").columns
    pairs = zip(source["code"], source["neighbour"], source["shared_km"], strict=True)
    found = {}
    for first, second, length in pairs:
        if code in (first, second):
            found[second if first == code else first] = float(length)
    return found
