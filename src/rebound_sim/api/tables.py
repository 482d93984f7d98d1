"""A table of results: columns with units, shown short, and a DataFrame when asked."""

from __future__ import annotations

import html
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from rebound_sim.api.arguments import language, one_of
from rebound_sim.errors import InputError

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

_ROWS_SHOWN, _COLUMNS_SHOWN, _WIDEST = 8, 6, 16
_ROWS_IN_HTML = 20


@dataclass(frozen=True, repr=False)
class Table:
    """Columns of one length.

    name     : of the table    columns : name -> values
    units    : column -> unit, "" for texts; "as unit" where the row's column `unit` says it
    meanings : column -> what it holds
    figure   : name of the figure that shows the table, "" without one
    """

    name: str
    columns: Mapping[str, Any]
    units: Mapping[str, str] = field(default_factory=dict)
    meanings: Mapping[str, str] = field(default_factory=dict)
    figure: str = ""
    draw: Callable[[str, str], Figure] | None = None

    def to_frame(self) -> pd.DataFrame:
        """A pandas DataFrame; `attrs` holds the name, units and meanings of the columns."""
        import pandas as pd

        frame = pd.DataFrame(dict(self.columns))
        frame.attrs = {
            "name": self.name,
            "units": dict(self.units),
            "meanings": dict(self.meanings),
        }
        return frame

    def plot(self, lang: str = "en") -> Figure:
        """The figure that shows this table. Raises InputError when there is none."""
        if self.draw is None or not self.figure:
            raise InputError("this table has no figure", value=self.name)
        return self.draw(self.figure, language(lang))

    def where(self, **chosen: Any) -> Table:
        """Rows whose columns have these values: `where(outcome="additional_jobs")`.

        A list stands for any of its values. Raises InputError for an unknown column.
        """
        kept = np.ones(len(self), dtype=bool)
        for name, value in chosen.items():
            column = self[name]
            several = isinstance(value, list | tuple | set | np.ndarray)
            wanted = list(value) if several else [value]
            kept &= np.array([cell in wanted for cell in column], dtype=bool)
        rows = np.flatnonzero(kept)
        columns = {n: [column[int(r)] for r in rows] for n, column in self.columns.items()}
        return Table(self.name, columns, self.units, self.meanings, self.figure, self.draw)

    def __getitem__(self, column: str) -> Any:
        return self.columns[one_of("column", column, self.columns, "no such column")]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def __repr__(self) -> str:
        shown = list(self.columns)[:_COLUMNS_SHOWN]
        rows = [shown, *self._cells(shown, _ROWS_SHOWN)]
        widths = [min(max(len(row[k]) for row in rows), _WIDEST) for k in range(len(shown))]
        lines = [
            "  ".join(_cut(cell, size).ljust(size) for cell, size in zip(row, widths, strict=True))
            for row in rows
        ]
        more = "".join(
            f", {count - most} more {what}"
            for count, most, what in (
                (len(self), _ROWS_SHOWN, "rows"),
                (len(self.columns), _COLUMNS_SHOWN, "columns"),
            )
            if count > most
        )
        text = "\n".join(line.rstrip() for line in lines)
        return f"{self.name}: {len(self)} rows{more}; .to_frame() gives all\n{text}"

    def _repr_html_(self) -> str:
        heads = "".join(f"<th>{html.escape(name)}{self._unit(name)}</th>" for name in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>"
            for row in self._cells(list(self.columns), _ROWS_IN_HTML)
        )
        note = (
            f"{len(self)} rows"
            if len(self) <= _ROWS_IN_HTML
            else (f"{_ROWS_IN_HTML} of {len(self)} rows")
        )
        return (
            f"<table><caption>{html.escape(self.name)}, {note}</caption>"
            f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
        )

    def _unit(self, name: str) -> str:
        unit = self.units.get(name, "")
        return f"<br><small>{html.escape(unit)}</small>" if unit else ""

    def _cells(self, names: Sequence[str], most: int) -> list[list[str]]:
        count = min(len(self), most)
        return [[_shown(self.columns[name][row]) for name in names] for row in range(count)]


def table_of(
    name: str,
    rows: Iterable[Mapping[str, Any]],
    units: Mapping[str, str],
    meanings: Mapping[str, str],
    figure: str = "",
    draw: Callable[[str, str], Figure] | None = None,
) -> Table:
    """A table of rows that have the same keys."""
    listed = list(rows)
    names = list(listed[0]) if listed else list(units)
    columns = {column: [row[column] for row in listed] for column in names}
    return Table(name, columns, units, meanings, figure, draw)


def _shown(value: Any) -> str:
    if isinstance(value, (bool, np.bool_)):
        return "yes" if value else "no"
    if isinstance(value, float | np.floating):
        number = float(value)
        if math.isnan(number):
            return ""
        return f"{number:,.0f}" if abs(number) >= 1000 else f"{number:.4g}"
    if isinstance(value, int | np.integer):
        return f"{int(value):,}"
    return str(value)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
