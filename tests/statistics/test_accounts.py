"""Accounts of jobs close to the unit, accounts of euros to the euro, for any figures."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from panels_in_memory import panels_from, with_columns
from rebound_sim.experiment.euros import EUROS
from rebound_sim.policies.instruments import INSTRUMENTS
from rebound_sim.state.variables import VARIABLE_NAMES, VARIABLES
from rebound_sim.statistics.jobs_account import (
    CROWDED_OUT,
    LINES,
    MULTIPLIER,
    OTHER_CAUSES,
    jobs_account,
    whole_lines,
)
from rebound_sim.statistics.money import (
    costs,
    euros,
    gross_jobs_of,
    net_budget_cost,
    public_cost,
    used_instruments,
)

SHAPE = (3, 3, 6)
PROJECTS = 4


def random_panels(luck):
    """Panels filled with figures that no model would give."""
    columns = {}
    for outcome in VARIABLES:
        numbers = luck.normal(0, 400, SHAPE)
        columns[outcome.name] = numbers.astype(outcome.dtype)
    for name in EUROS:
        columns[name] = luck.normal(0, 400, SHAPE).astype(np.int64)
    rows = [(arm, r, k) for r in range(3) for arm in ("none", "aid") for k in range(PROJECTS)]
    projects = {
        "arm": np.array([row[0] for row in rows], dtype=object),
        "replication": np.array([row[1] for row in rows]),
        "project": np.array([row[2] for row in rows]),
        "supported": luck.integers(0, 8, len(rows)),
        "jobs_delivered": luck.gamma(2.0, 10.0, len(rows)),
        "operating_month": luck.integers(-1, 6, len(rows)),
    }
    arms = ("no_shock", "none", "aid")
    return panels_from(columns, arms, projects=projects, first=1, last=2)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_account_of_jobs_closes_to_the_unit(seed):
    panels = random_panels(np.random.default_rng(seed))
    account = jobs_account(panels, "aid")
    additional = panels.difference("workplace_employment", "aid")
    assert all(values.dtype == np.int64 for values in account.values())
    assert np.array_equal(sum(account[line] for line in LINES), additional)
    assert np.array_equal(
        account["gross"], account["deadweight"] + account["time_shifted"] + account["induced"]
    )
    assert np.array_equal(
        additional,
        account["gross"]
        - account["deadweight"]
        + account["multiplier"]
        + account["crowded_out"]
        + account["other_causes"],
    )
    gross = panels.values("supported_capacity", "aid")
    assert np.all(np.abs(account["gross"] - gross) < 2)


def test_the_groups_of_the_account_share_no_line():
    groups = [*MULTIPLIER, *CROWDED_OUT, *OTHER_CAUSES, "time_shifted", "induced"]
    assert sorted(groups) == sorted(LINES)


@settings(deadline=None)
@given(
    arrays(np.float64, (5, 4), elements=st.floats(-1e5, 1e5)),
    arrays(np.int64, 4, elements=st.integers(-(10**6), 10**6)),
)
def test_whole_lines_add_up_and_stay_near(lines, total):
    lines[-1] = total - lines[:-1].sum(axis=0)
    whole = whole_lines(lines, total)
    assert np.array_equal(whole.sum(axis=0), total)
    assert np.all(np.abs(whole - lines) < 1 + 1e-6)


def test_equal_remainders_are_served_in_order():
    lines = np.array([[0.5], [0.5], [0.25], [0.75]])
    assert whole_lines(lines, np.array([2])).ravel().tolist() == [1, 0, 0, 1]


def account_of_one_project(now, twin, months=5):
    """Panels of one supported project with capacities dated by its table."""
    columns = {o.name: np.zeros((3, 1, months), o.dtype) for o in VARIABLES}
    jobs, date = now
    columns["supported_capacity"][2, 0] = jobs * (np.arange(months) >= date)
    columns["cause_projects"][2, 0] = columns["supported_capacity"][2, 0]
    columns["cause_projects"][1, 0] = twin[0] * (np.arange(months) >= twin[1])
    columns["project_capacity"][:] = columns["cause_projects"]
    change = columns["cause_projects"][2, 0] - columns["cause_projects"][1, 0]
    columns["workplace_employment"][2, 0] = np.rint(change)
    projects = {
        "arm": np.array(["none", "aid"], dtype=object),
        "replication": np.zeros(2, np.int64),
        "project": np.zeros(2, np.int64),
        "supported": np.array([0, 2]),
        "jobs_delivered": np.array([twin[0], jobs], float),
        "operating_month": np.array([twin[1], date]),
    }
    arms = ("no_shock", "none", "aid")
    panels = panels_from(columns, arms, projects=projects)
    account = jobs_account(panels, "aid")
    return {name: values[0].tolist() for name, values in account.items()}


@pytest.mark.parametrize(
    ("twin", "deadweight", "time_shifted", "induced"),
    [
        ((10, 1), [0, 10, 10, 10, 10], [0, 0, 0, 0, 0], [0, 0, 0, 0, 0]),  # would have come
        ((10, 3), [0, 0, 0, 10, 10], [0, 10, 10, 0, 0], [0, 0, 0, 0, 0]),  # later
        ((0, 0), [0, 0, 0, 0, 0], [0, 0, 0, 0, 0], [0, 10, 10, 10, 10]),  # never
        ((4, 3), [0, 0, 0, 4, 4], [0, 4, 4, 0, 0], [0, 6, 6, 6, 6]),  # later and smaller
    ],
)
def test_a_supported_project_is_deadweight_time_shifted_or_induced(
    twin, deadweight, time_shifted, induced
):
    account = account_of_one_project((10, 1), twin)
    assert account["gross"] == [0, 10, 10, 10, 10]
    assert account["deadweight"] == deadweight
    assert account["time_shifted"] == time_shifted
    assert account["induced"] == induced
    assert account["other_causes"] == [0, 0, 0, 0, 0]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_euros_add_up_exactly(seed):
    panels = random_panels(np.random.default_rng(seed))
    for instrument in INSTRUMENTS:
        found = euros(panels, "aid", instrument)
        assert np.array_equal(found["envelope"], found["committed"] + found["uncommitted"])
        parts = found["paid"] + found["to_pay"] + found["cancelled"]
        assert np.array_equal(found["committed"], parts)


def test_the_groups_money_is_not_public():
    panels = random_panels(np.random.default_rng(1))
    columns = {name: np.zeros(SHAPE) for name in (*VARIABLE_NAMES, *EUROS)}
    columns["grants_paid_total_eur"][2] = 500
    columns["grants_returned_total_eur"][2] = 100
    columns["revitalisation_paid_total_eur"][2] = 70
    columns["benefits_eur"][2] = -10
    columns["labour_taxes_eur"][2] = 3
    panels = with_columns(panels, columns)
    assert np.all(public_cost(panels, "aid") == 400)
    assert costs(panels, "aid", None).tolist() == [400] * 3
    assert costs(panels, "aid", "revitalisation").tolist() == [70] * 3
    assert used_instruments(panels, "aid") == ("grants", "revitalisation")
    assert net_budget_cost(panels, "aid")[0].tolist() == [400 - 13 * m for m in range(1, 7)]


def test_gross_jobs_of_an_instrument_are_those_of_its_projects():
    panels = random_panels(np.random.default_rng(4))
    table = panels.projects
    for instrument, bit in (("engineering", 1), ("grants", 2), ("revitalisation", 4)):
        found = gross_jobs_of(panels, "aid", instrument)
        for replication in range(3):
            rows = (table["arm"] == "aid") & (table["replication"] == replication)
            rows &= (table["supported"] & bit) > 0
            assert found[replication] == pytest.approx(table["jobs_delivered"][rows].sum())
