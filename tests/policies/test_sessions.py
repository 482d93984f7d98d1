"""What a session does with the file that comes next and no longer fits."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rebound_sim.agents.fund import session_budget
from rebound_sim.policies.desk import Requests, fund_in_order
from rebound_sim.policies.selection import SELECTIONS


def desk(amounts, marks, money=None):
    """Files alike but for their amounts [EUR] and marks."""
    n = len(amounts)
    return Requests(
        project=np.arange(n),
        amount=np.array(amounts, dtype=np.int64),
        jobs=np.full(n, 10.0),
        capital=np.full(n, 1e6),
        signal=np.array(marks, dtype=np.float64),
        filed=np.zeros(n, dtype=np.int64),
        luck=np.linspace(0.1, 0.9, n),
        money=money,
    )


def test_money_is_kept_for_the_next_file_of_rank_while_a_later_session_can_pay_it():
    files = desk([60, 80, 10], [3.0, 2.0, 1.0], money=300)
    assert fund_in_order(files, files.signal, 100).tolist() == [60, 0, 0]
    last = replace(files, money=100)
    assert fund_in_order(last, last.signal, 100).tolist() == [60, 0, 10]
    too_large = replace(files, amount=np.array([60, 400, 10]))
    assert fund_in_order(too_large, too_large.signal, 100).tolist() == [60, 0, 10]


def test_a_full_zone_does_not_hold_up_the_others():
    files = replace(
        desk([60, 80, 10], [3.0, 2.0, 1.0], money=300),
        zone=np.array([0, 0, 1]),
        room=np.array([70, 500]),
    )
    assert fund_in_order(files, files.signal, 100).tolist() == [60, 0, 10]


AMOUNTS = st.lists(st.integers(1, 100), min_size=1, max_size=12)


def sessions(amounts, marks, envelope, number):
    """Awards of a fund that meets `number` times on the same files: by file, and money left."""
    left, awarded = envelope, np.zeros(len(amounts), dtype=np.int64)
    for after in reversed(range(number)):
        rows = np.flatnonzero(awarded == 0)
        if rows.size == 0:
            break
        files = replace(desk(amounts, marks).take(rows), money=left)
        budget = session_budget(left, after, int(files.amount.max()))
        given_now = SELECTIONS["merit"](files, budget)
        assert given_now.sum() <= budget
        awarded[rows] = given_now
        left -= int(given_now.sum())
    return awarded, left


@given(AMOUNTS, st.integers(1, 600), st.integers(1, 6))
def test_marks_decide_whatever_the_pace_and_money_is_conserved(amounts, envelope, number):
    marks = np.arange(len(amounts), 0, -1, dtype=np.float64)
    awarded, left = sessions(amounts, marks, envelope, number)
    assert awarded.sum() + left == envelope
    at_once, _ = sessions(amounts, marks, envelope, 1)
    funded = awarded > 0
    # Whoever is funded while a better file is not asks less than it, and the money had run out.
    refused = np.flatnonzero(~funded)
    for k in refused:
        before = int(awarded[:k].sum())
        assert amounts[k] > envelope - before or amounts[k] > left
    assert funded[0] == (at_once[0] > 0)


@pytest.mark.parametrize("rule", ["merit", "first_come", "jobs_per_euro"])
def test_a_small_envelope_no_longer_goes_to_whatever_fits(rule):
    # Six sessions of 90 each: a large file of the best mark, a middling one, and small change.
    amounts, marks = [85, 80, 8, 7, 6], [5.0, 4.0, 3.0, 2.0, 1.0]
    files = replace(
        desk(amounts, marks, money=540),
        filed=np.arange(5),
        jobs=np.array(amounts) * np.array(marks),
    )
    assert SELECTIONS[rule](files, 90).tolist() == [85, 0, 0, 0, 0]


def test_leverage_funds_first_what_brings_most_private_money() -> None:
    files = replace(desk([10, 10, 10], [1.0, 2.0, 3.0]), capital=np.array([100.0, 20.0, 60.0]))
    assert SELECTIONS["leverage"](files, 20).tolist() == [10, 0, 10]
