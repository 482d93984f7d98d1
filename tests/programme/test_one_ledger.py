"""The journal is the only record of money: public cost and every account are its sums."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from model.worlds import small_world
from rebound_sim.experiment import Experiment, Results, read_results, run_experiment
from rebound_sim.experiment.euros import EUROS
from rebound_sim.policies import Policy
from rebound_sim.policies.arm import Arm
from rebound_sim.policies.instruments import (
    INSTRUMENTS,
    PUBLIC,
    Accelerator,
    Engineering,
    Grants,
    ProjectManager,
    Region,
    RepayableAdvances,
    TakeoverSupport,
    Training,
    TrainingVouchers,
)
from rebound_sim.policies.ledger import KINDS
from rebound_sim.report.programme_tables import book_of
from rebound_sim.scenario import world_of
from rebound_sim.statistics.comparable import panels_of
from rebound_sim.statistics.headline import headline_cells
from rebound_sim.statistics.money import public_cost, used_instruments
from rebound_sim.statistics.programme.summary import Summary

EVERYTHING = Policy(
    name="everything",
    engineering=Engineering(person_days=200, duration_months=12, start_month=1),
    project_manager=ProjectManager(),
    grants=Grants(envelope_eur=4_000_000, start_month=2, duration_months=36),
    region=Region(cofinancing_share=0.5),
    repayable_advances=RepayableAdvances(envelope_eur=4_000_000, duration_months=36),
    takeover_support=TakeoverSupport(budget_eur=500_000),
    training=Training(places_per_month=5, start_month=4, duration_months=12),
    training_vouchers=TrainingVouchers(vouchers=20, start_month=1),
    accelerator=Accelerator(firms=5, start_month=1),
)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    world = small_world(months=84)
    site = world.closure[0].model_copy(
        update={"takeover_probability": 1.0, "group": "solvent", "group_employees": 5000}
    )
    world = world.model_copy(
        update={
            "closure": (site,),
            "parameters": {
                "instruments.repayable_deferral_months": 0.0,
                "instruments.repayable_months": 12.0,
            },
        }
    )
    experiment = Experiment(world_of(world), (Arm.of_policy(EVERYTHING),), 2, 11)
    return read_results(run_experiment(experiment, tmp_path_factory.mktemp("r") / "r", workers=1))


def test_every_instrument_is_used(results: Results) -> None:
    whole = panels_of(results)
    assert set(used_instruments(whole, "everything")) == set(INSTRUMENTS)
    assert panels_of(results).instruments == PUBLIC


def test_public_cost_is_the_sum_of_the_journal(results: Results) -> None:
    journal = results.table("ledger")
    sums: Counter[tuple[str, int]] = Counter()
    for row in range(journal["amount_eur"].size):
        kind, amount = journal["kind"][row], int(journal["amount_eur"][row])
        sign = {"paid": 1, "returned": -1}.get(kind, 0)
        if journal["instrument"][row] != "revitalisation":
            sums[journal["arm"][row], int(journal["replication"][row])] += sign * amount
    expected = [sums["everything", n] - sums["none", n] for n in results.replications]
    whole = panels_of(results)
    assert public_cost(whole, "everything")[:, -1].tolist() == expected
    assert min(expected) > 0
    found = {c.detail: c for c in headline_cells(whole) if c.outcome == "cost_per_additional_job"}
    assert set(found) == {"total", *INSTRUMENTS}
    comparison = Summary(panels_of(results)).outcomes
    assert comparison.at_end("public_cost")[1].tolist() == expected


def test_every_variable_of_money_is_a_sum_of_entries(results: Results) -> None:
    journal = results.table("ledger")
    for variable, (instrument, amount) in EUROS.items():
        panel = results.panel(variable, zone=results.zones[0])
        for place, arm in enumerate(results.arms):
            expected = np.zeros((2, 84))
            rows = (journal["arm"] == arm) & (journal["instrument"] == instrument)
            for row in np.flatnonzero(rows):
                name, sign = KINDS[journal["kind"][row]]
                if name == amount:
                    month = max(int(journal["month"][row]), 0)
                    number = journal["replication"][row]
                    expected[number, month:] += sign * journal["amount_eur"][row]
            np.testing.assert_array_equal(panel.values[place], expected, variable)


def test_the_manifest_says_what_each_arm_does(results: Results) -> None:
    action = results.manifest.actions["everything"]
    assert action["kind"] == "policy"
    assert set(action["sections"]) == set(INSTRUMENTS) - {"revitalisation"}
    book = book_of(Summary(panels_of(results)), results.manifest)
    assert [row["instrument"] for row in book["arms"].rows] == list(action["sections"])
    base = {row["instrument"]: row["on"] for row in book["base"].rows}
    assert base == {"revitalisation": "yes", "csp": "yes"}
    assert not book["design"].has("envelope_eur")
