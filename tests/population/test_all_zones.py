"""Every mainland zone at t = 0 reproduces its published totals."""

import numpy as np
import pytest

from rebound_sim.data.basins import list_basins, load_basin
from rebound_sim.parameters import ParameterSet
from rebound_sim.population.establishments import establishments
from rebound_sim.population.layout import layout

MONTHS = 144


@pytest.fixture(scope="module")
def zones():
    """Figures, establishments and layout of the mainland zones."""
    demography = ParameterSet().demography
    out = {}
    for summary in list_basins():
        figures = load_basin(summary.code)
        out[summary.code] = (
            figures,
            establishments(figures, []),
            layout(figures, MONTHS, demography),
        )
    return out


def test_all_mainland_zones_are_there(zones):
    assert len(zones) == 287


def test_jobs_by_sector_are_exact(zones):
    for code, (figures, opened, _) in zones.items():
        jobs = np.zeros(38, dtype=np.int64)
        np.add.at(jobs, opened.sector, opened.size)
        assert np.array_equal(jobs, figures.salaried_jobs), code


def test_number_of_establishments_is_exact(zones):
    for code, (figures, opened, _) in zones.items():
        assert opened.size.size == figures.establishments, code
        assert opened.size.min() >= 1, code


def test_shares_of_jobs_by_size_class_within_one_per_cent(zones):
    for code, (figures, opened, _) in zones.items():
        total = opened.size.sum()
        small = opened.size[opened.size < 10].sum() / total
        large = opened.size[opened.size >= 100].sum() / total
        assert small == pytest.approx(figures.jobs_share_under_10, rel=0.01), code
        assert large == pytest.approx(figures.jobs_share_100_plus, rel=0.01), code


def test_employed_and_unemployed_residents_are_exact(zones):
    for code, (figures, _, lay) in zones.items():
        employed = lay.employees + lay.self_employed + lay.outside
        assert employed == figures.employed_residents, code
        assert lay.unemployed == figures.unemployed_ilo, code
        assert lay.active == employed + lay.unemployed, code


def test_localised_unemployment_rate_within_a_tenth_of_a_point(zones):
    for code, (figures, _, lay) in zones.items():
        rate = 100.0 * lay.unemployed / lay.active
        assert rate == pytest.approx(figures.unemployment_rate_percent, abs=0.1), code


def test_every_post_is_held_and_nobody_is_missing(zones):
    for code, (figures, opened, lay) in zones.items():
        assert lay.employees + lay.commuters == opened.size.sum(), code
        assert lay.halo + lay.inactive == max(figures.inactive_15_64, figures.halo), code
        segments = [
            lay.employees,
            lay.self_employed,
            lay.outside,
            lay.unemployed,
            lay.halo,
            lay.inactive,
            lay.commuters,
            lay.outsiders,
        ]
        assert min(segments) >= 0, code
        assert lay.present == sum(segments), code


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_a_closing_site_is_part_of_the_published_totals(zones, share):
    """Sites of one job, half or all of a sector: the totals of the zone stay as published."""
    for code in list(zones)[::40]:
        figures = zones[code][0]
        sector = int(np.argmax(figures.salaried_jobs[2:17])) + 2
        jobs = max(1, int(share * figures.salaried_jobs[sector]))
        opened = establishments(figures, [(sector, jobs)])
        totals = np.zeros(38, dtype=np.int64)
        np.add.at(totals, opened.sector, opened.size)
        assert np.array_equal(totals, figures.salaried_jobs), code
        (site,) = opened.site
        assert (opened.size[site], opened.sector[site]) == (jobs, sector)
        assert opened.size.size == pytest.approx(figures.establishments, rel=0.01), code


def test_a_site_larger_than_its_sector_is_refused(zones):
    figures = zones["2415"][0]
    with pytest.raises(ValueError, match="more jobs than its sector"):
        establishments(figures, [(6, int(figures.salaried_jobs[6]) + 1)])
