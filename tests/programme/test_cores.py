"""Arms that share people and firms until these differ end as arms simulated alone, bit for bit."""

from __future__ import annotations

import numpy as np
import pytest

from programme_worlds import small_programme
from rebound_sim.parameters import PARAMETERS
from rebound_sim.policies import load_policy
from rebound_sim.policies.strategy_choice import get_strategy
from rebound_sim.programme import ProgrammeModel, sharing
from rebound_sim.programme.cores import FIXED, FIXED_OF_PROJECTS, core_of
from rebound_sim.programme.model import build_zones
from rebound_sim.programme.sharing import Lane, _by_failures
from rebound_sim.programme.turns import halves, held, run_together
from rebound_sim.state.check import check

STRATEGIES = ("equal", "merit", "adaptive", "money_only", "engineering_first")
LOCAL = ("rebond", "revitalisation")
SEED, REPLICATION = 3, 1


#: Help keeps as many firms alive, out of as many that fail, as the ranges of parameters allow.
FRAGILE = {
    **{
        name: PARAMETERS[name].high
        for name in (
            "instruments.visit_survival",
            "instruments.visit_share",
            "instruments.advice_largest",
            "instruments.aided_survival",
            "demand.failure_mature",
            "demand.failure_size_exponent",
        )
    },
    **{
        name: PARAMETERS[name].low
        for name in (
            "instruments.days_per_visit",
            "instruments.advice_months",
        )
    },
}


def fragile_programme():
    """A world in which visits keep firms alive within months."""
    return small_programme().model_copy(update={"parameters": FRAGILE})


def model(name: str, zones=None, world=None) -> ProgrammeModel:
    world = world or small_programme()
    given = get_strategy(name) if name in STRATEGIES else None
    given = load_policy(name).plan() if name in LOCAL else given
    return ProgrammeModel(world, given, SEED, REPLICATION, name != "no_shock", zones)


def all_together(world, **settings) -> dict[str, Lane]:
    zones = build_zones(world, SEED, REPLICATION)
    names = ("no_shock", "none", *STRATEGIES, *LOCAL)
    lanes = [Lane(name, model(name, zones, world)) for name in names]
    run_together(lanes, repr, **settings)
    return {lane.name: lane for lane in lanes}


@pytest.fixture(scope="module")
def together() -> dict[str, Lane]:
    return all_together(small_programme())


@pytest.mark.parametrize("name", ["no_shock", "none", *STRATEGIES, *LOCAL])
def test_every_column_and_record_as_alone(together, name) -> None:
    assert together[name].error == ""
    alone = model(name).run()
    assert_equal(together[name].model, alone)


def test_arms_part_when_help_keeps_a_firm_alive(monkeypatch) -> None:
    """And each goes on as alone, though all use the same work arrays."""
    parts = []

    def noted(members):
        groups = _by_failures(members)
        parts.append(len(groups))
        return groups

    monkeypatch.setattr(sharing, "_by_failures", noted)
    lanes = all_together(fragile_programme())
    assert max(parts) > 1
    for name in ("none", "engineering_first", "equal", "rebond"):
        assert_equal(lanes[name].model, model(name, world=fragile_programme()).run())


@pytest.mark.parametrize("copies", [1.2, 3.0])
def test_arms_in_turn_end_as_alone(together, copies) -> None:
    """Those that wait go on as if they had not, and no more is held than permitted."""
    world, turns, most = small_programme(), [], []
    limit = copies * held([together["none"]])

    def ended(lanes):
        turns.append([lane.name for lane in lanes])
        most.append(held(lanes))

    lanes = all_together(world, ended=ended, limit=limit)
    assert sorted(name for turn in turns for name in turn) == sorted(lanes)
    assert len(turns) > 2
    assert max(most) <= limit
    for name, lane in lanes.items():
        assert not lane.error
        assert_equal(lane.model, together[name].model)
        assert lane.orders["control"].hexdigest() == together[name].orders["control"].hexdigest()
        for zone in lane.model.zones.values():
            check(zone.state)


def test_halves_share_little(together) -> None:
    """What no arm of one half shares with the other's would be simulated twice."""
    arms = list(together.values())
    near, far = halves(arms)
    assert sorted(arm.name for arm in near + far) == sorted(together)
    assert abs(len(near) - len(far)) <= 1
    by_order = held(arms[::2]) + held(arms[1::2])
    assert held(arms) <= held(near) + held(far) <= by_order


def test_fixed_columns_are_never_written(together) -> None:
    """All copies of a zone hold the same ones."""
    first, others = together["none"].model, [lane.model for lane in together.values()]
    new = build_zones(small_programme(), SEED, REPLICATION)
    for table, names in (("workers", FIXED), ("projects", FIXED_OF_PROJECTS)):
        for name in names:
            for code, zone in first.zones.items():
                array = getattr(getattr(zone.state, table), name)
                assert all(
                    getattr(getattr(o.zones[code].state, table), name) is array for o in others
                )
                np.testing.assert_array_equal(
                    array, getattr(getattr(new[code].state, table), name), err_msg=name
                )


def assert_equal(together: ProgrammeModel, alone: ProgrammeModel) -> None:
    for code, zone in together.zones.items():
        other = alone.zones[code]
        for table in ("workers", "firms", "projects", "market"):
            ours, theirs = getattr(zone.state, table), getattr(other.state, table)
            for column, a, b in zip(ours._fields, ours, theirs, strict=True):
                np.testing.assert_array_equal(a, b, err_msg=f"{code} {table}.{column}")
        for column, values in zone.recorder.trajectory().items():
            np.testing.assert_array_equal(values, other.recorder.trajectory()[column])
        assert zone.ledger.journal == other.ledger.journal
        assert zone.digest() == other.digest()


def test_people_are_shared_longer_than_orders(together) -> None:
    """Months of people and firms simulated, where a copy at the first order would simulate more."""
    lanes = [lane for lane in together.values() if lane.name in STRATEGIES]
    months = small_programme().time.burn_in_months + small_programme().time.months
    hit = [code for code in lanes[0].model.codes if code in lanes[0].model.hit]
    simulated = sum(lane.months[code] for lane in lanes for code in hit)
    after_the_first_order = sum(
        months - lane.model.calendar.start for lane in lanes for code in hit
    )
    assert simulated < after_the_first_order
    control = {core_of(lane.model.zones["control"]) for lane in lanes}
    assert len(control) == 1
