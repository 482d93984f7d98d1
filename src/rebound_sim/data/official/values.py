"""Cells of official files: a figure, or the reason why there is none; codes of places.

Marks in place of figures follow Insee's conventions (`s` secret, `n.d.` not available, `///` does
not apply, `-` nothing) and Eurostat's flags (`c` confidential, `:` not available). None is a zero.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final

from rebound_sim.data.official.quarters import folded_title, mark_of

PUBLISHED: Final = ""
WITHHELD: Final = "withheld"
UNPUBLISHED: Final = "unpublished"

_WITHHELD: Final = frozenset(
    {
        "s",
        "ss",
        "s.",
        "s.s",
        "s.s.",
        "c",
        "secret",
        "secret statistique",
        "confidentiel",
        "confidential",
        "conf",
    }
)
_UNPUBLISHED: Final = frozenset({
    "", "nd", "n.d", "n.d.", "n/d", "na", "n.a", "n.a.", "n/a", "ns", "n.s", "n.s.", "nr", "nc",
    "n.c.", "nan", "null", "none", "///", "//", "/", "-", "--", "–", "—", ".", "..", "...", "…",
    ":", "x", "#n/a", "#na", "m", "non disponible", "non renseigne",
})  # fmt: skip
#: SDMX codes of the status of an observation (code list CL_OBS_STATUS) and of confidentiality.
_STATUS: Final = {
    **dict.fromkeys(("", "A", "B", "D", "G", "I", "R", "U", "V", "W", "X", "T", "F"), PUBLISHED),
    **dict.fromkeys(("E",), PUBLISHED),
    "P": "provisional",
    **dict.fromkeys(("C", "S", "Q"), WITHHELD),
    **dict.fromkeys(("M", "N", "O", "L", "H", "K", "J", "Z"), UNPUBLISHED),
}
_FREE: Final = frozenset({"", "F", "FREE", "A"})
_SPACES: Final = dict.fromkeys(map(ord, " \u00a0\u202f\u2009\u2007\u200b\ufeff\t'’"))
_PLAIN: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?", re.IGNORECASE)
_FIGURE: Final = re.compile(
    r"^(?P<n>[+-]?[\d.,\s\u00a0\u202f\u2009\u2007'’]*\d[.,]?(?:[eE][+-]?\d+)?)(?P<rest>.*)$",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A cell: `value` None when there is no figure, and `status` says why (or `provisional`)."""

    value: float | None
    status: str = PUBLISHED


_PLAIN_READING: Final = Reading(None, UNPUBLISHED)


class Numbers:
    """Numbers of one file. A file writes decimals in one way: a mixture is refused, not guessed.

    ambiguous_comma : in a comma-separated file, `12,345` between quotes may be either number
    """

    def __init__(self, ambiguous_comma: bool = False) -> None:
        self._ambiguous_comma = ambiguous_comma
        self._decimal = ""
        self._doubtful = ""

    def read(self, text: str) -> Reading:
        """Figure or status of a cell. Raises ValueError with what is wrong."""
        if _PLAIN.fullmatch(text) and not self._doubtful and self._decimal != ",":
            return Reading(self._point(text))
        cleaned = text.strip().strip('"').strip()
        if cleaned.startswith("="):
            cleaned = cleaned[1:].strip('"')
        word = folded_title(cleaned)
        if word in _UNPUBLISHED:
            return _PLAIN_READING
        if word in _WITHHELD:
            return Reading(None, WITHHELD)
        if word.startswith("#"):
            raise ValueError("is an error of a spreadsheet")
        match = _FIGURE.match(cleaned)
        mark = mark_of(folded_title(match["rest"]).replace("%", " % ")) if match else None
        if match is None or mark is None:
            raise ValueError("is not a number")
        return Reading(self._value(match["n"]), mark)

    def _point(self, text: str) -> float:
        if re.fullmatch(r"[+-]?\d{1,3}\.\d{3}", text):
            self._doubtful = "."
        value = float(text)
        if not math.isfinite(value):
            raise ValueError("is not a number")
        return value

    def _value(self, text: str) -> float:
        plain = text.translate(_SPACES)
        points, commas = plain.count("."), plain.count(",")
        if points and commas:
            decimal = "," if plain.rindex(",") > plain.rindex(".") else "."
            thousands = "." if decimal == "," else ","
            if plain.count(decimal) > 1:
                raise ValueError("is not a number")
            plain = plain.replace(thousands, "").replace(decimal, ".")
            self._uses(decimal)
        elif commas > 1 or points > 1:
            mark = "," if commas else "."
            if not re.fullmatch(rf"[+-]?\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+", plain):
                raise ValueError("is not a number")
            plain = plain.replace(mark, "")
            self._uses("." if mark == "," else ",")
        elif commas:
            if self._ambiguous_comma and re.fullmatch(r"[+-]?\d{1,3},\d{3}", plain):
                raise ValueError("may be thousands or decimals: write it without separators,")
            plain = plain.replace(",", ".")
            self._uses(",")
        elif points:
            if re.fullmatch(r"[+-]?\d{1,3}\.\d{3}", plain):
                self._doubtful = "."
            else:
                self._uses(".")
        if self._doubtful and self._decimal == ",":
            raise ValueError("is in a file that mixes decimal commas and points:")
        value = float(plain)
        if not math.isfinite(value):
            raise ValueError("is not a number")
        return value

    def _uses(self, decimal: str) -> None:
        if self._decimal and self._decimal != decimal:
            raise ValueError("is in a file that mixes decimal commas and points:")
        self._decimal = decimal


def observation_status(observed: str, confidentiality: str = "") -> str:
    """Status of an observation from its codes. Raises ValueError for an unknown code."""
    if confidentiality.strip().upper() not in _FREE:
        return WITHHELD
    code = observed.strip().upper()
    if code not in _STATUS:
        raise ValueError("is not a known status of an observation")
    return _STATUS[code]


def _bare(text: str) -> str:
    """A code without what spreadsheets and exports put around it."""
    code = text.translate(_SPACES).strip().strip('"')
    code = code[1:].strip('"') if code.startswith("=") else code
    return re.sub(r"^(\d+)[.,]0+$", r"\1", code).upper()


_ZONE: Final = re.compile(r"^(?:(?:\d{4}-)?(?:ZE2020|ZE)[-_]?)?(\d{1,4})$")


def zone_code(text: str) -> str | None:
    """`0051` from `0051`, `51`, `51.0`, `="0051"`, `2025-ZE2020-0051`; None for anything else."""
    match = _ZONE.match(_bare(text))
    return match[1].zfill(4) if match and int(match[1]) else None


_COMMUNE: Final = re.compile(r"^(?:(?:\d{4}-)?COM[-_]?)?(\d{4,5}|2[AB]\d{3})$")
#: Districts of Paris, Lyon and Marseille, which the composition of zones may or may not list.
DISTRICTS: Final = {
    **{f"751{number:02d}": "75056" for number in range(1, 21)},
    **{f"6938{number}": "69123" for number in range(1, 10)},
    **{f"132{number:02d}": "13055" for number in range(1, 17)},
}


def commune_code(text: str) -> str | None:
    """Municipality code of five characters, lost zeros restored; None for anything else."""
    match = _COMMUNE.match(_bare(text))
    return match[1].zfill(5) if match else None


def is_french_commune(code: str) -> bool:
    """Whether a code has the form of a French municipality (not abroad, not a residual)."""
    found = commune_code(code)
    if found is None:
        return False
    department = found[:2]
    return (
        department in ("2A", "2B")
        or (department.isdigit() and 1 <= int(department) <= 95)
        or (found[:3] in ("971", "972", "973", "974", "975", "976", "977", "978"))
    )


def sector_code(text: str) -> str:
    """`CA` from `CA`, ` ca `, `A38-CA`, `A38.CA`."""
    return re.sub(r"^A38[-_.]?", "", _bare(text))
