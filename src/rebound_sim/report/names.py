"""Names that a user gave, made fit to be printed: whatever they hold, they are only text."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 60
_PART = 12
#: Letters without a place to break a line, more than columns of tables hold.
_LONG_WORD = re.compile(r"[^\s-]{21,}")
BREAK_HERE = "\u200b"
#: Marks that turn the direction of the text after them.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def shown(name: str, longest: int = LONGEST) -> str:
    """A name on one line, shortened, its long words made breakable: for a page.

    The tables keep the name whole.
    """
    return _LONG_WORD.sub(lambda found: BREAK_HERE.join(_parts(found[0])), one_line(name, longest))


def one_line(name: str, longest: int = LONGEST) -> str:
    """A name on one line, without control characters, shortened: a text to be copied."""
    kept = "".join(
        " " if character in "\t\n\r" else character
        for character in name
        if character in "\t\n\r"
        or (
            unicodedata.category(character) not in ("Cc", "Cs", "Co", "Cn")
            and character not in _TURNING
        )
    )
    # Typographic spaces of the texts themselves are not white space to fold.
    line = " ".join(part for part in kept.split(" ") if part)
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def _parts(word: str) -> list[str]:
    return [word[start : start + _PART] for start in range(0, len(word), _PART)]
