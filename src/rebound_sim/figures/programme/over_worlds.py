"""Additional jobs of each strategy in each world: the spread, then who beats whom, then regrets."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from rebound_sim.arrays import Floats
from rebound_sim.figures import style
from rebound_sim.figures.programme.context import ComparisonContext
from rebound_sim.statistics.programme.counts import Hold, hold
from rebound_sim.statistics.programme.summary import RANKED
from rebound_sim.statistics.programme.worlds import Standing, wins

_HOLDS = (Hold.ALL, Hold.NEARLY_ALL)


def worlds_picture(context: ComparisonContext) -> style.Picture | None:
    """A point a world, a bar of four worlds of five, the median. None with one world."""
    rows = _rows(context)
    if context.count < 2:
        return None
    worlds, words = context.comparison.worlds[RANKED], context.words
    best = rows[0]
    quoted = {
        "best": context.label(best.arm),
        "low": context.number(best.low),
        "high": context.number(best.high),
    }
    figure = context.canvas(
        1.9 + 0.24 * len(rows), "worlds_title", "worlds_note", "paired", **quoted
    )
    axes = figure.add_subplot()
    values = np.stack([worlds.values[worlds.names.index(row.arm)] for row in rows])
    spread_rows(axes, values, [style.POLICY_COLOUR] * len(rows))
    style.rows(axes, [context.label(row.arm) for row in rows], 0.6)
    axes.set_xlabel(words["worlds_axis"].format(months=context.months))
    beats = [f"{context.worlds(row.beats_none)}/{row.worlds}" for row in rows]
    beside(axes, words["worlds_right"], beats)
    table: dict[str, Any] = {
        "arm": [row.arm for row in rows for _ in range(worlds.count)],
        "world": np.tile(worlds.numbers, len(rows)),
        "additional_jobs": values.ravel(),
    }
    return context.picture(
        "worlds",
        figure,
        table,
        n=len(rows),
        worlds=worlds.count,
        median=context.number(best.median),
        **quoted,
    )


def duels_picture(context: ComparisonContext) -> style.Picture | None:
    """Counts of worlds, rows and columns in the order of the means. None with one world."""
    if context.count < 2:
        return None
    worlds, words = context.comparison.worlds[RANKED], context.words
    names = [rank.arm for rank in context.comparison.ranks]
    places = [worlds.names.index(name) for name in names]
    ahead = np.array([[wins(worlds.values[a] - worlds.values[b]) for b in places] for a in places])
    np.fill_diagonal(ahead, np.nan)
    best = int(np.argmax(np.nanmin(ahead, axis=1)))
    quoted = {
        "best": context.label(names[best]),
        "worlds": str(worlds.count),
        "least": context.number(float(np.floor(np.nanmin(ahead[best])))),
    }
    size = len(names)
    figure = context.canvas(
        max(2.3 + 0.27 * size, 3.9), "duels_title", "duels_note", "paired", **quoted
    )
    axes = figure.add_subplot()
    labels = [context.label(name) for name in names]
    tint_counts(axes, ahead, worlds.count, labels, words["duels_axis"])
    _counts(axes, ahead, worlds.count)
    axes.set_xticks(range(size), labels, rotation=45, ha="right", rotation_mode="anchor")
    pairs = [(a, b) for a, b in product(range(size), repeat=2) if a != b]
    table: dict[str, Any] = {
        "arm": [names[a] for a, _ in pairs],
        "other": [names[b] for _, b in pairs],
        "worlds_above": np.array([ahead[a, b] for a, b in pairs]),
        "worlds": [worlds.count] * len(pairs),
    }
    return context.picture("duels", figure, table, n=size, **quoted)


def regret_picture(context: ComparisonContext) -> style.Picture | None:
    """Regret of each strategy in each world, the safest first. None with one world or strategy."""
    rows = sorted(_rows(context), key=lambda row: row.worst_regret)
    if context.count < 2 or len(rows) < 2:
        return None
    worlds, words = context.comparison.worlds[RANKED], context.words
    values = np.stack([worlds.values[worlds.names.index(row.arm)] for row in rows])
    regrets = worlds.values.max(axis=0) - values
    safest = rows[0]
    quoted = {
        "safest": context.label(safest.arm),
        "most": context.number(safest.worst_regret),
    }
    figure = context.canvas(
        1.8 + 0.24 * len(rows), "world_regret_title", "world_regret_note", "paired", **quoted
    )
    axes = figure.add_subplot()
    places = np.arange(len(rows))
    for place, own in enumerate(regrets):
        axes.plot(own, np.full(own.size, place), "|", color="#777777", ms=7)
    axes.plot(regrets.max(axis=1), places, "s", color=style.NONE_COLOUR, ms=5)
    axes.plot(regrets.mean(axis=1), places, "o", color=style.POLICY_COLOUR, ms=5)
    style.rows(axes, [context.label(row.arm) for row in rows], 0.6)
    axes.set_xlim(left=-0.02 * max(float(regrets.max()), 1.0))
    axes.set_xlabel(words["world_regret_axis"])
    table: dict[str, Any] = {
        "arm": [row.arm for row in rows for _ in range(worlds.count)],
        "world": np.tile(worlds.numbers, len(rows)),
        "regret_jobs": regrets.ravel(),
    }
    return context.picture(
        "world_regret", figure, table, n=len(rows), worlds=worlds.count, **quoted
    )


def tint_counts(
    axes: Axes, counts: NDArray[Any], worlds: int, rows: Sequence[str], unit: str
) -> None:
    """Cells tinted by a number of worlds, with its scale. counts : float[rows, columns]"""
    image = axes.imshow(counts, cmap="Blues", vmin=0, vmax=1.7 * worlds, aspect="auto")
    axes.set_yticks(range(len(rows)), rows)
    axes.grid(visible=False)
    bar = axes.figure.colorbar(image, ax=axes, fraction=0.03, pad=0.01)
    bar.ax.set_ylim(0, worlds)
    bar.set_label(unit, size=7.5)


def spread_rows(axes: Axes, values: Floats, colours: Sequence[str]) -> None:
    """One row of values from the top: points, a bar of four of five, a disc at the median."""
    axes.axvline(0.0, color=style.ZERO_LINE, lw=0.8)
    for place, (own, colour) in enumerate(zip(values, colours, strict=True)):
        low, middle, high = np.quantile(own, (0.1, 0.5, 0.9))
        axes.plot(own, np.full(own.size, place), "|", color="#777777", ms=7, alpha=0.8, zorder=1)
        axes.hlines(place, low, high, color=colour, lw=3.0, alpha=0.55, zorder=2)
        axes.plot([middle], [place], "o", color=colour, ms=5, zorder=3)


def beside(axes: Axes, heading: str, texts: Sequence[str]) -> None:
    """A column of texts on the right of rows, under a heading."""
    axes.text(1.02, 1.0, heading, transform=axes.transAxes, size=7.5, va="bottom", color="#444444")
    for place, text in enumerate(texts):
        axes.text(1.02, place, text, transform=axes.get_yaxis_transform(), va="center", size=7.5)


def _rows(context: ComparisonContext) -> list[Standing]:
    """In the order of the means, as in the other figures."""
    standings = {row.arm: row for row in context.comparison.standings}
    return [standings[name] for name in context.comparison.ranked]


def _counts(axes: Axes, ahead: Floats, worlds: int) -> None:
    for (row, column), count in np.ndenumerate(ahead):
        if np.isnan(count):
            continue
        axes.text(column, row, f"{count:.0f}", ha="center", va="center", size=6.5, color="#111111")
        if hold(float(count), worlds) in _HOLDS:
            axes.add_patch(
                Rectangle((column - 0.46, row - 0.46), 0.92, 0.92, fill=False, lw=0.9, ec="#111111")
            )
