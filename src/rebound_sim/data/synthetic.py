"""A synthetic zone with stated characteristics; whatever is not stated is the mainland mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rebound_sim.data import impute
from rebound_sim.data.fragility import COMPONENTS
from rebound_sim.data.rounding import largest_remainder
from rebound_sim.data.sectors import SECTORS
from rebound_sim.data.tables import Provenance, per_folder
from rebound_sim.data.today import BasinFigures, basin_today, list_basins
from rebound_sim.errors import InputError


class SyntheticSpec(Protocol):
    """What a scenario states of a synthetic zone."""

    @property
    def label(self) -> str: ...
    @property
    def employed_residents(self) -> int: ...
    @property
    def unemployment_rate_percent(self) -> float: ...
    @property
    def industry_share(self) -> float: ...
    @property
    def establishments(self) -> int: ...
    @property
    def area_km2(self) -> float: ...
    @property
    def places(self) -> int: ...
    @property
    def qualification_shares(self) -> Sequence[float]: ...


@per_folder
def _mainland() -> dict[str, NDArray[np.float64]]:
    """Mainland means, weighted by residents in work (jobs: by zone jobs)."""
    zones = [basin_today(summary.code) for summary in list_basins()]
    employed = np.array([zone.employed_residents for zone in zones], dtype=np.float64)
    scalars = (
        "population",
        "employed_residents",
        "unemployed_census",
        "unemployed_ilo",
        "inactive_15_64",
        "jobs_workplace",
    )
    totals = {name: np.array(sum(getattr(z, name) for z in zones), np.float64) for name in scalars}
    means = (
        "salaried_share",
        "jobs_share_under_10",
        "jobs_share_100_plus",
        "duration_shares",
        "in_migration_rate",
        "out_migration_rate",
        "mean_gross_wage_eur",
        "living_standard_eur",
        "poverty_rate_percent",
    )
    for name in means:
        values = np.array([getattr(zone, name) for zone in zones])
        totals[name] = np.average(values, axis=0, weights=employed)
    totals["salaried_jobs"] = np.sum([zone.salaried_jobs for zone in zones], axis=0, dtype=float)
    return totals


def _check(spec: SyntheticSpec) -> None:
    shares = np.asarray(spec.qualification_shares, dtype=np.float64)
    problems = (
        (spec.employed_residents >= 1, "employed_residents", "at least 1"),
        (0 < spec.unemployment_rate_percent < 50, "unemployment_rate_percent", "between 0 and 50"),
        (0 <= spec.industry_share <= 1, "industry_share", "between 0 and 1"),
        (spec.establishments >= 1, "establishments", "at least 1"),
        (spec.area_km2 > 0, "area_km2", "more than 0"),
        (spec.places >= 1, "places", "at least 1"),
        (
            shares.shape == (4,) and bool((shares >= 0).all()) and abs(shares.sum() - 1) < 1e-6,
            "qualification_shares",
            "four shares with sum 1",
        ),
    )
    for accepted, key, allowed in problems:
        if not accepted:
            raise InputError(
                "out of range",
                key=f"basin.synthetic.{key}",
                value=getattr(spec, key),
                allowed=allowed,
            )


def _sector_jobs(spec: SyntheticSpec, mean: dict[str, NDArray[np.float64]]) -> NDArray[np.int64]:
    national = mean["salaried_jobs"]
    industrial = np.array([sector.industrial for sector in SECTORS])
    weights = np.where(
        industrial,
        spec.industry_share * national / national[industrial].sum(),
        (1 - spec.industry_share) * national / national[~industrial].sum(),
    )
    ratio = national.sum() / mean["employed_residents"]
    return largest_remainder(weights, round(float(spec.employed_residents * ratio)))


def synthetic_basin(spec: SyntheticSpec) -> BasinFigures:
    """Figures of a synthetic zone. Raises InputError for a value out of range.

    Stated fields are kept as given; the others are mainland means per resident in work, sectors
    keep national proportions within and outside industry, places follow a rank-size rule.
    """
    _check(spec)
    mean = _mainland()
    employed, rate = spec.employed_residents, spec.unemployment_rate_percent
    per_worker = {
        name: float(mean[name] / mean["employed_residents"])
        for name in ("population", "inactive_15_64", "unemployed_ilo", "jobs_workplace")
    }
    unemployed = round(employed * rate / (100 - rate))
    # Residents of working age per worker are the mainland's; unemployment comes out of inactivity.
    working_age = round(
        employed * (1 + per_worker["inactive_15_64"] + per_worker["unemployed_ilo"])
    )
    inactive = max(0, working_age - employed - unemployed)
    ratio = float(mean["unemployed_census"] / mean["unemployed_ilo"])
    halo = min(inactive, max(0, round(unemployed * (ratio - 1))))
    population = round(employed * per_worker["population"])
    sizes = largest_remainder(1 / np.arange(1, spec.places + 1), population)
    fields: dict[str, object] = {
        "code": spec.label,
        "name": "Synthetic zone",
        "region": "none",
        "population": population,
        "employed_residents": employed,
        "unemployed_census": unemployed + halo,
        "unemployment_rate_percent": float(rate),
        "unemployed_ilo": unemployed,
        "halo": halo,
        "inactive_15_64": inactive,
        "employment_rate_percent": 100 * employed / (employed + unemployed + inactive),
        "jobs_workplace": round(employed * per_worker["jobs_workplace"]),
        "salaried_share": float(mean["salaried_share"]),
        "salaried_jobs": _sector_jobs(spec, mean),
        "establishments": spec.establishments,
        "jobs_share_under_10": float(mean["jobs_share_under_10"]),
        "jobs_share_100_plus": float(mean["jobs_share_100_plus"]),
        "qualification_shares": np.asarray(spec.qualification_shares, dtype=np.float64),
        "age_shares": impute.age_shares(impute.NATIONAL_AGEING_INDEX),
        "duration_shares": mean["duration_shares"].copy(),
        "in_migration_rate": float(mean["in_migration_rate"]),
        "out_migration_rate": float(mean["out_migration_rate"]),
        "mean_gross_wage_eur": float(mean["mean_gross_wage_eur"]),
        "living_standard_eur": float(mean["living_standard_eur"]),
        "poverty_rate_percent": float(mean["poverty_rate_percent"]),
        "ti_share": 0.0,
        "ti_ids": (),
        "fragility": 50.0,
        "fragility_rank": 0,
        "fragility_components": {component.name: 50.0 for component in COMPONENTS},
        "area_km2": float(spec.area_km2),
        "centroid": (2.5, 46.5),
        "places": tuple((f"Place {rank + 1}", int(size)) for rank, size in enumerate(sizes)),
        "size_classes": None,
    }
    return BasinFigures(**fields, provenance=_provenance(fields, spec))  # type: ignore[arg-type]


def _provenance(fields: dict[str, object], spec: SyntheticSpec) -> dict[str, Provenance]:
    stated = {name for name in fields if hasattr(spec, name)} - {"places"}
    given = Provenance("scenario", "", "")
    filled = Provenance(
        "mean of the 287 mainland zones",
        "2022-2025",
        "Licence Ouverte 2.0; ODbL 1.0",
        imputed=True,
        method="synthetic zone: mainland mean or rule, see docs/data.md",
    )
    return {name: given if name in stated else filled for name in fields}
