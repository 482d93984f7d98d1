"""Programme files: what they give, and what is refused, with its place."""

import pickle
from pathlib import Path

import pytest

from rebound_sim.errors import InputError
from rebound_sim.scenario import (
    check_scenario,
    check_strategies,
    load_scenario,
    load_world,
    open_programme,
)

SCENARIOS = Path(__file__).parents[2] / "scenarios"
PROGRAMMES = ("france2030_auto", "pilot_2020", "auto_small")


def message(path, **options):
    with pytest.raises(InputError) as caught:
        load_world(path, **options)
    return str(caught.value)


@pytest.mark.parametrize("name", PROGRAMMES)
def test_shipped_programmes_are_valid_and_each_zone_is_a_scenario(name):
    programme, source = open_programme(SCENARIOS / f"{name}.toml")
    check_strategies(programme, source)
    assert pickle.loads(pickle.dumps(programme)) == programme
    zones = [programme.zone_scenario(code) for code in programme.codes]
    assert [check_scenario(zone).code for zone in zones] == list(programme.codes)
    assert len({zone.digest() for zone in zones}) == len(programme.codes)


def test_a_zone_alone_is_the_scenario_of_one_basin(small, tmp_path):
    alone = tmp_path / "alone.toml"
    alone.write_text(
        'title = "Alone"\n[basin]\nzone = "4404"\n[time]\nburn_in_months = 6\nmonths = 24\n'
        '[[closure]]\nsector = "CL"\njobs = 200\n',
        encoding="utf-8",
    )
    assert load_world(small).zone_scenario("4404").digest() == load_scenario(alone).digest()
    assert load_world(small).zone_scenario("4401").closure == ()
    with pytest.raises(KeyError):
        load_world(small).zone_scenario("3202")


def test_a_zone_by_name_is_the_zone_by_code(small):
    named = small.with_name("named.toml")
    named.write_text(small.read_text().replace('"4404"', '"Chaumont"'))
    assert load_world(named) == load_world(small)


def test_digest_follows_what_is_simulated_and_nothing_else(small):
    first = load_world(small).digest()
    for same in ({"title": "Other"}, {"programme.strategies": '["first_come"]'}):
        assert load_world(small, same).digest() == first
    others = (
        {"programme.envelope_eur": "9_000_000"},
        {"programme.coupling": "false"},
        {"zone.0.closure.0.jobs": "100"},
        {"search.effort_decay": "0.1"},
        {"time.months": "30"},
    )
    assert len({first, *(load_world(small, other).digest() for other in others)}) == 6


def test_the_parts_of_the_envelope_add_up_to_it(small):
    for envelope, share in ((100_000_001, 0.1), (3, 0.5), (7, 0.0), (7, 1.0), (10**11, 1 / 3)):
        given = {"programme.envelope_eur": envelope, "programme.engineering_share": share}
        table = load_world(small, {key: str(value) for key, value in given.items()}).programme
        assert table.engineering_eur + table.grants_eur == envelope
        assert min(table.engineering_eur, table.grants_eur) >= 0


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("envelope_eur", "-1", "out of range, got -1"),
        ("envelope_eur", "0", "out of range, got 0"),
        ("envelope_eur", "nan", "wrong type, got nan"),
        ("envelope_eur", "a lot", "wrong type, got 'a lot'"),
        ("envelope_eur", "1e8", "wrong type, got 100000000.0"),
        ("envelope_eur", "100_000_000_001", "out of range"),
        ("engineering_share", "1.01", "out of range, got 1.01"),
        ("engineering_share", "-0.1", "out of range, got -0.1"),
        ("engineering_share", "inf", "not a finite number"),
        ("committee_months", "0", "out of range, got 0"),
        ("coupling", "1", "wrong type, got 1 (allowed: true or false)"),
        ("strategies", "[]", "too few values"),
        ("start_month", "21", "grants open in month 24, after the last month simulated (23)"),
        ("strategies", '["equal", "merit", "equal"]', "this strategy is listed twice"),
    ],
)
def test_a_wrong_lever_is_refused_with_its_key(small, key, text, words):
    found = message(small, overrides={f"programme.{key}": text})
    assert found.startswith(f"--set: programme.{key}")
    assert words in found


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("10_000_000", "-5", ":4:1: programme.envelope_eur: out of range, got -5"),
        ("10_000_000", "nan", ":4:1: programme.envelope_eur: wrong type, got nan"),
        ("envelope_eur", "envelope", "did you mean programme.envelope_eur?"),
        (
            '"4401"',
            '"Chaumont"',
            ":18:1: zone.1.code: this zone is listed twice (first on line 12)",
        ),
        ('"4401"', '"4405x"', ":18:1: zone.1.code: unknown zone, got '4405x'"),
        ('"4401"', '"Chaumon"', "did you mean 4404 Chaumont?"),
        ('"4401"', '"0101"', "is overseas"),
        ('"somewhere"', '"some where"', ":20:3: zone.2: the label of a synthetic zone has letters"),
        ("jobs = 200", "jobs = 900", "Chaumont (4404) has 569 jobs in CL"),
        ("jobs = 200", "jobs = 900", ":15:1: zone.0.closure.0.jobs: the site has more jobs"),
        (
            "jobs = 200",
            "jobs = 200\nannouncement_month = 20",
            "zone.0.closure.0: the first layoffs",
        ),
        ('"CL"', '"CZ"', ":14:1: zone.0.closure.0.sector: unknown sector"),
        ('title = "A small programme"\n', "", "title: this key is missing"),
        ("[[zone]]", "[[zones]]", "did you mean zone?"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(small, old, new, words):
    text = small.read_text(encoding="utf-8")
    assert old in text
    count = 3 if old == "[[zone]]" else 1
    changed = text.replace(old, new, count)
    if old == "[[zone]]":
        changed = changed.replace("[[zone.", "[[zones.").replace("[zone.", "[zones.")
    small.write_text(changed, encoding="utf-8")
    assert words in message(small)


def test_names_that_do_not_exist_have_the_nearest_one(small):
    text = small.read_text(encoding="utf-8")
    small.write_text(text.replace('"merit"', '"merits"', 1), encoding="utf-8")
    programme, source = open_programme(small)
    with pytest.raises(InputError, match=r"small\.toml:5:.*got 'merits' .*did you mean merit\?"):
        check_strategies(programme, source)
    assert "did you mean first_come?" in message(small, overrides={"programme.selection": "first"})
