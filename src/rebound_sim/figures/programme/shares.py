"""Gross jobs of each strategy by what they are, beside its additional jobs."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from rebound_sim.figures import style
from rebound_sim.figures.programme.context import ComparisonContext
from rebound_sim.statistics.cell import at

_PARTS = (
    ("deadweight_jobs", "#E6862C", "//"), ("time_shifted_jobs", "#F5D0A9", "\\\\"),
    ("induced_jobs", "#3F8FC4", ""),
)  # fmt: skip


def shares_picture(context: ComparisonContext) -> style.Picture:
    """Stacked bars, and a diamond with its interval for the additional jobs."""
    words, ranked = context.words, context.ranked
    figure = context.canvas(1.85 + 0.3 * len(ranked), "shares_title", "shares_note")
    axes = figure.add_subplot()
    table: dict[str, Any] = {"arm": [rank.arm for rank in ranked]}
    gross = _bars(axes, context, table)
    net = np.array([[r.estimate.value, r.estimate.low, r.estimate.high] for r in ranked]).T
    style.bounds(table, "additional_jobs", *net)
    places = np.arange(len(ranked))
    axes.hlines(places, net[1], net[2], color="#111111", lw=1.4, zorder=3, path_effects=style.HALO)
    axes.plot(
        net[0],
        places,
        "D",
        color="white",
        mec="#111111",
        ms=5,
        zorder=4,
        label=words["additional_jobs"],
    )
    axes.axvline(0.0, color=style.ZERO_LINE, lw=0.8)
    style.rows(axes, [context.label(rank.arm) for rank in ranked])
    axes.set_xlabel(words["shares_axis"].format(months=context.months))
    style.legend_above(axes, 4)
    number, first = context.number, ranked[0]
    return context.picture(
        "job_shares",
        figure,
        table,
        n=len(ranked),
        first=context.label(first.arm),
        gross=number(gross[0]),
        deadweight=number(table["deadweight_jobs_mean"][0]),
        additional=number(net[0, 0]),
        low=number(net[1, 0]),
        high=number(net[2, 0]),
    )


def _bars(axes: Axes, context: ComparisonContext, table: dict[str, Any]) -> np.ndarray:
    """The stacked bars; gross jobs of each strategy."""
    left = np.zeros(len(context.ranked))
    for name, colour, hatch in _PARTS:
        cells = [
            at(
                context.comparison.account,
                outcome=name,
                arm=rank.arm,
                month=context.months,
            )
            for rank in context.ranked
        ]
        values = np.array([cell.estimate for cell in cells])
        axes.barh(
            np.arange(left.size),
            values,
            0.6,
            left=left,
            color=colour,
            hatch=hatch,
            edgecolor="white",
            label=context.words[name],
        )
        style.bounds(table, name, values, [c.low for c in cells], [c.high for c in cells])
        left = left + values
    return left
