"""Names that a user gave, made fit to be printed: whatever they hold, they are only text."""

from __future__ import annotations

import textwrap
import unicodedata

LONGEST = 60
_LONGEST_WORD = 30
BREAK_HERE = "\u200b"
#: Marks that turn the direction of the text after them.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def shown(name: str, longest: int = LONGEST) -> str:
    """A name on one line, without control characters, shortened, long words made breakable.

    The tables keep the name whole.
    """
    kept = "".join(
        " " if character in "\t\n\r" else character
        for character in name
        if character in "\t\n\r"
        or (unicodedata.category(character) not in ("Cc", "Cs", "Co", "Cn")
            and character not in _TURNING)
    )  # fmt: skip
    # Typographic spaces of the texts themselves are not white space to fold.
    line = " ".join(part for part in kept.split(" ") if part)
    if len(line) > longest:
        line = f"{line[: longest - 1].rstrip()}…"
    return " ".join(
        BREAK_HERE.join(textwrap.wrap(word, _LONGEST_WORD, break_on_hyphens=False))
        if len(word) > _LONGEST_WORD else word
        for word in line.split(" ")
    )  # fmt: skip
