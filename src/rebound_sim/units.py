"""Units as a reader sees them.

Unit strings are free text, but one quantity is always written in the same way. `1/month` and
`1/year` are rates or probabilities per period; a share lies in [0, 1]; a percentage in [0, 100].
"""

from __future__ import annotations

MONTHS_PER_YEAR = 12
DIMENSIONLESS = "1"


def with_unit(value: float, unit: str) -> str:
    """A number and its unit for a reader: `1,500 EUR`, `0.12`, `7.5 %`.

    Whole numbers keep all their digits; others are given with four significant ones.
    """
    whole = float(value).is_integer() and abs(value) < 1e15
    number = f"{int(value):,}" if whole else f"{value:.4g}"
    return number if unit in (DIMENSIONLESS, "") else f"{number} {unit}"
