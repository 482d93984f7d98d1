"""Texts with cells in place of numbers, and what they become: runs of words, names and cells.

    {ranking[$best].additional_jobs:count}     a cell: table, key of the row, column, format
    {ranking[$best].additional_jobs:count~}    the same with its interval
    {$best}                                    a name that the section has bound
    {#count|one job|several jobs}              words by a bound number: 1, or more
    `rebound compare`                          a command        **strong**

A name that a user gave is a run of its own: it is never parsed as a text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from rebound_sim.errors import EngineError
from rebound_sim.report.table import Book, CitedCell
from rebound_sim.report.typography import Typography

Kind = Literal["text", "code", "name", "cell", "anchor"]
_PARTS = re.compile(r"(\*\*[^*]*\*\*|\{[^{}]*\}|`[^`]*`)")
_CELL = re.compile(r"\{(\w+)\[([^\]]*)\]\.(\w+):(\w+)(~?)\}")


@dataclass(frozen=True)
class Run:
    """A piece of a sentence.

    kind  : "name" is what a user gave; "anchor" stands in the index of cells
    cells : those that it shows (an interval shows three)    form : how they are printed
    """

    kind: Kind
    text: str
    cells: tuple[CitedCell, ...] = ()
    strong: bool = False
    form: str = ""


@dataclass(frozen=True)
class Binding:
    """A name of the section. key : as it stands in tables    shown : as a reader sees it"""

    key: str
    shown: str


Bindings = Mapping[str, Binding]


def runs_of(template: str, book: Book, typography: Typography, names: Bindings) -> list[Run]:
    """Runs of a template. Raises MissingCell, EngineError (a template that cannot be read)."""
    found = []
    for part in _PARTS.split(template):
        if not part:
            continue
        if part[0] == "{":
            found.append(_placed(part, book, typography, names))
        elif part[0] == "`" and len(part) > 1:
            found.append(Run("code", part[1:-1]))
        elif part.startswith("**") and len(part) > 4:
            inner = runs_of(part[2:-2], book, typography, names)
            found += [replace(run, strong=True) for run in inner]
        else:
            found.append(Run("text", typography.punctuated(part)))
    return found


def _placed(part: str, book: Book, typography: Typography, names: Bindings) -> Run:
    if part.startswith("{$"):
        return Run("name", _bound(part[2:-1], names, part).shown)
    if part.startswith("{#"):
        name, one, several = part[2:-1].split("|")
        alone = _bound(name, names, part).key in ("0", "1")
        return Run("text", typography.punctuated(one if alone else several))
    match = _CELL.fullmatch(part)
    if match is None:
        raise EngineError(f"a text of the report cannot be read: {part}")
    table, row, column, form, band = match.groups()
    key = tuple(
        _bound(word[1:], names, part).key if word.startswith("$") else word
        for word in row.split("|")
    )
    return cell_run(book, typography, (table, key, column), form, interval=bool(band))


def cell_run(
    book: Book,
    typography: Typography,
    place: tuple[str, tuple[str, ...], str],
    form: str,
    *,
    interval: bool = False,
) -> Run:
    """A cell (table, key, column) as it is printed, with its interval when asked for."""
    table, key, column = place
    cell = book.cell(table, key, column)
    if not interval:
        return Run("cell", typography.write(cell.value, form), (cell,), form=form)
    low, high = book[table].interval(key, column)
    text = typography.interval(cell.value, low.value, high.value, form)
    return Run("cell", text, (cell, low, high), form=form)


def _bound(name: str, names: Bindings, part: str) -> Binding:
    if name not in names:
        raise EngineError(f"a text of the report names what is not bound: {part}")
    return names[name]
