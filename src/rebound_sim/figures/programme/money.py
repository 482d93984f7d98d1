"""Money allocated, committed and paid over time against the envelope, strategy by strategy."""

from __future__ import annotations

import numpy as np
from matplotlib.lines import Line2D

from rebound_sim.figures import style
from rebound_sim.figures.programme.context import ComparisonContext
from rebound_sim.figures.programme.grid import panel_title, small_panels
from rebound_sim.statistics.programme.files import ledger_summary

_MILLION = 1e6
_COLUMNS = 5
_LINES = (
    ("envelope", "#111111", "-", 1.0),
    ("allocated", "#8C8C8C", "-.", 1.1),
    ("committed", "#D55E00", "--", 1.3),
    ("paid", "#0072B2", "-", 1.6),
)


def money_picture(context: ComparisonContext) -> style.Picture:
    """Small panels on one scale."""
    words, panels = context.words, context.comparison.panels
    strategies = [rank.arm for rank in context.ranked]
    down = -(-len(strategies) // _COLUMNS)
    across = -(-len(strategies) // down)
    figure = context.canvas(1.75 + 1.15 * down, "money_title", "money_note")
    handles = [
        Line2D([], [], color=colour, ls=dashes, lw=width, label=words[name])
        for name, colour, dashes, width in _LINES
    ]
    labels = words["months_axis"], words["millions_axis"]
    every = small_panels(figure, len(strategies), across, panels.horizon, labels, handles)
    amounts = _amounts(context)
    table: dict[str, list[float | str]] = {}
    top = max(float(values.max()) for values in amounts.values()) / _MILLION
    for place, (axes, strategy) in enumerate(zip(every, strategies, strict=True)):
        for name, colour, dashes, width in _LINES:
            values = amounts[strategy, name] / _MILLION
            axes.step(panels.months, values, where="mid", color=colour, ls=dashes, lw=width)
        table.setdefault("arm", []).extend([strategy] * panels.months.size)
        table.setdefault("month", []).extend(int(month) for month in panels.months)
        for name, *_ in _LINES:
            table.setdefault(f"{name}_eur", []).extend(amounts[strategy, name].tolist())
        panel_title(axes, context.label(strategy), 22, 7.5)
        axes.set_ylim(0, 1.06 * max(top, 1e-9))
        axes.tick_params(labelleft=place % across == 0)
    ends = {
        f"{name}_{side}": context.number(
            pick(amounts[strategy, name][-1] for strategy in strategies) / _MILLION, 1
        )
        for name in ("committed", "paid")
        for side, pick in (("low", min), ("high", max))
    }
    return context.picture(
        "money",
        figure,
        table,
        n=len(strategies),
        months=context.months,
        envelope=context.number(top, 1),
        **ends,
    )


def _amounts(context: ComparisonContext) -> dict[tuple[str, str], np.ndarray]:
    """(strategy, line) -> EUR by month, instruments compared, paid net of recoveries."""
    months = context.comparison.panels.months
    place = {int(month): row for row, month in enumerate(months)}
    found: dict[tuple[str, str], np.ndarray] = {}
    for row in ledger_summary(context.comparison):
        if row["instrument"] not in context.comparison.panels.instruments:
            continue
        for name, *_ in _LINES:
            value = row[f"{name}_eur"] - (row["returned_eur"] if name == "paid" else 0.0)
            line = found.setdefault((row["arm"], name), np.zeros(months.size))
            line[place[row["month"]]] += value
    return found
