"""Jobs without closure, with it, and with the policy; and the paired differences."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from rebound_sim.figures import style
from rebound_sim.figures.context import PolicyContext, mean_band
from rebound_sim.statistics.employment import JOBS
from rebound_sim.statistics.panels import NO_SHOCK, NONE

#: Below this number of replications quantiles mean little: each one is drawn.
_FEWEST_FOR_BANDS = 10
_QUANTILES = (5, 25, 50, 75, 95)


def employment_picture(context: PolicyContext) -> style.Picture:
    """Three fans of levels on one scale above two differences, each with its own scale."""
    panels, words = context.panels, context.words
    spread = "fan" if context.count >= _FEWEST_FOR_BANDS else "strands"
    keys = (spread, "paired", "bands") if context.count > 1 else ("single",)
    figure = style.canvas(5.6, words["employment_title"], context.subtitle, context.notes(*keys))
    grid = figure.add_gridspec(2, 6, height_ratios=(1.0, 1.0))
    table: dict[str, Any] = {"month": panels.months}
    _levels(figure, grid, context, table)
    effects = (
        (panels.difference(JOBS, NONE, NO_SHOCK), "closure_effect", style.NONE_COLOUR, "--"),
        (panels.difference(JOBS, context.policy), "policy_effect", style.POLICY_COLOUR, "-"),
    )
    for place, (values, key, colour, dashes) in enumerate(effects):
        axes = figure.add_subplot(grid[1, 3 * place : 3 * place + 3])
        _effect(axes, context, values, colour, dashes, table, key)
        axes.set_title(words[key])
        if place == 0:
            axes.set_ylabel(words["difference_axis"])
    number = context.number
    low, high = (table[f"policy_effect_{side}"][-1] for side in ("low95", "high95"))
    ends = {
        key: number(table[f"{arm}_p50"][-1])
        for key, arm in (("no_shock", NO_SHOCK), ("none", NONE), ("policy", context.policy))
    }
    return context.picture(
        "employment",
        figure,
        table,
        months=panels.horizon,
        **ends,
        effect=number(table["policy_effect_mean"][-1]),
        low=number(low),
        high=number(high),
    )


def _levels(figure: Figure, grid: Any, context: PolicyContext, table: dict[str, Any]) -> None:
    panels, words = context.panels, context.words
    arms = (
        (NO_SHOCK, words["no_shock"], style.NO_SHOCK_COLOUR, "-."),
        (NONE, words["none"], style.NONE_COLOUR, "--"),
        (context.policy, words["policy"], style.POLICY_COLOUR, "-"),
    )
    reference = np.median(panels.values(JOBS, NO_SHOCK), axis=0)
    first: Axes | None = None
    for place, (arm, title, colour, dashes) in enumerate(arms):
        axes = figure.add_subplot(grid[0, 2 * place : 2 * place + 2], sharey=first)
        values = panels.values(JOBS, arm)
        _fan(axes, table["month"], values, colour, dashes)
        if arm != NO_SHOCK:
            axes.plot(table["month"], reference, color=style.NO_SHOCK_COLOUR, ls="-.", lw=0.9)
        for quantile in _QUANTILES:
            table[f"{arm}_p{quantile}"] = np.percentile(values, quantile, axis=0)
        axes.set_title(title)
        style.months_axis(axes, panels.horizon, "")
        if first is None:
            first = axes
            axes.set_ylabel(words["jobs_axis"])
        else:
            axes.tick_params(labelleft=False)


def _fan(axes: Axes, months: NDArray[Any], values: NDArray[Any], colour: str, dashes: str) -> None:
    p5, p25, p50, p75, p95 = np.percentile(values, _QUANTILES, axis=0)
    if values.shape[0] >= _FEWEST_FOR_BANDS:
        axes.fill_between(months, p5, p95, color=colour, alpha=0.18, lw=0)
        axes.fill_between(months, p25, p75, color=colour, alpha=0.32, lw=0)
    elif values.shape[0] > 1:
        axes.plot(months, values.T, color=colour, alpha=0.35, lw=0.5)
    axes.plot(months, p50, color=colour, ls=dashes, lw=1.6)


def _effect(
    axes: Axes,
    context: PolicyContext,
    values: NDArray[Any],
    colour: str,
    dashes: str,
    table: dict[str, Any],
    key: str,
) -> None:
    panels, months = context.panels, table["month"]
    mean, low, high = mean_band(values)
    axes.axhline(0.0, color=style.ZERO_LINE, lw=0.8)
    if context.count > 1:
        axes.fill_between(months, low, high, color=colour, alpha=0.28, lw=0)
    axes.plot(months, mean, color=colour, ls=dashes, lw=1.6)
    for name, column in (("mean", mean), ("low95", low), ("high95", high)):
        table[f"{key}_{name}"] = column
    if panels.first_layoffs is not None and 0 < panels.first_layoffs < panels.horizon:
        axes.axvline(panels.first_layoffs, color=style.ZERO_LINE, lw=0.7, ls=":")
        axes.text(
            panels.first_layoffs + 1.5,
            # Away from the curve, which starts at 0 and goes to one side.
            0.03 if mean[-1] > 0 else 0.74,
            context.words["first_layoffs"],
            transform=axes.get_xaxis_transform(),
            size=7,
            color=style.ZERO_LINE,
        )
    style.months_axis(axes, panels.horizon, context.month_axis)
