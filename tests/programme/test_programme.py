"""A programme in lockstep: sharing changes nothing, euros are exact, failures stay alone."""

from __future__ import annotations

import numpy as np
import pytest

from programme_worlds import small_programme
from rebound_sim.policies.arm import Arm
from rebound_sim.policies.strategy_choice import StrategyChoice, get_strategy
from rebound_sim.programme import ProgrammeModel, simulate

STRATEGIES = ("equal", "per_job_lost", "merit", "adaptive", "money_only", "engineering_first")
GREEDY = '''
from rebound_sim.policies.strategy import strategy

@strategy("greedy", level="zones")
def greedy(desk, budget):
    """Twice what is asked."""
    return desk.amount * 2
'''


def choices(*names: str) -> tuple[Arm, ...]:
    return tuple(Arm.of_strategy(StrategyChoice(name)) for name in names)


@pytest.fixture(scope="module")
def together():
    return simulate(small_programme(), choices(*STRATEGIES), seed=3, replication=1)


def rows_of(table, strategy):
    return table["arm"] == strategy


def amounts(result, strategy, *, kinds, instrument=None, national=False):
    """Sum of the amounts of some kinds [EUR]."""
    table = result.ledger
    rows = rows_of(table, strategy) & np.isin(table["kind"], kinds)
    rows &= (table["zone"] == "") == national
    if instrument:
        rows &= table["instrument"] == instrument
    return int(table["amount_eur"][rows].sum())


@pytest.mark.parametrize("name", STRATEGIES)
def test_shared_simulation_equals_a_run_alone(together, name) -> None:
    alone = simulate(small_programme(), choices(name), seed=3, replication=1)
    for table in ("trajectories", "ledger", "projects"):
        first, second = getattr(together, table), getattr(alone, table)
        for column in first:
            for strategy in ("no_shock", "none", name):
                np.testing.assert_array_equal(
                    first[column][rows_of(first, strategy)],
                    second[column][rows_of(second, strategy)],
                    err_msg=f"{table}.{column} of {strategy}",
                )


def test_a_copied_zone_ends_as_one_simulated_from_the_start(together) -> None:
    programme = small_programme()
    model = ProgrammeModel(programme, get_strategy("merit"), seed=3, replication=1).run()
    table = together.trajectories
    for code, zone in model.zones.items():
        rows = rows_of(table, "merit") & (table["zone"] == code)
        path = zone.recorder.trajectory()
        after = path["month"] >= 0
        for name in ("workplace_employment", "unemployed"):
            np.testing.assert_array_equal(table[name][rows], path[name][after])


def test_sharing_saves_work_and_is_told(together) -> None:
    runs = together.runs
    months = small_programme().time
    asked = runs["zone"].size * (months.burn_in_months + months.months)
    assert runs["months_simulated"].sum() < 0.8 * asked
    control = runs["zone"] == "control"
    assert runs["shared"][control].all()
    assert np.unique(runs["digest"][control]).size == 1


def test_strategies_differ_only_after_the_programme_starts(together) -> None:
    table = together.trajectories
    programme = small_programme().programme
    reference = rows_of(table, "none")
    for name in STRATEGIES:
        rows = rows_of(table, name)
        gap = table["unemployed"][rows] - table["unemployed"][reference]
        assert not gap[table["month"][rows] < programme.start_month].any()
    moved = [
        (
            table["workplace_employment"][rows_of(table, name)]
            != table["workplace_employment"][reference]
        ).any()
        for name in STRATEGIES
    ]
    assert all(moved)


@pytest.mark.parametrize("name", STRATEGIES)
def test_euros_are_exact_at_every_month(together, name) -> None:
    table, programme = together.ledger, small_programme().programme
    mine = {column: values[rows_of(table, name)] for column, values in table.items()}
    envelope = amounts(together, name, kinds=["envelope"], national=True)
    assert envelope == programme.envelope_eur
    assert (mine["amount_eur"] > 0).all()
    for instrument in ("engineering", "grants"):
        of = mine["instrument"] == instrument
        for month in range(small_programme().time.months):
            by_kind = {
                kind: int(
                    mine["amount_eur"][of & (mine["kind"] == kind) & (mine["month"] <= month)].sum()
                )
                for kind in np.unique(mine["kind"])
            }
            given = by_kind.get("allocated", 0) - by_kind.get("recalled", 0)
            committed, paid = by_kind.get("committed", 0), by_kind.get("paid", 0)
            assert 0 <= given <= by_kind.get("envelope", 0)
            assert committed <= given
            assert paid + by_kind.get("cancelled", 0) <= committed
            assert by_kind.get("returned", 0) <= paid


def test_money_left_at_the_end_has_gone_back(together) -> None:
    """After the window, what zones hold is what they have committed."""
    for name in STRATEGIES:
        given = amounts(together, name, kinds=["allocated"], instrument="grants")
        back = amounts(together, name, kinds=["recalled"], instrument="grants")
        committed = amounts(together, name, kinds=["committed"], instrument="grants")
        assert given - back == committed


def test_consultants_are_shared_within_their_capacity(together) -> None:
    table, programme = together.ledger, small_programme().programme
    worked = rows_of(table, "equal") & (table["instrument"] == "engineering")
    worked &= table["kind"] == "paid"
    by_month = np.bincount(table["month"][worked], weights=table["amount_eur"][worked])
    days = by_month / programme.daily_cost_eur
    assert days.max() <= programme.consultant_days_month
    assert days.sum() == programme.engineering_eur // 3 // programme.daily_cost_eur * 3


def test_a_control_zone_gets_nothing_and_loses_nothing(together) -> None:
    assert not (together.ledger["zone"] == "control").any()
    table = together.trajectories
    rows = table["zone"] == "control"
    assert table["displaced"][rows].max() == 0


def test_a_strategy_that_breaks_its_contract_stops_alone() -> None:
    greedy = StrategyChoice("greedy", source=GREEDY, origin="greedy.py")
    absent = StrategyChoice("of_a_package_that_is_not_installed")
    arms = (*choices("equal"), Arm.of_strategy(greedy), Arm.of_strategy(absent))
    result = simulate(small_programme(24), arms, 0, 0)
    runs = result.runs
    failed = rows_of(runs, "greedy") | rows_of(runs, absent.name)
    assert set(runs["status"][failed]) == {"failed"}
    assert "greedy.py" in runs["error"][rows_of(runs, "greedy")][0]
    assert "unknown strategy" in runs["error"][rows_of(runs, absent.name)][0]
    assert set(runs["status"][~failed]) == {"done"}
    assert not rows_of(result.trajectories, "greedy").any()
    assert rows_of(result.trajectories, "equal").any()


def test_the_name_of_a_synthetic_zone_gives_its_luck() -> None:
    result = simulate(small_programme(12), (), 0, 0)
    table = result.trajectories
    paths = [
        table["unemployed"][(table["zone"] == code) & rows_of(table, "no_shock")]
        for code in ("north", "east")
    ]
    assert (paths[0] != paths[1]).any()


def test_the_programme_is_a_mesa_model() -> None:
    model = ProgrammeModel(small_programme(12), get_strategy("equal"), seed=1)
    model.step()
    assert model.running
    assert {type(agent).__name__ for agent in model.agents} >= {
        "StrategyAuthority",
        "ConsultantPool",
        "FundQueue",
        "NationalCommittee",
    }
    model.run()
    assert not model.running
