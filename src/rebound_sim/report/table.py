"""Tables that the report rests on, and the cells that its numbers are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from rebound_sim.errors import EngineError, nearest


class MissingCell(EngineError):
    """A text cites a cell that no table holds: the report is not built."""


@dataclass(frozen=True)
class ReportColumn:
    """unit : as declared, "" for text, "as unit" when the row's own column `unit` says it."""

    name: str
    unit: str
    meaning: str


def columns_of(*columns: tuple[str, str, str]) -> tuple[ReportColumn, ...]:
    """Columns from their names, units and meanings."""
    return tuple(ReportColumn(*words) for words in columns)


@dataclass(frozen=True)
class CitedCell:
    """One value and where it stands: `table.csv`, line (1 is the header), column."""

    table: str
    key: tuple[str, ...]
    column: str
    value: Any
    unit: str
    line: int

    @property
    def reference(self) -> str:
        """As written in texts: `table[key|key].column`."""
        return f"{self.table}[{'|'.join(self.key)}].{self.column}"


@dataclass(frozen=True)
class ReportTable:
    """Rows of one table.

    key    : columns whose values, as text, name a row
    bounds : column -> columns of its interval, where they are not `low` and `high`
    """

    name: str
    key: tuple[str, ...]
    columns: tuple[ReportColumn, ...]
    rows: Sequence[Mapping[str, Any]]
    bounds: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @cached_property
    def _places(self) -> dict[tuple[str, ...], int]:
        places = {tuple(str(row[name]) for name in self.key): n for n, row in enumerate(self.rows)}
        if len(places) != len(self.rows):
            raise EngineError(f"table {self.name}: two rows have the same {', '.join(self.key)}")
        return places

    def cell(self, key: tuple[str, ...], column: str) -> CitedCell:
        """The cell of a row and a column. Raises MissingCell."""
        names = [each.name for each in self.columns]
        where = f"{self.name}[{'|'.join(key)}].{column}"
        if column not in names:
            raise MissingCell(f"no cell {where}: columns are {', '.join(names)}")
        place = self._places.get(key)
        if place is None:
            near = nearest("|".join(key), ["|".join(known) for known in self._places])
            raise MissingCell(f"no cell {where}" + (f"; the nearest row is {near}" if near else ""))
        row = self.rows[place]
        unit = self.columns[names.index(column)].unit
        unit = str(row.get("unit", "")) if unit == "as unit" else unit
        return CitedCell(self.name, key, column, row[column], unit, place + 2)

    def interval(self, key: tuple[str, ...], column: str) -> tuple[CitedCell, CitedCell]:
        """The cells of a column's interval. Raises MissingCell."""
        low, high = self.bounds.get(column, ("low", "high"))
        return self.cell(key, low), self.cell(key, high)

    def has(self, *key: str) -> bool:
        """Whether a row exists."""
        return key in self._places


@dataclass(frozen=True)
class Book:
    """All tables, by name."""

    tables: Mapping[str, ReportTable]

    def __iter__(self) -> Iterator[ReportTable]:
        return iter(self.tables.values())

    def __getitem__(self, name: str) -> ReportTable:
        if name not in self.tables:
            raise MissingCell(f"no table {name}: there are {', '.join(self.tables)}")
        return self.tables[name]

    def cell(self, table: str, key: tuple[str, ...], column: str) -> CitedCell:
        """A cell by the names of its table, row and column. Raises MissingCell."""
        return self[table].cell(key, column)
