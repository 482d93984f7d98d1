"""Figures of one employment zone today, from the shipped tables.

Every field has a provenance; a field that is not published for the zone says so (`imputed`) with
its method.
"""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rebound_sim.arrays import Floats
from rebound_sim.data import impute
from rebound_sim.data.basin_provenance import basin_provenance, with_marks
from rebound_sim.data.fragility import COMPONENTS, Fragility, fragility, yearly_rate
from rebound_sim.data.regions import REGIONS
from rebound_sim.data.sectors import SECTOR_CODES
from rebound_sim.data.tables import (
    DURATIONS,
    Provenance,
    TextTable,
    optional_table,
    per_folder,
    published,
    table,
)

Counts = NDArray[np.int64]

QUALIFICATIONS: Final = ("below bac", "bac", "bac+2", "above bac+2")
DURATION_LABELS: Final = ("< 3", "3-5", "6-11", "12-23", "24-35", "36+")


@dataclass(frozen=True, eq=False, repr=False)
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

    def __repr__(self) -> str:
        return (
            f"<Zone {self.code} {self.name} ({self.region}): {self.population:,} residents, "
            f"{self.jobs_workplace:,} jobs, {self.unemployment_rate_percent:.1f} % unemployed, "
            f"fragility rank {self.fragility_rank}>"
        )

    def _repr_html_(self) -> str:
        shown = {
            name: f"{value:,}" if isinstance(value, int) else f"{value:g}"
            for name, value in vars(self).items()
            if isinstance(value, int | float)
        }
        rows = "".join(f"<tr><th>{name}</th><td>{value}</td></tr>" for name, value in shown.items())
        caption = html.escape(f"{self.code} {self.name} ({self.region})")
        return f"<table><caption>{caption}</caption>{rows}</table>"


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


@dataclass(frozen=True)
class _Sources:
    """Tables, row of each zone in each of them, and predicted wages."""

    zones: TextTable
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


def _wages(zones: TextTable, jobs: Counts) -> tuple[Floats, Floats]:
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


def _ages(code: str, ageing_index: float) -> tuple[Floats, Provenance]:
    """Age shares from the census file when one was built in, else from the ageing index."""
    source = optional_table("census_age")
    if source is not None and code in source.row_index():
        names = tuple(column for column in source.columns if column != "code")
        classes = source.matrix(names)[source.row_index()[code]]
        origin = published("census_age", "*", impute.CENSUS_AGE_METHOD)
        return impute.age_shares_from_census(classes), origin
    origin = published("zones", "ageing_index", impute.AGE_METHOD, imputed=True)
    return impute.age_shares(ageing_index), origin


@per_folder
def basin_today(code: str) -> BasinFigures:
    """Figures of a mainland zone today. code : of `find_zone`."""
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
    ages, age_provenance = _ages(code, float(text("ageing_index")))
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
        age_shares=ages,
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
        provenance=with_marks(
            basin_provenance(rate_year, bool(np.isfinite(wage)), unemployed < unemployed_ilo),
            code,
            rate_year,
        )
        | {"age_shares": age_provenance},
    )


@per_folder
def list_basins() -> tuple[BasinSummary, ...]:
    """All 287 simulable (mainland) zones, in code order."""
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
