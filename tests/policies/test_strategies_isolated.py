"""What the rule of a user sets, prints, changes or remembers reaches nobody else."""

import gc
import os
import random
import sys
import threading
import warnings
from pathlib import Path

import numpy as np
import pytest

from policies.desks import file_desk, zone_desk
from rebound_sim.errors import InputError, StrategyError
from rebound_sim.policies.allocation import share
from rebound_sim.policies.decision import award
from rebound_sim.policies.strategy import strategy
from rebound_sim.policies.strategy_choice import load_strategy_file
from rebound_sim.policies.strategy_function import choice_of

HEAD = """\
import os, random, sys, warnings
import numpy as np
from rebound_sim.policies.allocation import share
from rebound_sim.policies.strategy import strategy
"""
RULE = '''
@strategy("mine", level="{level}")
def mine(desk, budget):
    """Mine."""
    {body}
    return share(weights, desk.amount, budget, desk.key)
'''


@pytest.fixture
def written(tmp_path):
    """A strategy file of a body; its strategy."""

    def write(body, head="", level="zones"):
        path = tmp_path / "mine.py"
        path.write_text(HEAD + head + RULE.format(level=level, body=body), encoding="utf-8")
        return load_strategy_file(path)

    return write


DESK = {"jobs_lost": [10, 20, 30]}


def _process_state():
    """What a rule could change for everybody else in the process."""
    return (
        Path.cwd(),
        dict(os.environ),
        list(sys.path),
        sys.stdout,
        np.geterr(),
        random.getstate(),
        np.random.get_state()[1].tolist(),  # noqa: NPY002
        sys.getrecursionlimit(),
        list(warnings.filters),
        np.sum,
    )


def test_what_a_rule_changes_stays_in_its_process(written):
    body = (
        "np.seterr(all='raise'); np.random.seed(3); random.seed(3); os.chdir('/')\n"
        "    warnings.simplefilter('error'); os.environ['REBOUND_X'] = '1'; sys.path.clear()\n"
        "    sys.stdout = sys.stderr = None; sys.setrecursionlimit(50)\n"
        "    import rebound_sim.policies.desk as d; d.share = None; np.sum = None\n"
        "    weights = desk.jobs_lost"
    )
    random.seed(1)
    np.random.seed(1)  # noqa: NPY002
    before = _process_state()
    made = written(body).resolve()
    assert award(made, zone_desk(3, **DESK), 60).tolist() == [10, 20, 30]
    assert _process_state() == before


def test_prints_are_kept_apart(written, capfd):
    choice = written(
        "print('deciding', budget); os.system('echo shell'); weights = desk.jobs_lost",
        head="print('reading')\n",
    )
    assert choice.printed == "reading\n"
    made = choice.resolve()
    award(made, zone_desk(3, **DESK), 60)
    # Once for each decision, however often the rule was asked.
    assert sorted(made.printed.split()) == ["60", "deciding", "reading", "shell"]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("body", "head", "words"),
    [
        ("weights = [random.random() for _ in desk.key]", "", "two calls with the same desk"),
        ("weights = np.random.default_rng().random(3)", "", "a hidden chance"),
        ("import time; weights = [time.perf_counter_ns() % 97 + 1, 50, 50]", "", "the same desk"),
        (
            "seen.append(1); weights = desk.jobs_lost + 99 * (desk.key == 1) * (len(seen) > 1)",
            "seen = []\n",
            "what was asked before",
        ),
        ("weights = [random.random() for _ in desk.key]", "random.seed(1)\n", "asked before"),
        ("weights = 1 + np.arange(3)", "", "the awards depend on the order of rows"),
    ],
)
def test_the_contract_is_checked_at_each_decision(body, head, words, written):
    made = written(body, head).resolve()
    with pytest.raises(StrategyError, match=words) as caught:
        for _ in range(3):
            award(made, zone_desk(3, **DESK), 10_000)
    assert "mine.py:" in str(caught.value) and ": mine: " in str(caught.value)


def test_sets_have_the_same_order_in_every_process(written):
    made = written("weights = [1 + 'xyz'.index(next(iter({'x', 'y', 'z'})))] * 3").resolve()
    first = award(made, zone_desk(3, **DESK), 60).tolist()
    made.allocate._host.end()
    with pytest.raises(StrategyError, match="its process ended"):
        award(made, zone_desk(3, **DESK), 60)
    assert award(made, zone_desk(3, **DESK), 60).tolist() == first


@pytest.mark.parametrize("body", ["os._exit(5)", "os.kill(os.getpid(), 9)", "os.closerange(3, 99)"])
def test_a_rule_that_ends_its_process_fails_alone(body, written):
    made = written(body + "; weights = desk.jobs_lost").resolve()
    with pytest.raises(StrategyError, match=r"mine\.py:\d+: mine: the rule broke: its process"):
        award(made, zone_desk(3, **DESK), 60)
    other = written("weights = desk.jobs_lost").resolve()
    assert award(other, zone_desk(3, **DESK), 60).tolist() == [10, 20, 30]


def test_an_exception_whose_text_fails_is_named(written):
    head = "class Odd(Exception):\n    def __str__(self):\n        raise ValueError\n"
    made = written("raise Odd", head=head).resolve()
    with pytest.raises(StrategyError, match=r"the rule raised Odd$"):
        award(made, zone_desk(3, **DESK), 60)


def test_rules_of_files(written):
    made = written("weights = desk.jobs", level="files").resolve()
    desk = file_desk(zone_desk(3), [0, 1, 2, 2], [500] * 4, jobs=[1.0, 2.0, 3.0, 4.0])
    assert award(made, desk, 1_000).sum() == 1_000


def test_decisions_of_several_threads_wait_for_each_other(written):
    made = written("weights = desk.jobs_lost").resolve()
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(award(made, zone_desk(3, **DESK), 60)))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [awards.tolist() for awards in found] == [[10, 20, 30]] * 6


FACTOR = 2


@strategy("twice", level="zones", committee_months=6)
def twice(desk, budget):
    """Twice."""
    return share(desk.jobs_lost * FACTOR, desk.amount, budget, desk.key)


def test_functions_travel():
    bonus = np.array([1, 1, 4])

    def plain(desk, budget):
        """Mine. And more."""
        return share(bonus[np.argsort(np.argsort(desk.key))], desk.amount, budget, desk.key)

    choice = choice_of(twice)
    assert (choice.name, dict(choice.resolve().levers)) == ("twice", {"committee_months": 6})
    assert award(choice.resolve(), zone_desk(3, **DESK), 60).tolist() == [10, 20, 30]
    local = choice_of(plain)
    assert (local.name, local.resolve().level) == ("plain", "zones")
    assert award(local.resolve(), zone_desk(3, **DESK), 60).tolist() == [10, 10, 40]
    digest = local.digest()
    assert choice_of(plain).digest() == digest != choice.digest()
    bonus[2] = 5
    assert choice_of(plain).digest() != digest


def test_functions_that_cannot_be_strategies_are_refused():
    lock = threading.Lock()

    def holds(desk, budget):
        with lock:
            return desk.amount * 0 + budget

    def equal(desk, budget):
        return desk.amount * 0 + budget

    def alone(desk):
        return desk.amount * 0

    with pytest.raises(InputError, match="cannot travel to another process"):
        choice_of(holds)
    with pytest.raises(InputError, match="a shipped or installed strategy has this name"):
        choice_of(equal)
    with pytest.raises(InputError, match="allowed: def mine"):
        choice_of("equal")
    with pytest.raises(InputError, match=r"arguments of the strategy"):
        choice_of(alone)


def test_nothing_is_left_running(written):
    made = written("weights = desk.jobs_lost").resolve()
    process = made.allocate._host._process
    assert process.poll() is None
    del made
    gc.collect()
    assert process.wait(timeout=10) is not None
