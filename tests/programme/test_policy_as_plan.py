"""A policy is a plan: written out, read back and compared, it gives the same world to the bit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from programme_worlds import small_programme
from rebound_sim.cli.new import new
from rebound_sim.errors import InputError
from rebound_sim.policies import Policy, load_plan, load_policy, named_policies
from rebound_sim.policies.arm import Arm
from rebound_sim.policies.instruments import INSTRUMENTS, Engineering, Grants, RepayableAdvances
from rebound_sim.policies.plan import Line, Plan
from rebound_sim.programme import simulate
from rebound_sim.scenario import World, completed_plan, load_world
from rebound_sim.scenario.new_world import world_text
from rebound_sim.scenario.planned import planned_orders

#: Sections that no table can say, on top of those that one can.
EVERYTHING = """
name = "everything"
[engineering]
person_days = 60
duration_months = 4
start_month = 1
daily_cost_eur = 1_200
[grants]
envelope_eur = 900_000
start_month = 2
duration_months = 12
selection = "first_come"
minimum_base_eur = 50_000
[region]
cofinancing_share = 0.25
[revitalisation]
minimum_wages_per_job = 12.0
[training]
places_per_month = 2
duration_months = 6
[training_vouchers]
vouchers = 20
[project_manager]
duration_months = 20
[accelerator]
firms = 3
[takeover_support]
budget_eur = 100_000
[repayable_advances]
envelope_eur = 200_000
"""


def without_programme(months: int = 30) -> World:
    return small_programme(months).model_copy(update={"programme": None})


def tables(result, arm: str):  # type: ignore[no-untyped-def]
    """What an arm did: every recorded number, every entry of the journal."""
    return [
        column[table["arm"] == arm]
        for table in (result.trajectories, result.ledger, result.projects)
        for name, column in table.items()
        if name != "arm"
    ]


def assert_same(world: World, policy: Policy, plan: Plan) -> None:
    result = simulate(world, (Arm.of_policy(policy), Arm.of_plan(plan)), 3, 1)
    assert not result.runs["error"].any() and policy.name in result.ledger["arm"]
    for one, other in zip(tables(result, policy.name), tables(result, plan.name), strict=True):
        np.testing.assert_array_equal(one, other)


def written_out(world: World, folder: Path, policy: str) -> Path:
    """The file that `rebound new plan` writes."""
    file = folder / "world.toml"
    file.write_text(world_text(world), encoding="utf-8")
    out = CliRunner().invoke(new, ["plan", str(file), "--from", policy], catch_exceptions=False)
    assert load_world(file).digest() == world.digest()
    return Path(out.output.split("Written: ")[1].split(". Next")[0])


@pytest.mark.parametrize("name", [name for name in named_policies() if name != "none"])
def test_a_named_policy_written_out_is_the_same_arm(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = written_out(without_programme(), tmp_path, name)
    # The law, and not an amount, decides the agreement.
    assert path.suffix == (".toml" if name == "revitalisation" else ".csv")
    assert_same(without_programme(), load_policy(name), load_plan(path))


def test_rebond_is_a_table_of_days_and_euros(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    # The closure of the zone `east` is announced in month 2.
    lines = load_plan(written_out(without_programme(), tmp_path, "rebond")).lines
    assert [line for line in lines if line.zone == "east"] == [
        Line("east", "engineering", None, 145, 5, 8),
        Line("east", "grants", 3_000_000, None, 8, 32),
    ]


def test_every_setting_of_every_instrument_survives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "everything.toml"
    file.write_text(EVERYTHING, encoding="utf-8")
    policy = load_policy(file)
    assert len(policy.orders()) == len(INSTRUMENTS)
    plan = load_plan(written_out(without_programme(), tmp_path, str(file)))
    assert {line.instrument for line in plan.lines if line.settings is not None} == {
        "engineering", "grants", "region", "revitalisation",
    }  # fmt: skip
    assert_same(without_programme(), policy, plan)


def test_sections_for_every_zone_are_the_policy_beside_a_programme(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    text = EVERYTHING.replace('name = "everything"', '[[line]]\nzone = "*"').replace(
        "\n[", "\n[line."
    )
    path.write_text(text.replace("[line.[", "[["), encoding="utf-8")
    (tmp_path / "everything.toml").write_text(EVERYTHING, encoding="utf-8")
    assert_same(small_programme(30), load_policy(tmp_path / "everything.toml"), load_plan(path))


def test_a_zone_has_its_own_agents_or_those_of_the_programme() -> None:
    own = Grants(envelope_eur=10, start_month=0, duration_months=2)
    lines = (Line("east", "grants", settings=own), Line("west", "training", 75_000))
    with pytest.raises(InputError, match="grants with settings is the zone's own"):
        completed_plan(Plan("mine", lines), small_programme(24))
    completed_plan(Plan("mine", lines), without_programme())
    completed_plan(Plan("mine", lines[:1]), small_programme(24))


def test_the_rule_of_a_plan_ranks_files_where_there_is_no_programme() -> None:
    world = without_programme()
    plan = Plan("mine", (Line("*", "grants", 100_000),), selection="first_come")
    orders = planned_orders(completed_plan(plan, world), world)
    assert sorted(orders) == ["east", "north", "west"]
    assert {order.selection for given in orders.values() for _, order in given} == {"first_come"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('zone = "east"', r"line.0.instrument: this key is missing"),
        ('zone = "east"\namount = 5\n[line.accelerator]\nfirms = 3', "a section says all"),
        ('zone = "east"\n[line.acelerator]\nfirms = 3', "unknown key.*mean line.0.accelerator"),
        ('zone = "east"\n[line.accelerator]\nfirms = -3', "4:1: line.0.accelerator.firms"),
    ],
)
def test_wrong_sections_are_said_where_they_are(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(f"[[line]]\n{text}\n", encoding="utf-8")
    with pytest.raises(InputError, match=message):
        load_plan(path)


@pytest.mark.parametrize("name", [name for name, item in INSTRUMENTS.items() if item.allocated])
@given(amount=st.integers(1, 50_000_000), start=st.integers(0, 60), months=st.integers(1, 60))
def test_what_is_bought_costs_no_more_and_is_bought_again(
    name: str, amount: int, start: int, months: int
) -> None:
    kind = INSTRUMENTS[name].settings
    if kind is Engineering and amount < 1_500:
        return
    bought = kind.bought(amount, start, months)
    if bought.enabled:
        assert bought.cost() <= amount
        length = getattr(bought, "duration_months", months)
        assert kind.bought(bought.cost(), start, length) == bought
    assert RepayableAdvances(envelope_eur=amount).cost() == amount
