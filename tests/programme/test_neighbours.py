"""Real zones that touch: what happens in one reaches the other, beside what the world undergoes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rebound_sim.data import neighbour_weights
from rebound_sim.programme import ProgrammeModel, simulate
from rebound_sim.scenario import World, load_world
from rebound_sim.state.market import Condition

SMALL = Path(__file__).parents[2] / "scenarios" / "auto_small.toml"
PATH = (8.0, 10.0, 9.0)


def pair() -> tuple[World, str, str]:
    """The two zones of the small programme that touch: (world, one with a closure, the other)."""
    world = load_world(SMALL, months=24)
    codes = tuple(sorted(world.codes))
    weights = neighbour_weights(codes)
    rows, columns = np.nonzero(weights)
    assert rows.size
    names = {codes[rows[0]], codes[columns[0]]}
    zones = tuple(entry for entry in world.zone if entry.code in names)
    hit = next(entry.code for entry in zones if entry.closure)
    other = next(code for code in names if code != hit)
    return world.model_copy(update={"zone": zones}), hit, other


def outside(world: World, code: str) -> list[float]:
    model, ratios = ProgrammeModel(world, seed=1), []
    while model.t < model.months:
        model.step()
        conditions = model.zones[code].state.market.conditions
        ratios.append(float(conditions[Condition.OUTSIDE_UNEMPLOYMENT_RATIO]))
    return ratios[world.time.burn_in_months :]


def without_coupling(world: World) -> World:
    table = world.national().model_copy(update={"coupling": False})
    return world.model_copy(update={"programme": table})


@pytest.fixture(scope="module")
def neighbours() -> tuple[World, str, str]:
    return pair()


def test_a_zone_sees_the_unemployment_of_its_neighbour(neighbours) -> None:  # type: ignore[no-untyped-def]
    world, hit, other = neighbours
    weights = neighbour_weights(tuple(sorted((hit, other))))
    model = ProgrammeModel(world, seed=1)
    burn_in = world.time.burn_in_months
    while model.t < burn_in + 12:
        model.step()
    rates = model.zones[hit].recorder.column("unemployment_rate")
    usual = rates[burn_in - 6 : burn_in].mean()
    share = weights.max()
    expected = 1.0 + share * (rates[burn_in + 10] / usual - 1.0)
    seen = model.zones[other].state.market.conditions[Condition.OUTSIDE_UNEMPLOYMENT_RATIO]
    assert seen == pytest.approx(expected, rel=1e-12)
    assert seen != 1.0
    assert set(outside(without_coupling(world), other)) == {1.0}


def test_neighbours_and_the_path_of_the_country_act_together(neighbours) -> None:  # type: ignore[no-untyped-def]
    world, _, other = neighbours
    conditions = world.conditions.model_copy(update={"external_unemployment": PATH})
    dated = world.model_copy(update={"conditions": conditions})
    path = outside(without_coupling(dated), other)
    assert path[0] == 1.0 and path[12] == pytest.approx(PATH[1] / PATH[0])
    both = outside(dated, other)
    gaps = np.array(both) / np.array(path)
    assert np.abs(gaps - 1.0).max() > 0.0
    assert np.abs(gaps - 1.0).max() < 0.5


def test_coupling_reaches_zones_that_touch_and_no_others(neighbours) -> None:  # type: ignore[no-untyped-def]
    """A programme under `none`: a zone without neighbours is the same one, coupled or not."""
    _, hit, other = neighbours
    world = load_world(SMALL, months=24)
    coupled, alone = (simulate(one, (), 1, 0) for one in (world, without_coupling(world)))
    assert not coupled.runs["error"].any()
    tables = coupled.trajectories, alone.trajectories
    for code in world.codes:
        first, second = (
            table["unemployed"][(table["arm"] == "none") & (table["zone"] == code)]
            for table in tables
        )
        assert np.array_equal(first, second) == (code not in (hit, other)), code
