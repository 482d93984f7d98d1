"""Figures of a zone at a quarter that a file declares, and notes on those that stand for others."""

from __future__ import annotations

import pytest

from rebound_sim.data.basins import load_basin
from rebound_sim.data.closures import KnownClosure
from rebound_sim.data.dated import GIVEN_METHOD, Given, notes, rate_at
from rebound_sim.data.sectors import SECTOR_INDEX
from rebound_sim.errors import InputError
from rebound_sim.scenario import load_world, open_world

ZONE, QUARTER = "3202", "2016-T4"


def _file(tmp_path, at_date, zone=f"{ZONE}@{QUARTER}"):
    path = tmp_path / "world.toml"
    path.write_text(
        f'title = "x"\n[[zone]]\ncode = "{zone}"\n[zone.at_date]\n{at_date}\n', encoding="utf-8"
    )
    return path


def test_given_figures_replace_those_of_the_tables():
    tables = load_basin(f"{ZONE}@{QUARTER}")
    given = load_basin(f"{ZONE}@{QUARTER}", Given(9.0, 120_000))
    assert given.unemployment_rate_percent == 9.0 != tables.unemployment_rate_percent
    assert given.salaried_jobs.sum() == 120_000 != tables.salaried_jobs.sum()
    assert GIVEN_METHOD in given.provenance["unemployment_rate_percent"].method
    scale = 120_000 / tables.salaried_jobs.sum()
    assert given.employed_residents == pytest.approx(scale * tables.employed_residents, rel=1e-3)
    assert load_basin(f"{ZONE}@{QUARTER}", Given()).salaried_jobs.tolist() == (
        tables.salaried_jobs.tolist()
    )


def _closed(quarter, sector="CH", jobs=500):
    return Given(closed=(KnownClosure("declared", ZONE, quarter, sector, jobs, "a test"),))


def test_jobs_of_a_declared_site_come_back_to_its_sector():
    tables, given = (
        load_basin(f"{ZONE}@{QUARTER}"),
        load_basin(f"{ZONE}@{QUARTER}", _closed("2018-T1")),
    )
    row = SECTOR_INDEX["CH"]
    assert given.salaried_jobs[row] == pytest.approx(tables.salaried_jobs[row] + 500, abs=1)
    assert given.salaried_jobs.sum() == tables.salaried_jobs.sum()


def test_a_site_that_the_zones_series_shows_is_not_added_twice():
    given = _closed("2021-T2")
    assert load_basin(f"{ZONE}@{QUARTER}", given).salaried_jobs.tolist() == (
        load_basin(f"{ZONE}@{QUARTER}").salaried_jobs.tolist()
    )
    (text,) = notes(ZONE, QUARTER, given)
    assert "not added again" in text and "500 jobs" in text


def test_a_missing_figure_is_never_replaced_in_silence(tmp_path):
    """No localised rate before 2003: the file is told, unless it gives the rate."""
    assert rate_at(ZONE, "2001-T4")[1]
    silent = tmp_path / "silent.toml"
    silent.write_text(f'title = "x"\n[[zone]]\ncode = "{ZONE}@2001-T4"\n', encoding="utf-8")
    note = open_world(silent)[1].note
    assert "is not of that quarter (no rate before 2003-T1" in note
    assert "at_date.unemployment_rate_percent" in note
    told = _file(tmp_path, "unemployment_rate_percent = 9.4", f"{ZONE}@2001-T4")
    world, source = open_world(told)
    assert source.note == "" and world.zone[0].basin.given == Given(9.4)
    assert notes(ZONE, QUARTER) == ()


def test_a_declaration_is_part_of_the_world_and_its_absence_is_not(tmp_path):
    plain = tmp_path / "plain.toml"
    plain.write_text(f'title = "x"\n[[zone]]\ncode = "{ZONE}@{QUARTER}"\n', encoding="utf-8")
    declared = load_world(_file(tmp_path, "unemployment_rate_percent = 9.4"))
    assert declared.digest() != load_world(plain).digest()
    assert "at_date" not in load_world(plain).zone[0].model_dump(exclude_none=True)


@pytest.mark.parametrize(
    ("at_date", "zone", "said"),
    [
        ("salaried_jobs = 120_000", ZONE, "at_date goes with a zone at a quarter"),
        (
            'closed = [{ sector = "CH", jobs = 50, closed = "2015-T1" }]',
            None,
            "had closed before the date",
        ),
        ('closed = [{ sector = "CJ", jobs = 282, closed = "2018-T2" }]', None, "Whirlpool Amiens"),
        ('closed = [{ sector = "XX", jobs = 50, closed = "2018-T1" }]', None, "unknown sector"),
        ('closed = [{ sector = "CH", jobs = 50, closed = "2018" }]', None, "not written as"),
        ("unemployment_rate_percent = 94", None, "out of range"),
    ],
)
def test_wrong_declarations_are_refused(tmp_path, at_date, zone, said):
    with pytest.raises(InputError) as refused:
        load_world(_file(tmp_path, at_date, zone or f"{ZONE}@{QUARTER}"))
    assert said in str(refused.value)
