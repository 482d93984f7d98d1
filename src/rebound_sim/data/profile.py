"""A zone's profile as plain records: what `rebound basins` prints and its `--json` gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from rebound_sim.data.basins import DURATION_LABELS, QUALIFICATIONS, BasinFigures, neighbours
from rebound_sim.data.directory import commuting_flows, zone_names
from rebound_sim.data.fragility import COMPONENTS, fragility
from rebound_sim.data.history import (
    Series,
    jobs_history,
    national_unemployment,
    unemployment_history,
)
from rebound_sim.data.impute import AGE_CLASSES
from rebound_sim.data.national import national_jobs
from rebound_sim.data.sectors import SECTORS
from rebound_sim.data.tables import table

Record = dict[str, Any]
JOBS_YEARS: Final = ("1998", "2008", "2019", "2023")


def national_value(column: str) -> float:
    """National value of a column of the table `zones` (France, overseas excluded)."""
    source = table("france")
    return float(source.columns["value"][source.row_index("column")[column]])


def sector_rows(figures: BasinFigures) -> list[Record]:
    """Jobs, share, national share and location quotient by A38 sector, in Insee order."""
    jobs = figures.salaried_jobs
    shares = jobs / jobs.sum()
    usual = national_jobs() / national_jobs().sum()
    return [
        {
            "sector": sector.code,
            "label": sector.english,
            "jobs": int(jobs[row]),
            "share": float(shares[row]),
            "national_share": float(usual[row]),
            "location_quotient": float(shares[row] / usual[row]) if usual[row] else 0.0,
        }
        for row, sector in enumerate(SECTORS)
    ]


def yearly_means(series: Series) -> dict[str, float]:
    """Mean by year of a quarterly series, years with four published quarters only."""
    by_year: dict[str, list[float]] = {}
    for date, value in zip(series.dates, series.values, strict=True):
        if np.isfinite(value):
            by_year.setdefault(date[:4], []).append(float(value))
    return {year: float(np.mean(v)) for year, v in by_year.items() if len(v) == 4}


def unemployment_rows(code: str) -> list[Record]:
    """Yearly unemployment rate of the zone and of the mainland [%], all published years."""
    zone, mainland = yearly_means(unemployment_history(code)), yearly_means(national_unemployment())
    return [
        {"year": year, "zone": zone.get(year), "mainland": rate} for year, rate in mainland.items()
    ]


def jobs_rows(code: str) -> list[Record]:
    """Salaried jobs at the end of every year, None where not published."""
    series = jobs_history(code)
    return [
        {"year": year, "jobs": int(value) if np.isfinite(value) else None}
        for year, value in zip(series.dates, series.values, strict=True)
    ]


def fragility_rows(code: str) -> list[Record]:
    """Components of the fragility index: value, unit and percentile rank (100 = most fragile)."""
    scores = fragility()
    position = scores.codes.index(code)
    return [
        {
            "component": component.name,
            "label": component.label,
            "unit": component.unit,
            "value": float(scores.values[position, column]),
            "median": float(np.median(scores.values[:, column])),
            "rank": float(scores.ranks[position, column]),
        }
        for column, component in enumerate(COMPONENTS)
    ]


def territory_rows(code: str) -> list[Record]:
    """Territoires d'industrie that touch the zone, by residents in common."""
    source = table("territoires_industrie").columns
    rows = zip(source["code"], source["id"], source["name"], source["population"], strict=True)
    found = [
        {"id": identifier, "name": name, "residents": int(residents or 0)}
        for zone, identifier, name, residents in rows
        if zone == code
    ]
    return sorted(found, key=lambda row: (-int(str(row["residents"])), str(row["id"])))


def neighbour_rows(code: str) -> list[Record]:
    """Zones that touch this one, longest common boundary first."""
    names = zone_names()
    links = sorted(neighbours(code).items(), key=lambda item: (-item[1], item[0]))
    return [{"code": other, "name": names[other], "shared_km": km} for other, km in links]


def _shares(labels: tuple[str, ...], values: Any) -> dict[str, float]:
    return {label: round(float(v), 5) for label, v in zip(labels, values, strict=True)}


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 5)
    return list(value) if isinstance(value, tuple) else value


_SCALARS: Final = (
    "code", "name", "region", "population", "employed_residents", "unemployed_census",
    "unemployment_rate_percent", "unemployed_ilo", "halo", "inactive_15_64",
    "employment_rate_percent", "jobs_workplace", "salaried_share", "establishments",
    "jobs_share_under_10", "jobs_share_100_plus", "in_migration_rate", "out_migration_rate",
    "mean_gross_wage_eur", "living_standard_eur", "poverty_rate_percent", "ti_share", "ti_ids",
    "fragility", "fragility_rank", "area_km2", "centroid",
)  # fmt: skip


def basin_record(figures: BasinFigures) -> Record:
    """Everything known of a real zone, ready for JSON, with provenance by field."""
    code = figures.code
    record: Record = {name: _plain(getattr(figures, name)) for name in _SCALARS}
    record["salaried_jobs"] = int(figures.salaried_jobs.sum())
    record["sectors"] = sector_rows(figures)
    record["qualification_shares"] = _shares(QUALIFICATIONS, figures.qualification_shares)
    record["age_shares"] = _shares(AGE_CLASSES, figures.age_shares)
    record["jobseeker_duration_shares"] = _shares(DURATION_LABELS, figures.duration_shares)
    record["size_classes"] = figures.size_classes
    record["unemployment"] = unemployment_rows(code)
    record["jobs_history"] = jobs_rows(code)
    record["fragility_components"] = fragility_rows(code)
    record["territoires_industrie"] = territory_rows(code)
    record["places"] = [{"name": name, "residents": people} for name, people in figures.places]
    record["neighbours"] = neighbour_rows(code)
    record["commuting"] = commuting_flows(code)
    record["provenance"] = {
        name: {
            "source": origin.source,
            "vintage": origin.vintage,
            "licence": origin.licence,
            "imputed": origin.imputed,
            "method": origin.method,
        }
        for name, origin in figures.provenance.items()
    }
    return record


def specialisation_distance(one: BasinFigures, other: BasinFigures) -> float:
    """Half the sum of absolute differences of sector shares: 0 same structure, 1 disjoint."""
    first = one.salaried_jobs / one.salaried_jobs.sum()
    second = other.salaried_jobs / other.salaried_jobs.sum()
    return float(np.abs(first - second).sum() / 2)


def imputed_fields(figures: BasinFigures) -> Mapping[str, str]:
    """Method of each field that is not published for the zone."""
    return {name: p.method for name, p in figures.provenance.items() if p.imputed}
