"""Numbers as each language writes them.

French (Lexique des règles typographiques en usage à l'Imprimerie nationale): decimal comma, narrow
no-break space between thousands and before ; : ! ? % and inside « ». English: 12,345.6.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from matplotlib.ticker import Formatter

NARROW = "\u202f"
_MARKS = {"en": (",", "."), "fr": (NARROW, ",")}
_MOST_DIGITS = 6


def number(value: float, language: str, digits: int = 0) -> str:
    """A number with a true minus sign; ∞ and a dash for what is not finite."""
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    thousands, point = _MARKS[language]
    text = f"{value:,.{digits}f}"
    if not text.strip("-0.,"):
        text = text.removeprefix("-")  # no "minus zero"
    return text.translate({ord(","): thousands, ord("."): point, ord("-"): "−"})


def significant(value: float, language: str, figures: int = 3) -> str:
    """A number with at most as many significant figures, or those of its whole part."""
    if value == 0 or not math.isfinite(value):
        return number(value, language)
    digits = max(figures - 1 - math.floor(math.log10(abs(value))), 0)
    while digits and math.isclose(round(value, digits - 1), round(value, digits)):
        digits -= 1
    return number(value, language, digits)


def between(low: float, high: float, language: str, digits: int = 0) -> str:
    """Bounds of an interval in brackets."""
    space = NARROW if language == "fr" else ""
    return f"[{number(low, language, digits)}{space}; {number(high, language, digits)}]"


def percent(value: float, language: str, digits: int = 0) -> str:
    """12 %, with the narrow space in both languages, as the sources of the figures do."""
    return f"{number(value, language, digits)}{NARROW}%"


def english(words: Mapping[str, str]) -> dict[str, str]:
    """Texts typed with plain spaces; a number and its % stay on one line."""
    return {key: text.replace(" %", f"{NARROW}%") for key, text in words.items()}


def french(words: Mapping[str, str]) -> dict[str, str]:
    """Texts typed with plain spaces, set with the narrow no-break ones of French."""
    return {key: _set(text) for key, text in words.items()}


def _set(text: str) -> str:
    text = re.sub(r" ([;:!?%»])", rf"{NARROW}\1", text)
    text = re.sub(r"(\d) (\d{3})\b", rf"\1{NARROW}\2", text)
    return re.sub(r"« ", f"«{NARROW}", text).replace("'", "’")


class TickNumbers(Formatter):
    """Numbers of an axis: the fewest digits that tell its ticks apart."""

    def __init__(self, language: str) -> None:
        self._language, self._digits = language, 0

    def set_locs(self, locs: list[float]) -> None:
        """Ticks that are about to be written."""
        super().set_locs(locs)
        ticks = [float(place) for place in locs]
        span = max((abs(place) for place in ticks), default=0.0) or 1.0
        self._digits = next(
            (
                digits
                for digits in range(_MOST_DIGITS)
                if all(abs(round(place, digits) - place) < 1e-6 * span for place in ticks)
            ),
            _MOST_DIGITS,
        )

    def __call__(self, x: float, pos: int | None = None) -> str:  # noqa: ARG002
        """One tick."""
        return number(x, self._language, self._digits)


def shortened(text: str, width: int) -> str:
    """A user's text in no more than so many characters, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= width else f"{line[: width - 1].rstrip()}…"
