"""Values as cells of a CSV file."""

from __future__ import annotations

import math
from typing import Any


def as_cell(value: Any) -> Any:
    """Numbers as short as they are exact enough, nothing where a figure does not exist, and text
    that a spreadsheet would take for a formula after an apostrophe."""
    if isinstance(value, float):
        return "" if math.isnan(value) else f"{value:.6g}" if abs(value) < 1e6 else f"{value:.0f}"
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value
