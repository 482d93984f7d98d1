"""Who gets the new jobs: additional hires by origin, strategy by strategy."""

from __future__ import annotations

from typing import Any

import numpy as np

from rebound_sim.figures import style
from rebound_sim.figures.programme.context import ComparisonContext
from rebound_sim.statistics.cell import at
from rebound_sim.statistics.people import ORIGINS

_LOOKS = (
    ("#08427A", "o"), ("#E69F00", "s"), ("#56B4E9", "^"), ("#D55E00", "D"), ("#666666", "v"),
)  # fmt: skip


def hires_picture(context: ComparisonContext) -> style.Picture:
    """Dots and bars: a group of five a strategy."""
    words, ranked, end = context.words, context.ranked, context.months
    keys = ("hires_note", "interval", "paired") if context.count > 1 else ("hires_note",)
    figure = context.canvas(2.0 + 0.42 * len(ranked), "hires_title", *keys)
    axes = figure.add_subplot()
    places = np.arange(len(ranked))
    table: dict[str, Any] = {"arm": [rank.arm for rank in ranked]}
    for row, (origin, (colour, marker)) in enumerate(zip(ORIGINS, _LOOKS, strict=True)):
        cells = [
            at(context.comparison.hires, arm=rank.arm, detail=origin, month=end) for rank in ranked
        ]
        mean, low, high = (
            np.array([getattr(c, side) for c in cells]) for side in ("estimate", "low", "high")
        )
        height = places + 0.15 * (row - 2)
        axes.hlines(height, low, high, color=colour, lw=1.2)
        axes.plot(mean, height, marker, color=colour, ms=4, label=words[f"{origin}_origin"])
        style.bounds(table, origin, mean, low, high)
    axes.axvline(0.0, color=style.ZERO_LINE, lw=0.8)
    for place in places[:-1]:
        axes.axhline(place + 0.5, color="#DDDDDD", lw=0.6)
    style.rows(axes, [context.label(rank.arm) for rank in ranked])
    axes.set_xlabel(words["hires_axis"].format(months=end))
    style.legend_above(axes, 3)
    parts = ", ".join(
        f"{words[f'{origin}_origin'].lower()} {context.number(table[f'{origin}_mean'][0])} "
        f"{context.interval(table[f'{origin}_low95'][0], table[f'{origin}_high95'][0])}"
        for origin in ORIGINS
    )
    first = context.label(ranked[0].arm)
    return context.picture("hires", figure, table, n=len(ranked), first=first, parts=parts)
