"""`rebound programme` and the doors of `rebound run`, as a user calls them."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from rebound_sim.cli.main import entry_point

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.fixture
def rebound(tmp_path, monkeypatch, capsys):
    """Call `rebound` in the temporary folder, through its entry point."""
    monkeypatch.chdir(tmp_path)
    # The entry point turns SIGTERM into an interruption, for the life of a command.
    monkeypatch.setattr("signal.signal", lambda *_: None)

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["rebound", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            entry_point()
        said = capsys.readouterr()
        return SimpleNamespace(code=left.value.code, stdout=said.out, stderr=said.err)

    return call


def refused(done):
    """The only line of a refusal."""
    assert (done.code, done.stdout) == (2, ""), done.stderr
    [line] = done.stderr.splitlines()
    return line.removeprefix("rebound: ")


def test_pick_without_options_writes_the_shipped_programme(rebound, tmp_path):
    done = rebound("programme", "pick", "--out", "picked.toml")
    assert done.code == 0, done.stderr
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
        ((SCENARIOS / "textbook.toml",), "has no programme: simulate it with `rebound run`"),
        (("missing.toml",), "missing.toml: no such file"),
    ],
)
def test_what_show_refuses(rebound, arguments, words):
    assert words in refused(rebound("programme", "show", *arguments))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("10_000_000", "-5", "small.toml:4:1: programme.envelope_eur: out of range, got -5"),
        ("10_000_000", "0", "small.toml:4:1: programme.envelope_eur: out of range, got 0"),
        ("10_000_000", "nan", "small.toml:4:1: programme.envelope_eur: wrong type, got nan"),
        ("10_000_000", '"ten"', "small.toml:4:1: programme.envelope_eur: wrong type, got 'ten'"),
        ("10_000_000", "ten", "small.toml:4:16: envelope_eur: not a TOML value"),
        ('"4401"', '"4404"', "small.toml:18:1: zone.1.code: this zone is listed twice"),
        ('"4401"', '"Bar le Dux"', "small.toml:18:1: zone.1.code: unknown zone"),
        ("jobs = 200", "jobs = 570", "small.toml:15:1: zone.0.closure.0.jobs: the site has more"),
        ('"merit"', '"merti"', "small.toml:5:24: programme.strategies.1: unknown strategy"),
        (
            "10_000_000",
            "1\nengineering_share = 2",
            "small.toml:5:1: programme.engineering_share: out",
        ),
    ],
)
def test_each_mistake_in_a_file_has_its_place_and_message(rebound, small, old, new, words):
    text = small.read_text(encoding="utf-8")
    small.write_text(text.replace(old, new, 1), encoding="utf-8")
    line = refused(rebound("programme", "show", small.name))
    assert line.startswith(words), line


def test_run_sends_a_programme_to_compare(rebound):
    line = refused(rebound("run", SCENARIOS / "auto_small.toml"))
    assert "auto_small.toml:" in line and line.endswith("with `rebound compare`")


def test_schema_of_a_programme_gives_units(rebound):
    done = rebound("schema", "programme")
    assert done.code == 0 and '"person-days/month"' in done.stdout
