"""Natural rates on tables whose answer is known by construction."""

import numpy as np

from rebound_sim.calibration.measures import barometer, projects
from rebound_sim.calibration.study import combine_ratio
from rebound_sim.data.sectors import SECTORS
from rebound_sim.state.codes import FirmKind, FirmState, ProjectKind, Stage

_MADE = next(k for k, sector in enumerate(SECTORS) if sector.manufacturing)
_SHOP = next(k for k, sector in enumerate(SECTORS) if not sector.industrial)


def test_openings_are_plants_and_start_ups_of_ten_jobs():
    plant, extension = int(ProjectKind.NEW_PLANT), int(ProjectKind.EXTENSION)
    table = {
        "kind": np.array([plant, plant, extension, plant, plant]),
        "stage": np.array([int(Stage.OPERATING)] * 4 + [int(Stage.PERMITTED)]),
        "since": np.array([5, 5, 5, -3, 5]),
        "jobs": np.array([20, 20, 20, 20, 20]),
        "delivery": np.array([1.0, 0.4, 1.0, 1.0, 1.0]),
    }
    start_up = int(FirmKind.START_UP)
    firms = {
        "kind": np.array([start_up, start_up, start_up, int(FirmKind.ORDINARY)]),
        "state": np.array([int(FirmState.CLOSED), int(FirmState.LATENT), 1, 1]),
        "sector": np.array([_MADE, _MADE, _SHOP, _MADE]),
        "first_size": np.array([12.0, 50.0, 30.0, 90.0]),
    }
    # One plant (the second is too small, the fourth older, the fifth unbuilt), one start-up.
    assert barometer.openings(table, firms, 0) == 2


def test_extensions_are_counted_against_the_size_at_the_start_of_the_year():
    extension = int(ProjectKind.EXTENSION)
    table = {
        "kind": np.full(4, extension),
        "stage": np.full(4, int(Stage.OPERATING)),
        "since": np.array([3, 15, 3, 3]),
        "firm": np.array([0, 0, 1, 2]),
        "jobs": np.array([10, 10, 10, 6]),
        "delivery": np.ones(4),
    }
    yearly = np.array([[25, 30, 9], [26, 30, 9]])
    # 10 of 25 is 40 %; of 26, of 30 it is less; a site of nine jobs does not count.
    assert barometer.extensions(table, yearly, 0) == 1
    rates = barometer.rates(2, 1, 500, 2.0)
    assert combine_ratio([rates["plants_opened"]]) == 2.0
    assert combine_ratio([rates["sites_extended"]]) == 1.0
    assert combine_ratio([rates["extensions"]]) == 1 / 3


def test_manufacturing_sites_have_ten_jobs():
    sector = np.array([_MADE, _MADE, _SHOP])
    assert barometer.manufacturing_sites(sector, np.array([10, 9, 40])) == 1


def test_a_mission_is_read_on_the_projects_that_it_found():
    table = {
        "public_detection": np.array([1, 1, 1, 1, 0]),
        "detected_month": np.array([10, 10, 10, 10, 2], dtype=np.int16),
        "decided_month": np.array([46, 47, -1, 20, 5], dtype=np.int16),
        "capital": np.array([1, 2, 3, 4, 90]) * 1e6,
        "jobs": np.array([1, 2, 3, 4, 90]),
    }
    # Decided within three years: the first and the fourth, 5 M€ of the 10 found.
    assert combine_ratio([projects.started_within(table, 36)]) == 0.5
    found = projects.mission_yield(table, found=4, visited=2)
    assert found["mission_investment"].tolist() == [10.0, 1.0]
    assert combine_ratio([found["jobs_per_project"]]) == 2.5


def test_advice_is_read_on_the_firms_visited():
    visited = np.array([True, False, True])
    found = projects.advised_firms(visited, np.array([12, 50, 10]), np.array([10, 10, 10]))
    assert found.tolist() == [2.0, 20.0]
