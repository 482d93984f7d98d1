"""What people write out of habit is understood enough to be told how TOML writes it."""

from pathlib import Path

import pytest

from doors.worlds import SMALL
from rebound_sim.errors import InputError
from rebound_sim.policies.strategy import strategy
from rebound_sim.reading.habits import meant
from rebound_sim.scenario import load_scenario, load_world

FORMER_FORM = True  # of the world's file: it is still read


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("0,08", "0.08"),
        ("-1,5", "-1.5"),
        ("10 000 000", "10_000_000"),
        ("1\u202f200", "1_200"),
        ("1,200", "1_200"),
        ("1.200.000", "1_200_000"),
        ("25M", "25_000_000"),
        ("2,5 M€", "2_500_000"),
        ("0051", '"0051"'),
        ("8 %", "0.08"),
        ("12,5 %", "0.125"),
        ("1.000,5", "1_000.5"),
        ("1 000,5", "1_000.5"),
        ("1,000.50", "1_000.50"),
        ("1.000.5", None),
        ("oui", "true"),
        ("False", "false"),
        ("Métallurgie", '"Métallurgie"'),
        ("0.08", None),
        ("[1, 2]", None),
        ("1e3", None),
        ("", None),
    ],
)
def test_habits(written, value):
    assert meant(written) == value


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("jobs = 20", "jobs = 10 000", "did you mean jobs = 10_000?"),
        ("0.06", "0,06", "did you mean search.effort_decay = 0.06?"),
        ('sector = "CH"', "sector = CH", 'did you mean sector = "CH"?'),
        ("= 8.0", "= 8 %", "did you mean unemployment_rate_percent = 8?"),
        ("industry_share = 0.3", "industry_share = 30 %", "did you mean industry_share = 0.3?"),
        ("[basin.synthetic]", "[basin]\nzone = 0051\n[basin.synthetic]", 'zone = "0051"?'),
    ],
)
def test_a_file_says_what_was_meant(old, new, words, tmp_path):
    place = tmp_path / "world.toml"
    place.write_text(SMALL.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_scenario(place)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("search.effort_decay", "0,08", "did you mean 0.08?"),
        ("closure.jobs", "300", "did you mean closure.0.jobs?"),
        ("closure.0.jobs", "1 000", "did you mean 1_000?"),
        ("search.effort_decay", "5 %", "did you mean 0.05?"),
        ("closure.0.jobs", "0,5", "<= 1,000,000 [jobs])"),
    ],
)
def test_options_say_what_was_meant(key, text, words, world):
    with pytest.raises(InputError) as caught:
        load_scenario(world, {key: text})
    assert words in str(caught.value)


def test_what_is_no_world_file_is_told_what_to_do(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match='`rebound new zone "Vierzon" --jobs 400 --sector CH`'):
        load_scenario("Vierzon")
    Path("zones.csv").write_text("zone;jobs\n")
    with pytest.raises(InputError, match=r"`rebound new programme --zones-from zones\.csv"):
        load_world("zones.csv")
    with pytest.raises(InputError, match="no such file"):
        load_scenario("nowhere_at_all")


def test_capitals_in_a_name():
    with pytest.raises(InputError, match=r"did you mean ma_regle\?"):
        strategy("MaRegle")(lambda desk, _budget: desk.amount)
