"""Efficiency against equity: additional jobs, and the loss left in the worst tenth of zones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from rebound_sim.figures import style
from rebound_sim.figures.programme.context import ComparisonContext
from rebound_sim.statistics.panels import NONE
from rebound_sim.statistics.programme.comparison import find

_OUTCOME = "worst_tenth_loss"


def plane_picture(context: ComparisonContext) -> style.Picture | None:
    """A numbered cross per strategy. None without a closure."""
    rows, words = context.comparison.rows, context.words
    if not any(row.outcome == _OUTCOME for row in rows):
        return None
    ranked = context.ranked
    keys = ("plane_note", "interval", "paired") if context.count > 1 else ("plane_note",)
    figure = context.canvas(4.8, "plane_title", *keys)
    grid = figure.add_gridspec(1, 2, width_ratios=(1.0, 0.34))
    axes, legend = figure.add_subplot(grid[0, 0]), figure.add_subplot(grid[0, 1])
    base = find(rows, _OUTCOME, NONE, reference="").estimate
    axes.axhline(base, color=style.NONE_COLOUR, lw=0.9, ls="--")
    axes.axvline(0.0, color=style.NONE_COLOUR, lw=0.9, ls="--")
    table: dict[str, list[float | str]] = {}
    for rank in ranked:
        change = find(rows, _OUTCOME, rank.arm, reference=NONE)
        x, low, high = rank.estimate.value, rank.estimate.low, rank.estimate.high
        y, bottom, top = (base + part for part in (change.estimate, change.low, change.high))
        axes.hlines(y, low, high, color="#9DB9D0", lw=0.9)
        axes.vlines(x, bottom, top, color="#9DB9D0", lw=0.9)
        for name, value in (
            ("arm", rank.arm),
            ("additional_jobs_mean", x),
            ("additional_jobs_low95", low),
            ("additional_jobs_high95", high),
            ("worst_tenth_loss_mean", y),
            ("worst_tenth_loss_low95", bottom),
            ("worst_tenth_loss_high95", top),
        ):
            table.setdefault(name, []).append(value)
        axes.plot([x], [y], "o", ms=4.5, color=style.POLICY_COLOUR, zorder=3)
    axes.set_xlabel(words["ranking_axis"])
    axes.set_ylabel(words["worst_axis"])
    axes.grid(visible=True, axis="both")
    _legend(legend, context)
    _number(axes, table["additional_jobs_mean"], table["worst_tenth_loss_mean"])
    columns = {name: np.array(values) for name, values in table.items()}
    jobs, losses = columns["additional_jobs_mean"], columns["worst_tenth_loss_mean"]
    return context.picture(
        "efficiency_equity",
        figure,
        columns,
        n=len(ranked),
        low=context.number(jobs.min()),
        high=context.number(jobs.max()),
        bottom=context.number(losses.min(), 1),
        top=context.number(losses.max(), 1),
        base=context.number(base, 1),
    )


def _legend(axes: Axes, context: ComparisonContext) -> None:
    words, ranked = context.words, context.ranked
    axes.set_axis_off()
    for number, rank in enumerate(ranked, start=1):
        _entry(axes, number, f"{number}", context.label(rank.arm))
    _entry(axes, len(ranked) + 1, "- -", words["none"], style.NONE_COLOUR)
    _entry(axes, len(ranked) + 3, "↘", words["plane_better"])


def _number(axes: Axes, across: Sequence[Any], upwards: Sequence[Any]) -> None:
    """Numbers beside their points, on the side where the others are farthest."""
    points = np.array([across, upwards], float).T
    size = np.ptp(points, axis=0)
    scaled = points / np.where(size > 0, size, 1.0)
    for number, place in enumerate(scaled):
        others = np.delete(scaled, number, axis=0)
        side = max(
            ((x, y) for x in (1, -1) for y in (1, -1)),
            key=lambda way: _clear(place + 0.04 * np.array(way), others),
        )
        axes.annotate(
            str(number + 1),
            tuple(points[number]),
            xytext=(5 * side[0], 5 * side[1]),
            textcoords="offset points",
            ha="center",
            va="center",
            size=7,
            weight="bold",
            zorder=4,
            path_effects=style.HALO,
        )


def _clear(place: np.ndarray, others: np.ndarray) -> float:
    """Distance to the nearest other point."""
    return float(np.min(np.linalg.norm(others - place, axis=1), initial=np.inf))


def _entry(axes: Axes, line: int, mark: str, text: str, colour: str = "#222222") -> None:
    """One line of the legend, from the top."""
    height = 1.0 - 0.045 * (line - 1)
    axes.text(
        0.06, height, mark, ha="right", va="top", size=7.5, color=colour, transform=axes.transAxes
    )
    axes.text(0.12, height, text, va="top", size=7.5, transform=axes.transAxes)
