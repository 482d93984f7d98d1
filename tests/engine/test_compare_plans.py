"""`rebound compare --plan`: a user's allocation is refused with its line before anything runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import rebound_sim as rb
from rebound_sim.api.arms import arms_asked
from rebound_sim.cli.compare import compare
from rebound_sim.errors import InputError
from rebound_sim.policies import load_plan

SMALL = Path(__file__).parents[2] / "scenarios" / "auto_small.toml"
HEAD = "zone,instrument,amount,days,start,end\n"


def test_a_plan_is_an_arm_named_after_its_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(HEAD + "Chaumont,engineering,,145,,\n4401,grants,1000000,,,\n")
    world = rb.load(SMALL)
    *strategies, arm = arms_asked(world.record, world.read_from, (), [load_plan(path)])
    assert len(strategies) == len(world.record.programme.strategies)
    assert arm.name == "mine" and len(arm.does.lines) == 2


def test_a_wrong_line_is_refused_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(HEAD + "4404,engineering,,145,,\n4401,grants,1000000,,2,\n")
    result = CliRunner().invoke(compare, [str(SMALL), "--plan", str(path)])
    assert isinstance(result.exception, InputError)
    assert f"{path}:3: start: grants cannot start then" in str(result.exception)
    with pytest.raises(InputError, match="no such file"):
        rb.compare(SMALL, plan=tmp_path / "absent.csv")
