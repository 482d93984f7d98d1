"""Localised unemployment rates by zone and quarter (Insee page 1893230, workbook or CSV)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rebound_sim.data.official.quarters import PROVISIONAL, folded_title
from rebound_sim.data.official.reading import Reader
from rebound_sim.data.official.recognise import RecognisedTable
from rebound_sim.data.official.record import FileRecord

HIGHEST_RATE = 60.0
#: A sheet formatted in percent holds shares: the highest rate of all zones is below this.
_SHARES_BELOW = 1.0
#: Share of rows whose name is that of another zone of 2020, beyond which codes are of another map.
_OTHER_NAMES = 0.05


@dataclass
class PublishedRates:
    """Rates [%] by zone and quarter, NaN never; marks of quarters and of cells (`provisional`)."""

    rates: dict[str, dict[str, float]] = field(default_factory=dict)
    quarter_marks: dict[str, str] = field(default_factory=dict)
    cell_marks: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def quarters(self) -> list[str]:
        """Quarters with a rate, in order."""
        return sorted({quarter for series in self.rates.values() for quarter in series})


def read_unemployment(
    source: RecognisedTable, record: FileRecord, names: Mapping[str, str]
) -> PublishedRates:
    """Rates of a file. names : name by code of the zones of the tables.

    A zone over two regions stands once a region with the same rates; other repeated rows that
    differ are refused. Raises InputError.
    """
    reader = Reader(source, record, names)
    found = PublishedRates(quarter_marks={q: m for q, m in source.quarters.values() if m})
    first_line: dict[str, int] = {}
    misnamed = _Names(source, names)
    for line, cells in source.rows():
        code_text = cells[source.columns["zone"]]
        filled = any(_has_digit(cells[column]) for column in source.quarters)
        code = reader.zone(code_text, figures=filled)
        if code is None:
            continue
        reader.width(line, cells)
        series = _series(reader, found, line, cells, code)
        if code in found.rates:
            record.repeated += 1
            if series != found.rates[code]:
                raise source.fault(
                    f"zone given twice with other rates (line {first_line[code]})",
                    line,
                    source.columns["zone"],
                    code_text,
                    allowed="one row a zone and region",
                )
            continue
        found.rates[code], first_line[code] = series, line
        record.rows += 1
        record.zones += bool(series)
        misnamed.look(code, cells)
    reader.finish()
    misnamed.finish(record.rows)
    if not found.quarters:
        raise source.fault("no rate found", source.line)
    _percent(found, record)
    record.vintage, record.order = _vintage(found), found.quarters[-1]
    provisional = [q for q, mark in sorted(found.quarter_marks.items()) if mark == PROVISIONAL]
    if provisional:
        record.remark(f"provisional: {', '.join(provisional)}")
    return found


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _series(
    reader: Reader, found: PublishedRates, line: int, cells: list[str], code: str
) -> dict[str, float]:
    series: dict[str, float] = {}
    for column, (quarter, title_mark) in reader.source.quarters.items():
        reading = reader.figure(line, cells, column, most=HIGHEST_RATE)
        if reading.value is None:
            if cells[column].strip():
                reader.count(reading)
            continue
        series[quarter] = reading.value
        mark = reading.status or title_mark
        if mark:
            reader.record.statuses[mark] += 1
        if reading.status:
            found.cell_marks[code, quarter] = reading.status
    return series


def _percent(found: PublishedRates, record: FileRecord) -> None:
    """Rates of a sheet formatted in percent are stored as shares: 0.068 for 6.8 %."""
    highest = max(rate for series in found.rates.values() for rate in series.values())
    if 0.0 < highest < _SHARES_BELOW:
        for series in found.rates.values():
            for quarter in series:
                series[quarter] *= 100.0
        record.remark("rates given as shares, taken times 100")


def _vintage(found: PublishedRates) -> str:
    first, last = found.quarters[0], found.quarters[-1]
    return f"{first.replace('-', ' ')}-{last.replace('-', ' ')}"


class _Names:
    """Counts rows whose name is that of a zone of 2020 under another code (zones of 2010)."""

    def __init__(self, source: RecognisedTable, names: Mapping[str, str]) -> None:
        self._source = source
        self._column = source.columns.get("name")
        self._code_of = {folded_title(name): code for code, name in names.items()}
        self._others: list[str] = []

    def look(self, code: str, cells: list[str]) -> None:
        if self._column is None:
            return
        named = self._code_of.get(folded_title(cells[self._column]))
        if named is not None and named != code:
            self._others.append(f"{cells[self._column].strip()} is {named}, not {code}")

    def finish(self, rows: int) -> None:
        if len(self._others) > max(1, _OTHER_NAMES * rows):
            raise self._source.fault(
                f"{len(self._others)} zones stand under the code of another ({self._others[0]})",
                allowed="codes of the zones d'emploi 2020",
            )
