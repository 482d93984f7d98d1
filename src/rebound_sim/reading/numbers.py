"""Whole numbers as people write them in tables and options."""

from __future__ import annotations

import re
from decimal import Decimal

from rebound_sim.errors import InputError

_LARGEST = 10**15
_BLANKS = re.compile(r"[\s\u00a0\u202f\u2009_'’]|€|eur(os?)?$")
_ROUNDING = Decimal("1e-14")
_SCALES = (("md", 10**9), ("m", 10**6), ("k", 1000))
#: Cells that say that nothing stands there, in spreadsheets, R, pandas and Stata.
_NOTHING = frozenset({"", "-", "--", "–", "—", ".", "na", "n/a", "nan", "null", "none", "<na>"})
_DATE = re.compile(
    r"\d{4}[-/.]\d{1,2}([-/.]\d{1,2})?([ t].*)?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|"
    r"\d{4}[- ]?[qt][1-4]|[qt][1-4][- ]?\d{4}|(\d{1,2} )?[a-zéû]{3,9}\.?[- ]\d{2,4}"
)


def is_nothing(cell: str) -> bool:
    """True for an empty cell, and for what stands for one: NA, -, a dot."""
    return cell.strip().casefold() in _NOTHING


def whole_number(text: str, key: str, most: int = _LARGEST, scale: int = 1) -> int:
    """A whole number as people write it: `1 200`, `1,200`, `25M`, `10 000 000`, `2,5 M€`, `12,0`,
    `2.000.000,00 €`.

    scale : what a number without k, M or Md is multiplied by
    Raises InputError.
    """
    plain = _BLANKS.sub("", text.strip().casefold())
    for suffix, times in _SCALES:
        if plain.endswith(suffix):
            plain, scale = plain.removesuffix(suffix), times
            break
    for thousands, decimals in (",.", ".,"):
        grouped = rf"\d{{1,3}}(\{thousands}\d{{3}})+(\{decimals}\d*)?"
        if re.fullmatch(grouped, plain, re.ASCII):
            plain = plain.replace(thousands, "")
            break
    value = Decimal(-1)
    if re.fullmatch(r"\d+([.,]\d*)?(e\+?\d{1,2})?", plain, re.ASCII):
        value = Decimal(plain.replace(",", ".")) * scale
    whole = round(value)
    # Workbooks keep 17 digits of a float: 8.1999999999999993 is 8.2.
    if not 0 <= value <= most or abs(value - whole) > _ROUNDING * max(whole, 1):
        allowed = "a whole number: 1200, 1 200, 25M"
        if most < _LARGEST:
            allowed = f"a whole number from 0 to {most:,}"
        raise InputError(_problem(text), key=key, value=text, allowed=allowed)
    return whole


def month_number(text: str, key: str, most: int) -> int:
    """A month counted from 0: `9`, `M9`, `mois 9`, `9 months`. Raises InputError, for dates too."""
    plain = re.sub(r"^(mois|months?|m)\s*(?=\d)|(?<=\d)\s*(mois|months?)$", "", text.casefold())
    try:
        return whole_number(plain, key, most)
    except InputError as fault:
        is_date = _DATE.fullmatch(text.strip().casefold())
        problem = (
            "a date, where months count from 0 after the burn-in" if is_date else fault.problem
        )
        raise InputError(problem, key=key, value=text, allowed=fault.allowed) from None


def _problem(text: str) -> str:
    """Why a text is no whole number of the kind that is wanted."""
    plain = text.strip()
    if plain.startswith("#"):
        return "an error of the spreadsheet"
    if plain.endswith("%"):
        return "a share, where a whole number is expected"
    if re.fullmatch(r"[-−(][\d\s.,\u00a0\u202f]+\)?( ?€)?", plain):
        return "below zero"
    return "not a whole number"
