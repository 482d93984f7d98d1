"""The funnel of projects with and without the policy."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from rebound_sim.figures import style
from rebound_sim.figures.context import PolicyContext, mean_band
from rebound_sim.statistics.panels import NONE

_STAGES = ("detected", "mature", "decided", "permitted", "built", "operating")
#: Stages whose gain is drawn, each in a panel of its own: the first is many times the last.
_GAINS = ("detected", "mature", "decided", "operating")
_BARS_AFTER = 36


def funnel_picture(context: PolicyContext) -> style.Picture:
    """Left, projects at each stage; right, the difference by month at four stages or beyond."""
    words, panels = context.words, context.panels
    keys = ("funnel_note", "paired", "bands") if context.count > 1 else ("single",)
    figure = style.canvas(4.6, words["funnel_title"], context.subtitle, context.notes(*keys))
    grid = figure.add_gridspec(2, 3, width_ratios=(1.5, 1.0, 1.0))
    month = min(_BARS_AFTER, panels.horizon)
    table: dict[str, Any] = {"month": panels.months}
    for arm in (NONE, context.policy):
        for stage in _STAGES:
            table[f"{arm}_{stage}"] = _now_at(context, arm, stage).mean(axis=0)
    _bars(figure.add_subplot(grid[:, 0]), context, month)
    for place, stage in enumerate(_GAINS):
        axes = figure.add_subplot(grid[place // 2, 1 + place % 2])
        _gain(axes, context, stage, table)
        if place % 2 == 0:
            axes.set_ylabel(words["difference_projects_axis"])
        style.months_axis(axes, panels.horizon, words["months_only"] if place > 1 else "")
    number = context.number
    ends = {
        key: number(_now_at(context, arm, "operating")[:, month - 1].mean(), 1)
        for key, arm in (("none", NONE), ("policy", context.policy))
    }
    gain, low, high = (
        number(table[f"difference_operating_{side}"][-1], 1) for side in ("mean", "low95", "high95")
    )
    return context.picture(
        "funnel", figure, table, month=month, gain=gain, low=low, high=high, **ends
    )


def _now_at(context: PolicyContext, arm: str, stage: str) -> NDArray[Any]:
    """Projects at a stage, operating ones since month 0: [replications, months from 0]."""
    panels = context.panels
    values = panels.values(f"projects_{stage}", arm)
    if stage == "operating":
        values = values - values[:, [0]]
    return values


def _reached(context: PolicyContext, arm: str, stage: str) -> NDArray[Any]:
    """Live projects at a stage or beyond: [replications, months from 0]."""
    panels = context.panels
    beyond = _STAGES[_STAGES.index(stage) :]
    total = np.sum([panels.values(f"projects_{name}", arm) for name in beyond], axis=0)
    return np.asarray(total)


def _bars(axes: Axes, context: PolicyContext, month: int) -> None:
    words = context.words
    places = np.arange(len(_STAGES))
    arms = (
        (NONE, words["none"], style.NONE_COLOUR, "//", -0.2),
        (context.policy, words["policy"], style.POLICY_COLOUR, "", 0.2),
    )
    for arm, label, colour, hatch, shift in arms:
        columns = [_now_at(context, arm, stage)[:, [month - 1]] for stage in _STAGES]
        mean, low, high = np.array([mean_band(column, 0.0) for column in columns])[:, :, 0].T
        error = None if context.count < 2 else np.maximum(np.array([mean - low, high - mean]), 0.0)
        axes.barh(
            places + shift,
            mean,
            0.38,
            xerr=error,
            color=colour,
            hatch=hatch,
            edgecolor="white",
            label=label,
            error_kw={"elinewidth": 0.9, "ecolor": "#222222", "capsize": 1.5},
        )
        ends = mean if error is None else high
        for place, value, end in zip(places, mean, ends, strict=True):
            axes.annotate(
                context.number(value, 0 if value >= 100 else 1),
                (end, place + shift),
                xytext=(3, 0),
                textcoords="offset points",
                va="center",
                size=6.5,
            )
    labels = [words[stage] for stage in _STAGES[:-1]]
    axes.set_yticks(places, [*labels, words["operating_since"]])
    axes.invert_yaxis()
    axes.grid(False)
    axes.margins(x=0.14)
    axes.xaxis.set_major_locator(MaxNLocator(3))  # more would meet in this narrow panel
    axes.set_xlabel(words["projects_axis"])
    axes.set_title(words["funnel_bars"].format(month=month))
    axes.legend(loc="upper center", bbox_to_anchor=(0.4, -0.22), borderaxespad=0)


def _gain(axes: Axes, context: PolicyContext, stage: str, table: dict[str, Any]) -> None:
    gain = _reached(context, context.policy, stage) - _reached(context, NONE, stage)
    mean, low, high = mean_band(gain)
    axes.axhline(0.0, color=style.ZERO_LINE, lw=0.8)
    if context.count > 1:
        axes.fill_between(table["month"], low, high, color=style.POLICY_COLOUR, alpha=0.25, lw=0)
    axes.plot(table["month"], mean, color=style.POLICY_COLOUR, lw=1.5)
    for name, column in (("mean", mean), ("low95", low), ("high95", high)):
        table[f"difference_{stage}_{name}"] = column
    axes.set_title(context.words[f"gain_{stage}"])
