"""What CSP and redeployment leave do to the path back to work of those laid off."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from model.worlds import small_world
from rebound_sim.model import BasinModel
from rebound_sim.scenario import Scenario, Tranche
from rebound_sim.state.codes import Regime, Status

#: Months from the announcement to the layoffs, and months watched.
LAYOFF, MONTHS = 2, 44
REPLICATIONS = 3
WORK = ("permanent", "fixed_term", "self_employed", "outside")


def world(**changes: object) -> Scenario:
    """A site of 240 jobs that closes in one go. changes : of the closure."""
    base = small_world(months=MONTHS, employed=9_000, jobs=240)
    given = {"tranches": (Tranche(month=LAYOFF, share=1.0),), "takeover_probability": 0.0}
    site = base.closure[0].model_copy(update=given | changes)
    return base.model_copy(update={"closure": (site,)})


@cache
def in_work(shape: float) -> np.ndarray:
    """Displaced people in work by month after the layoffs, over replications."""
    total, parameters = np.zeros(MONTHS - LAYOFF), {"search.support_shape": shape}
    for replication in range(REPLICATIONS):
        model = BasinModel(
            world(group="insolvent"), seed=5, replication=replication, parameters=parameters
        )
        path = model.run().recorder.trajectory()
        work = sum(path[f"displaced_{kind}"] for kind in WORK)
        total += work[path["month"] >= LAYOFF]
    return total


def followed(model: BasinModel, months: int) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Status, regime and end of regime of displaced residents by month from the layoffs on."""
    found = []
    while model.state.t < model.announcement + LAYOFF + months:
        model.advance()
        if model.state.t > model.announcement + LAYOFF:
            workers, rows = model.state.workers, model.displaced()
            rows = rows[workers.resident[rows] == 1]
            found.append((workers.status[rows], workers.regime[rows], workers.until[rows]))
    return found


def test_a_slow_start_delays_returns_and_is_made_up_for() -> None:
    """Few lose a job for good because the plan came first: the gap closes once support ends."""
    even, slow = in_work(1.0), in_work(4.0)
    assert slow[4:11].mean() < 0.9 * even[4:11].mean()
    assert slow[30:].mean() > 0.9 * even[30:].mean()


def test_courses_begin_once_a_project_is_drawn_up() -> None:
    path = followed(BasinModel(world(group="insolvent"), seed=5), 8)
    training = [int((status == Status.IN_TRAINING).sum()) for status, _, _ in path]
    assert training[0] == training[1] == 0
    assert training[7] > 20


def test_members_who_do_not_search_stay_in_the_scheme() -> None:
    idle = (int(Status.HALO), int(Status.INACTIVE))
    often = {"separations.insured_exit": 1.0}
    path = followed(BasinModel(world(group="insolvent"), seed=5, parameters=often), 8)
    status, regime, _ = path[7]
    waiting = np.isin(status, idle) & (regime == Regime.CSP)
    assert waiting.sum() > 20
    working = np.isin(status, (int(Status.SELF_EMPLOYED), int(Status.WORKING_OUTSIDE)))
    assert working.any() and not regime[working].any()


@pytest.mark.parametrize(
    ("group", "employees", "length", "left"),
    [("insolvent", 1000, 12, 6), ("solvent", 1000, 9, 18), ("solvent", 300, 12, 6)],
)
def test_leave_uses_up_no_insurance(group: str, employees: int, length: int, left: int) -> None:
    """CSP is paid out of the months of insurance; the contract runs on during leave."""
    model = BasinModel(world(group=group, group_employees=employees), seed=5)
    status, regime, until = followed(model, length + 1)[-1]
    young = model.state.workers.birth[model.displaced()] > model.state.t - 12 * 55
    young = young[model.state.workers.resident[model.displaced()] == 1]
    after = (status == Status.UNEMPLOYED) & (regime == Regime.ORDINARY) & young
    months = until[after] - (model.state.t - 1)
    assert np.bincount(months[months > 0]).argmax() == left


def test_a_course_of_an_earlier_spell_does_not_count() -> None:
    model = BasinModel(world(group="insolvent"), seed=5)
    while model.state.t < model.announcement + LAYOFF:
        model.advance()
    model.state.workers.trained[:] = 1
    model.advance()
    workers, rows = model.state.workers, model.displaced()
    members = workers.regime[rows] == Regime.CSP
    assert members.any() and not workers.trained[rows[members]].any()
