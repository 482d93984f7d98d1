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
        ("18279", "2415", "municipality Vierzon (code 18279, not a postcode)"),
        ("18100", "2415", "municipality Genouilly (code 18100, not a postcode)"),
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
        ("18999", "postcodes are not known; zones of department 18: 2402 Bourges, 2415 Vierzon"),
        ("Saint-Denis", "4 municipalities have this name, in several zones"),
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
