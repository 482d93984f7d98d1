"""The 38 sectors of the French aggregated nomenclature A38 (NAF rev. 2), in the order of Insee.

Source of sectors.csv: Insee, Nomenclatures agregees associees a la NAF rev. 2 (A17, A38, sections).
The `sheltered` flag approximates Insee's presential sphere, which Insee defines at a finer level
(sub-classes): at A38 the flagged sectors hold 64.5 % of salaried jobs (Flores 2024) against 64.1 %
in Insee's own measure (Flores 2023).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rebound_sim.data.words import folded
from rebound_sim.errors import InputError, nearest


@dataclass(frozen=True, slots=True)
class Sector:
    """One A38 sector. From `public` on: marks of the table.

    code : A38 code (two letters)
    french, english : labels
    a17, a10 : codes of the coarser levels that contain it; section : NAF section letter
    industrial : sections B to E; manufacturing : section C
    level : of qualification that it asks, relative to others. Assumed from its usual place in the
    French hierarchy of diplomas (Insee, enquête Emploi; order assumed)
    group : in which new jobs are told    divisions : of the NAF (two digits) that it holds
    public : mostly non-market; sheltered : sells mostly to residents nearby
    supplier : transport equipment and its usual suppliers, whose firms turn to other markets
    new : opened by prospects (batteries, hydrogen, recycling, electronics, health)
    agencies : has the agency workers, whom others use
    market : neither public nor apart (farms, households as employers, extraterritorial bodies)
    also : other words by which it is found
    """

    code: str
    french: str
    english: str
    a17: str
    a10: str
    section: str
    level: float
    group: str
    divisions: tuple[str, ...]
    industrial: bool
    manufacturing: bool
    public: bool
    sheltered: bool
    supplier: bool
    new: bool
    agencies: bool
    market: bool
    also: str


#: Groups in which new jobs are told, by A10 code; all others are services.
_GROUPS: Final = {"BE": "industry", "FZ": "construction", "GI": "trade", "OQ": "public"}


def _sector(row: dict[str, str]) -> Sector:
    section, marks = row["code"][0], row["marks"].split()
    return Sector(
        code=row["code"],
        french=row["french"],
        english=row["english"],
        a17=row["a17"],
        a10=row["a10"],
        section=section,
        level=float(row["level"]),
        group=_GROUPS.get(row["a10"], "services"),
        divisions=_divisions(row["divisions"]),
        industrial=section in "BCDE",
        manufacturing=section == "C",
        public="public" in marks,
        sheltered="sheltered" in marks,
        supplier="supplier" in marks,
        new="new" in marks,
        agencies="agencies" in marks,
        market="public" not in marks and "apart" not in marks,
        also=row["also"],
    )


def _divisions(written: str) -> tuple[str, ...]:
    """`29-30` as 29 and 30."""
    first, _, last = written.partition("-")
    return tuple(f"{number:02}" for number in range(int(first), int(last or first) + 1))


def _sectors() -> Iterator[Sector]:
    with Path(__file__).with_name("sectors.csv").open(encoding="utf-8", newline="") as file:
        yield from map(_sector, csv.DictReader(file, delimiter=";"))


SECTORS: Final = tuple(_sectors())
SECTOR_CODES: Final[tuple[str, ...]] = tuple(sector.code for sector in SECTORS)
SECTOR_INDEX: Final[dict[str, int]] = {code: index for index, code in enumerate(SECTOR_CODES)}
A17_CODES: Final[tuple[str, ...]] = tuple(dict.fromkeys(sector.a17 for sector in SECTORS))

#: Label and A38 codes of sectors published together in the input-output tables.
JOINED_SECTORS: Final[dict[str, tuple[str, ...]]] = {
    "MA+MB+MC": ("MA", "MB", "MC"),
    "QA+QB": ("QA", "QB"),
}
#: The 34 sectors of the input-output tables, in order (UZ is absent).
INPUT_OUTPUT_SECTORS: Final[tuple[str, ...]] = tuple(
    dict.fromkeys(
        next((joined for joined, codes in JOINED_SECTORS.items() if code in codes), code)
        for code in SECTOR_CODES
        if code != "UZ"
    )
)


#: A code before a label: `CH - Métallurgie`.
_CODE_BESIDE_LABEL: Final = re.compile(r"([A-Z]{2})[\s:–-]+\S")
_NAF: Final = re.compile(r"[a-u]?(?P<division>\d{2})([.,]?\d{1,2}[a-z]?)?(?: .*)?")


def sector_called(text: str) -> str:
    """Code of a sector given by its code, by words of its label in French or English, or by the NAF
    code of an establishment (29.32Z).

    Raises InputError: no sector, or several.
    """
    wanted = folded(text)
    beside = _CODE_BESIDE_LABEL.match(text.strip())
    for code in (wanted.upper(), beside[1] if beside else ""):
        if code in SECTOR_INDEX:
            return code
    naf = _NAF.fullmatch(wanted)
    for one in SECTORS:
        if naf is not None and naf["division"] in one.divisions:
            return one.code
    labels = {one.code: (folded(one.french), folded(one.english)) for one in SECTORS}
    words = {one.code: (*labels[one.code], folded(one.also)) for one in SECTORS}
    found = [code for code, texts in words.items() if wanted and any(wanted in t for t in texts)]
    if len(found) == 1:
        return found[0]
    every = {word: code for code, words in labels.items() for word in words}
    close = None if found else nearest(wanted, every)
    listed = ", ".join(f"{code} {SECTORS[SECTOR_INDEX[code]].french}" for code in found[:6])
    raise InputError(
        "several sectors have this word" if found else "unknown sector",
        key="sector",
        value=text,
        allowed=listed or "a code of `rebound basins sectors`, or words of its label",
        nearest=every[close] if close else None,
    )
