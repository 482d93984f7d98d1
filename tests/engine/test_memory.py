"""Workers by default: one a processor, fewer where memory is short."""

from __future__ import annotations

import pytest

from programme_worlds import small_programme
from rebound_sim.experiment import Experiment, memory
from rebound_sim.policies.arm import Arm
from rebound_sim.policies.strategy_choice import StrategyChoice
from rebound_sim.programme.model import build_zones
from rebound_sim.scenario import load_world
from rebound_sim.state.columns import WORKER_COLUMNS


def experiment(world, replications: int = 20, group: int = 12) -> Experiment:
    arms = tuple(Arm.of_strategy(StrategyChoice(name)) for name in ("equal", "merit", "pipeline"))
    return Experiment(world, arms, replications, group=group)


@pytest.fixture
def machine(monkeypatch):
    def has(processors: int, free: float) -> None:
        monkeypatch.setattr(memory, "available_workers", lambda: processors)
        monkeypatch.setattr(memory, "free_bytes", lambda: free)

    return has


def test_one_a_processor_where_memory_suffices(machine) -> None:
    machine(4, 64e9)
    assert memory.workers_that_fit(experiment(load_world())) == (4, "")
    assert memory.workers_that_fit(experiment(load_world(), replications=3)) == (3, "")


def test_fewer_where_it_is_short_and_it_is_said(machine) -> None:
    machine(8, 4e9)
    count, said = memory.workers_that_fit(experiment(load_world()))
    assert 1 < count < 8
    assert f"{count} of 8 workers" in said and "4.0 GB are free" in said
    machine(8, 0.1e9)
    assert memory.workers_that_fit(experiment(load_world()))[0] == 1


def test_fewer_arms_together_and_smaller_worlds_need_less() -> None:
    whole = memory.bytes_of_a_worker(experiment(load_world()))
    assert memory.bytes_of_a_worker(experiment(load_world(), group=1)) < whole
    assert memory.bytes_of_a_worker(experiment(small_programme())) < whole / 3


def test_rows_of_people_are_about_those_that_are_built() -> None:
    world = small_programme()
    built = build_zones(world, 1, 0).values()
    rows = sum(zone.state.workers.rows for zone in built)
    employed = sum(zone.figures.employed_residents for zone in built)
    months = world.time.burn_in_months + world.time.months
    assert rows / employed == pytest.approx(memory._ROWS + memory._ROWS_A_MONTH * months, rel=0.25)
    own = sum(column.width * int(column.dtype[1:]) for column in WORKER_COLUMNS if not column.fixed)
    assert own < memory._OWN < 1.6 * own


def test_arms_beyond_those_held_at_a_time_need_little_more() -> None:
    """Half of them wait, packed."""
    some, many = (
        memory.bytes_of_a_worker(Experiment(load_world(), tuple(map(Arm, "abcdefghij"[:number]))))
        for number in (2, 8)
    )
    assert 1.05 * some < many < 1.5 * some
