"""Columns of the zone tables: shipped name, name in the prepared file, meaning, unit, source.

One declaration each; `build` writes the tables and the column dictionary from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

OPEN: Final = "Licence Ouverte 2.0"
ODBL: Final = "ODbL 1.0"
CENSUS: Final = "Insee, census (recensement de la population), zones d'emploi 2020"
FLORES: Final = "Insee, Flores"
FILOSOFI: Final = "Insee-DGFiP, Filosofi"
LOCALISED: Final = "Insee, localised unemployment rates (page 1893230)"
URSSAF: Final = "Urssaf, private salaried jobs and pay by zone d'emploi"
ANCT: Final = "ANCT, Territoires d'industrie 2023-2027"
ESTIMATES: Final = "Insee, estimations d'emploi localisées"
GEOGRAPHY: Final = "Insee, composition of the zones d'emploi 2020 (page 4652957)"
BOUNDARIES: Final = "Insee-IGN, zones d'emploi boundaries"
ICIO: Final = "OECD, Inter-Country Input-Output tables, France"
OECD_TERMS: Final = "OECD terms, reuse with attribution"
LEGAL: Final = "Insee, legal populations"
COMMUTING: Final = "Insee, commuting flows (page 8998300)"


@dataclass(frozen=True, slots=True)
class Shipped:
    """A shipped column: `prepared` is its name in basins.csv; `decimals` None for text."""

    name: str
    prepared: str
    meaning: str
    unit: str
    source: str
    vintage: str
    licence: str = OPEN
    decimals: int | None = 0


def _census(name: str, prepared: str, meaning: str, unit: str, decimals: int = 0) -> Shipped:
    return Shipped(name, prepared, meaning, unit, CENSUS, "2022", OPEN, decimals)


# fmt: off
ZONE_COLUMNS: Final[tuple[Shipped, ...]] = (
    Shipped("code", "ze2020", "zone code, 4 characters", "code", GEOGRAPHY, "2025", OPEN, None),
    Shipped("name", "name", "zone name", "text", GEOGRAPHY, "2025", OPEN, None),
    Shipped("region", "region_main", "region holding most of the population",
           "Insee code", GEOGRAPHY, "2025", OPEN, None),
    Shipped("municipalities", "n_communes_2023", "municipalities",
           "count", GEOGRAPHY, "2023", OPEN, 0),
    _census("population", "pop2022", "residents", "persons"),
    _census("active", "active_15_64", "active residents aged 15-64", "persons"),
    _census("employed", "employed_15_64", "residents aged 15-64 in work", "persons"),
    _census("unemployed_census", "unemployed_15_64_census",
            "residents aged 15-64 who call themselves unemployed", "persons"),
    _census("jobs_workplace", "jobs_workplace", "jobs at the workplace, all statuses", "jobs"),
    _census("employment_rate", "rp22_employment_rate_15_64_pct",
            "residents in work over residents, 15-64", "%", 2),
    _census("salaried", "rp22_salaried_pct", "salaried jobs over jobs at the workplace", "%", 2),
    _census("below_bac", "rp22_below_bac_pct",
            "persons 15+ out of school with less than the baccalaureat", "%", 2),
    _census("above_bac2", "rp22_above_bac2_pct",
            "persons 15+ out of school with more than two years after it", "%", 2),
    _census("managers", "rp22_managers_pct_15plus", "managers among residents 15+", "%", 2),
    _census("blue_collar", "rp22_bluecollar_pct_15plus", "manual workers, residents 15+", "%", 2),
    _census("retired", "rp22_retired_pct_15plus", "retired among residents 15+", "%", 2),
    _census("aged_75_plus", "rp22_age75plus_pct", "residents aged 75 or more", "%", 2),
    _census("ageing_index", "rp22_ageing_index_65plus_per_100_under20",
            "residents 65+ per 100 residents under 20", "ratio", 2),
    _census("in_migration", "rp22_inmigrants_pct",
            "residents who lived in another zone a year before", "% of residents", 2),
    _census("out_migration", "rp22_outmigrants_pct",
            "residents of a year before now in another zone", "% of residents", 2),
    _census("net_migration_15_24", "rp22_net_migration_15_24_pct",
            "net migration, ages 15-24", "% of the age group", 2),
    _census("vacant_dwellings", "rp22_vacant_dwellings_pct", "vacant dwellings", "%", 2),
    _census("owners", "rp22_owner_occupiers_pct", "households owning their dwelling", "%", 2),
    Shipped("establishments", "employer_establishments_2024", "establishments with employees",
           "count", FLORES, "end 2024", OPEN, 0),
    Shipped("jobs_under_10", "flores23_jobs_in_estab_lt10_pct",
           "salaried jobs in establishments of 1-9",
           "%", FLORES, "end 2023", OPEN, 2),
    Shipped("jobs_100_plus", "flores23_jobs_in_estab_ge100_pct",
           "salaried jobs in establishments of 100 or more",
           "%", FLORES, "end 2023", OPEN, 2),
    Shipped("presential", "flores23_presential_jobs_pct", "salaried jobs in the presential sphere",
           "%", FLORES, "end 2023", OPEN, 2),
    Shipped("living_standard", "filosofi21_median_living_standard_eur", "median living standard",
           "EUR a year", FILOSOFI, "2021", OPEN, 0),
    Shipped("poverty", "filosofi21_poverty_rate_pct", "persons below 60 % of the median",
           "%", FILOSOFI, "2021", OPEN, 1),
    Shipped("ti_share", "ti183_population_share", "residents living in a Territoire d'industrie",
           "share 0-1", ANCT, "2024", OPEN, 4),
    Shipped("ti_ids", "ti183_ids", "Territoires d'industrie touching the zone",
           "ids, |", ANCT, "2024", OPEN, None),
)
# fmt: on

#: Kept apart because the licence (ODbL) differs from that of the other tables.
URSSAF_COLUMNS: Final[tuple[Shipped, ...]] = (
    Shipped("code", "ze2020", "zone code, 4 characters", "code", GEOGRAPHY, "2025", ODBL, None),
    Shipped(
        "private_jobs",
        "private_salaried_urssaf_2025T4",
        "private salaried jobs",
        "jobs",
        URSSAF,
        "2025 T4",
        ODBL,
    ),
    Shipped(
        "mean_gross_wage",
        "mean_gross_monthly_wage_urssaf_2025T4",
        "mean gross pay of private employees",
        "EUR a month",
        URSSAF,
        "2025 T4",
        ODBL,
        1,
    ),
)

# fmt: off
#: table, meaning, unit, source, vintage, licence; the note holds for every column of the table.
_TABLES: Final[tuple[tuple[str, str, str, str, str, str], ...]] = (
    ("geometry", "area and centroid of the simplified boundary",
     "km2; degrees", BOUNDARIES, "2025", OPEN),
    ("neighbours", "pairs of zones with a common boundary, its length",
     "km", BOUNDARIES, "2025", OPEN),
    ("salaried_jobs", "salaried jobs by A38 sector",
     "jobs", FLORES, "end 2024", OPEN),
    ("jobs_history", "salaried jobs at year end",
     "jobs", ESTIMATES, "1998-2023", OPEN),
    ("unemployment", "localised unemployment rate, quarter",
     "%", LOCALISED, "2003 T1-2023 T4", OPEN),
    ("jobseekers", "registered job-seekers (A, B, C) by months of registration",
     "persons", "Pôle emploi, job-seekers by intermunicipal authority", "December 2019", OPEN),
    ("places", "intermunicipal authorities or municipalities of the zone",
     "residents", LEGAL, "2023", OPEN),
    ("municipalities", "municipalities: zone, intermunicipal authority, residents",
     "code; residents", f"{GEOGRAPHY}; {LEGAL}", "2023", OPEN),
    ("authorities", "intermunicipal authorities of the municipalities",
     "code; text", GEOGRAPHY, "2023", OPEN),
    ("marks", "cells that are not plain published figures, and how they were filled",
     "text", "rebound data", "as built", OPEN),
    ("sources", "official files that the tables were made from, and what was read of them",
     "text; count", "rebound data", "as built", OPEN),
    ("territoires_industrie", "overlap of Territoires d'industrie with zones",
     "residents", ANCT, "2024", OPEN),
    ("sector_trends", "private salaried jobs by A38 sector, zones with all years",
     "jobs", URSSAF, "2019-2024", ODBL),
    ("private_jobs", "private salaried jobs by zone, year and A38 sector; empty: none or withheld",
     "jobs", URSSAF, "2019, 2022, 2024", ODBL),
    ("france", "national value of columns of the table zones, overseas excluded",
     "as in zones", "Insee; Insee-DGFiP", "2021-2023", OPEN),
    ("size_classes", "establishments and salaried jobs by size class",
     "count; jobs", FLORES, "end 2024", OPEN),
    ("commuting", "residents 15+ in work by zone of residence and of work",
     "persons", COMMUTING, "as downloaded", OPEN),
    ("census_age", "residents by age class",
     "persons", CENSUS, "2022", OPEN),
    ("input_output_domestic", "flows of domestic products, row sector to column sector",
     "million USD", ICIO, "2014", OECD_TERMS),
    ("input_output_imported", "flows of imported products, row sector to column sector",
     "million USD", ICIO, "2014", OECD_TERMS),
    ("input_output_uses", "final uses, exports, output and value added by sector",
     "million USD", ICIO, "2014", OECD_TERMS),
    ("size_distribution", "enterprises and persons employed by section and size class",
     "count; persons", "OECD, Structural and demographic business statistics, France",
     "2019", OECD_TERMS),
)
# fmt: on

#: table, column (* = every column), meaning, unit, source, vintage, licence
OTHER_COLUMNS: Final = tuple((table, "*", *note) for table, *note in _TABLES)


def all_notes() -> list[tuple[str, ...]]:
    """Notes of every declared column: table, column, meaning, unit, source, vintage, licence."""
    notes: list[tuple[str, ...]] = []
    for name, columns in (("zones", ZONE_COLUMNS), ("zones_urssaf", URSSAF_COLUMNS)):
        notes += [
            (name, c.name, c.meaning, c.unit, c.source, c.vintage, c.licence) for c in columns
        ]
    return notes + [tuple(note) for note in OTHER_COLUMNS]


def declared_vintage(table: str, column: str) -> str:
    """Vintage of a column of the shipped tables."""
    return next((n[5] for n in all_notes() if n[0] == table and n[1] in (column, "*")), "")
