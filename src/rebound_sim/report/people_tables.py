"""Statistics tables as people read them: headings and words of a language, cells as values.

Identifiers (strategies, parameters) and names that a user gave stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from rebound_sim.report.table import Book, ReportColumn, ReportTable
from rebound_sim.report.texts import Texts, texts

#: Long texts for machines: how each figure is computed stays in the CSV files.
_LEFT_OUT = ("definition", "interval")
#: Columns whose words are the program's own, never a user's.
_WORDS = (
    "reading",
    "reference",
    "detail",
    "instrument",
    "established",
    "evidence",
    "prior",
    "zones",
)
_IDENTIFIERS = ("arm", "other")


@dataclass(frozen=True)
class PeopleTable:
    """One table ready to be written.

    title : of the table    headings : with units    rows : texts, numbers, None where nothing is
    """

    name: str
    title: str
    columns: tuple[ReportColumn, ...]
    headings: tuple[str, ...]
    rows: list[list[Any]]


def people_tables(book: Book, language: str, only: Iterable[str] = ()) -> Iterator[PeopleTable]:
    """The tables, or some of them, in a language. Raises MissingCell for an unknown name."""
    words = texts(f"columns_{language}")
    for table in [book[name] for name in only] if only else book:
        yield _told(table, words, language)


def _told(table: ReportTable, words: Texts, language: str) -> PeopleTable:
    columns = tuple(column for column in table.columns if column.name not in _LEFT_OUT)
    return PeopleTable(
        table.name,
        str(words["tables"].get(table.name, table.name)),
        columns,
        tuple(_heading(column, words, language) for column in columns),
        [[_value(row, column, words, language) for column in columns] for row in table.rows],
    )


def _heading(column: ReportColumn, words: Texts, language: str) -> str:
    label = str(words["labels"].get(column.name, column.name))
    if column.unit in ("", "1", "as unit") or column.name == "month":
        return label
    return f"{label} ({unit_words(column.unit, language)})"


def unit_words(unit: str, language: str) -> str:
    """A unit in a language; itself where it is the same in all."""
    return str(texts(language)["units"].get(unit, unit)).partition("|")[0]


def _value(row: Any, column: ReportColumn, words: Texts, language: str) -> Any:
    value, name = row[column.name], column.name
    if isinstance(value, float) and value != value:
        return None
    if not isinstance(value, str):
        return value
    if name == "outcome":
        return words["outcomes"].get(value, value)
    if name == "unit":
        return unit_words(value, language)
    if name in ("meaning", "reference") and "parameter" in row and language == "fr":
        topic, _, short = str(row["parameter"]).partition(".")
        return texts("parameters_fr").get(topic, {}).get(short, {}).get(name, value)
    return words["words"].get(value, value) if name in _WORDS else value
