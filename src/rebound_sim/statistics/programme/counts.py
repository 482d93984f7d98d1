"""Words for counts of worlds: one rule, so that the same count never gets two words."""

from __future__ import annotations

from enum import StrEnum

#: Shares of worlds from which a word is used. Assumed: nine in ten is what readers of probability
#: scales call "very likely" (IPCC guidance on uncertainty, 2010), seven in ten is "likely".
NEARLY_ALL, MOST = 0.9, 0.7


class Hold(StrEnum):
    """In how many worlds something holds."""

    ALL = "all"
    NEARLY_ALL = "nearly all"
    MOST = "most"
    SPLIT = "split"
    FEW = "few"
    NEARLY_NONE = "nearly none"
    NONE = "none"


def hold(count: float, total: int) -> Hold:
    """The class of a count. count : ties may count half. Raises ValueError for no world."""
    if total < 1 or not 0 <= count <= total:
        raise ValueError(f"{count} of {total} worlds")
    share = count / total
    if count == total:
        return Hold.ALL
    if count == 0:
        return Hold.NONE
    # A hair below: 0.9 of 30 is 27, whatever the rounding of 27/30.
    if share >= NEARLY_ALL - 1e-12:
        return Hold.NEARLY_ALL
    if share >= MOST - 1e-12:
        return Hold.MOST
    if share > 1.0 - MOST + 1e-12:
        return Hold.SPLIT
    return Hold.FEW if share > 1.0 - NEARLY_ALL + 1e-12 else Hold.NEARLY_NONE


def in_worlds(count: float, total: int, unit: str = "world") -> str:
    """`in all 12 worlds`, `in 28 of 30 worlds`: the count is always said."""
    several = f"{unit}s"
    found = hold(count, total)
    if total == 1:
        return f"in the one {unit}" if found is Hold.ALL else f"not in the one {unit}"
    if found is Hold.ALL:
        return f"in all {total} {several}"
    if found is Hold.NONE:
        return f"in none of {total} {several}"
    return f"in {whole(count)} of {total} {several}"


def whole(count: float) -> str:
    """A count; halves of ties are shown."""
    return f"{count:.0f}" if float(count).is_integer() else f"{count:.1f}"
