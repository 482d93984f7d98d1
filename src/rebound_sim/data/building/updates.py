"""Figures of official files put over tables: the newest vintage of each kind, the rest kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rebound_sim.data.building import zones_columns
from rebound_sim.data.building.draft import Tables, number
from rebound_sim.data.building.flores_update import put_flores
from rebound_sim.data.building.unemployment_update import put_unemployment
from rebound_sim.data.official.census import CENSUS_AGES, read_census_ages
from rebound_sim.data.official.commuting import read_commuting
from rebound_sim.data.official.figaro import Figaro, read_figaro
from rebound_sim.data.official.flores import read_flores
from rebound_sim.data.official.geography import read_geography
from rebound_sim.data.official.recognise import RecognisedTable
from rebound_sim.data.official.record import FileRecord
from rebound_sim.data.official.survey import Survey
from rebound_sim.data.official.unemployment import read_unemployment
from rebound_sim.data.official.urssaf import read_urssaf
from rebound_sim.data.sectors import INPUT_OUTPUT_SECTORS
from rebound_sim.errors import InputError

Read = Callable[[RecognisedTable, FileRecord], Any]


def newest(survey: Survey, kind: str, read: Read) -> tuple[Any, FileRecord] | None:
    """Figures of the newest vintage of a kind, by its dates; None when no file is of the kind.

    The others are recorded as older. Raises InputError when two files of one vintage differ, or
    when a file without a date stands beside another.
    """
    found = [(record, read(source, record)) for source, record in survey.sources.get(kind, ())]
    if not found:
        return None
    for record, _ in found:
        record.order = record.order or record.vintage
    undated = [record for record, _ in found if record.order == "undated"]
    if undated and len(found) > 1:
        others = [record.file for record, _ in found if record is not undated[0]]
        raise InputError(
            f"has no date to order it by, beside {others[0]}",
            file=undated[0].file,
            allowed="one of them, or a year in its name",
        )
    last = max(record.order for record, _ in found)
    best = [(record, figures) for record, figures in found if record.order == last]
    chosen, figures = best[0]
    for record, others in best[1:]:
        if others != figures:
            raise InputError(
                f"has the same vintage as {chosen.file} ({chosen.vintage}) and other figures",
                file=record.file,
                allowed="one of them",
            )
        record.use = "same"
        record.remarks = [f"same figures as {chosen.file}"]
    for record, _ in found:
        if record.order != last:
            record.use = "older"
            record.remarks = [f"{record.vintage}; {chosen.file} has {chosen.vintage}"]
    return figures, chosen


def newest_geography(survey: Survey, names: Mapping[str, str]) -> dict[str, tuple[str, str]] | None:
    """Zone and name by municipality of the newest composition, or None."""
    found = newest(survey, "geography", lambda s, r: read_geography(s, r, names))
    return found[0] if found else None


def apply(survey: Survey, tables: Tables, geography: Mapping[str, tuple[str, str]] | None) -> None:
    """Put the newest file of each kind over the tables, and its vintage in their notes."""
    names = tables.zone_names()
    readers: tuple[tuple[str, Read, Callable[[Tables, Any, FileRecord], None]], ...] = (
        ("unemployment", lambda s, r: read_unemployment(s, r, names), put_unemployment),
        ("flores", lambda s, r: read_flores(s, r, names), put_flores),
        ("urssaf", lambda s, r: read_urssaf(s, r, names), _put_urssaf),
        ("census", lambda s, r: read_census_ages(s, r, names), _put_census),
        ("figaro", read_figaro, _put_figaro),
    )
    for kind, read, put in readers:
        found = newest(survey, kind, read)
        if found is not None:
            put(tables, *found)
    if "commuting" in survey.sources:
        communes = zones_of_communes(tables, geography)
        flows = newest(survey, "commuting", lambda s, r: read_commuting(s, r, communes))
        if flows is not None:
            _put_commuting(tables, *flows)


def zones_of_communes(
    tables: Tables, geography: Mapping[str, tuple[str, str]] | None
) -> dict[str, str]:
    """Zone by municipality: those of the tables, those of the given composition over them."""
    known = tables.column("municipalities", "zone")
    return known | {code: zone for code, (zone, _) in (geography or {}).items()}


def _put_urssaf(
    tables: Tables, figures: dict[str, tuple[float, float]], record: FileRecord
) -> None:
    source = (zones_columns.URSSAF, record.vintage)
    tables.forget_marks("zones_urssaf", figures)
    record.remark(tables.keep_former("zones_urssaf", "private_jobs", figures, record.vintage))
    for column, position, decimals in (("private_jobs", 0, 0), ("mean_gross_wage", 1, 1)):
        values = {zone: number(pair[position], decimals) for zone, pair in figures.items()}
        tables.set_column("zones_urssaf", column, values)
        tables.revised["zones_urssaf", column] = source


def _put_commuting(tables: Tables, flows: dict[tuple[str, str], float], record: FileRecord) -> None:
    # Flows below one resident are rounding of weights; the rest is shipped whole.
    body = [[home, work, number(n, 0)] for (home, work), n in sorted(flows.items()) if n >= 1]
    tables.put("commuting", ["code", "workplace", "residents"], body)
    tables.revised["commuting", "*"] = (zones_columns.COMMUTING, record.vintage)


def _put_census(tables: Tables, ages: dict[str, dict[str, float]], record: FileRecord) -> None:
    body = [[zone, *(number(row[name], 0) for name in CENSUS_AGES)] for zone, row in ages.items()]
    tables.put("census_age", ["code", *CENSUS_AGES], body)
    tables.revised["census_age", "*"] = (zones_columns.CENSUS, record.vintage)


def _put_figaro(tables: Tables, figures: Figaro, _record: FileRecord) -> None:
    source = ("Eurostat, FIGARO input-output tables, France (million EUR)", figures.year)
    for kind, flows in (("domestic", figures.domestic), ("imported", figures.imported)):
        body = [
            [row, *(number(flows.get((row, other), 0.0), 3) for other in INPUT_OUTPUT_SECTORS)]
            for row in INPUT_OUTPUT_SECTORS
        ]
        tables.put(f"input_output_{kind}", ["code", *INPUT_OUTPUT_SECTORS], body)
        tables.revised[f"input_output_{kind}", "*"] = source
    header = tables.header["input_output_uses"]
    uses = [
        [row, *(number(figures.uses.get((row, name), 0.0), 3) for name in header[1:])]
        for row in INPUT_OUTPUT_SECTORS
    ]
    tables.put("input_output_uses", header, uses)
    tables.revised["input_output_uses", "*"] = source
