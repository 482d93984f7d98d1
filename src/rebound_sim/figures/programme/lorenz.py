"""Lorenz curves of the loss area between zones, with and without the programme."""

from __future__ import annotations

from typing import Any

import numpy as np

from rebound_sim.figures import style
from rebound_sim.figures.programme.context import ComparisonContext
from rebound_sim.statistics.panels import NONE
from rebound_sim.statistics.programme.comparison import find


def lorenz_picture(context: ComparisonContext) -> style.Picture | None:
    """Two curves and the diagonal. None without a closure."""
    words, best = context.words, context.best.arm
    curves = {name: _curve(context, name) for name in (NONE, best)}
    if not curves[NONE].size or not np.isfinite(curves[NONE][1]).all():
        return None
    keys = ["lorenz_note", *(["point_bands"] if context.count > 1 else [])]
    indices = " ".join(_index(context, name) for name in (NONE, best))
    figure = context.canvas(
        4.5, "lorenz_title", *keys, subtitle=context.best_title, indices=indices
    )
    axes = figure.add_subplot()
    axes.plot([0, 100], [0, 100], color="#777777", ls=":", lw=1.0, label=words["lorenz_equal"])
    table: dict[str, Any] = {"residents_percent": curves[NONE][0]}
    looks = ((NONE, style.NONE_COLOUR, "--"), (best, style.POLICY_COLOUR, "-"))
    for name, colour, dashes in looks:
        across, mean, low, high = curves[name]
        if context.count > 1:
            axes.fill_between(across, low, high, color=colour, alpha=0.2, lw=0)
        axes.plot(across, mean, color=colour, ls=dashes, lw=1.6, label=context.label(name))
        style.bounds(table, name, mean, low, high)
    axes.set_xlim(0, 100)
    axes.set_ylim(0, 100)
    axes.set_aspect("equal")
    axes.grid(visible=True, axis="both")
    axes.set_xlabel(words["lorenz_x"])
    axes.set_ylabel(words["lorenz_y"])
    axes.legend(loc="upper left")
    middle = curves[NONE].shape[1] // 2
    return context.picture(
        "lorenz",
        figure,
        table,
        strategy=context.label(best),
        none=context.percent(100 - curves[NONE][1][middle]),
        policy=context.percent(100 - curves[best][1][middle]),
    )


def _curve(context: ComparisonContext, strategy: str) -> np.ndarray:
    """Share of residents, %; mean, low and high of the share of the loss, %: float[4, places]."""
    return np.array(
        [
            (100 * float(cell.detail), cell.estimate, cell.low, cell.high)
            for cell in context.comparison.lorenz
            if cell.arm == strategy
        ]
    ).T


def _index(context: ComparisonContext, strategy: str) -> str:
    """Theil and Gini of one strategy, with their intervals."""
    found = {}
    for name in ("theil", "gini"):
        row = find(context.comparison.rows, f"loss_{name}", strategy, reference="")
        found[name] = context.number(row.estimate, 3)
        if context.count > 1:
            found[name] += f" {context.interval(row.low, row.high, 3)}"
    return context.words["lorenz_index"].format(strategy=context.label(strategy), **found)
