"""Zones found by what people call them: municipalities, authorities, codes, old habits."""

import pytest

from rebound_sim.data.directory import find_place, find_zone
from rebound_sim.data.sectors import sector_called
from rebound_sim.errors import InputError


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("2415", "2415", ""),
        (" vierzon ", "2415", ""),
        ("18279", "2415", "municipality Vierzon (code 18279)"),
        ("18100", "2415", "municipality Genouilly (code 18100); postcode 18100 (Vierzon and 4 mo"),
        ("postcode 18100", "2415", "postcode 18100 (Vierzon"),
        ("F-75015", "1109", "postcode 75015 (Paris)"),
        ("20000", "9401", "postcode 20000 (Ajaccio)"),
        ("2a004", "9401", "municipality Ajaccio"),
        ("code:01130", "8405", "municipality Bresse Vallons (code 01130)"),
        ("cp 01330", "8405", "postcode 01330 (Villars-les-Dombes and "),
        # Merged since: no postcode of its own, but a department.
        ("93380 Pierrefitte-sur-Seine", "1109", "municipality Pierrefitte-sur-Seine"),
        ("insee 63430", "8417", "municipality Thiers (code 63430)"),
        ("code postal 63430", "8408", "postcode 63430 (Pont-du-Château"),
        ("18100 Vierzon", "2415", "municipality Vierzon"),
        ("Vierzon (18)", "2415", "municipality Vierzon"),
        ("Saint-Denis (93)", "1109", "municipality Saint-Denis (code 93066)"),
        ("Saint-Denis 93200", "1109", "municipality Saint-Denis (code 93066)"),
        ("Bretagne (36024)", "2405", "municipality Bretagne (code 36024)"),
        ("Lyon 3e", "8421", "municipality Lyon"),
        ("Thiers", "8417", "municipality Thiers (code 63430)"),
        ("le creusot", "2710", "municipality Le Creusot"),
        ("St-Étienne", "8428", "municipality Saint-Étienne"),
        ("Vierzon-Sologne-Berry", "2415", "authority CC Vierzon-Sologne-Berry (code 200090561"),
        ("200090561", "2415", "authority"),
        ("métropole de lyon", "8421", "authority Métropole de Lyon"),
    ],
)
def test_a_zone_is_found(text, code, words):
    found = find_place(text)
    assert found.code == code == find_zone(text)
    assert found.how.startswith(words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("51", 'did you mean "0051" Alençon (codes have four digits)?'),
        ("18999", "no municipality has this code or postcode; zones of department 18: 2402"),
        ("Saint-Denis", "4 municipalities have this name, in several zones"),
        ("Saint-Denis", '"Saint-Denis (93066)" in 1109 Paris'),
        (
            "63430",
            "is the code of a municipality (Thiers, zone 8417 Le Livradois) and a postcode "
            "(Pont-du-Château in 8408 Clermont-Ferrand)",
        ),
        ("cp 77163", "postcode 77163 has municipalities in several zones"),
        ("97400", "is overseas"),
        ("Île-de-France", "is a region, not a zone"),
        ("Vierzon Communauté", "did you mean CC Vierzon-Sologne-Berry?"),
        ("Vierzn", "did you mean 2415 Vierzon?"),
        ("Creuzot-sur", "unknown zone"),
        ("Thierss", "did you mean Thiers?"),
        ("Fort-de-France", "is overseas and cannot be simulated"),
        ("", "unknown zone"),
    ],
)
def test_what_is_not_a_zone_is_refused_with_a_hint(text, words):
    with pytest.raises(InputError) as caught:
        find_zone(text)
    assert words in str(caught.value)


def test_sectors_by_code_or_by_words():
    assert sector_called("ch") == sector_called("Métallurgie") == "CH"
    assert sector_called("transport equipment") == "CL"
    with pytest.raises(InputError, match="several sectors have this word"):
        sector_called("produits")
    with pytest.raises(InputError, match="rebound basins sectors"):
        sector_called("spaceships")


def test_every_postcode_is_that_of_known_municipalities():
    from rebound_sim.data.postcodes import FILE, municipalities_of
    from rebound_sim.data.tables import read_csv, table

    known = set(table("municipalities").columns["code"])
    served = set()
    for postcode in read_csv(FILE).columns["postcode"]:
        codes = municipalities_of(postcode)
        assert len(postcode) == 5 and codes and known >= set(codes)
        served.update(codes)
    assert len(known - served) < 90  # merged since
