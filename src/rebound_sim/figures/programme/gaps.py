"""Jobs against the path without closure, zone by zone, with and without the strategy."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from rebound_sim.figures import style
from rebound_sim.figures.context import mean_band
from rebound_sim.figures.programme.context import ComparisonContext
from rebound_sim.figures.programme.grid import panel_title, small_panels
from rebound_sim.statistics.programme.zones import employment_gaps

_COLUMNS = 6
_ARMS = (("none", style.NONE_COLOUR, "--"), ("strategy", style.POLICY_COLOUR, "-"))


def gaps_picture(context: ComparisonContext) -> style.Picture:
    """A small panel per zone, for the strategy of the highest estimate."""
    words, panels = context.words, context.comparison.panels
    gaps = employment_gaps(panels, context.best.arm)
    across = min(_COLUMNS, len(gaps))
    down = -(-len(gaps) // across)
    figure = context.canvas(
        1.75 + (0.98 if down > 2 else 1.5) * down,
        "gaps_title",
        "gaps_note",
        *(["bands"] if context.count > 1 else []),
        "paired",
        subtitle=context.best_title,
    )
    months = panels.months[panels.months >= 0]
    names = (words["none"], context.label(context.best.arm))
    handles = [
        Line2D([], [], color=colour, ls=dashes, lw=1.3, label=label)
        for (_, colour, dashes), label in zip(_ARMS, names, strict=True)
    ]
    labels = words["months_axis"], words["gaps_axis"]
    every = small_panels(figure, len(gaps), across, panels.horizon, labels, handles, gap=0.45)
    table: dict[str, list[Any]] = {}
    for axes, (zone, pair) in zip(every, gaps.items(), strict=True):
        table.setdefault("zone", []).extend([zone] * months.size)
        table.setdefault("month", []).extend(int(month) for month in months)
        _panel(axes, months, pair, table)
        panel_title(axes, panels.zone_name(zone))
    ends = [[values[:, -1].mean() for values in pair] for pair in gaps.values()]
    without, with_it = zip(*ends, strict=True)
    number = context.number
    return context.picture(
        "zones_gap",
        figure,
        table,
        n=len(gaps),
        months=context.months,
        strategy=context.label(context.best.arm),
        none_low=number(min(without)),
        none_high=number(max(without)),
        low=number(min(with_it)),
        high=number(max(with_it)),
    )


def _panel(
    axes: Axes, months: np.ndarray, pair: tuple[np.ndarray, np.ndarray], table: dict[str, list[Any]]
) -> None:
    """One zone without and with the strategy; its numbers are added to the table."""
    axes.axhline(0.0, color=style.ZERO_LINE, lw=0.7)
    for (arm, colour, dashes), values in zip(_ARMS, pair, strict=True):
        mean, low, high = mean_band(values)
        if values.shape[0] > 1:
            axes.fill_between(months, low, high, color=colour, alpha=0.22, lw=0)
        axes.plot(months, mean, color=colour, ls=dashes, lw=1.1)
        for name, column in (("mean", mean), ("low95", low), ("high95", high)):
            table.setdefault(f"{arm}_{name}", []).extend(np.asarray(column).tolist())
    if not any(np.any(values) for values in pair):
        axes.set_ylim(-1, 1)  # a control zone that nothing has reached
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
