"""`rebound strategies`: lists, explains, and checks a user's file."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from rebound_sim.cli.strategies import strategies
from rebound_sim.errors import InputError
from rebound_sim.policies.strategies import STRATEGIES

MINE = """\
from rebound_sim.policies.strategy import strategy

@strategy("mine", level="zones")
def mine(desk, budget):
    '''Mine.'''
    return {rule}
"""


def run(*arguments):
    result = CliRunner().invoke(strategies, [str(word) for word in arguments])
    if result.exception is not None:
        raise result.exception
    return result.output


def test_lists_every_strategy_on_its_line_with_its_levers():
    lines = run().splitlines()
    for name, item in STRATEGIES.items():
        (line,) = [line for line in lines if line.split(maxsplit=1)[:1] == [name]]
        assert item.title in line
        assert item.level in line
    start = lines.index(next(line for line in lines if line.startswith("waves ")))
    fixed = [line.strip() for line in lines[start + 1 : start + 4]]
    assert fixed == [
        "fixes committee_months = 4",
        "fixes zone_ceiling_eur = 5000000",
        "fixes pace = false",
    ]


def test_json_and_one_strategy():
    records = json.loads(run("--json"))["strategies"]
    assert [record["name"] for record in records] == list(STRATEGIES)
    assert json.loads(run("first_come", "--json"))["levers"] == {"pace": False}
    text = run("fragility")
    assert "weight = residents × fragility index" in text
    assert text.startswith("fragility (level: zones)\n\nMore for each resident")


def test_a_user_s_file_is_checked(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(MINE.format(rule="desk.amount * 0"))
    assert run("--strategy-file", path).startswith("mine (level: zones)\n\nMine.")
    path.write_text(MINE.format(rule="desk.amount"))
    with pytest.raises(InputError) as caught:
        run("--strategy-file", path)
    assert str(caught.value).startswith(f"{path}:3: mine: the awards exceed the budget, got ")
    first = "(desk.key == desk.key[0]) * min(budget, 1) * (desk.amount > 0)"
    path.write_text(MINE.format(rule=first))
    with pytest.raises(InputError) as caught:
        run("--strategy-file", path)
    assert str(caught.value).startswith(f"{path}:3: mine: the awards depend on the order of rows")
    with pytest.raises(InputError, match="not both"):
        run("merit", "--strategy-file", path)


def test_listing_loads_nothing_heavy():
    code = (
        "import sys\n"
        "import rebound_sim.cli.strategies as command\n"
        "command.strategies([], standalone_mode=False)\n"
        "heavy = ('numba', 'mesa', 'matplotlib', 'pyarrow', 'scipy', 'pydantic', 'pandas')\n"
        "print([name for name in heavy if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("[]\n")
