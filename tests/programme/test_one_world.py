"""One function behind one zone and forty: a zone of a world is the zone alone."""

from __future__ import annotations

import numpy as np
import pytest

from model.worlds import small_world
from programme_worlds import small_programme
from rebound_sim.errors import InputError
from rebound_sim.model import BasinModel
from rebound_sim.policies import load_policy
from rebound_sim.policies.arm import Arm
from rebound_sim.policies.strategy_choice import StrategyChoice
from rebound_sim.programme import simulate
from rebound_sim.programme.simulate import build_zones
from rebound_sim.scenario import world_of

POLICIES = ("rebond", "revitalisation")


def test_a_world_of_one_zone_is_that_zone_alone() -> None:
    scenario = small_world(months=24)
    arms = tuple(Arm.of_policy(load_policy(name)) for name in POLICIES)
    result = simulate(world_of(scenario), arms, seed=4, replication=2)
    assert list(dict.fromkeys(result.runs["arm"])) == ["no_shock", "none", *POLICIES]
    assert not result.runs["error"].any()
    for name in result.runs["arm"]:
        policy = load_policy(name) if name in POLICIES else "none"
        alone = BasinModel(scenario, policy, 4, 2, closure=name != "no_shock").run()
        expected = alone.recorder.trajectory()
        rows = result.trajectories["arm"] == name
        after = expected["month"] >= 0
        for outcome, column in expected.items():
            np.testing.assert_array_equal(
                result.trajectories[outcome][rows], column[after], err_msg=f"{name}: {outcome}"
            )
        paid = sum(entry.amount for entry in alone.ledger.journal if entry.kind == "paid")
        kept = (result.ledger["arm"] == name) & (result.ledger["kind"] == "paid")
        assert result.ledger["amount_eur"][kept].sum() == paid


def test_a_policy_is_followed_by_the_zones_that_have_a_closure() -> None:
    world = small_programme(24)
    result = simulate(world, (Arm.of_policy(load_policy("rebond")),), 1, 0)
    paid = {
        str(zone)
        for zone, arm, kind in zip(
            result.ledger["zone"], result.ledger["arm"], result.ledger["kind"], strict=True
        )
        if arm == "rebond" and kind == "paid"
    }
    assert paid == {"north", "east", "west"}
    # Months count from each zone's own announcement: until then the zone is the one of `none`.
    columns = result.trajectories
    for code, first in (("west", 8), ("control", 24)):
        here = (columns["zone"] == code) & (columns["month"] < first)
        pair = [
            columns["workplace_employment"][here & (columns["arm"] == a)]
            for a in ("none", "rebond")
        ]
        np.testing.assert_array_equal(*pair)


def test_the_two_references_do_not_depend_on_the_other_arms() -> None:
    world = small_programme(24)
    few = simulate(world, (), 3, 0).runs
    arms = (Arm.of_strategy(StrategyChoice("equal")), Arm.of_policy(load_policy("rebond")))
    many = simulate(world, arms, 3, 0).runs
    first = few["arm"].size
    assert few["digest"].tolist() == many["digest"][:first].tolist()
    assert build_zones(world, 3, 0).keys() == set(few["zone"])


def test_what_cannot_be_compared_is_refused() -> None:
    alone = world_of(small_world(months=12))
    with pytest.raises(InputError, match="no programme"):
        simulate(alone, (Arm.of_strategy(StrategyChoice("equal")),), 0, 0)
    rebond = Arm.of_policy(load_policy("rebond"))
    with pytest.raises(InputError, match="same name"):
        simulate(alone, (rebond, rebond), 0, 0)
