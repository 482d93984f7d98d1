"""Tables that a report reads: identities close, known effects are found, unknown ones not given."""

import dataclasses
import math
from dataclasses import replace

import numpy as np
import pytest

from programme_results import LAYOFFS, NEW_JOBS, programme
from rebound_sim.errors import InputError
from rebound_sim.statistics.cell import at
from rebound_sim.statistics.employment import JOBS
from rebound_sim.statistics.headline import cost_cells, hire_cells
from rebound_sim.statistics.people import ORIGINS, SOLUTIONS, STATES
from rebound_sim.statistics.programme.account import STEPS, account_cells
from rebound_sim.statistics.programme.displaced import displaced_cells
from rebound_sim.statistics.programme.event_time import event_cells, event_panels
from rebound_sim.statistics.programme.levels import cells_of, levels_of, two_factors
from rebound_sim.statistics.programme.lorenz import PLACES, lorenz, lorenz_cells
from rebound_sim.statistics.programme.marginal import NOT_IDENTIFIED, marginal_cells, slopes
from rebound_sim.statistics.programme.regret import regret_cells
from rebound_sim.statistics.programme.sweep import SweepTable, factor_effects
from rebound_sim.statistics.programme.zone_outcomes import zone_cells

GAINS = {"merit": [60, 40, 20, 0], "equal": 20.0}


@pytest.fixture(scope="module")
def panels():
    return programme(GAINS, months=90)


def test_the_account_closes_from_announced_to_additional(panels):
    cells = account_cells(panels)
    jobs = panels.difference(JOBS, "merit")[:, -1].mean()
    line = {c.outcome: c.estimate for c in cells if c.arm == "merit" and c.month == 90}
    assert line["announced_jobs"] == 4 * (60 + 60)  # two projects of 60 in four zones
    assert line["announced_jobs"] + line["undelivered_jobs"] == pytest.approx(line["gross_jobs"])
    gross = line["deadweight_jobs"] + line["time_shifted_jobs"] + line["induced_jobs"]
    assert gross == pytest.approx(line["gross_jobs"])
    rest = sum(line[name] for name in STEPS if name != "deadweight_jobs")
    net = line["gross_jobs"] - line["deadweight_jobs"] + rest
    assert net == pytest.approx(jobs)


def test_a_project_that_opens_earlier_is_brought_forward_until_its_twin_opens(panels):
    cells = [c for c in account_cells(panels) if c.outcome == "time_shifted_jobs"]
    by_month = {c.month: c.estimate for c in cells if c.arm == "equal"}
    # Operation in month 30 with support and 40 without: 30 jobs, two projects, four zones.
    assert by_month[24] == 0 and by_month[36] == 240 and by_month[60] == 0 and by_month[90] == 0


def test_zones_add_up_to_the_programme(panels):
    whole = {c.outcome: c for c in account_cells(panels) if c.arm == "merit" and c.month == 90}
    parts = [account_cells(panels.zone(zone)) for zone in panels.zones]
    for name in ("gross_jobs", "multiplier_jobs", "announced_jobs"):
        total = sum(at(p, outcome=name, arm="merit", month=90).estimate for p in parts)
        assert total == pytest.approx(whole[name].estimate), name
    assert {c.zone for p in parts for c in p} == set(panels.zones)


def test_costs_by_instrument_add_up_over_the_same_jobs(panels):
    cells = [c for c in cost_cells(panels) if c.arm == "merit"]
    for outcome in ("cost_per_additional_job", "cost_per_job_month"):
        cost = {c.detail: c.estimate for c in cells if c.outcome == outcome}
        assert set(cost) == {"total", "engineering", "grants"}
        assert cost["engineering"] + cost["grants"] == pytest.approx(cost["total"])


def test_hires_by_origin_add_up(panels):
    cells = [c for c in hire_cells(panels) if c.arm == "equal" and c.month == 90]
    by_origin = {c.detail: c.estimate for c in cells}
    assert sum(by_origin[origin] for origin in ORIGINS) == pytest.approx(by_origin["total"])
    assert by_origin["unemployed"] == 3 * 90 * 4


def test_solutions_cover_each_state_once_and_add_up(panels):
    assert sorted(state for states in SOLUTIONS.values() for state in states) == sorted(STATES)
    cells = displaced_cells(panels)
    assert {c.month for c in cells} == {6, 12, 18, 24, 36, 60}
    for strategy in ("none", "merit"):
        shares = {
            c.detail: c.estimate
            for c in cells
            if c.outcome == "displaced_solution"
            and c.month == 24
            and c.arm == strategy
            and not c.reference
        }
        # People who moved out are a share of everybody; the others, of those who stay.
        assert len(shares) == len(SOLUTIONS) and shares.pop("left") > 0.0
        assert sum(shares.values()) == pytest.approx(100)
    gain = at(cells, outcome="displaced_in_work", month=36, arm="merit", reference="none")
    # Two more of a hundred, of whom three have moved out.
    assert (gain.estimate, gain.unit) == (pytest.approx(2.0 / 0.97), "point")
    assert at(cells, outcome="displaced_earnings", month=36, arm="none").estimate == 75


def test_gap_to_matched_employees_and_new_jobs(panels):
    cells = displaced_cells(panels)
    for month in (6, 12, 24, 36, 60):
        # 63 of a hundred in work, 90 of their matches, two more with a strategy; three of each
        # have moved out.
        gap = at(cells, outcome="displaced_gap_in_work", month=month, arm="none")
        assert (gap.estimate, gap.unit) == (pytest.approx(-27.0 / 0.97), "point")
        gain = at(
            cells, outcome="displaced_gap_in_work", month=month, arm="merit", reference="none"
        )
        assert gain.estimate == pytest.approx(2.0 / 0.97)
    jobs = {
        c.detail: c.estimate
        for c in cells
        if c.outcome == "displaced_new_job"
        and c.month == 24
        and c.arm == "none"
        and not c.reference
    }
    assert jobs["permanent"] + jobs["fixed_term"] == pytest.approx(100.0)
    assert jobs["fixed_term_long"] == pytest.approx(0.4 * jobs["fixed_term"])
    assert jobs["other_sector"] == pytest.approx(90.0)
    sectors = {name: jobs[f"in_{name}"] for name in NEW_JOBS}
    assert sectors == {name: pytest.approx(100.0 * share) for name, share in NEW_JOBS.items()}


def test_results_without_sectors_of_new_jobs_are_read(panels):
    def older(name):
        if name.startswith("displaced_in_") or name == "displaced_fixed_term_long":
            raise InputError("no such variable", file="results", value=name)
        return panels.read(name)

    cells = displaced_cells(replace(panels, read=older, _cache={}))
    told = {c.detail for c in cells if c.outcome == "displaced_new_job"}
    assert told == {"permanent", "fixed_term", "other_sector"}


def test_dates_after_the_end_of_the_run_are_left_out():
    short = programme(GAINS, months=LAYOFFS + 20)
    assert {c.month for c in displaced_cells(short)} == {6, 12, 18}
    assert displaced_cells(programme(GAINS, controls=4)) == []


def test_zones_are_aligned_on_their_own_layoffs(panels):
    closures = dict(panels.closures)
    later = panels.zones[1]
    closures[later] = ({"jobs": 600, "tranches": [{"month": LAYOFFS + 5, "share": 1.0}]},)
    moved = dataclasses.replace(panels, closures=closures)
    basin, zones = event_panels(moved)
    assert zones == 4 and basin.months[0] == -12 and basin.months[-1] == 90 - 1 - LAYOFFS - 5
    own = [moved.zone(code) for code in moved.zones]
    month = 10
    expected = sum(zone.values(JOBS, "none")[:, zone.first_layoffs + month] for zone in own)
    assert np.array_equal(basin.values(JOBS, "none")[:, basin.row(month)], expected)


def test_event_curves_are_differences_from_twins(panels):
    cells = event_cells(panels)
    assert event_cells(programme(GAINS, controls=4)) == []
    closure = [c for c in cells if c.arm == "none"]
    assert {c.reference for c in closure} == {"no_shock"}
    assert next(c.estimate for c in closure if c.month == 0) == pytest.approx(-600, abs=15)
    last = max(c.month for c in cells)
    gain = at(cells, arm="equal", month=last)
    assert gain.reference == "none" and gain.low < 20 < gain.high
    assert gain.estimate == pytest.approx(20, abs=10)


def test_lorenz_of_equal_losses_is_the_diagonal_and_of_one_zone_its_share():
    people = np.full((4, 2), 10.0)
    equal = lorenz(np.ones((4, 2)), people)
    assert np.allclose(equal[:, 0], PLACES)
    one = lorenz(np.array([[0, 0, 0, 5.0]] * 2).T, people)
    assert one[PLACES == 0.75].max() == 0 and one[-1].min() == 1
    assert np.isnan(lorenz(np.zeros((4, 2)), people)).all()


def test_lorenz_points_are_ordered_and_below_the_diagonal(panels):
    curve = [c.estimate for c in lorenz_cells(panels) if c.arm == "merit"]
    assert curve == sorted(curve) and curve[0] == 0 and curve[-1] == 100
    assert np.all(np.array(curve) <= 100 * PLACES + 1e-9)


def test_slopes_recover_jobs_per_million():
    luck = np.random.default_rng(0)
    money = luck.uniform(0, 5, (6, 7, 5, 2))
    zones = luck.normal(0, 50, (6, 1, 5))
    jobs = zones + 12.0 * money[..., 0] + 3.0 * money[..., 1]
    found = slopes(jobs, money)
    assert np.allclose(found, [[12.0] * 5, [3.0] * 5])


def test_slopes_are_not_given_where_amounts_vary_together_or_strategies_are_few():
    money = np.random.default_rng(0).uniform(0, 5, (3, 7, 4, 2))
    money[..., 1] = 2 * money[..., 0]
    jobs = np.zeros((3, 7, 4))
    assert slopes(jobs, money) is None
    money[..., 1] = money[..., 0] ** 2
    assert slopes(jobs[:, :4], money[:, :4]) is None
    money[..., 1] = 1.0
    assert np.isnan(slopes(jobs, money)[1]).all()


def test_what_is_not_identified_says_so(panels):
    cells = marginal_cells(panels)
    assert len(cells) == 2 * (1 + len(panels.zones))
    assert all(math.isnan(c.estimate) and c.interval == NOT_IDENTIFIED for c in cells)


def test_regret_is_what_the_best_of_each_scenario_had_more():
    level = np.array([[10.0, 12.0], [7.0, 9.0]])
    cells = regret_cells(("a", "b"), {"x": level, "y": level[::-1] * 2}, month=84)
    one = at(cells, outcome="regret", arm="b", detail="x")
    assert (one.estimate, one.reference, one.unit) == (3.0, "a", "job")
    assert at(cells, outcome="regret", arm="a", detail="x").estimate == 0
    worst = at(cells, outcome="largest_regret", arm="a")
    assert (worst.estimate, worst.detail) == (6.0, "y")


def test_regret_is_never_negative_and_says_who_else_could_be_best():
    luck = np.random.default_rng(3).normal(0, 30, (2, 12))
    close = np.array([[100.0], [99.0]]) + luck
    cells = regret_cells(("a", "b"), {"x": close, "y": close + np.array([[500.0], [0.0]])})
    for cell in cells:
        assert cell.low >= 0.0
    best = at(cells, outcome="regret", arm="a", detail="x")
    other = at(cells, outcome="regret", arm="b", detail="x")
    assert min(best.high, other.high) > 0.0  # either could be the best
    far = at(cells, outcome="regret", arm="b", detail="y")
    assert far.low > 300.0 and far.high > far.estimate
    assert at(cells, outcome="regret", arm="a", detail="y").high == 0.0


def test_regret_follows_the_direction_of_the_outcome():
    level = np.array([[10.0, 12.0], [7.0, 9.0]])
    cells = regret_cells(("a", "b"), {"x": level}, outcome="loss_area")
    assert at(cells, outcome="regret", arm="a").estimate == 3.0


def test_factors_are_compared_at_their_ends():
    delay = np.arange(6.0)
    values = (100 - 10 * delay)[:, np.newaxis, np.newaxis] + np.array([[[0.0, 5.0]]])
    factors = {"delay": tuple(map(str, delay)), "file": ("a.toml", "b.toml") * 3}
    table = SweepTable(factors, tuple(range(6)), ("equal",), values, 84, "", "", 0)
    (effect,) = factor_effects(table, "equal")
    assert (effect.low.value, effect.high.value) == (20.0, -20.0)
    assert (effect.low_value, effect.high_value) == ("0–1", "4–5")


def test_zone_outcomes_hold_the_effect_of_each_zone(panels):
    cells = list(zone_cells(panels))
    assert {c.month for c in cells} == {12, 24, 36, 48, 60, 72, 84}
    zone = panels.zones[0]
    one = at(cells, outcome="additional_jobs", zone=zone, arm="merit", month=84)
    assert one.low < 60 < one.high and one.reference == "none"
    paid = at(cells, outcome="paid", zone=zone, arm="merit", month=84, detail="grants")
    assert paid.estimate > 0 and paid.unit == "EUR"


def test_a_cell_is_found_once_or_not_at_all(panels):
    cells = event_cells(panels)
    with pytest.raises(KeyError, match="cells with"):
        at(cells, arm="merit")


def _crossed_sweep():
    """Two factors crossed; jobs = 100 + 10 a + b, and a luck of its own for each replication."""
    pairs = [(a, b) for a in (12, 0, 6) for b in (1, 2)]
    level = np.array([100.0 + 10 * a + b for a, b in pairs])
    luck = np.array([-5.0, 0.0, 5.0])
    values = np.stack([level, level - 50], axis=1)[:, :, np.newaxis] + luck
    factors = {
        "delay": tuple(str(a) for a, _ in pairs),
        "share": tuple(str(b) for _, b in pairs),
    }
    return SweepTable(factors, tuple(range(6)), ("a", "b"), values, 60, "", "0.0", 0)


def test_levels_of_a_factor_are_means_of_their_points_in_each_replication():
    levels = levels_of(_crossed_sweep(), "delay")
    assert levels.texts == ("0", "6", "12")  # in the order of numbers, not of the design
    assert levels.points.tolist() == [2, 2, 2] and levels.crossed
    assert levels.median[0] == pytest.approx([101.5, 161.5, 221.5])
    assert levels.high[1] - levels.low[1] == pytest.approx([8.0, 8.0, 8.0])  # of -5, 0, 5


def test_cells_of_two_factors_hold_each_point_once_and_say_what_is_missing():
    table = _crossed_sweep()
    assert two_factors(table) == ("delay", "share")
    cells = cells_of(table, "delay", "share")
    assert cells.median[0] == pytest.approx(np.array([[101, 161, 221], [102, 162, 222]]))
    fewer = dataclasses.replace(
        table,
        factors={name: texts[1:] for name, texts in table.factors.items()},
        points=table.points[1:],
        values=table.values[1:],
    )
    missing = cells_of(fewer, "delay", "share")
    assert np.isnan(missing.median[0, 0, 2]) and missing.points[0, 2] == 0


def test_a_sampled_design_has_no_cells():
    table = _crossed_sweep()
    sampled = {"delay": tuple("123456"), "share": tuple("654321")}
    assert two_factors(dataclasses.replace(table, factors=sampled)) is None
    assert not levels_of(dataclasses.replace(table, factors=sampled), "delay").crossed
