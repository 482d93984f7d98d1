"""Strategies ranked by additional jobs, with intervals and the ranks that they may have."""

from __future__ import annotations

from typing import Any

import numpy as np

from rebound_sim.figures import style
from rebound_sim.figures.programme.context import ComparisonContext
from rebound_sim.statistics.intervals import Estimate


def ranking_picture(context: ComparisonContext) -> style.Picture:
    """A dot and a bar per strategy; on the right, its ranks."""
    words, ranked = context.words, context.ranked
    keys = ("interval", "ranks_note", "paired") if context.count > 1 else ("paired",)
    figure = context.canvas(1.7 + 0.22 * len(ranked), "ranking_title", *keys)
    axes = figure.add_subplot()
    places = np.arange(len(ranked))
    estimates = [rank.estimate for rank in ranked]
    values = np.array([e.value for e in estimates])
    low, high = (np.array([getattr(e, side) for e in estimates]) for side in ("low", "high"))
    axes.axvline(0.0, color=style.ZERO_LINE, lw=0.8)
    axes.hlines(places, low, high, color=style.POLICY_COLOUR, lw=1.6)
    axes.plot(values, places, "o", color=style.POLICY_COLOUR, ms=5)
    style.rows(axes, [context.label(rank.arm) for rank in ranked], 0.6)
    axes.set_xlabel(words["ranking_axis"])
    if context.count > 1:
        axes.text(
            1.02,
            1.0,
            words["ranks"],
            transform=axes.transAxes,
            size=7.5,
            va="bottom",
            color="#444444",
        )
        for place, rank in enumerate(ranked):
            ranks = f"{rank.first}" if rank.first == rank.last else f"{rank.first}–{rank.last}"
            axes.text(
                1.02, place, ranks, transform=axes.get_yaxis_transform(), va="center", size=7.5
            )
    table: dict[str, Any] = {
        "arm": [rank.arm for rank in ranked],
        "additional_jobs_mean": values,
        "additional_jobs_low95": low,
        "additional_jobs_high95": high,
        "first_rank": [rank.first for rank in ranked],
        "last_rank": [rank.last for rank in ranked],
    }
    return context.picture(
        "strategies",
        figure,
        table,
        n=len(ranked),
        months=context.months,
        **extremes(context, [(rank.arm, rank.estimate) for rank in ranked]),
    )


def extremes(context: ComparisonContext, estimates: list[tuple[str, Estimate]]) -> dict[str, str]:
    """The first and the last strategy of a list, with their intervals, in words."""
    found = {}
    for place, (strategy, estimate) in (("first", estimates[0]), ("last", estimates[-1])):
        found[place] = context.label(strategy)
        for side in ("value", "low", "high"):
            found[f"{place}_{side}"] = context.number(getattr(estimate, side))
    return found
