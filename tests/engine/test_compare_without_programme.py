"""A world without a programme is compared by policies and plans, and told as one."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rebound_sim.cli.main import cli
from rebound_sim.experiment import read_results

WORLD = """\
title = "A zone that loses 30 jobs"
policies = ["rebond", "revitalisation"]
[time]
burn_in_months = 6
months = 30
{zones}
"""
ZONE = """\
[[zone]]
code = "{code}"
[zone.synthetic]
employed_residents = 1500
unemployment_rate_percent = 8.0
industry_share = 0.3
establishments = 150
area_km2 = 800.0
places = 2
qualification_shares = [0.45, 0.2, 0.15, 0.2]
[[zone.closure]]
sector = "CL"
jobs = 30
tranches = [{{ month = 2, share = 1.0 }}]
group = "solvent"
group_employees = 5000
"""
PLAN = "zone,instrument,amount,start,end\nnorth,training,300000,2,14\n"


def told(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(one) for one in arguments])


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("worlds")
    for name, codes in (("one", ["north"]), ("two", ["north", "south"])):
        zones = "".join(ZONE.format(code=code) for code in codes)
        (folder / f"{name}.toml").write_text(WORLD.format(zones=zones))
    (folder / "mine.csv").write_text(PLAN)
    return folder


OPTIONS = ("--replications", "2", "--workers", "1", "--no-figures", "--overwrite", "--out")


def test_run_ends_with_the_ledger_who_gets_the_jobs_and_the_base_policy(place: Path) -> None:
    out = place / "run"
    done = told("run", place / "one.toml", *OPTIONS, out)
    assert done.exit_code == 0, done.output
    for words in (
        "Who gets the jobs",
        "Ledger: rebond, million EUR, mean of 2 replications",
        "Base policy, in every arm: revitalisation agreement, CSP.",
    ):
        assert words in done.output
    assert "envelope" not in done.output
    assert read_results(out).arms == ("no_shock", "none", "rebond", "revitalisation")


def test_policies_and_plans_are_arms_of_several_zones(place: Path) -> None:
    out = place / "two"
    done = told(
        "compare",
        place / "two.toml",
        "--policy",
        "rebond",
        "--plan",
        place / "mine.csv",
        *OPTIONS,
        out,
    )
    assert done.exit_code == 0, done.output
    assert "Additional jobs after 30 months, 2 zones" in done.output
    results = read_results(out)
    assert results.arms == ("no_shock", "none", "rebond", "mine")
    assert results.manifest.actions["mine"]["lines"][0]["instrument"] == "training"
    zones = results.table("ledger")
    paid = (zones["arm"] == "mine") & (zones["instrument"] == "training")
    assert set(zones["zone"][paid].tolist()) == {"north"}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (("--strategy", "merit"), "--strategy: this world has no programme"),
        (("--policy", "rebonds"), "--policy: unknown policy, got 'rebonds'"),
        (("--policy", "rebond", "--policy", "rebond"), "a policy is given twice"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    place: Path, given: tuple[str, ...], message: str
) -> None:
    done = told("compare", place / "two.toml", *given, *OPTIONS, place / "no")
    assert done.exit_code != 0
    assert message in done.output or message in str(done.exception)
    assert not (place / "no").exists()
