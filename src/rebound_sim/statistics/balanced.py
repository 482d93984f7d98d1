"""Rounding that keeps sums: parts of a whole, printed, add up to the whole as printed."""

from __future__ import annotations

import math
from collections.abc import Sequence


def balanced(parts: Sequence[float], total: float, step: float = 1.0) -> list[float]:
    """Parts rounded to multiples of `step`, whose sum is the total rounded to one.

    parts : sum to the total up to less than a step each; NaN stays NaN and takes no part
    """
    known = [place for place, part in enumerate(parts) if not math.isnan(part)]
    units = [math.floor(part / step) if place in known else 0 for place, part in enumerate(parts)]
    left = round(total / step) - sum(units)
    order = sorted(known, key=lambda place: units[place] - parts[place] / step)
    for turn in range(abs(left)):
        place = order[turn % len(order)] if left > 0 else order[-1 - turn % len(order)]
        units[place] += 1 if left > 0 else -1
    return [unit * step if place in known else math.nan for place, unit in enumerate(units)]
