"""Numbers with units, intervals, dates and lists as each language prints them.

Digits and French punctuation are those of the figures (`figures.typography`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from rebound_sim.figures.typography import NARROW, french, number

NO_BREAK = "\u00a0"
_MORE_DIGITS = 3
_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "January February March April May June July August September October November December",
}


@dataclass(frozen=True)
class Typography:
    """How a language writes numbers. `write` takes the name of a format of FORMATS."""

    language: str

    def punctuated(self, text: str) -> str:
        """A text with the spaces of the language."""
        return french({"": text})[""] if self.language == "fr" else text

    def number(self, value: float, digits: int = 0) -> str:
        """A number with a fixed count of decimals; "∞" where it is infinite, "–" where NaN."""
        return number(value, self.language, digits)

    def significant(self, value: float, digits: int = 4) -> str:
        """A number with a count of significant digits: values of parameters."""
        if not math.isfinite(value) or value == 0.0 or float(value).is_integer():
            return self.number(value)
        places = max(digits - 1 - math.floor(math.log10(abs(value))), 0)
        text = self.number(value, places)
        return text.rstrip("0").rstrip(".,") if places else text

    def with_unit(self, number: str, unit: str) -> str:
        """A number and its unit, never parted."""
        if not unit:
            return number
        if unit == "%":
            return f"{number}{NARROW if self.language == 'fr' else ''}%"
        return f"{number}{NO_BREAK}{unit}"

    def chance(self, value: float) -> str:
        """A probability in %: never certain, so 99 or more and 1 or less are said as bounds."""
        if math.isnan(value):
            return "–"
        percent = round(100.0 * value)
        sign = f"≥{NARROW}" if percent >= 99 else f"≤{NARROW}" if percent <= 1 else ""
        return self.with_unit(sign + self.number(min(max(percent, 1), 99)), "%")

    def write(self, value: object, form: str) -> str:
        """A value in a format. A text is given as it is. Raises KeyError for another format."""
        kind = FORMATS[form]
        if not isinstance(value, int | float):
            return str(value)
        if kind.whole is not None:
            return kind.whole(self, float(value))
        return self.with_unit(self.number(value / kind.divisor, kind.digits), kind.unit)

    def interval(self, value: float, low: float, high: float, form: str) -> str:
        """`3,435 [3,266; 3,603] k€`, the unit once; without bounds, the value alone."""
        kind = FORMATS[form]
        if math.isnan(value) or math.isnan(low) or math.isnan(high):
            return self.write(value, form)
        middle, *bounds = (self.number(x / kind.divisor, kind.digits) for x in (value, low, high))
        if bounds == [middle, middle]:
            # The same in all replications, as far as printed: nothing to bracket.
            return self.write(value, form)
        if low * high > 0.0:
            # A bound that rounds to zero would deny what the interval establishes.
            bounds = [self._not_zero(bound / kind.divisor, kind.digits) for bound in (low, high)]
        text = f"{middle}{NO_BREAK}[{f'{self.semicolon} '.join(bounds)}]"
        return self.with_unit(text, kind.unit)

    def _not_zero(self, value: float, digits: int) -> str:
        """A number with as many decimals more as show its first digit, up to three."""
        for more in range(_MORE_DIGITS + 1):
            if round(value, digits + more) != 0.0:
                return self.number(value, digits + more)
        return self.number(value, digits)

    @property
    def semicolon(self) -> str:
        """With the space that precedes it."""
        return f"{NARROW};" if self.language == "fr" else ";"

    def day(self, day: date) -> str:
        """24 novembre 2026, 24 November 2026; the first of a month is « 1er »."""
        number = "1er" if self.language == "fr" and day.day == 1 else str(day.day)
        month = _MONTHS[self.language].split()[day.month - 1]
        return f"{number}{NO_BREAK}{month}{NO_BREAK}{day.year}"

    def quoted(self, words: str) -> str:
        """« words », “words”."""
        if self.language == "fr":
            return f"«{NARROW}{words}{NARROW}»"
        return f"“{words}”"

    def listed(self, names: list[str]) -> str:
        """a, b and c."""
        word = "et" if self.language == "fr" else "and"
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} {word} {names[-1]}"


@dataclass(frozen=True)
class Format:
    """divisor and decimals of a number, and its unit; or a function that writes it whole."""

    divisor: float = 1.0
    digits: int = 0
    unit: str = ""
    whole: Callable[[Typography, float], str] | None = None


FORMATS: Mapping[str, Format] = {
    "count": Format(),
    "plain": Format(whole=lambda _typography, value: str(int(value))),
    "one": Format(digits=1),
    "two": Format(digits=2),
    "three": Format(digits=3),
    "meur": Format(1e6, 1, "M€"),
    "wholemeur": Format(1e6, 0, "M€"),
    "keur": Format(1e3, 1, "k€"),
    "inmeur": Format(1e6, 1),
    "inkeur": Format(1e3, 1),
    "eur": Format(unit="€"),
    "percent": Format(digits=1, unit="%"),
    "wholepercent": Format(unit="%"),
    "share": Format(0.01, 0, "%"),
    "thousands": Format(1e3, 1),
    "chance": Format(whole=Typography.chance),
    "significant": Format(whole=Typography.significant),
}
