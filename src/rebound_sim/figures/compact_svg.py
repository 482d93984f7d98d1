"""Drawings written in fewer characters: a report holds its figures, and travels by mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

#: Digits after the point. A unit is 1/72 inch: a hundredth of it is 4 micrometres.
_DIGITS: Final = 2
_PATH: Final = re.compile(r'(\sd=")([^"]*)"')
_PLACE: Final = re.compile(r'(\s(?:x|y|width|height)=")(-?\d+\.\d{3,})"')
_TOKEN: Final = re.compile(r"[A-Za-z]|-?\d+(?:\.\d+)?(?:e[-+]?\d+)?")
_BETWEEN: Final = re.compile(r">\s+<")
#: Numbers after each letter of a path, as Matplotlib writes them: absolute, none left out.
_NUMBERS: Final = {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}


def compact(svg: str) -> str:
    """The same drawing: paths in steps from point to point, of a hundredth of a unit.

    Each step starts from where the rounded ones arrived, so that errors do not add up. Paths of
    any other form are left as they are.
    """
    svg = _PATH.sub(lambda found: f'{found[1]}{_path(found[2])}"', svg)
    svg = _PLACE.sub(lambda found: f'{found[1]}{_short(float(found[2]))}"', svg)
    return _BETWEEN.sub("><", svg)


def _path(data: str) -> str:
    tokens = _TOKEN.findall(data)
    written: list[str] = []
    here = start = (0.0, 0.0)
    last = ""
    for letter, points in _pieces(tokens):
        if letter not in _NUMBERS:
            return data
        if letter == "Z":
            written.append("z")
            here, last = start, "z"
            continue
        steps: list[float] = []
        for point in points:
            step = round(point[0] - here[0], _DIGITS), round(point[1] - here[1], _DIGITS)
            steps += step
        here = here[0] + steps[-2], here[1] + steps[-1]
        if letter == "M":
            start = here
        word = letter.lower()
        # A line after a move needs no letter.
        implied = (word == last != "m") or (word == "l" and last == "m")
        written.append(("" if implied else word) + _joined(steps, follows=implied))
        last = word
    return "".join(written)


def _pieces(tokens: list[str]) -> Iterator[tuple[str, list[tuple[float, float]]]]:
    """Letter and points; a letter that is not known ends them."""
    place = 0
    while place < len(tokens):
        letter = tokens[place].upper() if tokens[place] == "z" else tokens[place]
        count = _NUMBERS.get(letter)
        numbers = tokens[place + 1 : place + 1 + (count or 0)]
        if count is None or len(numbers) < count or any(n[0].isalpha() for n in numbers):
            yield "?", []
            return
        values = [float(number) for number in numbers]
        yield letter, list(zip(values[::2], values[1::2], strict=True))
        place += 1 + count


def _joined(numbers: list[float], *, follows: bool) -> str:
    """Numbers with no more between them than a reader needs."""
    text = ""
    for place, number in enumerate(numbers):
        short = _short(number)
        needs = (place or follows) and short[0] != "-"
        text += f" {short}" if needs else short
    return text


def _short(number: float) -> str:
    """0.5 as `.5`, 2.0 as `2`."""
    text = f"{number:.{_DIGITS}f}".rstrip("0").rstrip(".")
    if text in ("-0", "", "0"):
        return "0"
    return text.replace("0.", ".", 1) if text.lstrip("-").startswith("0.") else text
