"""From announced jobs to additional jobs: a bar for each step, each starting where one ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from rebound_sim.figures import style
from rebound_sim.figures.programme.context import ComparisonContext
from rebound_sim.statistics.balanced import balanced
from rebound_sim.statistics.cell import Cell
from rebound_sim.statistics.programme.account import STEPS

_TOTALS = ("announced_jobs", "gross_jobs", "additional_jobs")
_SHOWN = ("multiplier_jobs", "crowded_out_jobs")
_OTHERS = tuple(name for name in STEPS if name not in (*_SHOWN, "deadweight_jobs"))
_TOTAL, _LOSS, _GAIN = ("#08427A", ""), ("#E6862C", "//"), ("#7FB3DC", "..")


def account_picture(context: ComparisonContext) -> style.Picture | None:
    """Nine bars, for the strategy of the highest estimate. None where no project has support."""
    lines = _lines(context)
    if lines is None:
        return None
    keys = ["account_note", *(["paired"] if context.count > 1 else [])]
    figure = context.canvas(4.6, "account_title", *keys, subtitle=context.best_title)
    axes = figure.add_subplot()
    table = _steps(lines)
    _draw(axes, context, table)
    steps = ", ".join(
        f"{context.words[name].lower()} {context.number(value)}"
        for name, value in zip(table["line"], table["jobs_mean"], strict=True)
    )
    strategy = context.label(context.best.arm)
    return context.picture("job_account", figure, table, strategy=strategy, steps=steps)


def _lines(context: ComparisonContext) -> dict[str, tuple[float, float, float]] | None:
    """Line -> mean and bounds at the end, in the order in which they are told."""
    comparison, strategy, end = context.comparison, context.best.arm, context.months
    cells = [c for c in comparison.account if c.arm == strategy and c.month == end]
    if not any(cell.outcome == "announced_jobs" for cell in cells):
        return None
    by_name = {cell.outcome: cell for cell in cells}
    found = {name: _bounds(by_name[name]) for name in ("announced_jobs", "undelivered_jobs")}
    found["gross_jobs"] = _bounds(by_name["gross_jobs"])
    value, low, high = _bounds(by_name["deadweight_jobs"])
    found["deadweight_jobs"] = -value, -high, -low
    for name in ("crowded_out_jobs", "multiplier_jobs"):
        found[name] = _bounds(by_name[name])
    # Several lines together: their sum is exact, the interval of a sum is not that of its parts.
    nan = float("nan")
    found["other_jobs"] = sum(by_name[name].estimate for name in _OTHERS), nan, nan
    rank = context.best.estimate
    found["additional_jobs"] = rank.value, rank.low, rank.high
    return found


def _bounds(cell: Cell) -> tuple[float, float, float]:
    return cell.estimate, cell.low, cell.high


def _steps(lines: dict[str, tuple[float, float, float]]) -> dict[str, Any]:
    """Where each bar starts and ends."""
    table: dict[str, list[Any]] = {
        name: [] for name in ("line", "jobs_mean", "low95", "high95", "from", "to")
    }
    level = 0.0
    for name, (value, low, high) in lines.items():
        start = 0.0 if name in _TOTALS else level
        level = start + value
        for key, item in zip(table, (name, value, low, high, start, level), strict=True):
            table[key].append(item)
    return {
        name: values if name == "line" else np.array(values, float)
        for name, values in table.items()
    }


def _printed(jobs: Mapping[str, float]) -> dict[str, float]:
    """Means rounded so that what is printed adds up, as in the report's tables."""
    parts = [name for name in jobs if name not in (*_TOTALS, "undelivered_jobs")]
    closed = balanced(
        [jobs["gross_jobs"], *(jobs[name] for name in parts)], jobs["additional_jobs"]
    )
    found = dict(zip(("gross_jobs", *parts), closed, strict=True))
    found |= {name: float(round(jobs[name])) for name in ("announced_jobs", "additional_jobs")}
    found["undelivered_jobs"] = found["gross_jobs"] - found["announced_jobs"]
    return found


def _draw(axes: Axes, context: ComparisonContext, table: dict[str, Any]) -> None:
    words, names = context.words, table["line"]
    printed = _printed(dict(zip(names, table["jobs_mean"].tolist(), strict=True)))
    ends: list[float] = []
    for place, name in enumerate(names):
        value, start, end = (table[key][place] for key in ("jobs_mean", "from", "to"))
        colour, hatch = _TOTAL if name in _TOTALS else _GAIN if value >= 0 else _LOSS
        axes.barh(place, value, 0.62, left=start, color=colour, hatch=hatch, edgecolor="white")
        # A bound is shown where the bar ends, from where it starts.
        low, high = start + table["low95"][place], start + table["high95"][place]
        if np.isfinite(low):
            axes.plot(
                [low, high],
                [place, place],
                color="#111111",
                lw=1.1,
                zorder=3,
                path_effects=style.HALO,
            )
        right = max(start, end, high if np.isfinite(high) else end)
        ends += [start, end, right, low if np.isfinite(low) else end]
        text = context.number(printed[name])
        if np.isfinite(low):
            text += f" {context.interval(table['low95'][place], table['high95'][place])}"
        axes.annotate(
            text, (right, place), xytext=(4, 0), textcoords="offset points", va="center", size=7
        )
        if place + 1 < len(names):
            axes.plot([end, end], [place + 0.31, place + 0.69], color="#777777", lw=0.7, ls=":")
    axes.axvline(0.0, color=style.ZERO_LINE, lw=0.8)
    style.rows(axes, [words[name] for name in names], 0.55)
    # The words beside the longest bar need a third of the axis.
    axes.set_xlim(min(ends), max(ends) + 0.36 * (max(ends) - min(ends)))
    axes.set_xlabel(words["account_axis"])
