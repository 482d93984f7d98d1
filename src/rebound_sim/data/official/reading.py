"""What the readers of all kinds share: cells with their place, codes matched and counted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from rebound_sim.data.official.quarters import folded_title
from rebound_sim.data.official.recognise import RecognisedTable
from rebound_sim.data.official.record import FileRecord
from rebound_sim.data.official.values import (
    PUBLISHED,
    UNPUBLISHED,
    WITHHELD,
    Numbers,
    Reading,
    observation_status,
    zone_code,
)

#: Unmatched rows that are let through: this share of the rows, and always this many.
UNMATCHED_SHARE, UNMATCHED_ROWS = 0.02, 3
_TOTALS = frozenset({
    "fr", "fra", "f", "fe", "fm", "m", "fxx", "france", "total", "ensemble", "france entiere",
    "france metropolitaine", "france hors mayotte", "metro", "00fr", "france (hors mayotte)",
    "dom", "drom", "_t", "france metro", "fmetro",
})  # fmt: skip


@dataclass
class Reader:
    """Reads the cells of one source and counts them in its record.

    zones : codes of the tables, which every zone of the file is matched with
    """

    source: RecognisedTable
    record: FileRecord
    zones: Collection[str]
    numbers: Numbers = field(init=False)
    restored: int = 0

    def __post_init__(self) -> None:
        self.numbers = Numbers(ambiguous_comma=self.source.grid.delimiter == ",")

    def figure(
        self,
        line: int,
        cells: list[str],
        column: int,
        least: float = 0.0,
        most: float = float("inf"),
    ) -> Reading:
        """Figure of a cell within bounds, counted by status; InputError names the cell."""
        text = cells[column]
        try:
            reading = self.numbers.read(text)
        except ValueError as error:
            raise self.source.fault(str(error), line, column, text) from None
        if reading.value is not None and not least <= reading.value <= most:
            bounds = f"from {least:g}" + ("" if most == float("inf") else f" to {most:g}")
            raise self.source.fault("out of range", line, column, text, allowed=bounds)
        return reading

    def observation(self, line: int, cells: list[str], column: int, least: float = 0.0) -> Reading:
        """Figure of a cell whose status may stand in columns of its own (Melodi, SDMX)."""
        status = self._status(line, cells)
        if status in (WITHHELD, UNPUBLISHED):
            return Reading(None, status)
        reading = self.figure(line, cells, column, least)
        plain = reading.value is None or status == PUBLISHED
        return reading if plain else Reading(reading.value, status)

    def _status(self, line: int, cells: list[str]) -> str:
        place = self.source.columns.get("OBS_STATUS")
        other = self.source.columns.get("CONF_STATUS")
        if place is None and other is None:
            return PUBLISHED
        observed = cells[place] if place is not None else ""
        try:
            return observation_status(observed, cells[other] if other is not None else "")
        except ValueError as error:
            raise self.source.fault(str(error), line, place, observed) from None

    def count(self, reading: Reading) -> None:
        """Count a cell that is no plain published figure."""
        if reading.status:
            self.record.statuses[reading.status] += 1

    def zone(self, text: str, *, figures: bool) -> str | None:
        """Zone of the tables for a code; None for a note, a total or an unmatched code (counted).

        figures : the row has figures; without any it is a note under the table
        """
        code = zone_code(text)
        if code in self.zones:
            bare = text.strip()
            self.restored += bare.replace(".0", "").isdigit() and bare != code
            return code
        if not figures:
            return None
        name = " ".join(text.split())
        if folded_title(name) in _TOTALS:
            self.record.totals += 1
        else:
            self.record.unmatched[name[:40] or "(no code)"] += 1
        return None

    def width(self, line: int, cells: list[str]) -> None:
        """Refuse a row with more cells than titles, or that stops short of a needed column."""
        extra = [cell for cell in cells[len(self.source.titles) :] if cell.strip()]
        if extra:
            raise self.source.fault(
                f"has {len(cells)} cells where the titles are {len(self.source.titles)}",
                line,
                value=extra[0],
                allowed="text that holds a separator stands between quotes",
            )

    def finish(self) -> None:
        """Refuse a file with too many unmatched rows, or without any zone."""
        unmatched = sum(self.record.unmatched.values())
        few = UNMATCHED_ROWS if self.record.rows else 0
        if unmatched > max(few, UNMATCHED_SHARE * (self.record.rows + unmatched)):
            raise self.source.fault(
                f"{unmatched} of {self.record.rows + unmatched} rows have codes that are not "
                f"zones d'emploi 2020 ({self.record.unmatched_named()})",
                allowed=f"at most {UNMATCHED_SHARE:.0%} of the rows; a file by zones of 2020",
            )
        if self.restored:
            self.record.remark(f"{self.restored} codes written as numbers: zeros restored")
        if not self.record.rows:
            raise self.source.fault("no zone with a figure found", self.source.line)
