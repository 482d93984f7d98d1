"""Money committed and paid against the envelope, by instrument."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from rebound_sim.figures import style
from rebound_sim.figures.context import PolicyContext
from rebound_sim.figures.texts import instrument_name
from rebound_sim.statistics.money import euros, used_instruments

#: From the bottom: they add up to the envelope.
_LAYERS = (
    ("kept", "#08427A", ""),
    ("returned", "#8C8C8C", ".."),
    ("to_pay", "#5BA3D6", ""),
    ("cancelled", "#E6862C", "//"),
    ("uncommitted", "#EDEDED", ""),
)
_COLUMNS = 3
_MILLION = 1_000_000


def money_picture(context: PolicyContext) -> style.Picture | None:
    """One panel per instrument. None when the policy moves no money."""
    panels, words = context.panels, context.words
    used = used_instruments(panels, context.policy)
    if not used:
        return None
    across = min(len(used), _COLUMNS)
    down = -(-len(used) // _COLUMNS)
    keys = ("money_note",) if context.count > 1 else ("single", "money_note")
    figure = style.canvas(
        1.35 + 2.1 * down, words["money_title"], context.subtitle, context.notes(*keys)
    )
    grid = figure.add_gridspec(down, across + 1, width_ratios=[1.0] * across + [0.55])
    table: dict[str, Any] = {"month": panels.months}
    for place, instrument in enumerate(used):
        axes = figure.add_subplot(grid[place // across, place % across])
        _panel(axes, context, instrument, table)
    _legend(figure.add_subplot(grid[0, across]), context)
    return context.picture(
        "money", figure, table, months=panels.horizon, amounts=_amounts(context, used, table)
    )


def _amounts(context: PolicyContext, used: tuple[str, ...], table: dict[str, Any]) -> str:
    """What each instrument had, committed and paid by the end, in words."""
    return " ".join(
        context.words["alt_money_part"].format(
            instrument=instrument_name(instrument, context.language),
            **{
                name: context.number(table[f"{instrument}_{kind}_eur"][-1] / _MILLION, 1)
                for name, kind in (
                    ("envelope", "envelope"),
                    ("committed", "committed"),
                    ("paid", "kept"),
                )
            },
        )
        for instrument in used
    )


def _panel(axes: Axes, context: PolicyContext, instrument: str, table: dict[str, Any]) -> None:
    panels, words = context.panels, context.words
    amounts = {
        kind: values.mean(axis=0)
        for kind, values in euros(panels, context.policy, instrument).items()
    }
    amounts["kept"] = amounts["paid"] - amounts["returned"]
    in_millions = float(amounts["envelope"].max()) >= _MILLION
    unit = _MILLION if in_millions else 1_000
    lower = np.zeros(table["month"].size)
    for kind, colour, hatch in _LAYERS:
        upper = lower + amounts[kind] / unit
        axes.fill_between(
            table["month"],
            lower,
            upper,
            facecolor=colour,
            hatch=hatch,
            edgecolor="white",
            lw=0.2,
            step="mid",
        )
        lower = upper
    axes.step(table["month"], amounts["envelope"] / unit, where="mid", color="#111111", lw=1.1)
    for kind, values in amounts.items():
        table[f"{instrument}_{kind}_eur"] = values
    axes.set_title(instrument_name(instrument, context.language))
    axes.set_ylabel(words["millions_axis" if in_millions else "thousands_axis"])
    axes.set_ylim(bottom=0)
    style.months_axis(axes, panels.horizon, words["months_only"])


def _legend(axes: Axes, context: PolicyContext) -> None:
    words = context.words
    axes.set_axis_off()
    handles: list[Any] = [Line2D([], [], color="#111111", lw=1.1, label=words["envelope"])]
    handles += [
        Patch(facecolor=colour, hatch=hatch, edgecolor="white", label=words[kind])
        for kind, colour, hatch in reversed(_LAYERS)
    ]
    axes.legend(
        handles=handles,
        loc="center left",
        bbox_to_anchor=(-0.1, 0.5),
        borderaxespad=0,
        handlelength=1.6,
        labelspacing=0.7,
    )
