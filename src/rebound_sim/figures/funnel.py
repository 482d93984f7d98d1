"""The funnel of projects with and without the policy."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from rebound_sim.figures import style
from rebound_sim.figures.context import Context, mean_band
from rebound_sim.statistics.panels import NONE

_STAGES = ("detected", "mature", "decided", "permitted", "built", "operating")
_LINES = (
    ("detected", "#56B4E9", ":"),
    ("mature", "#0072B2", "-"),
    ("decided", "#D55E00", "--"),
    ("operating", "#222222", "-."),
)
_BARS_AFTER = 36


def funnel_picture(context: Context) -> style.Picture:
    """Left, projects at each stage; right, the difference by month at a stage or beyond."""
    words, panels = context.words, context.panels
    keys = ("funnel_note", "paired", "bands") if context.count > 1 else ("single",)
    figure = style.canvas(4.3, words["funnel_title"], context.subtitle, context.notes(*keys))
    left, right = figure.subplots(1, 2)
    month = min(_BARS_AFTER, panels.horizon)
    table: dict[str, Any] = {"month": panels.months[panels.after_burn_in()]}
    for arm in (NONE, context.policy):
        for stage in _STAGES:
            table[f"{arm}_{stage}"] = _now_at(context, arm, stage).mean(axis=0)
    _bars(left, context, month)
    _gains(right, context, table)
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


def _now_at(context: Context, arm: str, stage: str) -> NDArray[Any]:
    """Projects at a stage, operating ones since month 0: [replications, months from 0]."""
    panels = context.panels
    values = panels.values(f"projects_{stage}", arm)
    if stage == "operating":
        values = values - values[:, [panels.before()]]
    return values[:, panels.after_burn_in()]


def _reached(context: Context, arm: str, stage: str) -> NDArray[Any]:
    """Live projects at a stage or beyond: [replications, months from 0]."""
    panels = context.panels
    beyond = _STAGES[_STAGES.index(stage) :]
    total = np.sum([panels.values(f"projects_{name}", arm) for name in beyond], axis=0)
    return np.asarray(total)[:, panels.after_burn_in()]


def _bars(axes: Axes, context: Context, month: int) -> None:
    words = context.words
    places = np.arange(len(_STAGES))
    arms = (
        (NONE, words["none"], style.NONE_COLOUR, "//", -0.2),
        (context.policy, words["policy"], style.POLICY_COLOUR, "", 0.2),
    )
    for arm, label, colour, hatch, shift in arms:
        columns = [_now_at(context, arm, stage)[:, [month - 1]] for stage in _STAGES]
        mean, low, high = np.array([mean_band(column) for column in columns])[:, :, 0].T
        error = None if context.count < 2 else np.maximum(np.array([mean - low, high - mean]), 0.0)
        axes.barh(
            places + shift, mean, 0.38, xerr=error, color=colour, hatch=hatch, edgecolor="white",
            label=label,
            error_kw={"elinewidth": 0.9, "ecolor": "#222222", "capsize": 1.5},
        )  # fmt: skip
        ends = mean if error is None else high
        for place, value, end in zip(places, mean, ends, strict=True):
            axes.annotate(
                context.number(value, 0 if value >= 100 else 1), (end, place + shift),
                xytext=(3, 0), textcoords="offset points", va="center", size=6.5,
            )  # fmt: skip
    labels = [words[stage] for stage in _STAGES[:-1]]
    axes.set_yticks(places, [*labels, words["operating_since"]])
    axes.invert_yaxis()
    axes.grid(False)
    axes.margins(x=0.14)
    axes.set_xlabel(words["projects_axis"])
    axes.set_title(words["funnel_bars"].format(month=month))
    axes.legend(loc="upper center", bbox_to_anchor=(0.4, -0.22), borderaxespad=0)


def _gains(axes: Axes, context: Context, table: dict[str, Any]) -> None:
    axes.axhline(0.0, color=style.ZERO_LINE, lw=0.8)
    for stage, colour, dashes in _LINES:
        gain = _reached(context, context.policy, stage) - _reached(context, NONE, stage)
        mean, low, high = mean_band(gain)
        if context.count > 1:
            axes.fill_between(table["month"], low, high, color=colour, alpha=0.18, lw=0)
        axes.plot(table["month"], mean, color=colour, ls=dashes, lw=1.5, label=context.words[stage])
        for name, column in (("mean", mean), ("low95", low), ("high95", high)):
            table[f"difference_{stage}_{name}"] = column
    axes.set_title(context.words["funnel_gain"])
    axes.set_ylabel(context.words["difference_projects_axis"])
    style.months_axis(axes, context.panels.horizon, context.month_axis)
    axes.legend(loc="upper center", bbox_to_anchor=(0.45, -0.22), ncols=2, borderaxespad=0)
