"""A zone as it was at a quarter, and the national path of demand."""

from __future__ import annotations

import numpy as np
import pytest

from rebound_sim.data.basins import list_basins, load_basin
from rebound_sim.data.closures import KNOWN_CLOSURES
from rebound_sim.data.dated import FIRST_YEAR, LAST_YEAR, jobs_at
from rebound_sim.data.history import jobs_history, unemployment_history
from rebound_sim.data.sectors import SECTOR_INDEX, SECTORS
from rebound_sim.errors import InputError
from rebound_sim.population.establishments import establishments
from rebound_sim.scenario import Conditions
from rebound_sim.scenario.nation import national_demand

MANUFACTURING = np.array([sector.manufacturing for sector in SECTORS])


@pytest.mark.parametrize("quarter", ["1999-T1", "2006-T4", "2013-T2", "2020-T3", "2023-T4"])
def test_every_zone_can_be_dated_and_its_stocks_agree(quarter: str) -> None:
    for zone in list_basins()[::7]:
        figures = load_basin(f"{zone.code}@{quarter}")
        rate = 100 * figures.unemployed_ilo / (figures.unemployed_ilo + figures.employed_residents)
        assert rate == pytest.approx(figures.unemployment_rate_percent, abs=0.01)
        assert figures.salaried_jobs.min() >= 0
        assert 0 <= figures.halo <= figures.inactive_15_64
        assert figures.provenance["salaried_jobs"].imputed
        assert quarter in figures.provenance["salaried_jobs"].method


def test_published_series_are_followed_at_their_dates() -> None:
    rates = unemployment_history("3202")
    figures = load_basin("3202@2013-T1")
    assert figures.unemployment_rate_percent == rates.values[rates.dates.index("2013-T1")]
    jobs = jobs_history("3202")
    assert jobs_at("3202", 2014.0) == jobs.values[jobs.dates.index("2013")]
    ratio = load_basin("3202@2013-T4").salaried_jobs.sum() / load_basin("3202").salaried_jobs.sum()
    assert ratio == pytest.approx(jobs.values[jobs.dates.index("2013")] / jobs.values[-1], rel=1e-4)


def test_the_past_is_more_industrial_in_the_nation() -> None:
    shares = []
    for quarter in ("2002-T4", "2010-T4", "2019-T4"):
        jobs = sum(load_basin(f"{z.code}@{quarter}").salaried_jobs for z in list_basins()[::10])
        shares.append(jobs[MANUFACTURING].sum() / jobs.sum())
    assert shares[0] > shares[1] > shares[2]


def test_a_known_closure_fits_in_its_sector_before_it_and_is_gone_after() -> None:
    for closure in KNOWN_CLOSURES:
        sector = SECTOR_INDEX[closure.sector]
        before = load_basin(f"{closure.code}@{closure.closed}")
        opened = establishments(before, [(sector, closure.jobs)])
        assert opened.size[opened.site[0]] == closure.jobs
        if closure.closed < "2020-T1":
            year, number = int(closure.closed[:4]), int(closure.closed[-1])
            following = f"{year + 1}-T1" if number == 4 else f"{year}-T{number + 1}"
            after = load_basin(f"{closure.code}@{following}")
            lost = before.salaried_jobs[sector] - after.salaried_jobs[sector]
            assert lost == pytest.approx(closure.jobs, rel=0.25)


@pytest.mark.parametrize("text", ["3202@", "3202@2013", "3202@2013-T5", "3202@1990-T1"])
def test_a_wrong_quarter_is_refused_with_what_is_allowed(text: str) -> None:
    with pytest.raises(InputError, match=f"{FIRST_YEAR}-T1 to {LAST_YEAR}-T4"):
        load_basin(text)


def test_national_demand_starts_at_one_and_falls_most_when_unemployment_rises_most() -> None:
    path = national_demand("2007-T4", 16)
    assert path[0] == 1.0
    assert path[2009 - 2007] < min(path[:2]) and path[2009 - 2007] < path[2010 - 2007]
    assert len(national_demand("2020-T4", 10)) == 4


def test_a_path_of_demand_is_relative_to_its_first_value_and_level_at_its_ends() -> None:
    path = Conditions(external_demand=(100.0, 90.0, 120.0))
    assert path.external_demand_at(0) == 1.0
    assert path.external_demand_at(6) == pytest.approx(0.95)
    assert path.external_demand_at(12) == pytest.approx(0.9)
    assert path.external_demand_at(24) == path.external_demand_at(99) == pytest.approx(1.2)
    assert Conditions().external_demand_at(50) == 1.0
    around = Conditions(external_unemployment=(8.0, 10.0))
    assert around.external_unemployment_at(6) == pytest.approx(9.0 / 8.0)
    assert around.external_unemployment_at(40) == pytest.approx(10.0 / 8.0)
    with pytest.raises(ValueError, match="either"):
        Conditions(external_unemployment=(8.0,), external_unemployment_rate_percent=8.0)
