"""What intervals allow to say of differences from doing nothing, in sentences."""

from __future__ import annotations

from collections.abc import Iterable

from rebound_sim.report.sentence import Binding, Run
from rebound_sim.report.writer import Writer
from rebound_sim.statistics.intervals import Verdict, verdict
from rebound_sim.statistics.panels import NONE

_ORDER = (Verdict.HIGHER, Verdict.LOWER, Verdict.NO_DIFFERENCE, Verdict.NO_INTERVAL)
_DENIED = (Verdict.NO_DIFFERENCE, Verdict.NO_INTERVAL)


def sentences_of(
    writer: Writer,
    outcome: str,
    names: Iterable[str],
    *,
    table: str = "comparison",
    start: tuple[str, ...] = (),
) -> list[list[Run]]:
    """One sentence for each verdict that the intervals of an outcome give, with its arms; the last
    speaks of "the others" where they are several.

    table, start : where the rows stand, and the key that precedes the arm; the last month by
    default. Nothing when the table has no such row.
    """
    rows, found = writer.book[table], dict[Verdict, list[str]]()
    start = start or (outcome, writer.end)
    for name in names:
        key = (*start, name, NONE)
        if not rows.has(*key):
            return []
        low, high = rows.interval(key, "estimate")
        found.setdefault(verdict(low.value, high.value), []).append(name)
    told: list[list[Run]] = []
    order = [one for one in _ORDER if one in found]
    for one in order:
        own = f"readings.{outcome}_{one.value}"
        path = own if writer.has(own) else f"readings.{one.value}"
        arms = writer.listed(found[one], denied=one in _DENIED, but=True)
        if len(writer.comparison.panels.strategies) == 1:
            arms = Binding("", writer.words("frame.this_option"))
        if told and one is order[-1] and len(found[one]) > 1:
            arms = Binding("", writer.words("frame.others"))
        told.append(writer.runs(path, names=arms))
    return told
