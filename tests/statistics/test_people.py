"""Displaced workers, their earnings against controls, and hires by origin."""

import numpy as np
import pytest

from panels_in_memory import panels_from
from rebound_sim.state.variables import VARIABLE_NAMES
from rebound_sim.statistics.people import (
    NEW_JOBS,
    ORIGINS,
    STATES,
    additional_hires,
    displaced_share,
    earnings_against_controls,
    gap_in_work,
)


def panels_of(**columns):
    """Panels of one replication: values of arms `none` and `aid` by month."""
    arrays = {
        name: np.array([[none], [none], [aid]], dtype=float)
        for name, (none, aid) in columns.items()
    }
    return panels_from(arrays, ("no_shock", "none", "aid"), first=1, last=1)


def test_shares_are_of_the_people_displaced_so_far_who_have_not_moved_out():
    panels = panels_of(
        displaced=([0, 0, 50, 125], [0, 0, 50, 125]),
        displaced_left=([0, 0, 0, 25], [0, 0, 0, 25]),
        displaced_permanent=([0, 0, 10, 30], [0, 0, 20, 40]),
        displaced_outside=([0, 0, 5, 10], [0, 0, 5, 10]),
    )
    share = displaced_share(panels, "none", ("permanent", "outside"))
    assert share[0, 2:].tolist() == [30.0, 40.0]
    assert np.isnan(share[0, :2]).all()
    assert displaced_share(panels, "none", ("left",))[0, 3] == 20.0


def test_states_and_origins_are_all_that_is_recorded():
    recorded = {
        name.removeprefix("displaced_") for name in VARIABLE_NAMES if name.startswith("displaced_")
    }
    new_jobs = {column.removeprefix("displaced_") for column in NEW_JOBS.values()}
    assert recorded - {"earnings_eur"} - (new_jobs - set(STATES)) == (set(STATES))
    hires = {name.removeprefix("hires_") for name in VARIABLE_NAMES if name.startswith("hires_")}
    details = {"unemployed_fixed_term", "unemployed_other_sector", "unemployed_own_place"}
    assert hires - details == set(ORIGINS)


def test_people_who_moved_out_leave_both_sides_of_a_comparison_with_controls():
    """Of ten displaced two have left, four of eight work; of twenty controls four, twelve of 16."""
    panels = panels_of(
        displaced=([0, 10], [0, 10]),
        displaced_left=([0, 2], [0, 2]),
        displaced_permanent=([0, 4], [0, 4]),
        displaced_fixed_term=([0, 0], [0, 0]),
        displaced_self_employed=([0, 0], [0, 0]),
        displaced_outside=([0, 0], [0, 0]),
        displaced_earnings_eur=([0, 8_000], [0, 8_000]),
        control_people=([0, 20], [0, 20]),
        control_left=([0, 4], [0, 4]),
        control_in_work=([0, 12], [0, 12]),
        control_earnings_eur=([0, 32_000], [0, 32_000]),
    )
    assert gap_in_work(panels, "none")[0, 1] == 50.0 - 75.0
    assert earnings_against_controls(panels, "none")[0, 1] == pytest.approx(50.0)


def test_earnings_are_those_of_the_controls_per_person():
    columns = {
        "displaced": ([0, 10], [0, 10]),
        "displaced_earnings_eur": ([0, 12_000], [0, 15_000]),
        "control_people": ([0, 20], [0, 20]),
        "control_earnings_eur": ([0, 40_000], [0, 40_000]),
    }
    panels = panels_of(**columns)
    assert earnings_against_controls(panels, "none")[0, 1] == pytest.approx(60.0)
    assert earnings_against_controls(panels, "aid")[0, 1] == pytest.approx(75.0)
    assert np.isnan(earnings_against_controls(panels, "none")[0, 0])


def test_hires_add_up_from_month_0():
    panels = panels_of(hires_unemployed=([5, 5, 5], [6, 5, 7]))
    assert additional_hires(panels, "aid", "unemployed").tolist() == [[1, 1, 3]]
