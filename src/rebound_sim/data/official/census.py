"""Residents by zone and age class from a census file of Melodi with the dimension AGE."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from rebound_sim.data.official.reading import Reader
from rebound_sim.data.official.recognise import RecognisedTable, title_key
from rebound_sim.data.official.record import FileRecord

#: Melodi age codes that make up each class kept.
CENSUS_AGES: Final[dict[str, tuple[str, ...]]] = {
    "15-24": ("Y15T24", "Y15T19", "Y20T24"),
    "25-39": ("Y25T39",),
    "40-54": ("Y40T54",),
    "55-64": ("Y55T64",),
}
_CODES: Final = frozenset(code for codes in CENSUS_AGES.values() for code in codes)
_TOTALS: Final = frozenset({"_T", "POP", "_Z", ""})
_FIXED: Final = frozenset(
    {"geo", "geo_object", "time_period", "obs_value", "age", "obs_status", "conf_status"}
)


def read_census_ages(
    source: RecognisedTable, record: FileRecord, zones: Collection[str]
) -> dict[str, dict[str, float]]:
    """Residents by zone and age class, latest year; zones with a class missing are left out.

    Other dimensions are kept at their total; `Y15T24` is preferred to its two halves.
    """
    reader = Reader(source, record, zones)
    columns = source.columns
    others = [i for i, title in enumerate(source.titles) if title_key(title) not in _FIXED]
    cells_of: dict[tuple[str, str, str], tuple[int, float]] = {}
    for line, cells in source.rows(containing=source.kind.containing):
        if cells[columns["GEO_OBJECT"]] != "ZE2020":
            continue
        age = cells[columns["AGE"]].strip()
        if age not in _CODES or any(cells[i].strip() not in _TOTALS for i in others):
            continue
        zone = reader.zone(cells[columns["GEO"]], figures=True)
        if zone is None:
            continue
        reader.width(line, cells)
        reading = reader.observation(line, cells, columns["OBS_VALUE"])
        reader.count(reading)
        record.rows += 1
        if reading.value is None:
            continue
        key = (cells[columns["TIME_PERIOD"]].strip(), zone, age)
        before = cells_of.setdefault(key, (line, reading.value))
        if before[0] != line:
            record.repeated += 1
            if before[1] != reading.value:
                raise source.fault(
                    f"given twice with another value (line {before[0]})",
                    line,
                    columns["OBS_VALUE"],
                    cells[columns["OBS_VALUE"]],
                )
    reader.finish()
    year = max((key[0] for key in cells_of), default="")
    ages = _classes({key[1:]: value for key, (_, value) in cells_of.items() if key[0] == year})
    if not ages:
        raise source.fault("no zone has all age classes", column=columns["AGE"])
    left_out = sorted({key[1] for key in cells_of if key[0] == year} - set(ages))
    if left_out:
        record.remark(f"left out, an age class is missing: {', '.join(left_out[:6])}")
    record.vintage, record.zones = year, len(ages)
    return ages


def _classes(cells: dict[tuple[str, str], float]) -> dict[str, dict[str, float]]:
    ages: dict[str, dict[str, float]] = {}
    for zone in sorted({zone for zone, _ in cells}):
        classes = {}
        for name, (whole, *parts) in CENSUS_AGES.items():
            values = [cells.get((zone, part)) for part in parts]
            total = cells.get((zone, whole))
            if total is None and parts and None not in values:
                total = sum(value for value in values if value is not None)
            if total is not None:
                classes[name] = total
        if len(classes) == len(CENSUS_AGES):
            ages[zone] = classes
    return ages
