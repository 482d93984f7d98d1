"""Where a row of a user's table is: the columns that say it, and whether they agree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from rebound_sim.data.directory import code_of_cell, place_named
from rebound_sim.data.lookup import Place
from rebound_sim.errors import InputError

#: Columns that name a zone, the surest first, and what people call them.
PLACE_HEADS: Final[dict[str, tuple[str, ...]]] = {
    "code": ("code", "ze2020", "code ze", "code ze2020", "code zone", "code zone d emploi"),
    "zone": ("zone", "ze", "zone d emploi", "bassin d emploi", "basin", "territoire", "territory"),
    "municipality": ("insee", "code insee", "code commune", "codgeo", "depcom"),
    "postcode": ("postcode", "code postal", "cp", "zip", "zip code"),
    "name": ("commune", "municipality", "name", "nom", "epci", "libze2020", "nom de la zone",
             "nom zone", "zone name", "libelle", "ville", "city", "code epci", "siren"),
}  # fmt: skip


def place_text(given: Mapping[str, str]) -> str:
    """The text by which the zone of a row is found; "" when no column says it.

    given : cells of a row by column. Raises InputError when two columns name different zones.
    """
    texts = {name: _text(name, given.get(name, "")) for name in PLACE_HEADS}
    said = {name: text for name, text in texts.items() if text}
    places = {name: place for name, text in said.items() if (place := _place(text))}
    codes = {place.code: name for name, place in places.items() if not place.in_part}
    if len(codes) > 1:
        raise InputError(
            "the columns of this row name different zones",
            key=" and ".join(codes.values()),
            value=", ".join(given[name] for name in codes.values()),
        )
    return next(iter(said.values()), "")


def _text(name: str, cell: str) -> str:
    if not cell or name not in ("municipality", "postcode"):
        return cell
    digits = code_of_cell(cell)
    return f"{name} {digits.zfill(5)}"


def place_code(text: str) -> str:
    """Code of the zone that a text names; "" when it names none, or several."""
    place = _place(text)
    return place.code if place else ""


def _place(text: str) -> Place | None:
    try:
        return place_named(code_of_cell(text))
    except InputError:
        return None
