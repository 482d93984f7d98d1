"""Widths of the columns of a table from what they hold, where nothing measures: in digits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

#: Letters about half as wide as a digit.
_NARROW: Final = frozenset("\u202f\u200b ,;.:!'’[]()iljtfr")
_BETWEEN: Final = 2.0  # digits that the space between two columns takes


def fitted(
    sides: Sequence[str],
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    shares: Sequence[float],
    rooms: Sequence[float],
) -> tuple[int, list[float]]:
    """The first of some sizes of letters in which a table fits, and the shares of its columns.

    A column holds its longest word, one of numbers its longest cell; names have the room that they
    need if there is some, `shares` part what is left.

    rooms : digits that a line holds in each size, the largest letters first. The last is for what
            fits in no other; what does not fit in it either has words cut.
    """
    columns = [[row[place] for row in rows] for place in range(len(sides))]
    whole = [max(map(_length, ["", *cells])) + _BETWEEN for cells in columns]
    least = [
        max(
            _longest_word(heading) + _BETWEEN,
            max(map(_longest_word, ["", *cells])) + _BETWEEN if side == "left" else wide,
        )
        for side, heading, cells, wide in zip(sides, headings, columns, whole, strict=True)
    ]
    needed, total = sum(least), sum(shares)

    def wanted(room: float) -> list[float]:
        return [
            max(min(wide, room * share / total), low) - low
            for wide, low, share in zip(whole, least, shares, strict=True)
        ]

    comfortable = (n for n, room in enumerate(rooms[:-1]) if needed + sum(wanted(room)) <= room)
    tight = max(len(rooms) - 2, 0)
    size = next(comfortable, tight if needed <= rooms[tight] else len(rooms) - 1)
    room = rooms[size]
    if needed >= room:
        return size, [width / needed for width in least]
    more = wanted(room)
    part = min(1.0, (room - needed) / max(sum(more), 1.0))
    given = [low + part * extra for low, extra in zip(least, more, strict=True)]
    left = room - sum(given)
    return size, [
        (width + left * share / total) / room for width, share in zip(given, shares, strict=True)
    ]


def _length(text: str) -> float:
    """Width of a text, that of a digit being 1."""
    return sum(0.5 if letter in _NARROW else 1.0 for letter in text)


def _longest_word(text: str) -> float:
    return max((_length(word) for word in re.split("[ \u200b]", text)), default=0.0)
