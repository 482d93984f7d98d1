"""Every shipped strategy holds the contract, on any desk; those that break it are caught."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.desks import MONEY, wild_files, wild_zones, zone_desk
from rebound_sim.errors import InputError
from rebound_sim.policies.allocation import share
from rebound_sim.policies.contract import ContractError, check_decision, check_strategy
from rebound_sim.policies.decision import award
from rebound_sim.policies.programme_table import ProgrammeTable
from rebound_sim.policies.strategies import STRATEGIES
from rebound_sim.policies.strategy import LEVERS, strategy

NAMES = list(STRATEGIES)


def test_shipped_names_titles_and_levers():
    assert len(NAMES) >= 18 and {"none", "equal", "random"} <= set(NAMES)
    assert [item.name for item in STRATEGIES.values()] == NAMES
    assert len({item.title for item in STRATEGIES.values()}) == len(NAMES)
    assert set(LEVERS) - {"pace"} <= set(ProgrammeTable.model_fields)
    for item in STRATEGIES.values():
        assert item.words is not None and all(item.words)
        fixed = {name: value for name, value in item.levers.items() if name != "pace"}
        ProgrammeTable.model_validate({"envelope_eur": 1, "strategies": ["none"], **fixed})


@pytest.mark.parametrize("name", NAMES)
def test_shipped_strategies_pass_the_public_check(name):
    assert check_strategy(STRATEGIES[name]) > 100


@pytest.mark.parametrize("name", NAMES)
@settings(
    max_examples=10,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_shipped_strategies_hold_the_contract_on_any_desk(name, data):
    made = STRATEGIES[name]
    desk = data.draw(wild_zones() if made.level == "zones" else wild_files())
    budget = data.draw(MONEY)
    awards = check_decision(made, desk, budget)
    # The rule itself, asked where the engine would not ask it: no row, no money.
    np.testing.assert_array_equal(made(desk, budget), awards)


@settings(max_examples=40)
@given(
    rows=st.lists(st.tuples(st.one_of(st.floats(0, 1e300), st.integers(0, 5)), MONEY), max_size=60),
    budget=MONEY,
)
def test_sharing_is_exact_proportional_and_wastes_nothing(rows, budget):
    weights = [weight for weight, _ in rows]
    most = np.array([ceiling for _, ceiling in rows], dtype=np.int64)
    awards = share(np.array(weights, dtype=np.float64), most, budget, np.arange(len(rows)))
    open_ = np.array([weight > 0 for weight in weights], dtype=bool)
    assert awards.sum() == min(budget, most[open_].sum())
    assert np.all((awards >= 0) & (awards <= most))
    # One level for all: nobody has more for its weight than one who could take more, but for the
    # last euro of each.
    exact = [Fraction(weight) for weight in weights]
    highest = [(int(awards[k]) - 1) / exact[k] for k in np.flatnonzero(open_)]
    lowest = [(int(awards[k]) + 1) / exact[k] for k in np.flatnonzero(open_ & (awards < most))]
    assert not lowest or max(highest) < min(lowest)


def test_money_above_a_ceiling_goes_to_the_others_in_proportion():
    np.testing.assert_array_equal(
        share([1, 2, 3, 0], [10**6, 10**6, 100, 10**6], 1000, [4, 3, 2, 1]), [300, 600, 100, 0]
    )
    # The last euro goes to the smallest key, wherever it is listed.
    np.testing.assert_array_equal(share([1, 1, 1], [9, 9, 9], 10, [7, 5, 6]), [3, 4, 3])


def _rule(body):
    @strategy("mine", level="zones")
    def mine(desk, budget):
        return body(desk, budget)

    return mine


def _writes(desk, budget):
    desk.amount[0] = budget
    return np.zeros_like(desk.amount)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (lambda d, _: d.amount + 1, "award of zone .* above what it can receive"),
        (lambda d, _: -np.ones_like(d.amount), "award of zone .* below 0"),
        (lambda d, _: d.amount, "the awards exceed the budget"),
        (lambda d, _: d.amount / 2, "awards are whole euros, these are float64"),
        (lambda d, _: d.amount[1:], "one award for each zone"),
        (lambda *_: None, "one award for each zone is expected .None."),
        (lambda *_: [[1], [2, 3]], "not an array"),
        (lambda d, _: d.missing, "raised AttributeError"),
        (_writes, "raised ValueError: assignment destination is read-only"),
        (
            lambda d, b: np.eye(1, d.key.size, dtype=np.int64)[0] * (d.amount > 0) * min(b, 1),
            "depend on the order of rows",
        ),
    ],
)
def test_the_public_check_catches(body, words):
    with pytest.raises(ContractError, match=words):
        check_strategy(_rule(body))


def test_the_public_check_catches_a_memory():
    seen = [0]

    def remembers(desk, budget):
        seen[0] = max(seen[0], desk.session.number)
        return (desk.amount > 0) * np.int64(seen[0] > desk.session.number) * (budget > 100)

    with pytest.raises(ContractError, match="depend on what was asked before"):
        check_strategy(_rule(remembers))


def test_a_rule_cannot_reach_the_engine_s_arrays():
    def unlocks(desk, _):
        desk.amount.setflags(write=True)
        desk.amount[:] = 10**9
        return np.full(desk.key.size, 10**9)

    desk = zone_desk(2)
    with pytest.raises(InputError, match="above what it can receive"):
        award(_rule(unlocks), desk, 10**10)
    assert desk.amount.tolist() == [15_000_000] * 2
