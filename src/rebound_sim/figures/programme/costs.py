"""Public money spent per additional job, with intervals, where it is defined."""

from __future__ import annotations

from typing import Any

import numpy as np

from rebound_sim.figures import style
from rebound_sim.figures.programme.context import ComparisonContext
from rebound_sim.statistics.programme.comparison import find

_THOUSAND = 1_000.0
#: The axis ends at this many times the largest estimate: an interval may be very long.
_CUT = 2.5


def costs_picture(context: ComparisonContext) -> style.Picture | None:
    """A dot and a bar per strategy in the order of additional jobs. None where none is defined."""
    words, ranked = context.words, context.ranked
    rows = [find(context.comparison.rows, "cost_per_additional_job", r.arm) for r in ranked]
    values, low, high = (
        np.array([getattr(row, name) for row in rows]) / _THOUSAND
        for name in ("estimate", "low", "high")
    )
    if not np.isfinite(values).any():
        return None
    end = _CUT * float(np.nanmax(values))
    cut = high > end
    keys = ["costs_note", *(["costs_cut"] if cut.any() else []), "paired"]
    figure = context.canvas(1.7 + 0.22 * len(ranked), "costs_title", *keys)
    axes = figure.add_subplot()
    places = np.arange(len(ranked))
    axes.hlines(places, low, np.minimum(high, end), color=style.POLICY_COLOUR, lw=1.6)
    axes.plot(np.full(cut.sum(), end), places[cut], ">", color=style.POLICY_COLOUR, ms=4)
    axes.plot(values, places, "o", color=style.POLICY_COLOUR, ms=5)
    for place in places[np.isnan(values)]:
        axes.text(
            0.01,
            place,
            words["not_shown"],
            transform=axes.get_yaxis_transform(),
            va="center",
            size=7,
            color="#666666",
        )
    style.rows(axes, [context.label(rank.arm) for rank in ranked], 0.6)
    if not (low < 0).any():
        axes.set_xlim(left=0)
    axes.set_xlabel(words["costs_axis"].format(months=context.comparison.panels.horizon))
    table: dict[str, Any] = {
        "arm": [rank.arm for rank in ranked],
        "thousand_eur_per_additional_job": values,
        "low95": low,
        "high95": high,
    }
    return context.picture("costs", figure, table, **_words(context, table))


def _words(context: ComparisonContext, table: dict[str, Any]) -> dict[str, str]:
    """The cheapest and the dearest job, and the strategies that have none."""
    names, values = table["arm"], table["thousand_eur_per_additional_job"]
    hidden = [context.label(name) for name, v in zip(names, values, strict=True) if np.isnan(v)]
    found = {"hidden": ", ".join(hidden) or context.words["nothing"]}
    for place, row in (("first", int(np.nanargmin(values))), ("last", int(np.nanargmax(values)))):
        found[place] = context.label(names[row])
        found[f"{place}_value"] = context.number(values[row], 1)
        found[f"{place}_low"] = context.number(table["low95"][row], 1)
        found[f"{place}_high"] = context.number(table["high95"][row], 1)
    return found
