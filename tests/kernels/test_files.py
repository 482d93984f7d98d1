"""Who files for aid, and for how much: kernels/files.py on the projects of a built zone."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from rebound_sim.kernels.files import applicants, carried_out, requests
from rebound_sim.parameters import ParameterSet
from rebound_sim.rng.keys import run_keys
from rebound_sim.rules.projects import ENTRANT_SIZE, constraint_probability, goes_ahead
from rebound_sim.state.codes import Answer, Stage
from worlds import scenario, state_of

P = ParameterSet()
KEY = run_keys(1, 0, "SYNT").committee


@pytest.fixture
def state() -> Any:
    """A zone whose projects are all ripe and would go ahead with help, and at no other cost."""
    built = state_of(scenario(residents=3_000))
    built.projects.stage[:] = Stage.MATURE
    built.projects.base[:] = 1_000_000
    built.projects.value[:] = -0.01
    return built


def filed(
    state: Any, managed: int = 0, months: int = 12, regional_aid: int = 0
) -> npt.NDArray[np.int64]:
    out = np.full(state.projects.stage.size, -1, dtype=np.int64)
    applicants(
        state.projects, state.firms, KEY, managed, months, regional_aid, P.instruments, P.projects,
        out,
    )  # fmt: skip
    return out


def could_ask(state: Any, regional_aid: int = 0) -> npt.NDArray[np.int64]:
    out = np.empty(state.projects.stage.size, dtype=np.int64)
    requests(state.projects, state.firms, regional_aid, P.instruments, out)
    return out


def test_who_files_asks_for_what_the_rules_of_aid_allow(state: Any) -> None:
    asked = filed(state)
    files = asked > 0
    assert files.any() and not files.all()
    np.testing.assert_array_equal(asked[files], could_ask(state)[files])
    assert (asked[~files] == 0).all()
    assert (could_ask(state, regional_aid=1) >= could_ask(state)).all()


def test_a_manager_a_visit_and_time_only_add_files(state: Any) -> None:
    alone = filed(state) > 0
    for more in (filed(state, managed=1), filed(state, months=36)):
        assert (more[alone] > 0).all() and (more > 0).sum() > alone.sum()
    state.firms.visited[:] = 1
    assert (filed(state)[alone] > 0).all()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("stage", Stage.LATENT),
        ("stage", Stage.DECIDED),
        ("grant_answer", Answer.WAITING),
        ("grant_answer", Answer.REFUSED),
        ("base", 1),
        ("value", -1e6),
    ],
)
def test_nobody_files_too_early_twice_for_little_or_for_a_lost_project(
    state: Any, column: str, value: float
) -> None:
    assert filed(state, managed=1).any()
    getattr(state.projects, column)[:] = value
    assert not filed(state, managed=1).any()


def test_a_project_soon_ripe_is_filed_ahead_and_a_distant_one_is_not(state: Any) -> None:
    state.projects.stage[:] = Stage.DETECTED
    state.projects.threshold[:] = 10.0
    state.projects.clock[:] = 9.999
    assert filed(state, managed=1).any()
    state.projects.clock[:] = 0.0
    assert not filed(state, managed=1).any()


def test_who_starts_with_help_is_who_the_rule_says_project_by_project(state: Any) -> None:
    projects, firms = state.projects, state.firms
    projects.stage[::3] = Stage.DECIDED
    projects.value[:] = np.linspace(-0.2, 0.1, projects.stage.size)
    projects.granted[::2], projects.financed[::2] = 20_000, 80_000
    firms.relief[::2] = 0.5
    rows = np.arange(projects.stage.size)[1:]
    amounts = 1_000 * (rows % 50)
    found = np.zeros(rows.size, dtype=np.bool_)
    carried_out(rows, amounts, projects, firms, P.projects, found)
    for k, amount, starts in zip(rows, amounts, found, strict=True):
        f, sponsor = projects.firm[k], projects.sponsor[k]
        size = float(ENTRANT_SIZE if sponsor < 0 else firms.employment[sponsor])
        short = constraint_probability.py_func(size, int(firms.group[f]), P.projects)
        short *= 1.0 - float(firms.relief[f])
        subsidy = float(projects.granted[k] + amount) / float(projects.capital[k])
        money = float(projects.financed[k] + amount) / float(projects.capital[k])
        value, constraint = float(projects.value[k]), float(projects.constraint[k])
        ready = goes_ahead.py_func(value, subsidy, money, constraint, short, P.projects)
        assert starts == (projects.stage[k] == Stage.DECIDED or ready)
    mature = projects.stage[rows] == Stage.MATURE
    assert found[~mature].all() and found[mature].any() and not found[mature].all()
