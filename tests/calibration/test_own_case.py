"""A user's own closure: counts in a world file, read with their dates, judged as shipped cases."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from rebound_sim.calibration.studies.published_cases import CASES, case_at, case_file
from rebound_sim.cli.main import cli
from rebound_sim.errors import InputError
from rebound_sim.scenario import load_scenario, load_world, world_of
from rebound_sim.scenario.new_world import world_text
from rebound_sim.scenario.published import PublishedCount

COUNT = """
[[count]]
date = "2018-07"
number = 30
of = 100
definition = "in_work"
source = "the prefecture"
"""
GAP = """
[[gap]]
months_after = 12
points = 0.3
"""


def _own(tmp_path, told, months=40, zone="7511@2016-T3", closes=True):
    site = """
[[zone.closure]]
sector = "CH"
jobs = 60
tranches = [{ month = 3, share = 0.5 }, { month = 9, share = 0.5 }]
group = "insolvent"
"""
    path = tmp_path / "own.toml"
    path.write_text(
        f"""
title = "Our foundry"
policies = ["none"]
[time]
burn_in_months = 6
months = {months}
[[zone]]
code = "{zone}"
{site if closes else ""}
{told}
""",
        encoding="utf-8",
    )
    return path


def test_a_case_is_read_with_its_dates(tmp_path):
    """Month 0 is October 2016, the last layoffs in month 9 (July 2017): July 2018 is a year on."""
    case = case_at(str(_own(tmp_path, COUNT + GAP)))
    (count,), (gap,) = case.counts, case.gaps
    assert (case.title, count.months, count.value) == ("Our foundry", 12, 0.3)
    assert (count.low, count.high) == pytest.approx((0.21, 0.39))
    assert count.source == "30 of 100, the prefecture"
    assert (gap.months, gap.points, gap.half) == (12, 0.3, 0.7)


@pytest.mark.parametrize(
    ("told", "change", "said"),
    [
        ("", {}, "nothing to judge"),
        (COUNT, {"closes": False}, "a case needs a site that closes"),
        (COUNT.replace("2018-07", "2017-01"), {}, "comes before the last layoffs"),
        (COUNT, {"zone": "7511"}, "a date needs a zone at a quarter"),
        (COUNT, {"months": 20}, "20 months are simulated"),
        (GAP.replace("12", "29"), {}, "40 months are simulated"),
        (COUNT.replace("number = 30", "number = 130"), {}, "number (130) is above of (100)"),
        (COUNT.replace("of = 100", ""), {}, "give either share, or number and of"),
        (COUNT.replace("in_work", "hired"), {}, "definition"),
        (COUNT + "low = 0.1\n", {}, "give both low and high"),
        (COUNT + "low = 0.4\nhigh = 0.5\n", {}, "lies outside low and high"),
        (COUNT.replace("2018-07", "juillet 2018"), {}, "date"),
    ],
)
def test_what_cannot_be_judged_is_refused_at_its_line(tmp_path, told, change, said):
    with pytest.raises(InputError) as refused:
        case_at(str(_own(tmp_path, told, **change)))
    assert said in str(refused.value)
    assert "own.toml" in str(refused.value)


def test_counts_are_of_one_closure(tmp_path):
    two = _own(tmp_path, COUNT + '\n[[zone]]\ncode = "3202@2016-T3"\n')
    with pytest.raises(InputError, match="world of one zone"):
        load_world(two)


def test_what_was_published_leaves_the_world_the_same(tmp_path):
    told, silent = (load_world(_own(tmp_path, text)) for text in (COUNT + GAP, ""))
    assert told.count and told.gap and told.digest() == silent.digest()
    assert (
        told.zone_scenario("7511@2016-T3").digest() == silent.zone_scenario("7511@2016-T3").digest()
    )
    again = world_of(told.zone_scenario("7511@2016-T3"))
    assert (again.count, again.gap) == (told.count, told.gap)


def test_a_world_written_again_keeps_what_was_published(tmp_path):
    world = load_world(_own(tmp_path, COUNT + GAP))
    copy = tmp_path / "copy.toml"
    copy.write_text(world_text(world), encoding="utf-8")
    assert load_world(copy).count == world.count


def test_shipped_cases_are_read_as_a_users_file():
    for name, case in CASES.items():
        own = case_at(str(case_file(name)))
        assert [(c.months, c.value, c.low, c.high) for c in own.counts] == [
            (c.months, c.value, c.low, c.high) for c in case.counts
        ]
        assert own.gaps == case.gaps


def test_former_files_may_publish_too(tmp_path):
    path = tmp_path / "former.toml"
    path.write_text(
        'title = "x"\n[basin]\nzone = "7511@2016-T3"\n[[closure]]\nsector = "CH"\njobs = 60\n'
        "[[count]]\nmonths_after = 12\nshare = 0.4\n"
        'definition = "retired"\nsource = "the firm"\n',
        encoding="utf-8",
    )
    assert load_scenario(path).count == (
        PublishedCount(months_after=12, share=0.4, definition="retired", source="the firm"),
    )


def test_the_command_judges_it(tmp_path):
    path = _own(tmp_path, COUNT + GAP, months=32)
    out = tmp_path / "judged"
    result = CliRunner().invoke(
        cli,
        [
            "validate",
            "--case",
            str(path),
            "--replications",
            "2",
            "--parameters",
            "declared",
            "--workers",
            "1",
            "--out",
            str(out),
            "--json",
        ],
    )
    assert result.exit_code == 0, result.output
    replays = json.loads(result.stdout)["replays"]
    assert replays["total"] == 2
    share, gap = replays["rows"]
    assert share["published"] == 0.3 and 0.0 < share["simulated"] < 1.0
    assert gap["unit"] == "point"
    assert (out / "replays.csv").is_file() and (out / "replays_in_work.png").is_file()
    assert not (out / "moments.csv").exists()


def test_a_case_goes_alone(tmp_path):
    path = _own(tmp_path, COUNT)
    with pytest.raises(InputError, match="cannot be used together"):
        cli.main(["validate", "--case", str(path), "--only", "panel"], standalone_mode=False)
