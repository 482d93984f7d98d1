"""Where the displaced workers are, month by month, with and without the policy."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from numpy.typing import NDArray

from rebound_sim.figures import style
from rebound_sim.figures.context import PolicyContext, mean_band
from rebound_sim.statistics.panels import NONE
from rebound_sim.statistics.people import IN_WORK, displaced_share

#: From the bottom: key of the text, states added, colour, hatch. Families differ by hatch, and
#: neighbours by lightness.
_LAYERS: tuple[tuple[str, tuple[str, ...], str, str], ...] = (
    ("permanent", ("permanent",), "#08427A", ""),
    ("fixed_term", ("fixed_term",), "#3F8FC4", ""),
    ("self_employed", ("self_employed",), "#0B5FA0", ""),
    ("outside", ("outside",), "#A9D3EE", ""),
    ("training", ("training",), "#C2A5CF", "//"),
    ("unemployed_supported", ("unemployed_supported",), "#FDD49E", "//"),
    ("unemployed", ("unemployed",), "#E6862C", "//"),
    ("inactive", ("inactive", "halo"), "#8C8C8C", ".."),
    ("retired", ("retired",), "#C9C9C9", ".."),
)


def displaced_picture(context: PolicyContext) -> style.Picture | None:
    """Two stacked areas and the difference in the share in work. None without layoffs."""
    panels, words, start = context.panels, context.words, context.panels.first_layoffs
    if start is None or not 0 <= start < panels.horizon - 1:
        return None
    if not np.any(panels.values("displaced", NONE)):
        return None
    keys = ("displaced_note", "paired", "bands") if context.count > 1 else ("single",)
    figure = style.canvas(5.4, words["displaced_title"], context.subtitle, context.notes(*keys))
    grid = figure.add_gridspec(2, 3, height_ratios=(2.1, 1.0), width_ratios=(1, 1, 0.62))
    months = np.arange(panels.horizon - start)
    table: dict[str, Any] = {"month_since_first_layoffs": months}
    titles = {NONE: words["none"], context.policy: words["policy"]}
    for place, (arm, title) in enumerate(titles.items()):
        axes = figure.add_subplot(grid[0, place])
        _stack(axes, context, arm, months, table)
        axes.set_title(title)
        if place == 0:
            axes.set_ylabel(words["displaced_axis"])
        else:
            axes.tick_params(labelleft=False)
    _legend(figure.add_subplot(grid[0, 2]), context)
    _gain(figure.add_subplot(grid[1, :2]), context, months, table)
    ends = {
        key: context.percent(displaced_share(panels, arm, IN_WORK)[:, -1].mean())
        for key, arm in (("none", NONE), ("policy", context.policy))
    }
    mean, low, high = (
        context.number(table[f"in_work_difference_{side}"][-1], 1)
        for side in ("mean", "low95", "high95")
    )
    return context.picture(
        "displaced", figure, table, months=int(months[-1]), gain=mean, low=low, high=high, **ends
    )


def _since(context: PolicyContext, values: NDArray[Any]) -> NDArray[Any]:
    return values[:, context.panels.row(context.panels.first_layoffs or 0) :]


def _stack(
    axes: Axes, context: PolicyContext, arm: str, months: NDArray[Any], table: dict[str, Any]
) -> None:
    lower = np.zeros(months.size)
    for key, states, colour, hatch in _LAYERS:
        values = _since(context, displaced_share(context.panels, arm, states))
        share = np.nanmean(values, axis=0)
        axes.fill_between(
            months, lower, lower + share, facecolor=colour, hatch=hatch, edgecolor="white", lw=0.3
        )
        table[f"{arm}_{key}_percent"] = share
        lower = lower + share
    axes.set_ylim(0, 100)
    axes.grid(False)
    style.months_axis(axes, int(months[-1]), context.words["layoff_axis"])


def _legend(axes: Axes, context: PolicyContext) -> None:
    axes.set_axis_off()
    patches = [
        Patch(facecolor=colour, hatch=hatch, edgecolor="white", label=context.words[key])
        for key, _, colour, hatch in reversed(_LAYERS)
    ]
    axes.legend(
        handles=patches,
        loc="center left",
        bbox_to_anchor=(-0.12, 0.5),
        borderaxespad=0,
        handlelength=1.6,
        handleheight=1.2,
        labelspacing=0.7,
    )


def _gain(axes: Axes, context: PolicyContext, months: NDArray[Any], table: dict[str, Any]) -> None:
    in_work = [
        _since(context, displaced_share(context.panels, arm, IN_WORK))
        for arm in (context.policy, NONE)
    ]
    mean, low, high = mean_band(in_work[0] - in_work[1])
    axes.axhline(0.0, color=style.ZERO_LINE, lw=0.8)
    if context.count > 1:
        axes.fill_between(months, low, high, color=style.POLICY_COLOUR, alpha=0.28, lw=0)
    axes.plot(months, mean, color=style.POLICY_COLOUR, lw=1.6)
    for name, column in (("mean", mean), ("low95", low), ("high95", high)):
        table[f"in_work_difference_{name}"] = column
    axes.set_title(context.words["in_work_gain"])
    axes.set_ylabel(context.words["points_axis"])
    style.months_axis(axes, int(months[-1]), context.words["layoff_axis"])
