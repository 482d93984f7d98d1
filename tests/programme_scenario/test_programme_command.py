"""`rebound programme` and the doors of `rebound run`, as a user calls them."""

import subprocess
import sys
from pathlib import Path

import pytest

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.fixture
def rebound(tmp_path):
    """Call `rebound` in the temporary folder."""

    def call(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "rebound_sim.cli.main", *map(str, arguments)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=120,
            stdin=subprocess.DEVNULL,
            check=False,
        )

    return call


def refused(done):
    """The only line of a refusal."""
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    [line] = done.stderr.splitlines()
    return line.removeprefix("rebound: ")


def test_pick_without_options_writes_the_shipped_programme(rebound, tmp_path):
    done = rebound("programme", "pick", "--out", "picked.toml")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "picked.toml").read_bytes() == (
        SCENARIOS / "france2030_auto.toml"
    ).read_bytes()
    for words in ("at least 500 exposed jobs", "Montbéliard", "2,264,668 active", "Written: "):
        assert words in done.stdout
    assert "exists" in refused(rebound("programme", "pick", "--out", "picked.toml"))
    assert "--out" in refused(rebound("programme", "pick", "--out", "no/such/folder.toml"))
    assert refused(rebound("programme", "pick", "--zones", "0")).startswith("--zones: out of range")


def test_show_prints_money_zones_and_closures(rebound):
    shipped = rebound("programme", "show", "--set", "programme.envelope_eur=50_000_000")
    assert "45,000,000 EUR" in shipped.stdout and "30 closures" in shipped.stdout
    control = rebound("programme", "show", SCENARIOS / "auto_small.toml")
    assert "control" in control.stdout and "4 zones" in control.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--set", "programme.envelope_eur=-1"), "--set: programme.envelope_eur: out of range"),
        (("--set", "envelope_eur=1"), "did you mean programme.envelope_eur?"),
        (("--set", 'programme.strategies=["equol"]'), "unknown strategy, got 'equol'"),
        (("--set", "programme.selection=merrit"), "did you mean merit?"),
        (("--set", "zone.2.closure.0.jobs=99_999"), "the site has more jobs than its sector"),
        (("--set", "zone.30.code=3202"), "no such element, of 30 numbered from 0"),
        ((SCENARIOS / "textbook.toml",), "one basin: simulate it with `rebound run`"),
        (("missing.toml",), "missing.toml: no such file"),
    ],
)
def test_what_show_refuses(rebound, arguments, words):
    assert words in refused(rebound("programme", "show", *arguments))


def test_run_sends_a_programme_to_compare(rebound):
    line = refused(rebound("run", SCENARIOS / "auto_small.toml"))
    assert "auto_small.toml:" in line and line.endswith("with `rebound compare`")


def test_schema_of_a_programme_gives_units(rebound):
    done = rebound("schema", "programme")
    assert done.returncode == 0 and '"person-days/month"' in done.stdout
