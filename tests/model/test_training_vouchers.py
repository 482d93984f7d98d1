"""Vouchers are paid when they are used, no more than there are, and bring people into training."""

from __future__ import annotations

from model.worlds import small_world
from rebound_sim.model import BasinModel
from rebound_sim.policies import Policy
from rebound_sim.policies.instruments import Training, TrainingVouchers


def run(**sections: object) -> BasinModel:
    return BasinModel(small_world(months=36, jobs=90), Policy(name="mine", **sections), 11).run()


def trained(model: BasinModel) -> int:
    return int(model.recorder.column("displaced_training").sum())


def test_vouchers_are_paid_when_used_and_run_out() -> None:
    many = TrainingVouchers(vouchers=60, value_eur=4_000, monthly_use=0.2, start_month=4)
    few = many.model_copy(update={"vouchers": 5})
    without, some, all_ = run(), run(training_vouchers=few), run(training_vouchers=many)
    assert trained(without) < trained(all_)
    assert 0 < some.ledger["training_vouchers"].paid <= 5 * 4_000
    office = all_.instruments["training_vouchers"]
    account = all_.ledger["training_vouchers"]
    assert account.paid == account.committed == (60 - office.left[0]) * 4_000 > 5 * 4_000
    months = [e.month for e in all_.ledger.journal if e.instrument == "training_vouchers"]
    first = all_.announcement + 4
    assert first <= min(months) and max(months) < first + 24


def test_vouchers_add_to_places() -> None:
    places = Training(places_per_month=2, start_month=4)
    vouchers = TrainingVouchers(vouchers=60, monthly_use=0.2, start_month=4)
    assert trained(run(training=places)) < trained(run(training=places, training_vouchers=vouchers))
