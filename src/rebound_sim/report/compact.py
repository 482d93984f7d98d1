"""Tables made narrow enough for a page: of the report as they are, and those of the store folded.

Of a stored table, an estimate and its bounds become one cell, euros become millions or thousands,
columns of one value in all rows go to the title, names of strategies become words.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from rebound_sim.figures.texts import TEXTS
from rebound_sim.report.blocks import TableBlock
from rebound_sim.report.markup import PrintedGrid
from rebound_sim.report.people_tables import PeopleTable
from rebound_sim.report.typography import NO_BREAK, Typography

_ARMS = ("arm", "other")
_SCALES = ((1e6, "M€"), (1e3, "k€"))
_TEXT_WIDTH, _NUMBER_WIDTH = 1.6, 1.0
#: Columns of money: those whose unit is euros, whatever for.
_EUROS = "EUR"


def of_grid(grid: TableBlock) -> PrintedGrid:
    """A table of the report as it prints it."""
    return PrintedGrid(
        name=f"table_{grid.number:02d}",
        title="".join(run.text for run in grid.caption),
        headings=[head for head, _, _ in grid.columns],
        sides=[side for _, side, _ in grid.columns],
        widths=[width or 1.0 for _, _, width in grid.columns],
        rows=[["".join(run.text for run in cell) for cell in row] for row in grid.rows],
    )


def of_stored(table: PeopleTable, language: str) -> PrintedGrid:
    """A stored table folded."""
    typography = Typography(language)
    names = [column.name for column in table.columns]
    texts = {
        name
        for place, name in enumerate(names)
        if any(isinstance(row[place], str) for row in table.rows)
    }
    kept = {
        value: (low, high)
        for value, low, high in zip(names, names[1:], names[2:], strict=False)
        if low.endswith("low") and high.endswith("high") and value not in texts
    }
    folded = {side for pair in kept.values() for side in pair}
    constant = [
        name
        for place, name in enumerate(names)
        if len(table.rows) > 1
        and name not in folded
        and name not in kept
        and len({row[place] for row in table.rows}) == 1
    ]
    shown = [name for name in names if name not in folded and name not in constant]
    scales = {name: _scale(table, names, name) for name in shown}
    columns = [
        [
            _cell(row, names, name, scales[name][0], kept.get(name), typography, language)
            for row in table.rows
        ]
        for name in shown
    ]
    return PrintedGrid(
        name=table.name,
        title=_title(table, names, constant, typography),
        headings=[_heading(table, names, name, scales[name][1]) for name in shown],
        sides=["left" if name in texts else "right" for name in shown],
        widths=[_TEXT_WIDTH if name in texts or name in kept else _NUMBER_WIDTH for name in shown],
        rows=list(zip(*columns, strict=True)) if columns else [],
    )


def _title(
    table: PeopleTable, names: Sequence[str], constant: Sequence[str], typography: Typography
) -> str:
    """The title, with what is the same in all rows."""
    said = []
    for name in constant:
        value = table.rows[0][names.index(name)]
        if value not in ("", None):
            text = value if isinstance(value, str) else typography.significant(float(value))
            said.append(f"{table.headings[names.index(name)]}{NO_BREAK}= {text}")
    capital = table.title[:1].upper() + table.title[1:]
    return f"{capital} ({', '.join(said)})" if said else capital


def _scale(table: PeopleTable, names: Sequence[str], name: str) -> tuple[float, str]:
    """Divisor of a column of euros and its unit; (1, "") for another column."""
    place = names.index(name)
    if not table.columns[place].unit.startswith(_EUROS):
        return 1.0, ""
    most = max((abs(row[place]) for row in table.rows if _is_number(row[place])), default=0.0)
    return next(((divisor, unit) for divisor, unit in _SCALES if most >= divisor), (1.0, ""))


def _heading(table: PeopleTable, names: Sequence[str], name: str, unit: str) -> str:
    heading = table.headings[names.index(name)]
    return heading.replace(_EUROS, unit) if unit else heading


def _cell(
    row: Sequence[Any],
    names: Sequence[str],
    name: str,
    divisor: float,
    sides: tuple[str, str] | None,
    typography: Typography,
    language: str,
) -> str:
    value = row[names.index(name)]
    if isinstance(value, str):
        words: str = TEXTS[language]["strategies"].get(value, value) if name in _ARMS else value
        return words
    if not _is_number(value):
        return ""
    digits = 1 if divisor > 1.0 else _digits(value)
    middle = typography.number(value / divisor, digits)
    bounds = [row[names.index(side)] for side in sides] if sides else []
    if not bounds or not all(map(_is_number, bounds)):
        return middle if divisor > 1.0 else typography.significant(float(value), 5)
    low, high = (typography.number(bound / divisor, digits) for bound in bounds)
    return f"{middle}{NO_BREAK}[{low}{typography.semicolon} {high}]"


def _digits(value: float) -> int:
    """Decimals that keep three digits of an estimate; none from a hundred on."""
    if value == 0.0 or not math.isfinite(value):
        return 0
    return max(0, 2 - math.floor(math.log10(abs(value))))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not (isinstance(value, float) and math.isnan(value))
