"""What each strategy does to zones and files that differ in one thing."""

from dataclasses import replace

import numpy as np
import pytest

from policies.desks import file_desk, zone_desk
from rebound_sim.policies.allocation import Session
from rebound_sim.policies.decision import award
from rebound_sim.policies.strategies import STRATEGIES

M = 1_000_000
ENGINEERING = Session(0, 0, 0, "engineering", 10 * M)


def grants(number=0, left=5, envelope=90 * M):
    return Session(6 * number, number, left, "grants", envelope)


def given(name, desk, budget=90 * M):
    return award(STRATEGIES[name], desk, budget).tolist()


@pytest.mark.parametrize("session", [ENGINEERING, grants()])
def test_none_gives_nothing_and_equal_the_same_but_for_ceilings(session):
    desk = zone_desk(30, session, jobs_lost=range(30), residents=range(30))
    assert given("none", desk) == [0] * 30
    assert given("equal", desk) == [3 * M] * 30
    assert given("money_only", desk) == given("engineering_only", desk) == given("equal", desk)
    capped = zone_desk(3, session, amount=[M, 15 * M, 15 * M])
    assert given("equal", capped, 9 * M) == [M, 4 * M, 4 * M]


def test_levers_of_the_two_halves():
    assert STRATEGIES["money_only"].levers == {"engineering_share": 0.0}
    assert STRATEGIES["engineering_only"].levers == {"engineering_share": 1.0}
    assert STRATEGIES["engineering_first"].levers["grants_delay_months"] > 3
    assert [name for name, item in STRATEGIES.items() if item.recall] == ["adaptive"]


@pytest.mark.parametrize(
    ("name", "columns", "shares"),
    [
        ("per_inhabitant", {"residents": [1000, 3000, 0]}, [1, 3, 0]),
        ("per_job_lost", {"jobs_lost": [100, 300, 0]}, [1, 3, 0]),
        ("fragility", {"fragility": [20.0, 60.0, 0.0]}, [1, 3, 0]),
        ("fragility", {"residents": [1000, 3000, 0]}, [1, 3, 0]),
        # 5 unemployed for 95 in work, 12 for 88 and 10 for 90, with the same number in work.
        ("unemployment", {"unemployment_rate": [5.0, 12.0, 10.0]}, [5 / 95, 12 / 88, 10 / 90]),
        ("unemployment", {"employment": [10_000, 30_000, 0]}, [1, 3, 0]),
    ],
)
@pytest.mark.parametrize("session", [ENGINEERING, grants(), grants(5, 0)])
def test_keys_are_proportional(name, columns, shares, session):
    budget = 10 * M
    awards = given(name, zone_desk(3, session, **columns), budget)
    assert sum(awards) == budget
    np.testing.assert_allclose(awards, budget * np.array(shares) / sum(shares), atol=1)


def test_per_job_lost_gives_nothing_where_nothing_was_lost():
    assert given("per_job_lost", zone_desk(3)) == [0, 0, 0]


def test_pipeline_gives_no_more_than_known_projects_can_use():
    desk = zone_desk(3, grants(1, 4), pipeline=[2 * M, 4 * M, 0], allocated=[M, 0, 0])
    assert given("pipeline", desk) == [M, 4 * M, 0]
    assert given("pipeline", desk, M) == [M // 5, 4 * M // 5, 0]
    # Money committed is used: it no longer covers what projects still ask.
    used = zone_desk(1, pipeline=[2 * M], allocated=[M], committed=[M])
    assert given("pipeline", used) == [2 * M]
    assert given("pipeline", zone_desk(3)) == [0, 0, 0]


def test_engineering_goes_everywhere_before_projects_are_known():
    blank = zone_desk(2, ENGINEERING)
    known = zone_desk(2, ENGINEERING, pipeline=[M, 3 * M])
    for name in ("pipeline", "engineering_first", "adaptive"):
        assert given(name, blank, 4 * M) == [2 * M, 2 * M]
    assert given("pipeline", known, 4 * M) == [M, 3 * M]
    assert given("engineering_first", known, 4 * M) == [2 * M, 2 * M]


def test_engineering_first_then_follows_the_pipeline():
    desk = zone_desk(3, grants(), pipeline=[2 * M, 4 * M, 0])
    assert given("engineering_first", desk) == given("pipeline", desk) == [2 * M, 4 * M, 0]


def test_adaptive_shares_the_whole_pot_by_pipeline():
    desk = zone_desk(3, grants(2, 3), pipeline=[M, 2 * M, 0])
    assert given("adaptive", desk, 9 * M) == [3 * M, 6 * M, 0]
    assert given("adaptive", zone_desk(3), 9 * M) == [3 * M] * 3


def test_shock_topup_keeps_a_part_for_the_zones_that_use_theirs():
    lost = [100, 200, 300]
    first = given("shock_topup", zone_desk(3, grants(0, 5), jobs_lost=lost), 9 * M)
    assert first == [M, 2 * M, 3 * M]
    late = {
        "jobs_lost": lost,
        "allocated": first,
        "committed": [M // 2, M - 1, 3 * M],
    }
    # The second zone has used less than half of its money.
    assert given("shock_topup", zone_desk(3, grants(2, 2), **late), 3 * M) == [
        M // 4,
        0,
        3 * M // 4,
    ]
    assert given("shock_topup", zone_desk(3, grants(5, 0), **late), 3 * M) == [
        3 * M // 4,
        0,
        9 * M // 4,
    ]
    late["committed"] = [0, 0, 0]
    assert given("shock_topup", zone_desk(3, grants(5, 0), **late), 3 * M) == [0, 0, 0]
    # A closure announced since then has its part.
    late["allocated"] = [M, 2 * M, 0]
    assert given("shock_topup", zone_desk(3, grants(2, 2), **late), 3 * M) == [0, 0, M]


def test_need_threshold_is_a_right_of_those_above_it():
    desk = zone_desk(
        4,
        unemployment_rate=[10.2, 7.0, 7.0, 12.0],
        employment=[40_000, 10_000, 40_000, 40_000],
        jobs_lost=[400, 400, 400, 0],
    )
    # 10.2 + 1, 7 + 4, 7 + 1 and 12 %: the third is below 10.1; the fourth has no claim.
    assert given("need_threshold", desk, 8 * M) == [4 * M, 4 * M, 0, 0]
    # No more than the right for each job lost, less what was already given.
    right = 400 * 28_600
    assert given("need_threshold", desk) == [right, right, 0, 0]
    later = replace(desk, allocated=np.array([right, M, 0, 0]))
    assert given("need_threshold", later) == [0, right - M, 0, 0]
    missions = replace(desk, session=ENGINEERING)
    assert given("need_threshold", missions, 30 * M) == [15 * M, 15 * M, 0, 0]


def test_merit_funds_the_best_files_of_the_country():
    zones = zone_desk(2)
    desk = file_desk(zones, [0, 0, 1, 1], [M] * 4, signal=[0.1, 0.9, 0.8, 0.2])
    assert given("merit", desk, 2 * M) == [0, M, M, 0]
    assert given("merit", desk, 3 * M) == [0, M, M, M]


@pytest.mark.parametrize("name", ["merit", "first_come", "random", "waves", "regional"])
def test_files_stop_at_the_ceiling_of_their_zone(name):
    zones = zone_desk(2, grants(5, 0), amount=[2 * M, 15 * M], jobs_lost=[100, 100])
    desk = file_desk(zones, [0, 0, 0, 1], [M, M, M, M], signal=[3.0, 2.0, 1.0, 0.0])
    awards = given(name, desk, 50 * M)
    assert sum(awards[:3]) == 2 * M
    assert awards[3] == M


def test_first_come_follows_dates_then_lots():
    desk = file_desk(
        zone_desk(2),
        [0, 0, 1, 1],
        [M] * 4,
        filed=[4, 3, 4, 5],
        luck=[0.9, 0.9, 0.1, 0.0],
        signal=[9.0, 0.0, 0.0, 9.0],
    )
    assert given("first_come", desk, 2 * M) == [0, M, M, 0]
    assert STRATEGIES["first_come"].levers == {"pace": False}


def test_random_follows_luck_alone():
    desk = file_desk(zone_desk(1), [0] * 3, [M] * 3, luck=[0.2, 0.9, 0.5], signal=[9.0, 0.0, 0.0])
    assert given("random", desk, 2 * M) == [0, M, M]


def test_a_wave_commits_its_target_and_what_earlier_waves_left():
    files = {"zone": [0] * 20, "amount": [M] * 20}
    for number, committed, expected in ((0, 0, 3), (1, 3 * M, 3), (1, M, 5), (2, 9 * M, 0)):
        zones = zone_desk(1, grants(number, 3 - number, 12 * M), committed=[committed])
        assert sum(given("waves", file_desk(zones, **files), 12 * M - committed)) == expected * M


def test_regional_envelopes_follow_jobs_lost_and_do_not_cross_borders():
    def zones(number, left, committed=(0, 0, 0)):
        return zone_desk(
            3,
            grants(number, left, 12 * M),
            region=np.array(["north", "north", "south"]),
            jobs_lost=[100, 200, 100],
            committed=committed,
        )

    alike = {"zone": [0, 1, 2] * 10, "amount": [M] * 30}
    desk = file_desk(zones(1, 2), **alike, signal=np.linspace(0.0, 1.0, 30))
    awards = np.array(given("regional", desk, 12 * M))
    # Half of the envelope is due: 4.5 M€ in the north (300 of 400 jobs), 1.5 M€ in the south.
    assert awards[desk.zone < 2].sum() == 4 * M
    assert awards[desk.zone == 2].sum() == M
    assert np.flatnonzero(awards[desk.zone < 2]).min() >= 16
    # The north has files in excess, the south has none: its 3 M€ are not used.
    north = file_desk(zones(3, 0), [0] * 20, [M] * 20)
    assert sum(given("regional", north, 12 * M)) == 9 * M
    # What the north committed earlier counts.
    later = file_desk(zones(3, 0, (4 * M, 2 * M, 0)), [0] * 20, [M] * 20)
    assert sum(given("regional", later, 6 * M)) == 3 * M


def test_the_worst_off_come_down_to_the_next_before_anyone_else_is_served():
    """A point of need costs 100 jobs of 28,600 euros in a zone of 10,000 jobs."""
    columns = {"unemployment_rate": [12.0, 10.0, 5.0], "employment": [10_000] * 3}
    desk = zone_desk(3, grants(), jobs_lost=[0, 0, 0], **columns)
    assert given("worst_first", desk, 5_720_000) == [5_720_000, 0, 0]
    # Two more points for both: what is given to the first counts at the next date.
    later = replace(desk, allocated=np.array([5_720_000, 0, 0]))
    assert given("worst_first", later, 11_440_000) == [5_720_000, 5_720_000, 0]
    assert given("worst_first", desk, 17_160_000) == [11_440_000, 5_720_000, 0]
    struck = replace(desk, jobs_lost=np.array([0, 0, 1_000]))
    assert given("worst_first", struck, 5_720_000) == [0, 0, 5_720_000]
