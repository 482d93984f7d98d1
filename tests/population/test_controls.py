"""Matched controls: same level, nearest in wage and age, each person once, nobody displaced."""

from __future__ import annotations

import numpy as np
import pytest

from model.worlds import small_world
from rebound_sim.model import BasinModel
from rebound_sim.population.controls import matched_controls
from rebound_sim.state.codes import Status


@pytest.fixture(scope="module")
def workers_and_firm():  # type: ignore[no-untyped-def]
    model = BasinModel(small_world(months=12, jobs=80), "none", seed=5)
    for _ in range(3):
        model.advance()
    return model.state.workers, model.state.sites[0].firm


def staff_of(workers, firm):  # type: ignore[no-untyped-def]
    employed = np.isin(workers.status, (int(Status.PERMANENT), int(Status.FIXED_TERM)))
    return np.flatnonzero(employed & (workers.resident == 1) & (workers.employer == firm))


def test_controls_are_distinct_employees_of_other_firms(workers_and_firm) -> None:  # type: ignore[no-untyped-def]
    workers, firm = workers_and_firm
    controls, staff = matched_controls(workers, firm), staff_of(workers, firm)
    assert controls.size == staff.size > 30  # the zone has enough of each level
    assert np.unique(controls).size == controls.size
    assert np.all(workers.employer[controls] != firm)
    assert np.all(workers.resident[controls] == 1)
    assert np.all(workers.displaced[controls] == 0)
    levels = [np.bincount(workers.qualification[rows], minlength=4) for rows in (controls, staff)]
    np.testing.assert_array_equal(*levels)


def test_controls_resemble_the_staff_more_than_others_do(workers_and_firm) -> None:  # type: ignore[no-untyped-def]
    workers, firm = workers_and_firm
    controls, staff = matched_controls(workers, firm), staff_of(workers, firm)
    employed = np.isin(workers.status, (int(Status.PERMANENT), int(Status.FIXED_TERM)))
    others = np.flatnonzero(employed & (workers.resident == 1) & (workers.employer != firm))
    for level in range(4):
        own = np.sort(np.log(workers.wage[staff[workers.qualification[staff] == level]]))
        matched = np.sort(np.log(workers.wage[controls[workers.qualification[controls] == level]]))
        pool = np.log(np.maximum(workers.wage[others[workers.qualification[others] == level]], 1.0))
        if own.size < 5:
            continue
        gap = np.abs(own - matched).mean()
        usual = np.abs(own - np.quantile(pool, np.linspace(0.05, 0.95, own.size))).mean()
        assert gap < max(usual, 0.02)


def test_the_displaced_are_never_controls(workers_and_firm) -> None:  # type: ignore[no-untyped-def]
    workers, firm = workers_and_firm
    marked = workers._replace(displaced=workers.displaced.copy())
    first = matched_controls(workers, firm)
    marked.displaced[first[:10]] = 1
    assert not set(matched_controls(marked, firm).tolist()) & set(first[:10].tolist())
