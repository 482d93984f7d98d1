"""Every way to get a scenario file wrong ends in one located message."""

import json
import pickle
import re
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from doors.worlds import SCENARIOS, SMALL
from rebound_sim import policies
from rebound_sim.cli.schema import schema
from rebound_sim.errors import InputError
from rebound_sim.scenario import World, load_scenario, world_json_schema

FORMER_FORM = True  # of the world's file: it is still read


def message(path, text=None, **options):
    if text is not None:
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(InputError) as caught:
        load_scenario(path, **options)
    return str(caught.value)


@pytest.mark.parametrize(
    "name", ["ford_bordeaux", "goodyear_amiens", "textbook", "vierzon_foundry"]
)
def test_shipped_scenarios_are_valid(name):
    scenario = load_scenario(SCENARIOS / f"{name}.toml")
    assert scenario.closure
    assert pickle.loads(pickle.dumps(scenario)) == scenario


def test_digest_follows_what_is_simulated_and_nothing_else(world):
    first = load_scenario(world)
    assert load_scenario(world, overrides={"title": "Other"}).digest() == first.digest()
    assert load_scenario(world, overrides={"policy.name": "none"}).digest() == first.digest()
    assert load_scenario(world, months=25).digest() != first.digest()
    assert load_scenario(world, overrides={"closure.0.jobs": "21"}).digest() != first.digest()


# what is replaced, by what, line, key, words that the message must hold
FAULTS = {
    "unknown key": ("jobs = 20", "jobz = 20", 18, "closure.0.jobz", "did you mean closure.0.jobs?"),
    "unknown table": ("[time]", "[tyme]", 12, "tyme", "did you mean time?"),
    "key in the wrong table": ('"A small', '"A small"\nmonths = 3 #', 2, "months", "time.months?"),
    "text for a number": ("months = 24", 'months = "24"', 14, "time.months", "wrong type"),
    "number for a text": ('"CH"', "7", 17, "closure.0.sector", "a text in quotes"),
    "boolean for a number": ("jobs = 20", "jobs = true", 18, "closure.0.jobs", "got true"),
    "fraction for a count": ("jobs = 20", "jobs = 20.5", 18, "closure.0.jobs", "whole number"),
    "table for a number": ("months = 24", "months = {}", 14, "time.months", "a table was given"),
    "one table for several": ("[[closure]]", "[closure]", 16, "closure", "a list"),
    "months 0": ("months = 24", "months = 0", 14, "time.months", ">= 1"),
    "huge number": ("months = 24", "months = 1" + "0" * 30, 14, "time.months", "out of range"),
    "negative jobs": ("jobs = 20", "jobs = -20", 18, "closure.0.jobs", ">= 1"),
    "NaN": ("= 8.0", "= nan", 5, "basin.synthetic.unemployment_rate_percent", "not a finite"),
    "infinity": ("= 300.0", "= inf", 8, "basin.synthetic.area_km2", "not a finite"),
    "NaN parameter": ("= 0.06", "= nan", 28, "parameters.search.effort_decay", "0 to 0.2"),
    "parameter out of range": ("= 0.06", "= 9", 28, "parameters.search.effort_decay", "0 to 0.2"),
    "unknown parameter": (
        '"search.effort_decay"',
        "search.effort_deca",
        28,
        "parameters.search.effort_deca",
        "did you mean search.effort_decay?",
    ),
    "unknown sector": ('"CH"', '"ch"', 17, "closure.0.sector", "did you mean CH?"),
    "more jobs than the sector": ("jobs = 20", "jobs = 3000", 18, "closure.0.jobs", "jobs in CH"),
    "two sites, together too many": (
        "[policy]",
        '[[closure]]\nsector = "CH"\njobs = 100000\n[policy]',
        26,
        "closure.1.jobs",
        "of which 20 at sites above",
    ),
    "shares above 1": ("share = 0.4", "share = 0.5", 16, "closure.0", "sum to 1, not 1.1"),
    "layoffs after the end": ("months = 24", "months = 6", 16, "closure.0", "above 6"),
    "key given twice": ("jobs = 20", "jobs = 20\njobs = 21", 19, "jobs", "given twice"),
    "table given twice": ("[policy]", "[time]\n[policy]", 24, "time", "given twice"),
    "value without quotes": ('"rebond"', "rebond", 25, "name", "text needs quotes"),
    "both kinds of basin": (
        "[basin.synthetic]",
        '[basin]\nzone = "3202"\n[basin.synthetic]',
        3,
        "basin",
        "not both",
    ),
    "missing key": ("jobs = 20", "", 16, "closure.0.jobs", "this key is missing"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_located_and_explained(fault, world):
    old, new, line, key, words = FAULTS[fault]
    assert SMALL.count(old) == 1
    text = message(world, SMALL.replace(old, new))
    # A fault of TOML itself has its column too.
    assert re.match(rf"{re.escape(str(world))}:{line}(:\d+)?: {re.escape(key)}: ", text)
    assert words in text
    assert "\n" not in text


def test_unknown_zone_gives_the_nearest(world):
    text = SMALL[: SMALL.index("[basin")] + '[basin]\nzone = "Amien"\n'
    assert message(world, text).startswith(f"{world}:4:1: basin.zone: unknown zone, got 'Amien'")
    assert "did you mean 3202 Amiens?" in message(world, text)


def test_site_larger_than_its_sector_names_the_jobs_there_are(world):
    text = '[basin]\nzone = "3202"\n[[closure]]\nsector = "CG"\njobs = 5000\n'
    found = message(world, f'title = "x"\n{text}')
    assert found.startswith(f"{world}:6:1: closure.0.jobs: ")
    assert "Amiens (3202) has 2,422 jobs in CG" in found
    assert "at most 2,422" in found


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b"# only a comment\n", "the file is empty"),
        (b"title = 'a'\n\xff\xfe", ":2: the text is not UTF-8"),
        (b"a = " + b"[" * 5000 + b"]" * 5000, "nested too deeply"),
        (b"a = " + b"9" * 5000, "too many digits"),
        (b"title = 'a'\n\x00", "not TOML"),
        (b"<scenario/>", ":1: "),
    ],
)
def test_content_that_is_no_scenario(content, words, world):
    assert words in message(world, content)


def test_large_file_is_refused_without_being_read(tmp_path):
    path = tmp_path / "large.toml"
    with path.open("wb") as stream:
        stream.truncate(100_000_000)
    before = sys.getallocatedblocks()
    assert "100,000,000 bytes (allowed: at most 1,000,000)" in message(path)
    assert sys.getallocatedblocks() - before < 100_000


def test_places_that_hold_no_file(tmp_path, world):
    assert message(tmp_path) == f"{tmp_path}: this is a folder (allowed: a TOML file)"
    missing = tmp_path / "wrld.toml"
    assert message(missing) == f"{missing}: no such file (did you mean {world}?)"
    assert "no such file" in message(tmp_path / "no" / "folder.toml")


def test_byte_order_mark_is_accepted(world):
    world.write_bytes(b"\xef\xbb\xbf" + SMALL.encode())
    assert load_scenario(world).title == "A small world"


@pytest.mark.parametrize(
    ("kind", "files"),
    [
        ("world", sorted(SCENARIOS.rglob("*.toml"))),
        ("policy", sorted(Path(policies.__file__).parent.glob("named/*.toml"))),
        ("sweep", sorted(SCENARIOS.with_name("experiments").glob("*.toml"))),
    ],
)
def test_shipped_files_hold_their_schema_and_a_wrong_key_does_not(kind, files):
    jsonschema = pytest.importorskip("jsonschema")
    printed = CliRunner().invoke(schema, [kind])
    check = jsonschema.Draft202012Validator(json.loads(printed.output))
    assert files
    for file in files:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
        if kind == "world" and "basin" in values:
            continue  # a former form, still read
        assert not list(check.iter_errors(values)), file
        assert list(check.iter_errors({**values, "wrong": 1}))


def test_schema_describes_the_file():
    schema = world_json_schema()
    assert set(schema["properties"]) == set(World.model_fields)
    months = schema["$defs"]["Time"]["properties"]["months"]
    assert (months["minimum"], months["unit"]) == (1, "months")
