"""Whole numbers as people write them in tables and options."""

from __future__ import annotations

import re

from rebound_sim.errors import InputError

_LARGEST = 10**15
_BLANKS = re.compile(r"[\s\u00a0\u202f\u2009_'’]|€|eur(os?)?$")
_SCALES = (("md", 10**9), ("m", 10**6), ("k", 1000))


def whole_number(text: str, key: str, most: int = _LARGEST) -> int:
    """A whole number as people write it: `1 200`, `1,200`, `25M`, `10 000 000`, `2,5 M€`, `12,0`,
    `2.000.000,00 €`.

    Raises InputError.
    """
    plain = _BLANKS.sub("", text.strip().casefold())
    scale = 1
    for suffix, times in _SCALES:
        if plain.endswith(suffix):
            plain, scale = plain.removesuffix(suffix), times
            break
    for thousands, decimals in (",.", ".,"):
        grouped = rf"\d{{1,3}}(\{thousands}\d{{3}})+(\{decimals}\d*)?"
        if re.fullmatch(grouped, plain, re.ASCII):
            plain = plain.replace(thousands, "")
            break
    value = -1.0
    if re.fullmatch(r"\d+([.,]\d*)?(e\+?\d{1,2})?", plain, re.ASCII):
        value = float(plain.replace(",", ".")) * scale
    if not 0 <= value <= most or value != round(value):
        allowed = "a whole number: 1200, 1 200, 25M"
        if most < _LARGEST:
            allowed = f"a whole number from 0 to {most:,}"
        raise InputError("not a whole number", key=key, value=text, allowed=allowed)
    return round(value)
