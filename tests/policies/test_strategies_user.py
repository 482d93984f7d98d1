"""A user's own strategy: read, refused with its file and line, stopped when it does not end."""

import pickle
import re
import threading
import time
from dataclasses import fields
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from policies.desks import zone_desk
from rebound_sim.errors import InputError, StrategyError
from rebound_sim.policies import strategy_file
from rebound_sim.policies.allocation import FileDesk, Session, ZoneDesk
from rebound_sim.policies.decision import award
from rebound_sim.policies.strategies import STRATEGIES
from rebound_sim.policies.strategy import LEVERS
from rebound_sim.policies.strategy_choice import (
    StrategyChoice,
    get_strategy,
    load_strategy_file,
    named_strategies,
)

MINE = '''\
"""Twice as much where most was lost."""
import numpy as np
from rebound_sim.policies.allocation import share
from rebound_sim.policies.strategy import strategy

@strategy("mine", level="zones", committee_months=6)
def mine(desk, budget):
    """Twice as much above the median."""
    weights = 1 + (desk.jobs_lost > np.median(desk.jobs_lost))
    return share(weights, desk.amount, budget, desk.key)
'''
RETURN = "    return share(weights, desk.amount, budget, desk.key)\n"


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(MINE, encoding="utf-8")
    return path


def refused(path):
    with pytest.raises(InputError) as caught:
        load_strategy_file(path)
    assert caught.value.exit_code == 2
    return str(caught.value)


def test_a_file_travels_and_is_run_anew(mine):
    choice = load_strategy_file(mine)
    mine.unlink()
    arrived = pickle.loads(pickle.dumps(choice))
    assert arrived == choice
    made = arrived.resolve()
    assert (made.name, made.level, dict(made.levers)) == ("mine", "zones", {"committee_months": 6})
    assert made.title == "Twice as much above the median"
    assert award(made, zone_desk(3, jobs_lost=[0, 0, 9]), 400).tolist() == [100, 100, 200]
    assert arrived.resolve() is not made
    assert choice.digest() == arrived.digest()
    changed = StrategyChoice("mine", choice.source + "\n", choice.origin)
    assert changed.digest() != choice.digest()
    assert len({StrategyChoice(name).digest() for name in STRATEGIES}) == len(STRATEGIES)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("budget):", "budget)", 7, "not Python: expected ':'"),
        ("import numpy as np", "import numpies", 2, "the file raised ModuleNotFoundError"),
        ('"mine"', '"equal"', 6, "a shipped or installed strategy has this name; "),
        ('"mine"', '"no_shock"', 6, "name of the strategy, got 'no_shock'"),
        ('"zones"', '"zone"', 6, "mine: level of the strategy, got 'zone' (allowed: zones, files)"),
        ("committee_", "comittee_", 6, "unknown lever, got 'comittee_months'"),
        ("committee_", "comittee_", 6, "did you mean committee_months?"),
        ("committee_months", "envelope_eur", 6, "unknown lever, got 'envelope_eur'"),
        ("=6", "=0", 6, "committee_months: out of range, got 0 (allowed: a whole number"),
        ("committee_months=6", "pace=6", 6, "pace: wrong type, got 6 (allowed: true or false)"),
        ("(desk, budget)", "(desk)", 6, "got 'mine(desk)' (allowed: mine(desk, budget))"),
        (MINE[MINE.index("@") :], "", None, "no strategy in this file"),
        (RETURN, RETURN + "\n" + MINE.replace("mine", "other"), 17, "several strategies"),
    ],
)
def test_faults_of_a_file_are_located(old, new, line, words, mine):
    mine.write_text(MINE.replace(old, new, 1), encoding="utf-8")
    text = refused(mine)
    place = f"{mine}:{line}: " if line else f"{mine}: "
    assert text.startswith(place)
    assert words in text


def test_files_that_are_not_texts(mine):
    assert f"did you mean {mine}?" in refused(mine.parent / "mines.py")
    assert "the file cannot be read: " in refused(mine.parent)
    mine.write_bytes(b"x = 1\ny = '\xe9'\n")
    assert refused(mine) == f"{mine}:2: the text is not UTF-8"
    mine.write_bytes(b"#" * 1_000_001)
    assert "the file is too large" in refused(mine)


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        (RETURN.replace("desk.key", "desk.kye"), 10, "a desk has no 'kye' (it has key, code"),
        ("    return weights / 2 + budget\n", 6, "awards are whole euros, these are float64"),
        (
            "    return 1.0 * weights / 0\n",
            6,
            "award of zone z0 is no number (a division by zero?)",
        ),
        ("    return None\n", 6, "one award for each zone is expected (None)"),
        ("    return -weights\n", 6, "award of zone z0 below 0, got -1"),
        ("    desk.jobs_lost[:] = 0\n", 10, "the rule raised ValueError: assignment destination"),
        ("    import os\n    os._exit(3)\n", 6, "the rule broke: its process ended (code 3: "),
        ("    raise SystemExit(0)\n", 10, "the rule raised SystemExit"),
        (
            "    return desk.amount + 1\n",
            6,
            "mine: award of zone z0 above what it can receive, got 15000001 "
            "(allowed: 0 to 15000000 EUR)",
        ),
    ],
)
def test_faults_of_a_decision_are_located(body, line, words, mine):
    mine.write_text(MINE.replace(RETURN, body), encoding="utf-8")
    with pytest.raises(StrategyError) as caught:
        award(load_strategy_file(mine).resolve(), zone_desk(3), 10**9)
    assert str(caught.value).startswith(f"{mine}:{line}: mine: ")
    assert words in str(caught.value)
    copy = pickle.loads(pickle.dumps(caught.value))
    assert isinstance(copy, StrategyError)
    assert str(copy) == str(caught.value)


def _awarded_within(choice, seconds, into):
    try:
        into.append(award(choice.resolve(), zone_desk(3), 100, seconds))
    except StrategyError as error:
        into.append(error)


@pytest.mark.parametrize("thread", [False, True])
@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("    while True:\n        weights = weights + 0\n", 11),
        # A rule that catches what it can, and one that does not come back from a call.
        (
            "    while True:\n        try:\n            1 / 0\n        except Exception:\n"
            "            continue\n",
            None,
        ),
        ("    import time\n    time.sleep(20)\n", None),
    ],
)
def test_an_endless_decision_is_stopped_in_any_thread(body, line, thread, mine):
    mine.write_text(MINE.replace(RETURN, body), encoding="utf-8")
    choice, answers = load_strategy_file(mine), []
    before = time.monotonic()
    if thread:
        worker = threading.Thread(target=_awarded_within, args=(choice, 0.2, answers))
        worker.start()
        worker.join()
    else:
        _awarded_within(choice, 0.2, answers)
    assert time.monotonic() - before < 20
    (error,) = answers
    assert isinstance(error, StrategyError)
    assert "mine: no decision within 0.2 s" in str(error)
    if line is not None:
        assert str(error).startswith((f"{mine}:{line}: ", f"{mine}:{line - 1}: "))
    # The same process decides on.
    assert award(STRATEGIES["equal"], zone_desk(2), 10).tolist() == [5, 5]


def test_an_endless_file_is_stopped(mine, monkeypatch):
    monkeypatch.setattr(strategy_file, "DECISION_SECONDS", 0.2)
    mine.write_text("x = 0\nwhile True:\n    x += 1\n", encoding="utf-8")
    assert "the file did not end within 0.2 s" in refused(mine)


def test_a_file_may_hold_records(mine):
    record = "from __future__ import annotations\nimport dataclasses\n\n@dataclasses.dataclass\n"
    mine.write_text(record + "class Weights:\n    high: int = 2\n\n" + MINE, encoding="utf-8")
    assert load_strategy_file(mine).resolve().name == "mine"


def test_unknown_name_gives_the_nearest():
    with pytest.raises(InputError) as caught:
        get_strategy("merits")
    assert "did you mean merit?" in str(caught.value)
    assert "--strategy-file" in str(caught.value)


def test_installed_packages(mine, monkeypatch):
    monkeypatch.syspath_prepend(mine.parent)
    entries = {
        "mine": EntryPoint("mine", "mine:mine", strategy_file.ENTRY_POINTS),
        "mislaid": EntryPoint("mislaid", "mine:mine", strategy_file.ENTRY_POINTS),
        "broken": EntryPoint("broken", "no_such_module:x", strategy_file.ENTRY_POINTS),
        "equal": EntryPoint("equal", "mine:mine", strategy_file.ENTRY_POINTS),
    }
    monkeypatch.setattr(strategy_file, "_entry_points", lambda: entries)
    assert named_strategies() == (*STRATEGIES, "broken", "mine", "mislaid")
    assert get_strategy("mine").title == "Twice as much above the median"
    assert get_strategy("equal") is STRATEGIES["equal"]
    assert len(StrategyChoice("mine").digest()) == 16
    with pytest.raises(InputError, match="does not give a strategy named mislaid"):
        get_strategy("mislaid")
    with pytest.raises(InputError, match="cannot be imported: ModuleNotFoundError"):
        get_strategy("broken")
    # A file cannot take the name of an installed strategy.
    assert "installed strategy has this name" in refused(mine)


def test_the_documented_example_holds_and_the_page_names_all_that_a_rule_sees(tmp_path):
    page = Path(__file__).parents[2] / "docs" / "add_a_strategy.md"
    text = page.read_text(encoding="utf-8")
    path = tmp_path / "hard_hit.py"
    path.write_text(re.findall(r"```python\n(.*?)```", text, re.DOTALL)[0], encoding="utf-8")
    choice = load_strategy_file(path)
    desk = zone_desk(3, jobs_lost=[100] * 3, unemployment_rate=[5.0, 7.0, 9.0])
    assert award(choice.resolve(), desk, 400).tolist() == [100, 100, 200]
    seen = [field.name for part in (Session, ZoneDesk, FileDesk) for field in fields(part)]
    words = set(re.findall(r"`(?:desk[.])?(\w+)`", text))
    assert {*seen, *LEVERS} <= words
