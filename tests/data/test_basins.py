"""Figures of the 287 mainland zones: published totals, invariants, provenance, speed."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import pytest

from rebound_sim.data import impute
from rebound_sim.data.basins import (
    BasinFigures,
    list_basins,
    load_basin,
    neighbours,
    overseas_zones,
    synthetic_basin,
)
from rebound_sim.data.directory import find_zone, zone_names
from rebound_sim.data.fragility import COMPONENTS, fragility, percentile_ranks
from rebound_sim.data.history import jobs_history, national_unemployment, unemployment_history
from rebound_sim.data.profile import basin_record, imputed_fields, yearly_means
from rebound_sim.data.sectors import A17_CODES, INPUT_OUTPUT_SECTORS, SECTORS
from rebound_sim.data.synthetic import largest_remainder
from rebound_sim.errors import InputError

WITHHELD = ("2716", "3205", "7508", "7611")
ALWAYS_IMPUTED = {"age_shares", "qualification_shares"}


@pytest.fixture(scope="module")
def zones() -> list[BasinFigures]:
    return [load_basin(summary.code) for summary in list_basins()]


def test_nomenclature() -> None:
    assert (len(SECTORS), len(A17_CODES), len(INPUT_OUTPUT_SECTORS)) == (38, 17, 34)
    assert [sector.code for sector in SECTORS] == sorted(sector.code for sector in SECTORS)
    assert sum(sector.manufacturing for sector in SECTORS) == 13


def test_all_mainland_zones_are_there_and_the_others_are_refused(
    zones: list[BasinFigures],
) -> None:
    assert len(zones) == 287
    assert len(zone_names()) == 306
    assert len(overseas_zones()) == 19
    for code, _ in overseas_zones():
        with pytest.raises(InputError, match="overseas"):
            load_basin(code)


def test_totals_add_up_to_the_published_ones(zones: list[BasinFigures]) -> None:
    # Flores end 2024: 26,604,745 salaried jobs in the 306 zones; overseas the difference.
    mainland = sum(int(zone.salaried_jobs.sum()) for zone in zones)
    assert 25_900_000 < mainland < 26_604_745
    # Census 2022, metropolitan France: 65.6 million residents.
    assert sum(zone.population for zone in zones) == pytest.approx(65.6e6, rel=5e-3)
    # Metropolitan France: 543,940 km2 in the cadastre, lakes and estuaries left out.
    assert sum(zone.area_km2 for zone in zones) == pytest.approx(543_940, rel=0.01)


def test_figures_equal_the_source(
    zones: list[BasinFigures], source_folder: Callable[[], Path | None]
) -> None:
    """Against the source when it is at hand, else against the accounting of the figures alone."""
    folder = source_folder()
    if folder is not None:
        with (folder / "basins.csv").open(encoding="utf-8") as file:
            source = {row["ze2020"]: row for row in csv.DictReader(file)}
        for zone in zones:
            row = source[zone.code]
            assert zone.employed_residents == float(row["employed_15_64"])
            assert zone.salaried_jobs.sum() == float(row["salaried_jobs_flores_2024"])
            assert zone.establishments == int(row["employer_establishments_2024"])
            if row["unemp_rate_2022_mean"]:
                published = float(row["unemp_rate_2022_mean"])
                assert zone.unemployment_rate_percent == pytest.approx(published, abs=0.006)
    for zone in zones:
        assert zone.employed_residents + zone.unemployed_ilo + zone.inactive_15_64 == pytest.approx(
            100 * zone.employed_residents / zone.employment_rate_percent, abs=0.51
        )


def test_invariants(zones: list[BasinFigures]) -> None:
    for zone in zones:
        assert zone.salaried_jobs.shape == (38,) and zone.salaried_jobs.dtype == np.int64
        assert (zone.salaried_jobs >= 0).all() and not zone.salaried_jobs.flags.writeable
        for shares, size in (
            (zone.qualification_shares, 4),
            (zone.age_shares, 5),
            (zone.duration_shares, 6),
        ):
            assert shares.shape == (size,) and (shares > 0).all()
            assert shares.sum() == pytest.approx(1, abs=1e-12)
        rate = zone.unemployed_ilo / (zone.unemployed_ilo + zone.employed_residents)
        assert 100 * rate == pytest.approx(zone.unemployment_rate_percent, abs=0.01)
        assert 0 <= zone.halo <= zone.inactive_15_64
        assert 0 < zone.jobs_share_under_10 + zone.jobs_share_100_plus < 1
        assert 0 < zone.in_migration_rate < 0.1 and 0 < zone.out_migration_rate < 0.1
        assert 1_500 < zone.mean_gross_wage_eur < 6_000
        assert 0 <= zone.ti_share <= 1 and 0 <= zone.fragility <= 100
        assert 1 <= len(zone.places) <= 12
        # Orée d'Anjou, a seventh of Ancenis, has no population in the municipal source.
        gap = 0.14 if zone.code == "5201" else 0.03
        assert sum(people for _, people in zone.places) == pytest.approx(zone.population, rel=gap)


def test_places_are_ordered_and_the_rest_comes_last(zones: list[BasinFigures]) -> None:
    for zone in zones:
        named = [people for name, people in zone.places if not name.startswith("Other ")]
        assert named == sorted(named, reverse=True)
        assert len(zone.places) - len(named) <= 1
    assert load_basin("Paris").places[0] == ("Paris", 2_103_778)


def test_every_field_has_a_provenance(zones: list[BasinFigures]) -> None:
    names = {field.name for field in fields(BasinFigures)} - {"provenance"}
    for zone in zones:
        assert set(zone.provenance) == names
        for origin in zone.provenance.values():
            assert origin.source and origin.vintage and origin.licence
            assert origin.method or not origin.imputed


def test_only_what_is_not_published_is_imputed(zones: list[BasinFigures]) -> None:
    for zone in zones:
        extra = set(imputed_fields(zone)) - ALWAYS_IMPUTED
        if zone.code in WITHHELD:
            assert extra == {"unemployment_rate_percent", "mean_gross_wage_eur"}
            assert "2019" in zone.provenance["unemployment_rate_percent"].method
        elif zone.code == "9302":  # Briancon: more ILO than census unemployed
            assert extra == {"halo"} and zone.halo == 0
        else:
            assert not extra


def test_age_tilt_keeps_the_national_shape_and_follows_the_ageing_index() -> None:
    national = impute.age_shares(impute.NATIONAL_AGEING_INDEX)
    assert national == pytest.approx(impute.NATIONAL_AGES / impute.NATIONAL_AGES.sum())
    old = impute.age_shares(150.0)
    assert old[0] < national[0] and old[4] > national[4]
    # Over the whole pyramid, 66 years between the two ages multiply the ratio by 150 / 89.92.
    assert (old[4] / national[4]) / (old[0] / national[0]) == pytest.approx(
        (150 / impute.NATIONAL_AGEING_INDEX) ** (42.5 / 66)
    )


def test_qualification_split_is_close_to_the_published_one() -> None:
    # Insee, census 2022, table FOR T2 (page 8581240), zone 7520: bac 17.9 %, bac+2 12.5 %.
    assert impute.qualification_shares(0.519, 0.177)[1:3] == pytest.approx([0.179, 0.125], abs=0.01)


def test_names_and_codes() -> None:
    assert find_zone("3217") == find_zone("maubeuge") == find_zone("Maubeuge") == "3217"
    assert find_zone("SAINT ETIENNE") == find_zone("Saint-Étienne")
    with pytest.raises(InputError, match="did you mean 9312 Marseille"):
        find_zone("Marseile")
    with pytest.raises(InputError, match="did you mean"):
        find_zone("32O2")


def test_neighbours_are_symmetric() -> None:
    for code, length in neighbours("3217").items():
        assert neighbours(code)["3217"] == length > 0


def test_fragility_is_a_mean_of_ranks() -> None:
    scores = fragility()
    assert scores.values.shape == scores.ranks.shape == (287, len(COMPONENTS))
    assert np.isfinite(scores.values).all()
    assert scores.ranks.min() == 0 and scores.ranks.max() == 100
    assert scores.index == pytest.approx(scores.ranks.mean(axis=1))
    assert sorted(scores.position) == list(range(1, 288))
    assert percentile_ranks(np.array([3.0, 1.0, 1.0, 9.0])) == pytest.approx(
        [66.67, 16.67, 16.67, 100], abs=0.01
    )
    maubeuge, rennes = load_basin("3217"), load_basin("Rennes")
    assert maubeuge.fragility > 70 > 20 > rennes.fragility


def test_histories() -> None:
    rates = unemployment_history("3217")
    assert (rates.dates[0], rates.dates[-1]) == ("2003-T1", "2023-T4")
    assert yearly_means(rates)["2022"] == pytest.approx(
        load_basin("3217").unemployment_rate_percent
    )
    assert jobs_history("3217").dates[0] == "1998"
    assert len(jobs_history("3205").published().dates) < 26  # withheld years stay unpublished
    assert np.isnan(jobs_history("3205").values[-1])
    # Insee: 7.1 % in metropolitan France, mean of 2022.
    assert yearly_means(national_unemployment())["2022"] == pytest.approx(7.1, abs=0.1)
    with pytest.raises(InputError):
        unemployment_history("9999")


def test_record_is_complete() -> None:
    record = basin_record(load_basin("3217"))
    assert sum(row["jobs"] for row in record["sectors"]) == record["salaried_jobs"]
    assert record["commuting"] is None and record["size_classes"] is None
    assert {row["id"] for row in record["territoires_industrie"]} == set(record["ti_ids"])


@dataclass(frozen=True)
class Spec:
    label: str = "stated"
    employed_residents: int = 40_000
    unemployment_rate_percent: float = 9.0
    industry_share: float = 0.2
    establishments: int = 3_500
    area_km2: float = 1_500.0
    places: int = 6
    qualification_shares: tuple[float, ...] = (0.5, 0.2, 0.13, 0.17)


def test_synthetic_zone_keeps_what_is_stated() -> None:
    zone = synthetic_basin(Spec())
    industrial = np.array([sector.industrial for sector in SECTORS])
    jobs = zone.salaried_jobs
    assert jobs[industrial].sum() / jobs.sum() == pytest.approx(0.2, abs=1e-3)
    assert zone.employed_residents == 40_000 and len(zone.places) == 6
    assert zone.unemployed_ilo == round(40_000 * 9 / 91)
    assert sum(people for _, people in zone.places) == zone.population
    assert zone.provenance["age_shares"].imputed and not zone.provenance["area_km2"].imputed


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("employed_residents", 0),
        ("industry_share", 1.2),
        ("places", 0),
        ("area_km2", -1.0),
        ("unemployment_rate_percent", 0.0),
        ("qualification_shares", (0.5, 0.5)),
    ],
)
def test_synthetic_zone_out_of_range(key: str, value: object) -> None:
    with pytest.raises(InputError, match=f"basin.synthetic.{key}"):
        synthetic_basin(Spec(**{key: value}))  # type: ignore[arg-type]


def test_largest_remainder() -> None:
    assert largest_remainder(np.array([1.0, 1.0, 1.0]), 4).tolist() == [2, 1, 1]
    assert largest_remainder(np.array([0.0, 3.0, 1.0]), 10).sum() == 10
