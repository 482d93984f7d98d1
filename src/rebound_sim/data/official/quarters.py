"""Quarters as official files spell them, and the marks that follow figures and titles."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

PROVISIONAL: Final = "provisional"
REVISED: Final = "revised"
ESTIMATED: Final = "estimated"

_MARKS: Final = {
    "p": PROVISIONAL, "prov": PROVISIONAL, "provisoire": PROVISIONAL, "provisional": PROVISIONAL,
    "sd": PROVISIONAL, "semi-definitif": PROVISIONAL, "r": REVISED, "rev": REVISED,
    "revise": REVISED, "revised": REVISED, "e": ESTIMATED, "est": ESTIMATED, "estime": ESTIMATED,
    "estimated": ESTIMATED, "d": "", "definitif": "", "cvs": "", "%": "", "en %": "",
}  # fmt: skip
_YEAR: Final = r"(?P<y>(?:19|20)\d\d)"
_BETWEEN: Final = r"[\s_/.-]*"
_ORDINAL: Final = r"(?:er|re|e|eme|ieme|nd|nde|d)?"
_WORD: Final = r"(?:trimestre|trim\.?|tr\.?|t|q)"
_PREFIX: Final = r"^(?:taux(?: de chomage)?|txcho|tx|chomage)?[\s_-]*"
_FORMS: Final = tuple(
    re.compile(_PREFIX + form + r"(?P<rest>.*)$")
    for form in (
        rf"{_YEAR}{_BETWEEN}(?:trimestre|trim\.?|t|q){_BETWEEN}0?(?P<q>[1-4])(?![0-9])",
        rf"(?:trimestre|trim\.?|t|q){_BETWEEN}0?(?P<q>[1-4]){_BETWEEN}{_YEAR}(?![0-9])",
        rf"(?P<q>[1-4])\s*{_ORDINAL}{_BETWEEN}{_WORD}{_BETWEEN}(?:de )?{_YEAR}(?![0-9])",
        rf"{_YEAR}{_BETWEEN}(?P<q>[1-4])\s*{_ORDINAL}{_BETWEEN}{_WORD}(?![a-z0-9])",
        rf"(?P<w>premier|deuxieme|second|troisieme|quatrieme)\s+trimestre\s+{_YEAR}(?![0-9])",
    )
)
_ALONE: Final = re.compile(
    rf"^(?:(?:trimestre|trim\.?|t|q){_BETWEEN}(?P<q>[1-4])|"
    rf"(?P<o>[1-4])\s*{_ORDINAL}{_BETWEEN}{_WORD})(?P<rest>\D.*)?$"
)
_WORDS: Final = {"premier": 1, "deuxieme": 2, "second": 2, "troisieme": 3, "quatrieme": 4}
_SUSPECT: Final = re.compile(r"(?:19|20)\d\d|trim|^[tq]\s*[1-4]|^\d{5}(?:\.0+)?$")
_SUPERSCRIPTS: Final = "¹²³⁴⁵⁶⁷⁸⁹⁰ᵖʳᵉ"


def folded_title(text: str) -> str:
    """Lower case, no accents, single spaces: `2ᵉ  Trimestre 2024` is `2e trimestre 2024`."""
    spaced = "".join(c if c.isprintable() else " " for c in text)
    plain = unicodedata.normalize("NFKD", spaced)
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(letters.casefold().split())


def mark_of(text: str) -> str | None:
    """What a note after a figure or a title says: a status, "" for a plain footnote, or None.

    `(p)`, `p`, `[r]`, `(1)`, `*`, `(p)(1)`; several marks: the first status.
    """
    found = ""
    rest = text.strip()
    while rest:
        match = re.match(r"^[\s,;]*(?:[(\[]([^)\]]*)[)\]]|(\*+|[a-z%-]+|\d)(?![a-z0-9]))", rest)
        if match is None:
            return None
        word = (match[1] if match[1] is not None else match[2]).strip(" .").strip()
        if word in _MARKS:
            found = found or _MARKS[word]
        elif not (word.isdigit() or set(word) <= {"*"}):
            return None
        rest = rest[match.end() :].strip()
    return found


def quarter_of(title: str) -> tuple[str, str] | None:
    """`2003-T1` and its mark, from `2003-T1`, `2003 Q1`, `T1 2003`, `1er trimestre 2003 (p)`, …

    None when the title is not that of a quarter.
    """
    text = folded_title(title)
    for form in _FORMS:
        match = form.match(text)
        if match is None:
            continue
        mark = mark_of(match["rest"])
        if mark is None:
            return None
        groups = match.groupdict()
        number = groups.get("q") or _WORDS[groups["w"]]
        return f"{match['y']}-T{number}", mark
    return None


def quarter_alone(title: str) -> tuple[int, str] | None:
    """Number and mark of `T1` or `1er trimestre` under a year in the row above; None otherwise."""
    match = _ALONE.match(folded_title(title))
    if match is None:
        return None
    mark = mark_of(match["rest"] or "")
    return None if mark is None else (int(match["q"] or match["o"]), mark)


def year_alone(title: str) -> str | None:
    """`2024` from a cell that holds a year and nothing else (`2024`, `2024.0`)."""
    match = re.fullmatch(r"((?:19|20)\d\d)(?:\.0+)?", title.strip())
    return match[1] if match else None


def resembles_quarter(title: str) -> bool:
    """Whether a title that is not read as a quarter seems to be meant as one."""
    return bool(_SUSPECT.search(folded_title(title)))
