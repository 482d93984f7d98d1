"""An instrument is one object: policies, plans and strategies reach it, its money balances."""

from __future__ import annotations

import numpy as np
import pytest

from model.worlds import small_world
from programme_worlds import small_programme
from rebound_sim.errors import InputError
from rebound_sim.model import BasinModel
from rebound_sim.policies import Line, Plan, Policy
from rebound_sim.policies.arm import Arm
from rebound_sim.policies.instruments import INSTRUMENTS, RepayableAdvances
from rebound_sim.policies.strategy_choice import StrategyChoice
from rebound_sim.programme import simulate
from rebound_sim.scenario import completed_plan, world_of

ALLOCATED = [name for name, item in INSTRUMENTS.items() if item.allocated]
BALANCE = {"allocated": 1, "recalled": -1, "committed": -1}


def paid(result, arm: str, account: str, zone: str | None = None) -> int:  # type: ignore[no-untyped-def]
    table = result.ledger
    rows = (table["arm"] == arm) & (table["instrument"] == account) & (table["kind"] == "paid")
    if zone is not None:
        rows &= table["zone"] == zone
    return int(table["amount_eur"][rows].sum())


def test_each_says_who_pays_and_what_it_does_in_both_languages() -> None:
    for name, item in INSTRUMENTS.items():
        assert name == item.name in Policy.model_fields
        assert item.english.does and item.french.does
        assert item.english.name != item.french.name or name == "grants"
        if item.agent:
            assert item.agent_class().instrument == name


@pytest.mark.parametrize("name", ALLOCATED)
def test_a_plan_gives_any_instrument_to_a_zone_alone(name: str) -> None:
    world = world_of(small_world(months=72))
    code = world.codes[0]
    line = Line(code, name, 1_500_000, start=2, end=26)
    result = simulate(world, (Arm.of_plan(Plan("mine", (line,))),), 13, 0)
    assert not result.runs["error"].any()
    spent = paid(result, "mine", name)
    assert 0 <= spent <= 1_500_000 and paid(result, "none", name) == 0
    if name in ("engineering", "project_manager", "training", "accelerator", "grants"):
        assert spent > 0
    months = result.ledger["month"][(result.ledger["arm"] == "mine")]
    assert months.min() >= (0 if name == "takeover_support" else 2)


def test_plan_and_strategy_give_zones_of_a_programme_the_same_places() -> None:
    world = small_programme(40, instruments_eur={"training": 900_000})
    equal = simulate(world, (Arm.of_strategy(StrategyChoice("equal")),), 3, 1)
    assert not equal.runs["error"].any()
    opened = equal.ledger["kind"] == "envelope"
    budgets = dict(
        zip(
            equal.ledger["instrument"][opened].tolist(),
            equal.ledger["amount_eur"][opened].tolist(),
            strict=True,
        )
    )
    assert budgets["training"] == 900_000
    assert sum(budgets.values()) == world.national().envelope_eur
    spent = {code: paid(equal, "equal", "training", code) for code in world.codes}
    assert spent["control"] == 0 and all(spent[code] > 0 for code in ("north", "east", "west"))
    lines = tuple(Line(code, "training", 300_000) for code in ("north", "east", "west"))
    plan = simulate(small_programme(40), (Arm.of_plan(Plan("mine", lines)),), 3, 1)
    assert {code: paid(plan, "mine", "training", code) for code in world.codes} == spent


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"instruments_eur": {"trainings": 1}}, "trainings is none of"),
        ({"instruments_eur": {"grants": 1}}, "grants is none of"),
        ({"instruments_eur": {"training": 6_000_000}}, "more than the envelope"),
    ],
)
def test_money_for_what_does_not_exist_is_refused(table, message) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=message):
        small_programme(12, **table)


def test_what_a_plan_cannot_give_is_refused() -> None:
    world = world_of(small_world(months=24))
    for instrument, amount, message in (
        ("revitalisation", 1, "the law decides it"),
        ("training", 1, "too little to buy any training"),
        ("training_places", 1, "unknown instrument"),
    ):
        plan = Plan("mine", (Line(world.codes[0], instrument, amount),))
        with pytest.raises(InputError, match=message):
            completed_plan(plan, world)


def test_advances_are_lent_repaid_and_counted_to_the_euro() -> None:
    policy = Policy(
        name="loans",
        repayable_advances=RepayableAdvances(envelope_eur=4_000_000, duration_months=36),
    )
    quick = {"instruments.repayable_deferral_months": 0.0, "instruments.repayable_months": 12.0}
    lent = 0
    for replication in range(4):
        zone = BasinModel(small_world(months=168), policy, 11, replication, parameters=quick)
        model = zone.run()
        agent, account = model.instruments["repayable_advances"], model.ledger["repayable_advances"]
        lent += len(agent.advances)
        assert account.committed == sum(advance.amount for advance in agent.advances)
        for advance in agent.advances:
            entries = [
                e
                for e in model.ledger.journal
                if e.project == advance.project and e.instrument == "repayable_advances"
            ]
            by_kind = {
                kind: sum(e.amount for e in entries if e.kind == kind)
                for kind in ("committed", "paid", "cancelled", "returned")
            }
            assert by_kind["committed"] == advance.amount
            assert by_kind["paid"] in (0, advance.amount)
            assert by_kind["returned"] <= by_kind["paid"]
            if advance.paid:  # lent in full, worth less than a grant
                projects, k = model.state.projects, advance.project
                dearer = projects.financed[k] - projects.granted[k]
                assert dearer == advance.amount - advance.worth > 0
            operating = int(model.state.projects.operating_month[advance.project])
            still = model.state.projects.capacity[advance.project] > 0
            if advance.paid and advance.closed and still and 0 <= operating < model.months - 12:
                assert by_kind["returned"] == advance.amount
                assert min(e.month for e in entries if e.kind == "returned") >= operating
    assert lent > 0


def test_an_instrument_can_be_ordered_twice() -> None:
    world = world_of(small_world(months=48))
    code = world.codes[0]
    lines = (
        Line(code, "training", 450_000, start=6, end=12),
        Line(code, "training", 450_000, start=18, end=24),
    )
    result = simulate(world, (Arm.of_plan(Plan("mine", lines)),), 11, 0)
    mine = (result.ledger["arm"] == "mine") & (result.ledger["kind"] == "paid")
    mine &= result.ledger["instrument"] == "training"
    months = set(result.ledger["month"][mine].tolist())
    assert months and months <= {*range(6, 12), *range(18, 24)}
    assert np.all(result.ledger["amount_eur"][mine] <= 75_000)
