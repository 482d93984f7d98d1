"""Salaried jobs by zone, sector and size class (Insee, Flores, page 8266010, about 228 MB)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from rebound_sim.data.official.reading import Reader
from rebound_sim.data.official.recognise import RecognisedTable
from rebound_sim.data.official.record import FileRecord
from rebound_sim.data.official.values import Reading, sector_code
from rebound_sim.data.sectors import SECTOR_INDEX

#: Size classes of Flores, in order: code and label (employees at year end).
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
ALL_FORMS: Final = "1T9X7"
JOBS, UNITS = "EMPL3112", "UNIT_LOC"
_TOTAL: Final = "_T"
#: Sectors and size classes of a zone add up to its total but for rounding.
ADDS_UP: Final = 0.01

Cells = dict[str, dict[str, int]]


@dataclass
class Flores:
    """Figures of the latest year of a file, by zone; secret cells apart.

    sector_jobs, size_jobs, establishments : zone -> sector or size -> number
    totals : zone -> all jobs, when the file has them
    withheld_sectors, withheld_sizes : zone -> codes of the secret cells
    """

    year: str = ""
    sector_jobs: Cells = field(default_factory=lambda: defaultdict(dict))
    size_jobs: Cells = field(default_factory=lambda: defaultdict(dict))
    establishments: Cells = field(default_factory=lambda: defaultdict(dict))
    totals: dict[str, int] = field(default_factory=dict)
    withheld_sectors: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    withheld_sizes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def zone_total(self, zone: str) -> int | None:
        """All jobs of a zone: published, or the sum of its size classes when all are there."""
        if zone in self.totals:
            return self.totals[zone]
        sizes = self.size_jobs.get(zone, {})
        if self.withheld_sizes.get(zone) or not sizes:
            return None
        return sum(sizes.values())


def read_flores(source: RecognisedTable, record: FileRecord, zones: Collection[str]) -> Flores:
    """Figures of a file: zones, all legal forms; sectors at all sizes and sizes at all sectors.

    Kept: measures EMPL3112 (jobs at year end) and UNIT_LOC (establishments) of the latest year.
    Raises InputError.
    """
    reader = Reader(source, record, zones)
    years: dict[str, Flores] = defaultdict(Flores)
    seen: dict[tuple[str, ...], tuple[int, Reading]] = {}
    columns = source.columns
    at = {name: columns[name] for name in source.kind.columns}
    for line, cells in source.rows(containing=source.kind.containing):
        if cells[at["GEO_OBJECT"]] != "ZE2020" or cells[at["LEGAL_FORM_WITH_PUBLIC"]] != ALL_FORMS:
            continue
        sector, size = sector_code(cells[at["ACTIVITY"]]), cells[at["NUMBER_EMPL"]].strip()
        measure = cells[at["FLORES_MEASURE"]].strip()
        if not _wanted(sector, size, measure):
            continue
        zone = reader.zone(cells[at["GEO"]], figures=True)
        if zone is None:
            continue
        reader.width(line, cells)
        reading = reader.observation(line, cells, at["OBS_VALUE"])
        key = (cells[at["TIME_PERIOD"]].strip(), zone, sector, size, measure)
        if key in seen:
            _repeated(source, record, seen[key], line, reading, cells[at["OBS_VALUE"]])
            continue
        seen[key] = (line, reading)
        record.rows += 1
        reader.count(reading)
        _place(years[key[0]], *key[1:], reading)
    reader.finish()
    return _latest(source, record, years)


def _latest(source: RecognisedTable, record: FileRecord, years: dict[str, Flores]) -> Flores:
    last = max(years)
    if not (len(last) == 4 and last.isdigit()):
        raise source.fault("is not a year", column="TIME_PERIOD", value=last)
    figures = years[last]
    if not figures.sector_jobs and not figures.withheld_sectors:
        raise source.fault("no salaried jobs by zone and A38 sector found", column="ACTIVITY")
    figures.year = last
    record.vintage, record.zones = f"end {last}", len(_zones(figures))
    if len(years) > 1:
        record.remark(f"years {', '.join(sorted(years)[:-1])} are not used: {last} is the latest")
    _add_up(source, figures)
    return figures


def _zones(figures: Flores) -> set[str]:
    return set(figures.sector_jobs) | set(figures.withheld_sectors)


def _wanted(sector: str, size: str, measure: str) -> bool:
    if measure == JOBS and size == _TOTAL:
        return sector in SECTOR_INDEX or sector == _TOTAL
    return sector == _TOTAL and size in FLORES_SIZES and measure in (JOBS, UNITS)


def _place(
    figures: Flores, zone: str, sector: str, size: str, measure: str, reading: Reading
) -> None:
    if reading.value is None:
        if sector != _TOTAL:
            figures.withheld_sectors[zone].add(sector)
        elif size != _TOTAL:
            figures.withheld_sizes[zone].add(size)
        return
    value = round(reading.value)
    if sector != _TOTAL:
        figures.sector_jobs[zone][sector] = value
    elif size == _TOTAL:
        figures.totals[zone] = value
    elif measure == JOBS:
        figures.size_jobs[zone][size] = value
    else:
        figures.establishments[zone][size] = value


def _repeated(
    source: RecognisedTable,
    record: FileRecord,
    before: tuple[int, Reading],
    line: int,
    reading: Reading,
    text: str,
) -> None:
    record.repeated += 1
    if before[1] != reading:
        raise source.fault(
            f"given twice with another value (line {before[0]})", line, "OBS_VALUE", text
        )


def _add_up(source: RecognisedTable, figures: Flores) -> None:
    """Refuse a zone whose sectors or sizes do not add up to its total."""
    for zone in sorted(_zones(figures)):
        total = figures.zone_total(zone)
        if total is None:
            continue
        sums = {
            "sectors": (figures.sector_jobs.get(zone, {}), figures.withheld_sectors.get(zone)),
            "size classes": (figures.size_jobs.get(zone, {}), figures.withheld_sizes.get(zone)),
        }
        for name, (cells, withheld) in sums.items():
            if not cells and not withheld:
                continue
            gap, slack = total - sum(cells.values()), max(ADDS_UP * total, 5.0)
            if gap < -slack or (gap > slack and not withheld):
                raise source.fault(
                    f"{name} of zone {zone} add up to {sum(cells.values()):,} jobs, its total is "
                    f"{total:,}",
                    column="OBS_VALUE",
                    allowed="a whole file, or secret cells marked (OBS_STATUS C)",
                )
