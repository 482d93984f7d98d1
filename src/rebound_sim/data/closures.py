"""Closures of the case replays: where, when, how many jobs. Sources: press and prefecture counts.

Today's jobs by sector are what was left after these closures. A zone as it was before one of them
(`data.dated`) gets its jobs back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class KnownClosure:
    """A site that closed.

    code : zone d'emploi    closed : quarter in which its staff left
    sector : A38 code (after NAF of the activity; the site's own code is not published)
    jobs : staff lost    source : where the count comes from
    """

    name: str
    code: str
    closed: str
    sector: str
    jobs: int
    source: str


KNOWN_CLOSURES: Final = (
    KnownClosure("Moulinex Alençon", "0051", "2001-T4", "CJ", 997, "cahiers-nantais.fr"),
    KnownClosure("Moulinex Caen, Falaise", "2804", "2001-T4", "CJ", 1328, "cahiers-nantais.fr"),
    KnownClosure("Molex Villemur", "7625", "2009-T4", "CI", 283, "La Tribune 1018909"),
    KnownClosure("Continental Clairoix", "3210", "2010-T1", "CG", 1120, "FO 60, article 1027"),
    KnownClosure("Goodyear Amiens-Nord", "3202", "2014-T1", "CG", 1143, "RFI, 28 November 2014"),
    KnownClosure("GM&S La Souterraine", "7511", "2017-T3", "CH", 157, "France Bleu 1536241880"),
    KnownClosure("Whirlpool Amiens", "3202", "2018-T2", "CJ", 282, "gestionsociale.fr"),
    KnownClosure("Ford Blanquefort", "7505", "2019-T3", "CL", 849, "France 3, 1729693"),
    KnownClosure("Michelin La Roche-sur-Yon", "5210", "2020-T2", "CG", 619, "La Croix 20250203"),
)
