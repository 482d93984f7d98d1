"""Postcodes: the municipalities that each one delivers to.

`postcodes.csv` is derived from the *base officielle des codes postaux* (La Poste, Licence Ouverte
2.0), as Etalab's *découpage administratif* of 2026 gives it by municipality. It names places and
decides no figure, so it is no part of the tables, nor of the identity of a run.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from rebound_sim.data.tables import read_csv

FILE: Final = Path(__file__).with_name("postcodes.csv")


@lru_cache(maxsize=1)
def _municipalities() -> dict[str, tuple[str, ...]]:
    columns = read_csv(FILE).columns
    pairs = zip(columns["postcode"], columns["municipalities"], strict=True)
    return {postcode: tuple(codes.split()) for postcode, codes in pairs}


@lru_cache(maxsize=1)
def served_municipalities() -> frozenset[str]:
    """Codes of the municipalities that have a postcode: all but those merged since."""
    return frozenset(code for codes in _municipalities().values() for code in codes)


def municipalities_of(postcode: str) -> tuple[str, ...]:
    """Codes of the municipalities with a postcode, in order; empty when there is none."""
    return _municipalities().get(postcode, ())
