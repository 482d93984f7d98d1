"""Composition of the zones d'emploi 2020: municipality to zone (Insee page 4652957)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rebound_sim.data.official.quarters import folded_title
from rebound_sim.data.official.reading import Reader
from rebound_sim.data.official.recognise import RecognisedTable
from rebound_sim.data.official.record import FileRecord
from rebound_sim.data.official.values import commune_code

_DATE = re.compile(
    r"(?:0?1[-_/ .]0?1[-_/ .]|1er janvier |janvier |cog ?|geographie (?:au )?)(20\d\d)"
)


def read_geography(
    source: RecognisedTable, record: FileRecord, names: Mapping[str, str]
) -> dict[str, tuple[str, str]]:
    """Zone and name by municipality code. names : name by code of the zones of the tables.

    Raises InputError: a zone that the tables do not have, a municipality in two zones.
    """
    reader = Reader(source, record, names)
    found: dict[str, tuple[str, str]] = {}
    columns = source.columns
    for line, cells in source.rows():
        text = cells[columns["CODGEO"]]
        code = commune_code(text)
        zone_text = cells[columns["ZE2020"]]
        if code is None and not zone_text.strip():
            continue
        zone = reader.zone(zone_text, figures=code is not None)
        if code is None:
            record.unmatched[text.strip()[:40]] += 1
            continue
        if zone is None:
            continue
        reader.width(line, cells)
        name = cells[columns["LIBGEO"]].strip() if "LIBGEO" in columns else ""
        if code in found:
            record.repeated += 1
            if found[code][0] != zone:
                raise source.fault(
                    f"municipality in two zones ({found[code][0]}, {zone})",
                    line,
                    columns["CODGEO"],
                    text,
                )
        else:
            record.rows += 1
        found[code] = (zone, name)
    reader.finish()
    record.zones = len({zone for zone, _ in found.values()})
    record.vintage = _date(source)
    return found


def _date(source: RecognisedTable) -> str:
    """Year of the municipalities, from the rows above the titles or else the file's name."""
    for text in (*(cell for row in source.above for cell in row), source.grid.path.stem):
        match = _DATE.search(folded_title(text))
        if match:
            return match[1]
    return "undated"
