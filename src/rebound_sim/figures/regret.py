"""Regret of strategies across the points of a sweep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from rebound_sim.figures import style
from rebound_sim.figures.subject import Subject
from rebound_sim.figures.sweep import strategy_name
from rebound_sim.figures.texts import TEXTS
from rebound_sim.figures.typography import number, shortened
from rebound_sim.statistics.cell import Cell
from rebound_sim.statistics.programme.regret import regret_cells


def regret_picture(subject: Subject, language: str) -> style.Picture | None:
    """Marks for points and a bar for the largest. None with one strategy or one point."""
    table, words = subject.sweep, TEXTS[language]["others"]
    if len(table.strategies) < 2 or len(table.points) < 2:
        return None
    scenarios = {str(p): table.values[row] for row, p in enumerate(table.points)}
    cells = regret_cells(table.strategies, scenarios, month=table.months)
    worst = sorted((c for c in cells if c.outcome == "largest_regret"), key=lambda c: c.estimate)
    count = table.values.shape[2]
    source = words["source_sweep"].format(
        version=table.version, seed=table.seed, points=len(table.points), n=count
    )
    figure = style.canvas(
        1.9 + 0.28 * len(worst),
        words["regret_title"],
        shortened(table.title, 90),
        [words["regret_note"].format(n=count), source],
    )
    axes = figure.add_subplot()
    _draw(axes, cells, worst, words)
    labels = [strategy_name(c.arm, language) for c in worst]
    axes.axvline(0.0, color=style.ZERO_LINE, lw=0.8)
    style.rows(axes, labels, 0.6)
    axes.set_xlabel(words["regret_axis"])
    style.legend_above(axes, 2)
    low, high = (number(x, language) for x in (worst[0].low, worst[0].high))
    alternative = words["alt_regret"].format(
        points=len(table.points),
        first=labels[0],
        value=number(worst[0].estimate, language),
        low=low,
        high=high,
    )
    return style.Picture("regret", figure, _table(cells), alternative, language)


def _draw(
    axes: Axes, cells: Sequence[Cell], worst: Sequence[Cell], words: Mapping[str, str]
) -> None:
    for place, cell in enumerate(worst):
        own = [c.estimate for c in cells if c.outcome == "regret" and c.arm == cell.arm]
        first = place == 0
        axes.plot(
            own,
            np.full(len(own), place - 0.2),
            "|",
            color="#555555",
            ms=6,
            label=words["regret_point"] if first else None,
        )
        axes.hlines(place, cell.low, cell.high, color=style.POLICY_COLOUR, lw=1.6)
        axes.plot(
            [cell.estimate],
            [place],
            "o",
            color=style.POLICY_COLOUR,
            ms=5,
            label=words["regret_largest"] if first else None,
        )


def _table(cells: Sequence[Cell]) -> dict[str, Any]:
    return {
        "outcome": [c.outcome for c in cells],
        "point": [c.detail for c in cells],
        "arm": [c.arm for c in cells],
        "best": [c.reference for c in cells],
        "regret": [c.estimate for c in cells],
        "low95": [c.low for c in cells],
        "high95": [c.high for c in cells],
    }
