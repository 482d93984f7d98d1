"""Names compared whatever their case, accents and hyphens."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """Lower case without accents, hyphens or apostrophes, to compare names."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "Oe"))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    for mark in "-'’":
        letters = letters.replace(mark, " ")
    return " ".join(letters.casefold().split())
