"""Jobs against the path without closure, zone by zone, with and without the strategy.

Per 100 jobs that close in the zone, so that all panels have one scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from rebound_sim.figures import style
from rebound_sim.figures.context import mean_band
from rebound_sim.figures.programme.context import ComparisonContext
from rebound_sim.figures.programme.grid import panel_title, small_panels
from rebound_sim.statistics.panels import Panels
from rebound_sim.statistics.programme.zones import employment_gaps

_COLUMNS = 6
_ARMS = (("none", style.NONE_COLOUR, "--"), ("strategy", style.POLICY_COLOUR, "-"))


def gaps_picture(context: ComparisonContext) -> style.Picture | None:
    """A small panel per zone that loses jobs, for the strategy of the highest estimate. None when
    none does."""
    words, panels = context.words, context.comparison.panels
    closed = {zone: _closed(panels, zone) for zone in panels.zones}
    gaps = {
        zone: (100.0 * without / closed[zone], 100.0 * with_it / closed[zone])
        for zone, (without, with_it) in employment_gaps(panels, context.best.arm).items()
        if closed[zone]
    }
    if not gaps:
        return None
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
    every = small_panels(figure, len(gaps), across, panels.horizon, labels, handles)
    table: dict[str, list[Any]] = {}
    for axes, (zone, pair) in zip(every, gaps.items(), strict=True):
        table.setdefault("zone", []).extend([zone] * months.size)
        table.setdefault("month", []).extend(int(month) for month in months)
        table.setdefault("jobs_closed", []).extend([closed[zone]] * months.size)
        _panel(axes, months, pair, table)
        panel_title(axes, f"{panels.zone_name(zone)}, {context.number(closed[zone])}", length=17)
    _one_scale(every)
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


def _closed(panels: Panels, zone: str) -> int:
    """Jobs of the sites that close in a zone."""
    return sum(int(closure.get("jobs", 0)) for closure in panels.closures.get(zone, ()))


def _one_scale(every: Sequence[Axes]) -> None:
    """The same vertical axis for all panels, its numbers on the first of each row."""
    low = min(axes.get_ylim()[0] for axes in every)
    high = max(axes.get_ylim()[1] for axes in every)
    for axes in every:
        axes.set_ylim(low, high)
        axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
        spec = axes.get_subplotspec()
        axes.tick_params(labelleft=spec is not None and spec.is_first_col())


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
