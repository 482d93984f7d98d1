"""The model is a Mesa model: stepping, agents, data collection, batch runs, the page."""

from __future__ import annotations

import gc
import weakref

import mesa
import numpy as np
import pytest

from model.worlds import small_world
from rebound_sim.agents.fund import FundOperator
from rebound_sim.agents.views import Firm, Project, Worker
from rebound_sim.errors import InputError
from rebound_sim.model import BasinModel


@pytest.fixture(scope="module")
def stepped() -> BasinModel:
    model = BasinModel(small_world(), "rebond", seed=3)
    for _ in range(20):
        model.step()
    return model


def test_steps_and_collector(stepped: BasinModel) -> None:
    assert stepped.state.t == 20
    table = stepped.datacollector.get_model_vars_dataframe()
    assert len(table) == 20
    jobs = stepped.recorder.trajectory()["workplace_employment"]
    assert np.array_equal(table["workplace_employment"].to_numpy(), jobs)


def test_the_model_says_which_parameters_it_has() -> None:
    from rebound_sim.parameters.ensemble import choose_parameters

    scenario = small_world()
    drawn = BasinModel(scenario, "rebond", replication=2, parameters="ensemble")
    expected = choose_parameters("ensemble").of(2, scenario.parameters)
    assert drawn.parameters_from == "ensemble, set 2" and "set 2" in repr(drawn)
    name = next(iter(expected))
    assert drawn.parameters.as_dict()[name] == expected[name]
    with pytest.raises(InputError, match="ensembel"):
        BasinModel(scenario, parameters="ensembel")


def test_views_show_the_cells(stepped: BasinModel) -> None:
    by_type = stepped.agents_by_type
    workers, firms = by_type[Worker], by_type[Firm]
    assert len(workers) == stepped.state.workers.status.size
    assert len(by_type[Project]) == stepped.state.projects.stage.size
    assert FundOperator in by_type
    assert (
        sum(firm.employment for firm in firms if firm.state == 1)
        == (stepped.recorder.latest()["workplace_employment"])
    )
    worker = next(iter(workers))
    before = worker.wage
    stepped.state.workers.wage[worker.row] = before + 10
    assert worker.wage == before + 10
    worker.wage = before
    assert stepped.state.workers.wage[worker.row] == before


def test_runs_to_the_end() -> None:
    model = BasinModel(small_world(months=6), "none", seed=3)
    while model.running:
        model.step()
    assert model.state.t == model.months
    assert model.recorder.months[0] == -12 and model.recorder.months[-1] == 5


def test_mesa_batch_run() -> None:
    rows = mesa.batch_run(
        BasinModel,
        parameters={
            "scenario": [small_world(months=6)],
            "policy": ["none", "rebond"],
            "replication": [0, 1],
        },
        iterations=1,
        max_steps=18,
        number_processes=1,
        display_progress=False,
    )
    assert len(rows) == 4
    assert {row["policy"] for row in rows} == {"none", "rebond"}
    assert all(row["workplace_employment"] > 0 for row in rows)


def test_two_live_models_do_not_share_state() -> None:
    first = BasinModel(small_world(months=6), "none", seed=5)
    for _ in range(6):
        first.step()
    digest = first.digest()
    BasinModel(small_world(months=6), "none", seed=6).run()
    assert first.digest() == digest


def test_a_model_leaves_memory_when_nobody_holds_it() -> None:
    model = BasinModel(small_world(months=6), seed=1)
    model.run()
    assert len(model.agents) > 0  # its views of rows are numbered too
    kept = weakref.ref(model)
    del model
    gc.collect()
    assert kept() is None


def test_iterations_of_a_batch_are_so_many_lucks() -> None:
    asked = {"scenario": [small_world(months=3)], "policy": ["none"]}
    rows = mesa.batch_run(
        BasinModel, asked, iterations=3, max_steps=40, number_processes=1, display_progress=False
    )
    found = [row["workplace_employment"] for row in rows]
    assert len(set(found)) > 1
    for number, jobs in enumerate(found):
        alone = BasinModel(small_world(months=3), "none", replication=number).run()
        assert alone.recorder.latest()["workplace_employment"] == jobs
    # A replication that is asked for is not replaced.
    rows = mesa.batch_run(
        BasinModel,
        {**asked, "replication": [1]},
        iterations=2,
        max_steps=40,
        number_processes=1,
        display_progress=False,
    )
    assert {row["workplace_employment"] for row in rows} == {found[1]}


def test_the_collector_holds_a_run() -> None:
    whole = BasinModel(small_world(months=6), "none", seed=3).run()
    stepped = BasinModel(small_world(months=6), "none", rng=3)
    for _ in range(4):
        stepped.step()
    table = whole.datacollector.get_model_vars_dataframe()
    assert len(table) == whole.months
    assert stepped.run().datacollector.get_model_vars_dataframe().equals(table)


@pytest.mark.parametrize("seed", [-1, 1.5, "one", True, 2**64])
def test_what_is_not_a_seed_is_refused(seed: object) -> None:
    with pytest.raises(InputError, match="not a seed"):
        BasinModel(small_world(), "none", seed=seed)
