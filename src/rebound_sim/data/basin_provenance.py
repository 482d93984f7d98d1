"""Provenance of each field of a zone's figures."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from rebound_sim.data import impute
from rebound_sim.data.tables import Provenance, marks_of, optional_table, published

CENSUS_YEAR: Final = "2022"
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
PLACES_METHOD: Final = (
    "parts of intermunicipal authorities inside the zone (largest municipalities when there are "
    "fewer than four); 79 mainland municipalities without a published population count as zero, "
    "which matters in Ancenis only (14 %)"
)
FRAGILITY_METHOD: Final = "mean of eight percentile ranks among mainland zones (docs/data.md)"


def _simple_provenance() -> dict[str, Provenance]:
    plain = {
        "code": "code",
        "name": "name",
        "region": "region",
        "population": "population",
        "employed_residents": "employed",
        "unemployed_census": "unemployed_census",
        "employment_rate_percent": "employment_rate",
        "jobs_workplace": "jobs_workplace",
        "salaried_share": "salaried",
        "establishments": "establishments",
        "jobs_share_under_10": "jobs_under_10",
        "jobs_share_100_plus": "jobs_100_plus",
        "in_migration_rate": "in_migration",
        "out_migration_rate": "out_migration",
        "living_standard_eur": "living_standard",
        "poverty_rate_percent": "poverty",
        "ti_share": "ti_share",
        "ti_ids": "ti_ids",
    }
    found = {name: published("zones", column) for name, column in plain.items()}
    found["salaried_jobs"] = published("salaried_jobs", "*")
    found["places"] = published("places", "*", PLACES_METHOD)
    origin = "*" if optional_table("size_classes") else "jobs_under_10"
    found["size_classes"] = published("size_classes" if origin == "*" else "zones", origin)
    found["area_km2"] = published(
        "geometry", "*", "area of the simplified boundary, water included"
    )
    found["centroid"] = published("geometry", "*", "centroid of the simplified boundary")
    found["qualification_shares"] = published(
        "zones", "below_bac", impute.QUALIFICATION_METHOD, imputed=True
    )
    found["duration_shares"] = published("jobseekers", "*", DURATION_METHOD)
    found["unemployed_ilo"] = published("unemployment", "*", ILO_METHOD)
    found["inactive_15_64"] = published("zones", "employment_rate", INACTIVE_METHOD)
    for name in ("fragility", "fragility_rank", "fragility_components"):
        found[name] = published("unemployment", "*", FRAGILITY_METHOD)
    return found


def basin_provenance(
    rate_year: str, wage_known: bool, negative_halo: bool
) -> dict[str, Provenance]:
    """Provenance by field of BasinFigures (age shares excepted, whose source may vary).

    rate_year : year of the unemployment rate; wage_known : the wage is published;
    negative_halo : ILO unemployed exceed census unemployed
    """
    found = _simple_provenance()
    rate = published("unemployment", "*", f"mean of the four quarters of {rate_year}")
    late = rate_year != CENSUS_YEAR
    if late:
        rate = published(
            "unemployment",
            "*",
            f"2022 is withheld for this zone: mean of {rate_year}, the latest published year",
            imputed=True,
        )
    found["unemployment_rate_percent"] = rate
    found["halo"] = published(
        "zones",
        "unemployed_census",
        HALO_ZERO_METHOD if negative_halo else HALO_METHOD,
        imputed=negative_halo,
    )
    found["mean_gross_wage_eur"] = published(
        "zones_urssaf", "mean_gross_wage", "" if wage_known else impute.WAGE_METHOD, not wage_known
    )
    return found


#: Field of BasinFigures -> table whose marks speak of it.
_MARKED: Final = {
    "salaried_jobs": "salaried_jobs",
    "mean_gross_wage_eur": "zones_urssaf",
    "size_classes": "size_classes",
    "jobs_share_under_10": "size_classes",
    "jobs_share_100_plus": "size_classes",
    "unemployment_rate_percent": "unemployment",
}


def with_marks(found: dict[str, Provenance], code: str, rate_year: str) -> dict[str, Provenance]:
    """The provenance with what tables built from official files say of cells of the zone.

    A withheld figure was filled, hence imputed; a provisional or former one is published.
    """
    for name, table_name in _MARKED.items():
        for column, mark, note in marks_of(table_name, code):
            if table_name == "unemployment" and not column.startswith(rate_year):
                continue
            where = "" if column == "*" else f"{column} "
            before = found[name]
            method = "; ".join(part for part in (before.method, f"{where}{mark}: {note}") if part)
            imputed = before.imputed or mark == "withheld"
            found[name] = replace(before, method=method, imputed=imputed)
    return found
