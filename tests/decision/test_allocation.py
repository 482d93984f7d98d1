"""Best allocations against every allocation, on tables small enough to try them all."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decision_worlds import OPTIONS, drawn, table
from rebound_sim.decision.optimise.allocation import Allocations
from rebound_sim.decision.optimise.limits import (
    Limit,
    monthly_days,
    programme_limits,
    user_limits,
)
from rebound_sim.decision.optimise.menu import Option
from rebound_sim.decision.optimise.prices import frontier, prices, worst_tenth_loss
from rebound_sim.errors import InputError
from rebound_sim.scenario import ProgrammeTable
from rebound_sim.statistics.programme.inequality import theil

TABLE = ProgrammeTable(envelope_eur=6_000_000, strategies=("none",), appraisal_capacity=100)


def every(found, envelope=np.inf):
    """All allocations within an envelope: int[allocations, zones]."""
    euros = np.array([option.grants_eur + 1_500 * option.days for option in found.options])
    tried = np.array(list(product(range(len(found.options)), repeat=len(found.zones))))
    return tried[euros[tried].sum(axis=1) <= envelope]


def totals(found, choices, name="jobs"):
    return np.stack([found.of(name, choice).sum(axis=0) for choice in choices])


def problem(found, *more, envelope=6_000_000):
    limits = programme_limits(TABLE.model_copy(update={"envelope_eur": envelope}), found)
    return Allocations(found, [*limits, *more])


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_every_objective_reaches_the_optimum_of_trying_all(seed):
    found = drawn(seed)
    choices = every(found, 6_000_000)
    jobs = totals(found, choices)
    solver = problem(found)
    close = {"rel": 2e-4, "abs": 1e-3}
    assert solver.mean().value == pytest.approx(jobs.mean(axis=1).max(), **close)
    # The worst quarter of 6 worlds is one and a half of them.
    ordered = np.sort(jobs, axis=1)
    tail = (ordered[:, 0] + 0.5 * ordered[:, 1]) / 1.5
    best = solver.tail(0.25)
    assert best.value == pytest.approx(tail.max(), **close)
    regrets = (jobs.max(axis=0) - jobs).max(axis=1)
    least = solver.regret()
    assert -least.value == pytest.approx(regrets.min(), rel=1e-3, abs=0.05)
    own = totals(found, [least.choice])[0]
    assert (jobs.max(axis=0) - own).max() == pytest.approx(regrets.min(), rel=1e-3, abs=0.05)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.1, 0.9))
def test_equity_bounds_against_trying_all(seed, place):
    found = drawn(seed)
    choices, solver = every(found, 6_000_000), problem(found)
    jobs = totals(found, choices).mean(axis=1)
    tenth = np.array([worst_tenth_loss(solver, c) for c in choices])
    assert -solver.least_worst_tenth().value == pytest.approx(tenth.min(), rel=1e-3, abs=1e-3)
    bound = tenth.min() + place * (tenth.max() - tenth.min())
    reached = solver.worst_tenth(bound)
    assert reached.value == pytest.approx(jobs[tenth <= bound + 1e-6].max(), rel=2e-4)
    assert worst_tenth_loss(solver, reached.choice) <= bound + 1e-5
    area = np.stack([found.area.mean(axis=2)[np.arange(4), c] for c in choices], axis=1)
    index = theil(area, np.repeat(found.people[:, None], area.shape[1], axis=1))
    bound = index.min() + place * (index.max() - index.min())
    assert solver.theil(bound).value == pytest.approx(jobs[index <= bound + 1e-6].max(), rel=2e-4)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_leximin_has_the_best_worst_zone_then_the_best_second_worst(seed):
    found = drawn(seed)
    choices = every(found, 6_000_000)
    loss = found.loss.mean(axis=2)
    sorted_losses = [tuple(-np.sort(-loss[np.arange(4), c])) for c in choices]
    best = min(sorted_losses)
    reached = -np.sort(-loss[np.arange(4), problem(found).leximin().choice])
    assert np.allclose(reached, best, atol=1e-2)


def test_an_optimum_known_without_counting():
    """Two zones, money for one: the best on average is not the safe one."""
    jobs = np.zeros((2, 4, 2))
    jobs[0, 2], jobs[1, 2] = (100, 0), (40, 40)
    found = table(jobs)
    solver = problem(found, envelope=2_600_000)
    assert solver.mean().choice.tolist() == [2, 0]
    assert solver.tail(0.5).choice.tolist()[1] == 2
    assert -solver.regret().value == pytest.approx(40, abs=0.1)
    assert solver.single(1).choice.tolist()[1] == 2


def test_limits_by_zone_region_and_instrument_are_kept():
    found = drawn(3, zones=6)
    floors = user_limits(
        ["each grants >= 500000", "South money <= 5e6", "Z1 jobs >= 1", "all engineering <= 9e5"],
        TABLE,
        found,
    )
    assert len(floors) == 4 and len(floors[0].cells) == 6
    choice = problem(found, *floors, envelope=14_000_000).mean().choice
    grants = np.array([option.grants_eur for option in OPTIONS])[choice]
    days = np.array([option.days for option in OPTIONS])[choice]
    assert (grants >= 500_000).all()
    assert (grants + 1_500 * days)[1::2].sum() <= 5e6
    assert days.sum() * 1_500 <= 900_000
    assert found.jobs.mean(axis=2)[1, choice[1]] >= 1


def test_days_of_consultants_are_counted_month_by_month():
    """Eight zones at 50 days a month, 200 in all: four at a time, four late."""
    jobs = np.zeros((8, 4, 2))
    jobs[:, 2], jobs[:, 3] = 50, 40
    found = table(jobs)
    rules = TABLE.model_copy(update={"envelope_eur": 10**8, "consultant_days_month": 200})
    best = Allocations(found, programme_limits(rules, found)).mean()
    assert sorted(best.choice.tolist()) == [2, 2, 2, 2, 3, 3, 3, 3]
    assert best.value == pytest.approx(4 * 50 + 4 * 40)


def test_files_that_come_together_cannot_all_be_appraised_one_committee_later():
    """Ten zones whose large option sends 30 files at the opening: 240 are seen by the second
    committee, so eight zones of ten; sent a year later by two of them, all are seen."""
    jobs, files = np.zeros((10, 4, 2)), np.zeros((10, 4, 2, 12))
    jobs[:, 2], jobs[:, 3] = 50, 40
    files[:, 2, :, 0], files[:, 3, :, 4] = 30, 30
    found = table(jobs, files=files)
    rules = TABLE.model_copy(
        update={"envelope_eur": 10**8, "consultant_days_month": 10**6, "appraisal_capacity": 40}
    )
    limits = programme_limits(rules, found)
    assert rules.committee_months == 3 and limits[-1].name == "files appraised a month"
    best = Allocations(found, limits).mean()
    assert sorted(best.choice.tolist()) == [2] * 8 + [3] * 2
    # The same files, a month's worth in each interval, hold nobody back.
    slow = table(jobs, files=np.full((10, 4, 2, 12), 2.5))
    assert Allocations(slow, programme_limits(rules, slow)).mean().choice.tolist() == [2] * 10


def test_days_in_parts_are_worked_when_they_come():
    rules = TABLE.model_copy(update={"mission_days_month": 50})
    menu = (Option("nothing", 0, 0, 6, 9), Option("parts", 250, 0, 6, 9, 3, 12))
    found = table(np.zeros((2, 2, 2)), options=menu)
    worked = monthly_days(rules, found)[:, 0, 1]
    assert worked.sum() == 250
    assert worked[6:8].tolist() == [50, 34] and worked[18:20].tolist() == [50, 33]
    assert worked[8:18].sum() == 0


def test_limits_that_exclude_one_another_are_named_and_no_other():
    found = drawn(1)
    floors = user_limits(["each grants >= 2000000", "Z0 engineering <= 5e6"], TABLE, found)
    with pytest.raises(InputError) as error:
        problem(found, *floors, envelope=6_000_000).mean()
    assert "the envelope" in str(error.value)
    assert "each grants >= 2000000" in str(error.value)
    assert "engineering <=" not in str(error.value) and "appraised" not in str(error.value)
    with pytest.raises(InputError) as error:
        problem(found).theil(1e-9)
    assert "Theil" in str(error.value)


@pytest.mark.parametrize(
    "text",
    [
        "each grants",
        "each gold >= 3",
        "Nort money >= 3",
        "each grants >= -3",
        "",
        "each grants > 3",
    ],
)
def test_what_is_not_a_limit_is_refused_with_help(text):
    with pytest.raises(InputError) as error:
        user_limits([text], TABLE, drawn(0))
    assert "--limit" in str(error.value)


def test_a_price_is_what_the_limit_costs():
    found = drawn(5)
    priced = {p.limit: p for p in prices(problem(found))}
    jobs = [totals(found, every(found, e)).mean(axis=1).max() for e in (6e6, 6.6e6, np.inf)]
    assert priced["the envelope"].relaxed == pytest.approx(jobs[1] - jobs[0], rel=0.01, abs=0.1)
    assert priced["the envelope"].removed == pytest.approx(jobs[2] - jobs[0], rel=0.01)
    assert priced["files appraised a month"].removed == pytest.approx(0, abs=0.05)


def test_the_frontier_is_not_dominated_by_any_allocation():
    found = drawn(8)
    solver = problem(found, envelope=8_000_000)
    points = frontier(solver, solver.limits[0])
    assert len(points) > 3
    for choice in every(found, 8_000_000):
        jobs = found.of("jobs", choice).sum(axis=0).mean()
        loss = worst_tenth_loss(solver, choice)
        for point in points:
            # No allocation is better in jobs and equity within the same envelope.
            cost = sum(OPTIONS[o].grants_eur + 1_500 * OPTIONS[o].days for o in choice)
            if cost <= point.envelope and loss <= point.worst_tenth + 1e-6:
                assert jobs <= point.jobs * 1.001 + 1e-3


def test_no_limit_at_all_is_the_best_option_of_each_zone():
    found = drawn(2)
    best = Allocations(found, [Limit("none", np.zeros((1, 4, 4)), -np.inf, 1.0)]).mean()
    assert best.choice.tolist() == found.jobs.mean(axis=2).argmax(axis=1).tolist()
