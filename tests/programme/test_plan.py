"""A plan: read from a table or TOML, checked against the world, carried out to the euro."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from programme_worlds import small_programme
from rebound_sim.errors import InputError
from rebound_sim.policies.arm import Arm
from rebound_sim.policies.plan import Line, Plan
from rebound_sim.policies.plan_file import load_plan
from rebound_sim.policies.strategy_choice import StrategyChoice
from rebound_sim.programme import simulate
from rebound_sim.scenario import completed_plan

TABLE = """zone,instrument,amount,days,start,end
north,engineering,,200,3,12
east,engineering,150000,,,
north,grants,1000000,,6,14
north,grants,800000,,10,
west,grants,400 000,,,
"""


def written(folder: Path, text: str, name: str = "mine.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_and_toml_say_the_same(tmp_path: Path) -> None:
    plan = load_plan(written(tmp_path, TABLE))
    assert plan.name == "mine" and len(plan.lines) == 5
    french = TABLE.replace(",", ";").replace("1000000", "1\u202f000\u202f000,00")
    assert load_plan(written(tmp_path, french, "other.csv")).lines == plan.lines
    rows = []
    for line in plan.lines:
        pairs = {
            "zone": f'"{line.zone}"',
            "instrument": f'"{line.instrument}"',
            "amount": line.amount_eur,
            "days": line.days,
            "start": line.start,
            "end": line.end,
        }
        given = [f"{key} = {value}" for key, value in pairs.items() if value is not None]
        rows.append("\n".join(["[[line]]", *given]))
    again = load_plan(written(tmp_path, "\n\n".join(rows), "mine.toml"))
    assert again.lines == plan.lines and again.digest() == plan.digest()


def test_what_is_left_out_comes_from_the_calendar() -> None:
    world = small_programme(24)
    lines = completed_plan(
        Plan("mine", (Line("east", "engineering", 151_000), Line("west", "grants", 5))), world
    ).lines
    assert lines[0] == Line("east", "engineering", 150_000, 100, 3, 24)
    assert lines[1] == Line("west", "grants", 5, None, 6, 24)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):  # type: ignore[no-untyped-def]
    plan = load_plan(written(tmp_path_factory.mktemp("plan"), TABLE))
    result = simulate(small_programme(40), (Arm.of_plan(plan),), 3, 1)
    assert not result.runs["error"].any()
    rows = result.ledger["arm"] == "mine"
    return {name: column[rows] for name, column in result.ledger.items()}


def total(ledger, kind: str, instrument: str, zone: str | None = None, months=(0, 99)):  # type: ignore[no-untyped-def]
    rows = (ledger["kind"] == kind) & (ledger["instrument"] == instrument)
    rows &= (ledger["month"] >= months[0]) & (ledger["month"] <= months[1])
    if zone is not None:
        rows &= ledger["zone"] == zone
    return int(ledger["amount_eur"][rows].sum())


def test_lines_come_and_go_on_their_dates(ledger) -> None:  # type: ignore[no-untyped-def]
    assert total(ledger, "envelope", "engineering") == 450_000
    assert total(ledger, "envelope", "grants") == 2_200_000
    for month, amount in ((6, 1_000_000), (10, 800_000)):
        assert total(ledger, "allocated", "grants", "north", (month, month)) == amount
    assert total(ledger, "allocated", "grants", "west", (6, 6)) == 400_000
    assert total(ledger, "allocated", "engineering", "north", (3, 3)) == 300_000
    # Of the first line, what no file has taken leaves when it ends; the second one stays.
    committed = total(ledger, "committed", "grants", "north", (0, 13))
    taken_back = total(ledger, "recalled", "grants", "north", (14, 14))
    assert taken_back == max(1_800_000 - committed - 800_000, 0)
    # 200 days asked at no more than 50 a month, with 90 for all zones, are worked by month 12.
    assert total(ledger, "paid", "engineering", "north") == 300_000
    assert not total(ledger, "paid", "engineering", "north", (12, 99))
    assert not total(ledger, "allocated", "grants", "east")


def test_equal_shares_as_a_plan_do_what_the_strategy_does() -> None:
    # One allocation date, so that the plan can be written down beforehand.
    world = small_programme(30, allocation_months=18)
    chosen = simulate(world, (Arm.of_strategy(StrategyChoice("equal")),), 3, 1)
    # What the law gives is no part of an allocation.
    given = (chosen.ledger["kind"] == "allocated") & (chosen.ledger["arm"] == "equal")
    given &= chosen.ledger["instrument"] != "revitalisation"
    lines = tuple(
        Line(str(zone), str(instrument), int(amount), None, int(month))
        for zone, instrument, amount, month in zip(
            *(chosen.ledger[name][given] for name in ("zone", "instrument", "amount_eur", "month")),
            strict=True,
        )
    )
    planned = simulate(world, (Arm.of_plan(Plan("copied", lines)),), 3, 1)
    digests = [
        r.runs["digest"][r.runs["arm"] == arm]
        for r, arm in ((chosen, "equal"), (planned, "copied"))
    ]
    np.testing.assert_array_equal(*digests)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("zone,instrument", "zon,instrument", "mine.csv:1: unknown column, got 'zon'"),
        ("west,grants,400 000", "west,grants,4.5", "mine.csv:6: amount: not a whole number"),
        ("west,grants,400 000", "west,grants,3,000", "mine.csv:6: amount: give either"),
        ("north,grants,800000,,10,", "north,grants,800000,,10,4", "mine.csv:5: end: help ends"),
        ("west,grants", "wset,grants", "mine.csv:6: zone: no such zone.*did you mean west"),
        ("west,grants", "control,grants", "mine.csv:6: zone: this zone has no closure"),
        ("west,grants", "west,gramts", "unknown instrument, got 'gramts'.*did you mean grants"),
        ("1000000,,6,14", "1000000,,2,14", "mine.csv:4: start: grants cannot start then"),
        ("1000000,,6,14", "1000000,,6,40", "mine.csv:4: end: .*allowed: months 7 to 24"),
        ("west,grants,400 000", "west,grants,4000001", "mine.csv:6: amount: zone west has"),
        ("west,grants,400 000", "west,grants,3900000", "mine.csv:6: amount: the lines to this one"),
        ("west,grants,400 000,,", "west,grants,,5,", "mine.csv:6: days: days are for engineering"),
        ("north,engineering,,200", "north,,,200", "mine.csv:2: instrument: this cell is empty"),
    ],
)
def test_faults_are_said_where_they_are(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = written(tmp_path, TABLE.replace(old, new, 1))
    with pytest.raises(InputError, match=message):
        completed_plan(load_plan(path), small_programme(24))


def test_a_plan_cannot_take_the_name_of_another_arm(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="taken for its own"):
        load_plan(written(tmp_path, TABLE, "rebond.csv"))
