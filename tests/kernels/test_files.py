"""Who files for aid, and for how much: kernels/files.py on the projects of a built zone."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from rebound_sim.kernels.files import applicants, requests
from rebound_sim.parameters import ParameterSet
from rebound_sim.rng.keys import run_keys
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
