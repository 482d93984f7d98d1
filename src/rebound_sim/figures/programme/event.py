"""Event study: jobs by months since the layoffs, against twins under the same luck."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from rebound_sim.figures import style
from rebound_sim.figures.programme.context import ComparisonContext
from rebound_sim.statistics.cell import Cell
from rebound_sim.statistics.panels import NONE


def event_picture(context: ComparisonContext) -> style.Picture | None:
    """Left, the closure against its absence; right, strategies against none. None: no closure."""
    cells, words = context.comparison.event_time, context.words
    if not cells:
        return None
    best, zones = context.best.arm, cells[0].zones
    keys = ["event_note", *(["bands"] if context.count > 1 else [])]
    figure = context.canvas(3.9, "event_title", *keys, subtitle=context.best_title, zones=zones)
    left, right = figure.subplots(1, 2)
    curves = {name: _curve(cells, name) for name in (NONE, *context.comparison.panels.strategies)}
    band = context.count > 1
    _draw(left, curves[NONE], style.NONE_COLOUR, "--", band)
    others = [name for name in curves if name not in (NONE, best)]
    for name in others:
        months, mean = curves[name][:2]
        right.plot(
            months,
            mean,
            color="#9A9A9A",
            ls=":",
            lw=1.0,
            label=words["others"] if name == others[0] else None,
        )
    _draw(right, curves[best], style.POLICY_COLOUR, "-", band, context.label(best))
    right.legend(loc="upper left", frameon=True, framealpha=0.9, edgecolor="none")
    for axes, title in ((left, "event_closure"), (right, "event_programme")):
        axes.axhline(0.0, color=style.ZERO_LINE, lw=0.8)
        axes.axvline(0.0, color=style.ZERO_LINE, lw=0.7, ls=":")
        axes.set_title(words[title])
        months = curves[NONE][0]
        style.months_axis(axes, int(months[-1]), words["layoff_axis"], first=int(months[0]))
    left.set_ylabel(words["event_axis"])
    number = context.number
    last, closure, gain = int(curves[NONE][0][-1]), curves[NONE][:, -1], curves[best][:, -1]
    return context.picture(
        "event_study",
        figure,
        _table(cells),
        zones=zones,
        month=last,
        closure=number(closure[1], 1),
        closure_low=number(closure[2], 1),
        closure_high=number(closure[3], 1),
        strategy=context.label(best),
        value=number(gain[1], 1),
        low=number(gain[2], 1),
        high=number(gain[3], 1),
    )


def _curve(cells: list[Cell], strategy: str) -> np.ndarray:
    """Months, mean, low, high: float[4, months]."""
    rows = [(c.month, c.estimate, c.low, c.high) for c in cells if c.arm == strategy]
    return np.array(rows, float).T


def _draw(
    axes: Axes, curve: np.ndarray, colour: str, dashes: str, band: bool, label: str | None = None
) -> None:
    months, mean, low, high = curve
    if band:
        axes.fill_between(months, low, high, color=colour, alpha=0.25, lw=0)
    axes.plot(months, mean, color=colour, ls=dashes, lw=1.6, label=label)


def _table(cells: list[Cell]) -> dict[str, Any]:
    names = ("arm", "reference", "month", "estimate", "low", "high")
    columns = {name: [getattr(cell, name) for cell in cells] for name in names}
    heads = ("arm", "reference", "month_since_layoffs", "jobs_per_zone", "low95", "high95")
    return dict(zip(heads, columns.values(), strict=True))
