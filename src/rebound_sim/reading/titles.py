"""Titles of columns as people write them: either language, any case, with a unit, and in any order.

    Heads({"zone": ("zone", "territoire"), "amount": ("amount", "montant")})

`Montant (M€)` is the amount, in millions: its numbers are multiplied.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from rebound_sim.data.words import folded
from rebound_sim.errors import InputError

_MONEY = {
    "€": 1, "eur": 1, "euro": 1, "euros": 1, "k€": 1000, "keur": 1000, "kilo euros": 1000,
    "milliers d euros": 1000, "thousand eur": 1000, "thousand euros": 1000, "m€": 10**6,
    "meur": 10**6, "millions d euros": 10**6, "million eur": 10**6, "million euros": 10**6,
    "millions": 10**6, "md€": 10**9, "milliards d euros": 10**9, "bn eur": 10**9,
}  # fmt: skip
_OTHERS = (
    "days", "jours", "person days", "jours homme", "jh", "month", "months", "mois", "jobs",
    "emplois", "etp", "fte",
)  # fmt: skip
_SCALES = {**_MONEY, **dict.fromkeys(_OTHERS, 1)}
#: How alike a title and a known one are, of 1, from which the one is meant as the other.
_CLOSE = 0.75
_BRACKETS = re.compile(r"(?P<word>.*?) ?[(\[](?P<unit>[^)\]]*)[)\]]")
_LAST = re.compile(r"(?P<word>.+?) (?:en |in )?(?P<unit>" + "|".join(map(re.escape, _MONEY)) + r")")


@dataclass(frozen=True)
class Head:
    """A column that is known. place : in the row    scale : what its numbers are multiplied by"""

    place: int
    title: str
    scale: int = 1


@dataclass(frozen=True)
class Heads:
    """Columns that a table may have, and what people call each of them, the surest first."""

    words: Mapping[str, Sequence[str]]

    @cached_property
    def names(self) -> dict[str, str]:
        """Name by word."""
        return {word: name for name, words in self.words.items() for word in words}

    def known(self, titles: Iterable[str]) -> int:
        """How many of some titles are known."""
        return sum(1 for title in titles if self._meant(title))

    def found(self, titles: Sequence[str], file: str, line: int) -> Found:
        """Where each column stands. Raises InputError: twice the same, a title close to a known."""
        ranked: dict[str, tuple[int, Head]] = {}
        unused = []
        for place, title in enumerate(titles):
            meant = self._meant(title)
            if meant is None:
                self._refuse_close(title, file, line)
                unused.append(title)
                continue
            name, word, scale = meant
            rank, head = self.words[name].index(word), Head(place, title, scale)
            other = ranked.get(name)
            if other is not None and other[0] == rank:
                raise InputError("this column is given twice", file=file, line=line, value=title)
            if other is None or rank < other[0]:
                ranked[name] = (rank, head)
            if other is not None:
                unused.append((head if rank > other[0] else other[1]).title)
        columns = {name: head for name, (_, head) in ranked.items()}
        return Found(columns, tuple(title for title in unused if title))

    def _meant(self, title: str) -> tuple[str, str, int] | None:
        """Name of the column, the word for it, and the scale of its unit."""
        for word, unit in _readings(title):
            if word in self.names and unit in _SCALES:
                return self.names[word], word, _SCALES[unit]
        return None

    def _refuse_close(self, title: str, file: str, line: int) -> None:
        """A column meant as a known one would be lost."""
        plain = folded(title.replace("_", " "))
        close = get_close_matches(plain, self.names, n=1, cutoff=_CLOSE)
        if close:
            raise InputError(
                "unknown column",
                file=file,
                line=line,
                value=title,
                allowed=", ".join(self.words),
                nearest=close[0],
            )


@dataclass(frozen=True)
class Found:
    """Columns of one table. columns : the surest of each name    unused : other titles"""

    columns: Mapping[str, Head]
    unused: tuple[str, ...]

    @property
    def titles(self) -> list[str]:
        """All titles, those that are known first."""
        return [*(head.title for head in self.columns.values()), *self.unused]

    def cells(self, row: Sequence[str]) -> dict[str, str]:
        """Cells of a row by name; "" where the row is short."""
        return {
            name: row[head.place].strip() if head.place < len(row) else ""
            for name, head in self.columns.items()
        }

    def scale(self, name: str) -> int:
        """What numbers of a column are multiplied by."""
        return self.columns[name].scale if name in self.columns else 1


def _readings(title: str) -> Iterator[tuple[str, str]]:
    """A title as word and unit, whole first."""
    plain = folded(title.replace("_", " "))
    yield plain, "eur"
    if plain in _MONEY:
        yield "eur", plain
    for form in (_BRACKETS, _LAST):
        match = form.fullmatch(plain)
        if match is not None:
            yield match["word"].strip(" ,:"), match["unit"].strip().removeprefix("en ")
