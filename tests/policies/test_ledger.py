"""The ledger refuses whatever does not balance, and its accounts are sums of its journal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rebound_sim.errors import EngineError
from rebound_sim.policies.ledger import KINDS, Account, Ledger

MOVES = ("open", "recall", "commit", "pay", "cancel", "recover")


def opened(**moves: int) -> Ledger:
    ledger = Ledger(("grants",))
    for kind, amount in moves.items():
        getattr(ledger, kind)("grants", amount)
    return ledger


@pytest.mark.parametrize(
    ("moves", "kind", "amount"),
    [
        ({"open": 10}, "commit", 11),
        ({"open": 10}, "recall", 11),
        ({"open": 10, "commit": 6}, "recall", 5),
        ({"open": 10, "commit": 6}, "pay", 7),
        ({"open": 10, "commit": 6, "pay": 4}, "cancel", 3),
        ({"open": 10, "commit": 6, "cancel": 4}, "pay", 3),
        ({"open": 10, "commit": 6, "pay": 4}, "recover", 5),
        ({"open": 10, "commit": 6, "cancel": 6}, "commit", 5),  # cancelled money is not given again
    ],
)
def test_what_does_not_balance_is_refused_and_leaves_nothing(moves, kind, amount):
    ledger = opened(**moves)
    before, lines = repr(ledger["grants"]), len(ledger.journal)
    with pytest.raises(EngineError, match="grants does not balance"):
        getattr(ledger, kind)("grants", amount)
    assert repr(ledger["grants"]) == before
    assert len(ledger.journal) == lines


@pytest.mark.parametrize("amount", [-1, 0.5, 10.0, "1", None])
@pytest.mark.parametrize("kind", MOVES)
def test_only_whole_euros_move(kind, amount):
    with pytest.raises(EngineError, match="whole amount of euros"):
        getattr(opened(open=100, commit=50, pay=20), kind)("grants", amount)


@given(st.lists(st.tuples(st.sampled_from(MOVES), st.integers(0, 100)), max_size=40))
def test_accounts_are_sums_of_the_journal_whatever_is_tried(moves):
    ledger = Ledger(("grants",))
    for month, (kind, amount) in enumerate(moves):
        ledger.month = month
        try:
            getattr(ledger, kind)("grants", amount)
        except EngineError:
            continue
    account = ledger["grants"]
    summed = Account()
    for entry in ledger.journal:
        summed = summed.after(entry.kind, entry.amount)
    assert summed == account
    for kind, (name, _) in KINDS.items():
        moved = sum(e.amount for e in ledger.journal if e.kind == kind)
        back = sum(e.amount for e in ledger.journal if e.kind == "recalled")
        if kind != "recalled":
            assert getattr(account, name) == moved - (back if kind == "allocated" else 0)
    assert account.envelope >= account.committed >= account.paid + account.cancelled
    assert account.paid >= account.returned
