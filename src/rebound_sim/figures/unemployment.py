"""Unemployment of a zone: without closure, with it, with the policy; what the policy changes."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes

from rebound_sim.figures import style
from rebound_sim.figures.context import Context, mean_band
from rebound_sim.figures.texts import add_words
from rebound_sim.statistics.panels import NO_SHOCK, NONE

_RATE = "unemployment_rate"
_HEADROOM = 0.4

add_words(
    "unemployment",
    "run",
    {
        "en": {
            "about": "unemployment rate with and without the policy, and the paired difference",
            "unemployment_title": "Unemployment with and without the policy",
            "rate_axis": "Unemployment rate, %",
            "rate_points": "Difference, points",
            "rate_effect": "Policy − none",
            "rate_levels": "Mean over replications",
            "alt_unemployment": "Curves of the unemployment rate over {months} months. At the end, "
            "means: {no_shock} % without closure, {none} % with it and without policy, {policy} % "
            "with the policy. Effect of the policy at the end: {effect} points ({low} to {high}).",
        },
        "fr": {
            "about": "taux de chômage avec et sans la politique, et l'écart apparié",
            "unemployment_title": "Le chômage avec et sans la politique",
            "rate_axis": "Taux de chômage, %",
            "rate_points": "Écart, points",
            "rate_effect": "Politique − aucune",
            "rate_levels": "Moyenne des réplications",
            "alt_unemployment": "Courbes du taux de chômage sur {months} mois. À la fin, en "
            "moyenne : {no_shock} % sans fermeture, {none} % avec et sans politique, {policy} % "
            "avec la politique. Effet de la politique à la fin : {effect} point ({low} à {high}).",
        },
    },
)


def unemployment_picture(context: Context) -> style.Picture:
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


def _levels(axes: Axes, context: Context, table: dict[str, Any]) -> None:
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


def _effect(axes: Axes, context: Context, table: dict[str, Any]) -> None:
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
