"""Measures on data whose answer is known by construction."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rebound_sim.calibration.measures import displaced, firms, flows, matching, projects, support
from rebound_sim.calibration.measures import zones as zone_measures
from rebound_sim.calibration.study import combine_gap, combine_ratio, combine_relative
from rebound_sim.state.codes import Answer, Regime, Status, Support


def _markov(rng, transition, start, months, rows):
    """Statuses of independent people with a monthly transition matrix. transition : dict."""
    states = list(transition)
    matrix = np.array([[transition[a].get(b, 0.0) for b in states] for a in states])
    cumulated = np.cumsum(matrix, axis=1)
    now = rng.choice(len(states), size=rows, p=start)
    panel = []
    for _ in range(months):
        panel.append(np.array(states, dtype=np.uint8)[now])
        draws = rng.random(rows)
        now = (draws[:, None] > cumulated[now]).sum(axis=1)
    return np.array(panel), matrix, states


def test_quarterly_flows_are_those_of_the_chain() -> None:
    """A share a quarter later, whatever happened in between: the third power of the matrix."""
    work, unemployed, inactive, left = 1, 5, 8, 10
    chain = {
        work: {work: 0.97, unemployed: 0.01, inactive: 0.01, left: 0.01},
        unemployed: {work: 0.1, unemployed: 0.8, inactive: 0.09, left: 0.01},
        inactive: {work: 0.02, unemployed: 0.03, inactive: 0.95},
        left: {left: 1.0},
    }
    panel, matrix, states = _markov(
        np.random.default_rng(1), chain, [0.6, 0.2, 0.2, 0.0], 13, 60_000
    )
    age = np.full(60_000, 40.0)
    found = flows.quarterly_flows(panel, age)
    third = np.linalg.matrix_power(matrix, 3)
    stays = 1.0 - third[:, states.index(left)]
    for name, origin, destination in (
        ("flow_ue_q", unemployed, work),
        ("flow_ui_q", unemployed, inactive),
        ("flow_eu_q", work, unemployed),
        ("flow_ie_q", inactive, work),
    ):
        a, b = states.index(origin), states.index(destination)
        assert combine_ratio([found[name]]) == pytest.approx(third[a, b] / stays[a], rel=0.05)
    moves = flows.moves_of_zone(panel, age)
    year = np.linalg.matrix_power(matrix, 12)[:, states.index(left)]
    share = combine_ratio([moves["zone_move_y"]])
    assert min(year[:2]) < share < max(year[:2]) + 0.005


def test_flows_respect_the_sample_of_the_survey() -> None:
    """Under 15 and from 65 on, and those who moved out, are not in the quarterly panel."""
    panel = np.array([[5, 5, 5, 5]] * 3 + [[1, 1, 10, 5]], dtype=np.uint8)
    age = np.array([30.0, 65.0, 30.0, 30.0])
    assert flows.quarterly_flows(panel, age)["flow_ue_q"].tolist() == [1.0, 2.0]


def test_contracts_of_hires_leave_out_jobs_whose_contract_is_unknown() -> None:
    panel = np.array([[5, 5, 5, 5]] * 3 + [[1, 2, 2, 4]], dtype=np.uint8)
    found = flows.quarterly_flows(panel, np.full(4, 30.0))
    assert found["hires_cdd"].tolist() == [2.0, 3.0]
    assert found["flow_ue_q"].tolist() == [4.0, 4.0]


def test_training_is_measured_against_similar_people_only() -> None:
    """Levels differ between the trained and the others; inside a level training adds 20 points."""
    rng = np.random.default_rng(2)
    rows, horizon = 40_000, 12
    level = rng.integers(0, 2, rows)
    trained = rng.random(rows) < np.where(level == 1, 0.4, 0.1)
    works = rng.random(rows) < 0.2 + 0.3 * level + 0.2 * trained
    status = np.full((horizon + 3, rows), int(Status.UNEMPLOYED), dtype=np.uint8)
    status[1, trained] = int(Status.IN_TRAINING)
    status[2:, works] = int(Status.PERMANENT)
    effects = support.training_effects(
        status, np.zeros_like(status), np.full(rows, 30.0), level.astype(np.int64)
    )
    # Entrants of the first month alone: later ones have no horizon of twelve months.
    assert combine_gap([effects["training_12m"]]) == pytest.approx(0.2, abs=0.015)


def test_csp_members_are_counted_from_the_month_they_join() -> None:
    months, member = 24, int(Regime.CSP)
    status = np.full((months, 2), int(Status.UNEMPLOYED), dtype=np.uint8)
    regime = np.zeros_like(status)
    regime[2:10, 0] = member
    regime[2:, 1] = member
    status[10:, 0] = int(Status.FIXED_TERM)
    found = support.csp_paths(status, regime)
    assert found["csp_18m"].tolist() == [1.0, 2.0]
    # Months 3 to 13: person 0 has seven in the scheme, then four in a fixed-term job.
    assert found["csp_month_worked"].tolist() == [4.0, 22.0]


def test_a_member_of_csp_leaves_the_registers_for_a_lasting_job_only() -> None:
    unemployed, short = int(Status.UNEMPLOYED), int(Status.FIXED_TERM)
    status = np.full((24, 7), unemployed, dtype=np.uint8)
    status[5:8, 1] = short  # three months of work at month 4 after joining: suspended
    status[5:16, 2] = short  # eleven months: out
    status[6:, 3] = int(Status.PERMANENT)
    status[8:, 4] = int(Status.LEFT)
    status[4:14, 5] = int(Status.INACTIVE)  # stays on the registers, as it stays in the scheme
    status[4:14, 6] = int(Status.HALO)  # the same until it gives up the scheme
    regime = np.zeros_like(status)
    regime[2:14] = int(Regime.CSP)
    regime[7:, 6] = int(Regime.NONE)
    found = support.csp_paths(status, regime)
    assert found["csp_registered_4m"].tolist() == [5.0, 7.0]
    assert found["csp_registered_8m"].tolist() == [3.0, 6.0]


def test_exits_are_counted_over_the_registers() -> None:
    row = [0.0, 1.0, 1.0]
    places = [
        np.array([2007.0, *row[1:], 10.0, 100.0]),
        np.array([2014.0, *row[1:], 10.0, 100.0]),
    ]
    # As many exits for one unemployed person, whom more of the registered surround in 2014.
    assert flows.exits_in(2014)(places) == pytest.approx((3.22 / 2.14) / (4.98 / 2.80))


def test_job_finding_of_a_year_is_that_over_2019() -> None:
    places = [np.array([year, found, 100.0, 0.0, 1.0]) for year, found in ((2016, 21), (2019, 24))]
    assert flows.finding_in(2016)(places) == pytest.approx(21 / 24)


def test_a_job_found_outside_the_zone_is_not_in_the_own_place() -> None:
    path = {
        "hires_unemployed": np.array([40, 20]),
        "hires_unemployed_other_sector": np.array([10, 5]),
        "hires_unemployed_own_place": np.array([20, 10]),
        "unemployed_to_outside": np.array([30, 10]),
        "vacancies": np.array([5, 5]),
        "workplace_employment": np.array([95, 95]),
    }
    found = matching.hiring(path)
    assert combine_ratio([found["jobs_own_place"]]) == pytest.approx(0.3)
    assert combine_ratio([found["occ_change"]]) == pytest.approx(0.25)


def test_the_matching_function_is_found_again() -> None:
    rng = np.random.default_rng(3)
    u, v = rng.normal(8.0, 0.5, 2_000), rng.normal(6.0, 0.5, 2_000)
    rows = np.column_stack([0.6 * u + 0.35 * v + rng.normal(0, 0.1, 2_000), u, v])
    halves = [rows[:1_000], rows[1_000:]]
    assert matching.elasticity_to_unemployment(halves) == pytest.approx(0.6, abs=0.02)
    assert matching.returns_to_scale(halves) == pytest.approx(0.95, abs=0.02)


def test_the_wage_curve_ignores_levels_between_runs() -> None:
    u = np.log([[8.0, 9.0, 10.0], [4.0, 5.0, 6.0]])
    level = np.array([[0.3], [-0.2]])
    runs = np.stack([level - 0.1 * u, u], axis=2)
    assert matching.wage_curve([runs[:1], runs[1:]]) == pytest.approx(-0.1)


def test_median_duration_of_posts_filled_evenly() -> None:
    assert matching.median_duration([np.array([0.0, 10.0, 10.0, 10.0])]) == pytest.approx(2.0)


@pytest.mark.parametrize("shape", [0.6, 1.0, 2.0])
def test_the_shape_of_growth_is_found_again(shape: float) -> None:
    """|x|^b is a gamma variable of shape 1/b for a Subbotin of shape b."""
    rng = np.random.default_rng(4)
    size = rng.gamma(1.0 / shape, 1.0, 60_000) ** (1.0 / shape)
    growth = size * rng.choice([-1.0, 1.0], size.size)
    rows = np.column_stack([np.full(size.size, 5.0), growth])
    assert firms.subbotin_shape([rows]) == pytest.approx(shape, rel=0.06)


def test_the_spread_of_growth_falls_with_size_as_built() -> None:
    rng = np.random.default_rng(5)
    log_size = rng.uniform(0.0, 7.0, 40_000)
    rows = np.column_stack([log_size, rng.normal(0.0, 1.0, 40_000) * np.exp(-0.17 * log_size)])
    assert firms.spread_by_size([rows]) == pytest.approx(-0.17, abs=0.02)


def test_survival_counts_firms_old_enough_to_tell() -> None:
    opened = np.array([-1, 0, 0, 5, 50])
    closed = np.array([-1, 30, -1, 80, -1])
    alive = firms.survival(opened, closed, np.ones(5, dtype=bool), 5, last=66)
    assert alive.tolist() == [2.0, 3.0]


def _employees(rows: int) -> dict[str, np.ndarray]:
    return {
        "status": np.full(rows, int(Status.PERMANENT), dtype=np.uint8),
        "resident": np.ones(rows, dtype=np.uint8),
        "birth": np.full(rows, -12 * 35, dtype=np.int64),
        "since": np.full(rows, -60, dtype=np.int64),
        "employer": np.zeros(rows, dtype=np.int64),
        "qualification": np.zeros(rows, dtype=np.uint8),
        "wage": np.full(rows, 2_000.0),
        "sector": np.zeros(rows, dtype=np.uint8),
        "firm_employment": np.array([100, 100, 10]),
    }


def test_losses_are_those_of_similar_employees() -> None:
    """Age drives work in both groups; the layoff takes 20 points and 10 % of the wage."""
    rng = np.random.default_rng(6)
    rows = 40_000
    before = _employees(rows)
    old = rng.random(rows) < 0.5
    treated = rng.random(rows) < np.where(old, 0.3, 0.1)
    before["birth"] = np.where(old, -12 * 47, -12 * 30)
    before["employer"] = np.where(treated, 1, 0)
    sample = displaced.stable_workers(before, site=1, month=0)
    assert sample.all()
    weight = displaced.matched_weights(before, treated, sample & ~treated, month=0)
    works = rng.random(rows) < np.where(old, 0.6, 0.9) - 0.2 * treated
    later = {
        "status": np.where(works, int(Status.PERMANENT), int(Status.INACTIVE)),
        "wage": np.where(treated, 1_800.0, 2_000.0),
    }
    found = displaced.losses(before, later, treated, weight)
    assert combine_gap([found["work"]]) == pytest.approx(-0.2, abs=0.02)
    assert combine_gap([found["wage"]]) == pytest.approx(np.log(0.9))
    pay = displaced.pay_of_stayers(before, later, treated, weight)
    assert combine_relative([pay]) == pytest.approx(0.9)


def test_the_sample_of_mass_layoffs_leaves_out_what_the_source_does() -> None:
    before = _employees(6)
    before["birth"][1] = -12 * 55  # too old
    before["since"][2] = -12  # short tenure
    before["employer"][3] = 2  # small firm
    before["status"][4] = int(Status.FIXED_TERM)
    before["resident"][5] = 0
    assert displaced.stable_workers(before, 1, 0).tolist() == [True] + [False] * 5


def test_private_wage_work_leaves_out_public_jobs_and_businesses() -> None:
    """One private employee and one working outside, of five: the one who moved out is not seen."""
    education = 31  # row of sector PZ
    later = {
        "status": np.array([1, 1, 3, 4, int(Status.LEFT), 9], dtype=np.uint8),
        "sector": np.array([5, education, 5, 5, 5, 5], dtype=np.uint8),
    }
    assert displaced.private_wage_work(np.arange(6), later).tolist() == [2.0, 5.0]


def test_net_jobs_of_an_industry_count_what_rivals_gain() -> None:
    base, shocked = np.full(38, 1_000), np.full(38, 1_000)
    shocked[7] += 120
    assert combine_ratio([zone_measures.same_industry(shocked, base, 7, 400)]) == 0.7


def test_noise_between_zones_leaves_out_what_they_share() -> None:
    """Random walks of 0.1 a quarter: 0.1 x sqrt(8), and the noise of the mean of the others."""
    rng = np.random.default_rng(7)
    zones, quarters = 200, 33
    common = np.cumsum(rng.normal(0.0, 1.0, quarters))
    rates = 8.0 + common + np.cumsum(rng.normal(0.0, 0.1, (zones, quarters)), axis=1)
    spread = zone_measures.placebo_spread(list(rates))
    assert spread == pytest.approx(0.1 * np.sqrt(8.0 * (1.0 + 1.0 / (zones - 1))), rel=0.1)


def test_drift_of_random_walks_grows_with_the_root_of_time() -> None:
    rng = np.random.default_rng(11)
    common = np.cumsum(rng.normal(0.0, 1.0, 80))
    for zones in (6, 300):
        rates = common + np.cumsum(rng.normal(0.0, 0.1, (zones, 80)), axis=1)
        assert zone_measures.drift(list(rates)) == pytest.approx(0.1 * np.sqrt(12.0), rel=0.25)


@given(st.floats(0.1, 1.5), st.floats(0.5, 3.0))
def test_a_slump_in_level_is_that_against_the_trend_less_the_growth_of_the_labour_force(
    response: float, jobs: float
) -> None:
    """A slump that raises unemployment by 2.4 points loses 2.4 / response % against the trend."""
    found = zone_measures.points_per_percent_in_level([np.array([response * jobs, jobs])])
    in_level = 2.4 / response - 100.0 * np.log(28.35 / 28.0)
    assert found == pytest.approx(2.4 / in_level)
    assert found > response


def test_additional_jobs_are_those_missing_without_help() -> None:
    table = {
        "supported": np.array([int(Support.GRANT), int(Support.GRANT), 0]),
        "jobs": np.array([10, 20, 30]),
    }
    found = projects.additional_jobs(
        table, np.array([10.0, 15.0, 30.0]), np.array([10.0, 0.0, 30.0]), Support.GRANT, 300_000.0
    )
    assert combine_ratio([found["delivered"]]) == pytest.approx(25 / 30)
    assert combine_ratio([found["additional"]]) == pytest.approx(15 / 25)
    assert combine_ratio([found["cost_per_additional"]]) == pytest.approx(20.0)


def test_marginal_winners_count_once_each_whatever_their_size() -> None:
    """Firms 0 and 1 won with low scores: growth of 50 % and of 1 %; 3 won with a high one."""
    granted, refused = int(Answer.GRANTED), int(Answer.REFUSED)
    table = {
        "grant_answer": np.array([granted, granted, refused, granted, granted, granted]),
        "sponsor": np.array([0, 1, 2, 3, -1, 4]),
        "signal": np.array([0.1, 0.2, 0.0, 0.9, 0.1, 0.8]),
    }
    before = np.array([10, 1_000, 50, 50, 0])
    found = projects.marginal_winners(
        table, before, np.array([14, 1_010, 50, 99, 9]), np.array([9, 1_000, 50, 50, 0])
    )
    assert found == pytest.approx([0.51, 2.0])


def test_staff_in_training_are_a_share_of_those_who_have_not_moved_out() -> None:
    training, left = int(Status.IN_TRAINING), int(Status.LEFT)
    later = {"status": np.array([training, 1, left, 4, training], dtype=np.uint8)}
    assert displaced.in_training(np.arange(4), later).tolist() == [1.0, 3.0]


def test_investment_of_projects_is_a_share_of_value_added() -> None:
    """Two of three projects are decided in the window: 30 M€ over ten years of 50 M€."""
    table = {
        "decided_month": np.array([24, 100, 23]),
        "capital": np.array([10_000_000, 20_000_000, 5_000_000]),
    }
    assert projects.investment_rate(table, 24, 10.0, 5e7).tolist() == [3e7, 5e8]


def test_residents_of_the_start_count_as_working_if_they_work_in_the_year() -> None:
    """Five residents: in work throughout, lost all year, moved out of one run, too old, latent."""
    work, idle, left, latent = (
        int(status) for status in (Status.PERMANENT, Status.INACTIVE, Status.LEFT, Status.LATENT)
    )
    start = {
        "status": np.array([work, work, work, work, latent], dtype=np.uint8),
        "resident": np.ones(5, dtype=np.uint8),
        "birth": -12 * np.array([30, 40, 35, 61, 15]),
    }
    calm = {
        "status": np.array([idle, work, work, work, work], dtype=np.uint8),
        "worked": np.array([True, True, True, True, True]),
    }
    hit = {
        "status": np.array([idle, idle, left, idle, idle], dtype=np.uint8),
        "worked": np.array([True, False, True, False, False]),
    }
    # Of the first two alone; the first has worked in the year in both, whatever the last month.
    assert zone_measures.employment_of_residents(hit, calm, start, 0) == pytest.approx(50.0)
