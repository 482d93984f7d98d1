"""Loaders of official downloads, each in the format in which its producer publishes it.

Every loader streams the file and keeps only what the tables need. A file that lacks an expected
column ends in InputError naming the file and the column.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from rebound_sim.data.sectors import SECTOR_INDEX
from rebound_sim.data.spreadsheet import read_sheet, sheet_names
from rebound_sim.errors import InputError

Row = dict[str, str]
UNEMPLOYMENT_SHEET: Final = "txcho_ze"
GEOGRAPHY_SHEET: Final = "Composition_communale"
HEADER_ROW: Final = 6

_QUARTER_CODE: Final = re.compile(r"^(\d{4})-T([1-4])$")
_QUARTER_WORDS: Final = re.compile(r"^([1-4])(?:er|e|ème)?\s+trimestre\s+(\d{4})$", re.IGNORECASE)


def decimal(text: str) -> float | None:
    """Number written with a comma or a point; None for an empty or non-numeric cell (`nd`, `s`)."""
    try:
        return float(text.replace("\u202f", "").replace("\xa0", "").replace(",", "."))
    except ValueError:
        return None


def delimiter_of(header: str) -> str:
    """Separator of a header line: the more frequent of `;` and `,`."""
    return ";" if header.count(";") >= header.count(",") else ","


def csv_header(path: Path) -> list[str]:
    """Column names of a CSV file, byte-order mark and quotes removed; [] for an empty file."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        first = file.readline()
    if not first.strip():
        return []
    return next(csv.reader([first.rstrip("\r\n")], delimiter=delimiter_of(first)))


def stream_csv(path: Path, needed: tuple[str, ...], containing: str = "") -> Iterator[Row]:
    """Rows of a large CSV one by one, only lines that contain a text (a cheap first filter)."""
    header = csv_header(path)
    missing = [name for name in needed if name not in header]
    if missing:
        raise InputError("column not found", file=path.name, line=1, key=", ".join(missing))
    with path.open(encoding="utf-8-sig", newline="") as file:
        separator = delimiter_of(file.readline())
        lines = (line for line in file if containing in line)
        for cells in csv.reader(lines, delimiter=separator):
            yield dict(zip(header, cells, strict=False))


def quarter_name(title: str) -> str | None:
    """`2003-T1` from a column title `2003-T1` or `1er trimestre 2003`; None otherwise."""
    code = _QUARTER_CODE.match(title.strip())
    if code:
        return f"{code[1]}-T{code[2]}"
    words = _QUARTER_WORDS.match(title.strip())
    return f"{words[2]}-T{words[1]}" if words else None


def read_unemployment(path: Path) -> dict[str, dict[str, float]]:
    """Localised unemployment rates [%] by zone and quarter (Insee page 1893230, xlsx or csv).

    A zone over two regions appears once per region with the same rate: the first row is kept.
    """
    if path.suffix == ".xlsx":
        rows = read_sheet(path, UNEMPLOYMENT_SHEET, HEADER_ROW)
        code_column = "ZE2020"
    else:
        header = csv_header(path)
        code_column = next((n for n in header if n in ("ZE2020", "Code", "CODGEO")), "ZE2020")
        rows = list(stream_csv(path, (code_column,)))
    rates: dict[str, dict[str, float]] = {}
    for row in rows:
        code = row[code_column].strip().zfill(4)
        quarters = {quarter_name(title): decimal(text) for title, text in row.items() if title}
        found = {q: v for q, v in quarters.items() if q is not None and v is not None}
        if found:
            rates.setdefault(code, found)
    if not rates:
        raise InputError("no zone with quarterly rates found", file=path.name)
    return rates


def read_geography(path: Path) -> dict[str, Row]:
    """Municipality code -> row of the official composition of zones (Insee page 4652957)."""
    rows = read_sheet(path, GEOGRAPHY_SHEET, HEADER_ROW)
    needed = ("CODGEO", "LIBGEO", "ZE2020", "LIBZE2020")
    missing = [name for name in needed if rows and name not in rows[0]]
    if missing or not rows:
        raise InputError("column not found", file=path.name, key=", ".join(missing or needed))
    return {row["CODGEO"]: row for row in rows}


#: Size classes of Flores, in order: code, label, smallest and largest number of employees.
FLORES_SIZES: Final[dict[str, str]] = {
    "E1T4": "1-4",
    "E5T9": "5-9",
    "E10T19": "10-19",
    "E20T49": "20-49",
    "E50T99": "50-99",
    "E100T199": "100-199",
    "E200T499": "200-499",
    "E_GE500": "500+",
}


@dataclass
class Flores:
    """Flores figures by zone: jobs by sector, and establishments and jobs by size class."""

    year: str = ""
    sector_jobs: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    establishments: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    size_jobs: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))


def zone_of(geography: str) -> str:
    """Zone code of a Melodi geography: `0051` or `2025-ZE2020-0051`."""
    return geography.rsplit("-", 1)[-1].zfill(4)


def read_flores(path: Path) -> Flores:
    """Salaried jobs by zone, A38 sector and size class (Insee page 8266010, about 228 MB).

    Kept: zones, all legal forms (1T9X7), measures EMPL3112 and UNIT_LOC; sectors at all sizes and
    sizes at all sectors.
    """
    needed = (
        "GEO", "GEO_OBJECT", "ACTIVITY", "NUMBER_EMPL", "LEGAL_FORM_WITH_PUBLIC",
        "FLORES_MEASURE", "TIME_PERIOD", "OBS_VALUE",
    )  # fmt: skip
    figures = Flores()
    for row in stream_csv(path, needed, containing="ZE2020"):
        if row["GEO_OBJECT"] != "ZE2020" or row["LEGAL_FORM_WITH_PUBLIC"] != "1T9X7":
            continue
        value = decimal(row["OBS_VALUE"])
        if value is None:
            continue
        figures.year = max(figures.year, row["TIME_PERIOD"])
        zone, sector, size = zone_of(row["GEO"]), row["ACTIVITY"], row["NUMBER_EMPL"]
        jobs = row["FLORES_MEASURE"] == "EMPL3112"
        if jobs and size == "_T" and sector in SECTOR_INDEX:
            figures.sector_jobs[zone][sector] = round(value)
        elif sector == "_T" and size in FLORES_SIZES and jobs:
            figures.size_jobs[zone][size] = round(value)
        elif sector == "_T" and size in FLORES_SIZES and row["FLORES_MEASURE"] == "UNIT_LOC":
            figures.establishments[zone][size] = round(value)
    if not figures.sector_jobs:
        raise InputError("no salaried jobs by zone and A38 sector found", file=path.name)
    return figures


_FLOW_COLUMN: Final = re.compile(r"^NBFLUX_C\d{2}_ACTOCC15P$")


def flow_column(header: list[str]) -> str | None:
    """Name of the column of flows in a commuting file, whatever its year."""
    return next((name for name in header if _FLOW_COLUMN.match(name)), None)


def read_commuting(path: Path, zone_by_commune: Mapping[str, str]) -> dict[tuple[str, str], float]:
    """Residents 15+ in work by zone of residence and zone of work (Insee page 8998300).

    Workplaces outside the given municipalities (abroad) are gathered under the zone `OUT`.
    """
    column = flow_column(csv_header(path))
    if column is None:
        raise InputError("column not found", file=path.name, key="NBFLUX_Cyy_ACTOCC15P")
    flows: dict[tuple[str, str], float] = defaultdict(float)
    for row in stream_csv(path, ("CODGEO", "DCLT", column)):
        home = zone_by_commune.get(row["CODGEO"])
        value = decimal(row[column])
        if home is not None and value is not None:
            flows[home, zone_by_commune.get(row["DCLT"], "OUT")] += value
    return dict(flows)


def read_melodi(path: Path, geography: str = "ZE2020") -> Iterator[Row]:
    """Observations of a census file of Melodi for one kind of geography, with its dimensions."""
    needed = ("GEO", "GEO_OBJECT", "TIME_PERIOD", "OBS_VALUE")
    for row in stream_csv(path, needed, containing=geography):
        if row["GEO_OBJECT"] == geography:
            row["GEO"] = zone_of(row["GEO"])
            yield row


#: Melodi age codes that make up each class kept.
CENSUS_AGES: Final[dict[str, tuple[str, ...]]] = {
    "15-24": ("Y15T24", "Y15T19", "Y20T24"),
    "25-39": ("Y25T39",),
    "40-54": ("Y40T54",),
    "55-64": ("Y55T64",),
}
_CENSUS_TOTALS: Final = frozenset({"_T", "POP", "_Z", ""})


def read_census_ages(path: Path) -> tuple[str, dict[str, dict[str, float]]]:
    """Latest year, and residents by zone and age class, from a Melodi file with dimension AGE.

    Other dimensions are kept at their total; `Y15T24` is preferred to its two halves.
    """
    fixed = {"GEO", "GEO_OBJECT", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "AGE"}
    cells: dict[tuple[str, str, str], float] = {}
    for row in read_melodi(path):
        if any(row[name] not in _CENSUS_TOTALS for name in row if name not in fixed):
            continue
        value = decimal(row["OBS_VALUE"])
        if value is not None:
            cells[row["TIME_PERIOD"], row["GEO"], row.get("AGE", "")] = value
    year = max((key[0] for key in cells), default="")
    ages: dict[str, dict[str, float]] = {}
    for zone in sorted({key[1] for key in cells if key[0] == year}):
        classes = {}
        for name, (whole, *parts) in CENSUS_AGES.items():
            values = [cells.get((year, zone, part)) for part in parts]
            total = cells.get((year, zone, whole))
            if total is None and parts and None not in values:
                total = sum(value for value in values if value is not None)
            if total is not None:
                classes[name] = total
        if len(classes) == len(CENSUS_AGES):
            ages[zone] = classes
    return year, ages


def read_urssaf(path: Path) -> tuple[str, dict[str, tuple[float, float]]]:
    """Latest quarter, and by zone private jobs and mean gross pay [EUR a month] (Urssaf export).

    Rows of one zone (its regional parts) are summed; pay is the quarter's over three months.
    """
    needed = (
        "code_zone_d_emploi", "annee", "trimestre", "effectifs_salaries_cvs", "masse_salariale_cvs",
    )  # fmt: skip
    sums: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in stream_csv(path, needed):
        jobs, pay = decimal(row[needed[3]]), decimal(row[needed[4]])
        if jobs is not None and pay is not None:
            quarter = f"{row['annee']} T{row['trimestre'].strip()[-1]}"
            total = sums[quarter, row["code_zone_d_emploi"].strip().zfill(4)]
            total[0] += jobs
            total[1] += pay
    if not sums:
        raise InputError("no jobs and pay by zone found", file=path.name)
    last = max(quarter for quarter, _ in sums)
    return last, {
        zone: (jobs, pay / jobs / 3)
        for (quarter, zone), (jobs, pay) in sorted(sums.items())
        if quarter == last and jobs > 0
    }


def workbook_kind(path: Path) -> str | None:
    """`unemployment` or `geography` according to the sheets of a workbook, else None."""
    sheets = sheet_names(path)
    if UNEMPLOYMENT_SHEET in sheets:
        return "unemployment"
    return "geography" if GEOGRAPHY_SHEET in sheets else None


def csv_kind(path: Path) -> str | None:
    """Kind of official CSV according to its header, else None."""
    header = csv_header(path)
    names = set(header)
    if {"FLORES_MEASURE", "NUMBER_EMPL"} <= names:
        return "flores"
    if {"GEO", "GEO_OBJECT", "AGE", "OBS_VALUE"} <= names:
        return "census"
    if "code_zone_d_emploi" in names:
        return "urssaf"
    if {"refArea", "rowPi", "counterpartArea", "colPi", "obsValue"} <= names:
        return "figaro"
    if flow_column(header) and "DCLT" in names:
        return "commuting"
    return "unemployment" if any(_QUARTER_WORDS.match(name.strip()) for name in header) else None
