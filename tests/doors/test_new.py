"""World files from a question: `rebound new`, tables of zones as people keep them, conditions."""

import json

import pytest
from click.testing import CliRunner

from rebound_sim.cli.basins import basins
from rebound_sim.cli.new import new
from rebound_sim.errors import InputError
from rebound_sim.reading.numbers import whole_number
from rebound_sim.scenario import load_world
from rebound_sim.scenario.new_world import conditions_of, world_text
from rebound_sim.scenario.zones_table import read_zones

TABLE = "Commune;Secteur;Emplois;Mois;Insolvent\nVierzon;métallurgie;180;0;oui\n"
TABLE += "Le Creusot;CK;1 20;6;\nVierzon;CK;100;3;non\n\nThiers;;;;\n"


@pytest.fixture
def called(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        done = CliRunner().invoke(new, list(map(str, arguments)), catch_exceptions=True)
        if isinstance(done.exception, InputError):
            raise done.exception
        return done.output

    return call


def test_a_zone_that_loses_a_site(called):
    text = called("zone", "18100", "--jobs", "400", "--sector", "métallurgie", "--insolvent")
    assert "postcode 18100 (Vierzon and 4 more)" in text
    assert "Next: rebound run vierzon.toml" in text
    world = load_world("vierzon.toml")
    (zone,) = world.zone
    (site,) = zone.closure
    assert (zone.code, site.sector, site.jobs, site.group) == ("2415", "CH", 400, "insolvent")
    assert site.tranches[0].month == 3 and world.policies == ("rebond",)
    with pytest.raises(InputError, match="this file exists, and is not replaced"):
        called("zone", "Vierzon", "--jobs", "400", "--sector", "CH")
    called("zone", "Amiens@2013-T1", "--jobs", "300", "--sector", "CG", "--out", "then.toml")
    assert load_world("then.toml").codes == ("3202@2013-T1",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_programme_over_the_zones_of_a_table(encoding, separator, called, tmp_path):
    table = tmp_path / "Mes zones.csv"
    table.write_bytes(TABLE.replace(";", separator).encode(encoding))
    text = called("programme", "--zones-from", "Mes zones.csv", "--envelope", "2,5 M€")
    assert "Written: mes_zones.toml" in text
    world = load_world("mes_zones.toml")
    assert world.codes == ("2415", "2710", "8417")
    assert [len(zone.closure) for zone in world.zone] == [2, 1, 0]
    assert world.programme.envelope_eur == 2_500_000
    assert world.zone[0].closure[0].group == "insolvent"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the file is empty"),
        ("a;b\n1;2\n", "no column zone"),
        ("zone;jobs;sector\n", "no zone in this file"),
        ("zone;jobs;sector\nVierzon;12x;CH\n", "zones.csv:2: jobs: not a whole number"),
        ("zone;jobs;sector\nVierzon;12;\n", "zones.csv:2: sector: jobs without a sector"),
        ("zone;jobs;sector\nNowhere-lès-Bains;12;CH\n", "zones.csv:2: zone: unknown zone"),
        ("zone;jobs;sector\nVierzon;12;produits\n", "several sectors have this word"),
        ("zone;job;sector\nVierzon;12;CH\n", "zones.csv:1: unknown column, got 'job'"),
        ("zone;jobs;zone\nVierzon;12;CH\n", "zones.csv:1: this column is given twice"),
        ("zone;jobs;sector\nVierzon;;CH\n", "zones.csv:2: jobs: a sector without jobs"),
        ("zone;insolvent\nVierzon;peut-être\n", "zones.csv:2: insolvent: neither yes nor no"),
        ("zone\n63430\n", "is the code of a municipality"),
        ("postcode;jobs\n;3\n", "zones.csv:2: sector: jobs without a sector"),
        ("postcode\n \n", "no zone in this file"),
    ],
)
def test_faults_of_a_table_are_located(text, words, tmp_path):
    table = tmp_path / "zones.csv"
    table.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_zones(table)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1200", 1200),
        ("1 200", 1200),
        ("1\u202f200", 1200),
        ("1,200", 1200),
        ("25M", 25_000_000),
        ("2,5 M€", 2_500_000),
        ("2.000.000,00 €", 2_000_000),
        ("2 000 000,00", 2_000_000),
        ("1,200.0", 1_200),
        ("1e6", 1_000_000),
        ("10 000 000 €", 10_000_000),
        ("3k", 3000),
        ("1.200.000", 1_200_000),
    ],
)
def test_whole_numbers_as_people_write_them(text, value):
    assert whole_number(text, "--jobs") == value


@pytest.mark.parametrize("text", ["", "1,5", "-3", "many", "1e400"])
def test_what_is_no_whole_number_is_refused(text):
    with pytest.raises(InputError, match=r"not a whole number|below zero"):
        whole_number(text, "--jobs")


def test_conditions_are_those_of_the_published_case():
    """As scenarios/cases/goodyear_amiens.toml has them, computed by hand."""
    found = conditions_of("Amiens@2012-T4", 5)
    assert found["external_unemployment"] == [9.77, 9.78, 10.10, 9.92, 9.75, 8.69]
    assert found["external_demand"] == [1.0, 0.9997, 0.9897, 0.9987, 1.0022, 1.0339]
    done = CliRunner().invoke(basins, ["conditions", "3202@2012-T4", "--years", "2", "--json"])
    assert json.loads(done.stdout)["conditions"]["external_demand"] == [1.0, 0.9997, 0.9897]
    with pytest.raises(InputError, match="such as Amiens@2013-T1"):
        conditions_of("Amiens", 5)


def test_a_world_is_written_as_it_was_read(tmp_path):
    for source in ("pilot_2020", "auto_small", "vierzon_foundry", "textbook"):
        world = load_world(f"{__file__.rpartition('/tests/')[0]}/scenarios/{source}.toml")
        place = tmp_path / f"{source}.toml"
        place.write_text(world_text(world), encoding="utf-8")
        again = load_world(place)
        assert again.digest() == world.digest() and again.policies == world.policies


@pytest.mark.parametrize(
    ("title", "code", "zone"),
    [
        ("code postal", "63430", "8408"),
        ("Code INSEE", "63430", "8417"),
        ("CP", "1000", "8405"),
        ("codgeo", "1053", "8405"),
        ("zone", "51", "0051"),
    ],
)
def test_a_column_says_what_its_numbers_are(title, code, zone, tmp_path):
    table = tmp_path / "zones.csv"
    table.write_text(f"sep=;\n{title};remarque\n{code};x\n", encoding="utf-16")
    rows, notes = read_zones(table)
    assert [row["zone"] for row in rows] == [zone]
    assert notes == [f"{table}: columns not used: remarque"]


def test_a_postcode_of_several_zones_is_told(tmp_path):
    table = tmp_path / "zones.csv"
    table.write_text("code postal\n01330\n", encoding="utf-8")
    rows, (note,) = read_zones(table)
    assert rows[0]["zone"] == "8405" and f"{table}:2: postcode 01330" in note
    assert "% of their residents), in zone 8405" in note
