"""Unemployment of a zone: without closure, with it, with the policy; what the policy changes."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes

from rebound_sim.figures import style
from rebound_sim.figures.context import PolicyContext, mean_band
from rebound_sim.statistics.panels import NO_SHOCK, NONE

_RATE = "unemployment_rate"
_HEADROOM = 0.4


def unemployment_picture(context: PolicyContext) -> style.Picture:
    """Three mean levels on one scale, beside the paired difference from none."""
    panels, words = context.panels, context.words
    keys = ("paired", "bands") if context.count > 1 else ("single",)
    figure = style.canvas(3.6, words["unemployment_title"], context.subtitle, context.notes(*keys))
    levels, effect = figure.subplots(1, 2)
    table: dict[str, Any] = {"month": panels.months}
    _levels(levels, context, table)
    _effect(effect, context, table)
    number, after = context.number, -1
    ends = {
        key: number(table[f"{arm}_mean"][after], 1)
        for key, arm in (("no_shock", NO_SHOCK), ("none", NONE), ("policy", context.policy))
    }
    return context.picture(
        "unemployment",
        figure,
        table,
        months=panels.horizon,
        **ends,
        effect=number(table["effect_mean"][after], 2),
        low=number(table["effect_low95"][after], 2),
        high=number(table["effect_high95"][after], 2),
    )


def _levels(axes: Axes, context: PolicyContext, table: dict[str, Any]) -> None:
    panels, words = context.panels, context.words
    for arm, key, colour, dashes in (
        (NO_SHOCK, "no_shock", style.NO_SHOCK_COLOUR, "-."),
        (NONE, "none", style.NONE_COLOUR, "--"),
        (context.policy, "policy", style.POLICY_COLOUR, "-"),
    ):
        mean = panels.values(_RATE, arm).mean(axis=0)
        axes.plot(table["month"], mean, color=colour, ls=dashes, lw=1.4, label=words[key])
        table[f"{arm}_mean"] = mean
    low, high = axes.get_ylim()
    axes.set_ylim(low, high + _HEADROOM * (high - low))  # the legend stands above the curves
    axes.legend(loc="upper right")
    axes.set_title(words["rate_levels"])
    axes.set_ylabel(words["rate_axis"])
    style.months_axis(axes, panels.horizon, context.month_axis)


def _effect(axes: Axes, context: PolicyContext, table: dict[str, Any]) -> None:
    panels, words = context.panels, context.words
    change = panels.difference(_RATE, context.policy)
    mean, low, high = mean_band(change)
    axes.axhline(0.0, color=style.ZERO_LINE, lw=0.8)
    if context.count > 1:
        axes.fill_between(table["month"], low, high, color=style.POLICY_COLOUR, alpha=0.28, lw=0)
    axes.plot(table["month"], mean, color=style.POLICY_COLOUR, lw=1.6)
    for name, column in (("mean", mean), ("low95", low), ("high95", high)):
        table[f"effect_{name}"] = column
    axes.set_title(words["rate_effect"])
    axes.set_ylabel(words["rate_points"])
    style.months_axis(axes, panels.horizon, context.month_axis)
