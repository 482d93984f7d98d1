"""Input-output table of France from the FIGARO flat file of Eurostat (industry by industry)."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from rebound_sim.data.official.reading import Reader
from rebound_sim.data.official.recognise import RecognisedTable
from rebound_sim.data.official.record import FileRecord
from rebound_sim.data.sectors import INPUT_OUTPUT_SECTORS, JOINED_SECTORS

COUNTRY: Final = "FR"
#: Final uses of FIGARO, by the name they take in the tables (household, non-profit, government).
FINAL_USES: Final = {
    "P3_S14": "HFCE",
    "P3_S15": "NPISH",
    "P3_S13": "GGFC",
    "P51G": "GFCF",
    "P5M": "INVNT",
}
VALUE_ADDED_ROWS: Final = ("D1", "D29X39", "B2A3G")
TAX_ROWS: Final = ("D21X31",)
_JOINED: Final = {code: name for name, codes in JOINED_SECTORS.items() for code in codes}

# First and last NACE division of each A38 sector that is part of a section.
_DIVISIONS: Final = (
    ("CA", 10, 12), ("CB", 13, 15), ("CC", 16, 18), ("CD", 19, 19), ("CE", 20, 20),
    ("CF", 21, 21), ("CG", 22, 23), ("CH", 24, 25), ("CI", 26, 26), ("CJ", 27, 27),
    ("CK", 28, 28), ("CL", 29, 30), ("CM", 31, 33), ("JA", 58, 60), ("JB", 61, 61),
    ("JC", 62, 63), ("MA", 69, 71), ("MB", 72, 72), ("MC", 73, 75), ("QA", 86, 86),
    ("QB", 87, 88),
)  # fmt: skip
_CODE: Final = re.compile(r"^(?:CPA_)?([A-U])(\d{2})?")


def table_sector(code: str) -> str | None:
    """Sector of the tables for a FIGARO industry or product (`C10T12`, `CPA_J62_63`, `L`)."""
    match = _CODE.match(code)
    if match is None or re.match(r"^(?:D\d|P\d|B2|OP_)", code):
        return None
    section, division = match[1], int(match[2] or 0)
    if section in "CJMQ":
        found = next((a38 for a38, low, high in _DIVISIONS if low <= division <= high), None)
    else:
        found = f"{section}Z"
    found = _JOINED.get(found or "", found)
    return found if found in INPUT_OUTPUT_SECTORS else None


@dataclass
class Figaro:
    """Flows [million EUR] summed over the sectors of the tables; year from the file name."""

    year: str
    domestic: dict[tuple[str, str], float]
    imported: dict[tuple[str, str], float]
    uses: dict[tuple[str, str], float]


def read_figaro(source: RecognisedTable, record: FileRecord) -> Figaro:
    """Domestic and imported flows, final uses, exports, output and value added of France.

    Raises InputError when the file has no flow of France, or holds one flow twice.
    """
    reader = Reader(source, record, ())
    found = Figaro(_year(source), defaultdict(float), defaultdict(float), defaultdict(float))
    at = {name: source.columns[name] for name in source.kind.columns}
    seen: set[tuple[str, ...]] = set()
    for line, cells in source.rows(containing=COUNTRY):
        seller, row, buyer, column = (
            cells[at[n]].strip() for n in ("refArea", "rowPi", "counterpartArea", "colPi")
        )
        if COUNTRY not in (seller, buyer):
            continue
        reader.width(line, cells)
        # Changes in inventories and taxes less subsidies may be negative.
        reading = reader.figure(line, cells, at["obsValue"], least=float("-inf"))
        reader.count(reading)
        if reading.value is None:
            continue
        if (seller, row, buyer, column) in seen:
            raise source.fault("flow given twice", line, at["obsValue"], cells[at["obsValue"]])
        seen.add((seller, row, buyer, column))
        record.rows += 1
        _place(found, seller, row, buyer, column, reading.value)
    if not found.domestic:
        raise source.fault(f"no flow of {COUNTRY} found", column=at["refArea"])
    for flows in (found.domestic, found.imported):
        for (_, industry), value in flows.items():
            found.uses[industry, "output"] += value
    for industry in INPUT_OUTPUT_SECTORS:
        for part in ("value_added", "taxes_less_subsidies"):
            found.uses[industry, "output"] += found.uses[industry, part]
    record.vintage = found.year
    return found


def _place(found: Figaro, seller: str, row: str, buyer: str, column: str, value: float) -> None:
    product, industry, use = table_sector(row), table_sector(column), FINAL_USES.get(column)
    if product is None:
        if buyer == COUNTRY and industry is not None:
            _primary_input(found.uses, row, industry, value)
    elif seller == COUNTRY and buyer == COUNTRY and industry is not None:
        found.domestic[product, industry] += value
    elif seller == COUNTRY and buyer == COUNTRY and use is not None:
        found.uses[product, use] += value
    elif seller == COUNTRY:
        found.uses[product, "exports_intermediate" if industry else "exports_final"] += value
    elif buyer == COUNTRY and industry is not None:
        found.imported[product, industry] += value
    elif buyer == COUNTRY and use is not None:
        found.uses[product, f"imp_{use}"] += value


def _year(source: RecognisedTable) -> str:
    """Year of the flows: that of the file's name (the file itself has none)."""
    name = f"{source.grid.path.stem} {source.grid.part}"
    years = re.findall(r"(?:19|20)\d{2}", name)
    return years[-1] if years else "undated"


def _primary_input(
    uses: dict[tuple[str, str], float], row: str, industry: str, value: float
) -> None:
    if row in VALUE_ADDED_ROWS:
        uses[industry, "value_added"] += value
    elif row in TAX_ROWS:
        uses[industry, "taxes_less_subsidies"] += value
