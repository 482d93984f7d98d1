"""Jobs for one more million, zone by zone: a panel for each instrument."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from rebound_sim.figures import style
from rebound_sim.figures.programme.context import ComparisonContext
from rebound_sim.figures.texts import instrument_name
from rebound_sim.figures.typography import shortened
from rebound_sim.statistics.cell import Cell

#: Colour and mark of the instruments, in their order.
_LOOKS = (("#08427A", "o"), ("#D55E00", "s"), ("#009E73", "^"), ("#CC79A7", "D"))
_MOST = 4  # panels
#: The axis ends at this many times the largest estimate: an interval may be very long.
_CUT = 2.0
_NAME_WIDTH = 30


def marginal_picture(context: ComparisonContext) -> style.Picture | None:
    """Zones in the order of the slope of engineering, all zones first. None: not identified."""
    cells = context.comparison.marginal
    if not any(np.isfinite(cell.estimate) for cell in cells):
        return None
    names = _order(cells)
    figure = context.canvas(2.0 + 0.145 * len(names), "marginal_title", "marginal_note")
    table: dict[str, Any] = {"zone": names}
    first: Axes | None = None
    known = (cell.detail for cell in cells if np.isfinite(cell.estimate))
    instruments = list(dict.fromkeys(known))[:_MOST]
    for place, instrument in enumerate(instruments):
        axes = figure.add_subplot(1, len(instruments), place + 1, sharey=first)
        by_zone = {cell.zone: cell for cell in cells if cell.detail == instrument}
        _panel(axes, [by_zone[name] for name in names], *_LOOKS[place])
        axes.set_title(instrument_name(instrument, context.language))
        axes.set_xlabel(context.words["marginal_axis"])
        for head, side in (("slope", "estimate"), ("low95", "low"), ("high95", "high")):
            column = np.array([getattr(by_zone[name], side) for name in names])
            table[f"{instrument}_{head}"] = column
        if first is None:
            first = axes
            axes.set_yticks(range(len(names)), [_name(context, zone) for zone in names])
            axes.set_ylim(len(names) - 0.4, -0.6)
        else:
            axes.tick_params(labelleft=False)
    return context.picture("marginal", figure, table, parts=_words(context, cells))


def _order(cells: list[Cell]) -> list[str]:
    """All zones together, then each, largest slope of the first instrument first."""
    slopes = {cell.zone: cell.estimate for cell in cells if cell.detail == cells[0].detail}
    zones = [zone for zone in slopes if zone]
    ordered = sorted(zones, key=lambda z: -slopes[z] if np.isfinite(slopes[z]) else np.inf)
    return ["", *ordered]


def _name(context: ComparisonContext, zone: str) -> str:
    name = context.comparison.panels.zone_name(zone) if zone else context.words["marginal_all"]
    return shortened(name, _NAME_WIDTH)


def _panel(axes: Axes, cells: list[Cell], colour: str, marker: str) -> None:
    values = np.array([[c.estimate, c.low, c.high] for c in cells]).T
    if not np.isfinite(values[0]).any():
        return
    end = _CUT * float(np.nanmax(np.abs(values[0])))
    places = np.arange(len(cells))
    low, high = np.maximum(values[1], -end), np.minimum(values[2], end)
    axes.hlines(places, low, high, color=colour, lw=1.0)
    for cut, where, mark in ((values[1] < -end, -end, "<"), (values[2] > end, end, ">")):
        axes.plot(np.full(int(cut.sum()), where), places[cut], mark, color=colour, ms=3)
    axes.plot(values[0], places, marker, color=colour, ms=3.5)
    axes.axvline(0.0, color=style.ZERO_LINE, lw=0.8)
    axes.axhline(0.5, color=style.ZERO_LINE, lw=0.5)
    axes.tick_params(axis="y", labelsize=6.5)
    axes.grid(axis="x")
    axes.grid(visible=False, axis="y")


def _words(context: ComparisonContext, cells: list[Cell]) -> str:
    whole = [cell for cell in cells if not cell.zone and np.isfinite(cell.estimate)]
    return "; ".join(
        f"{instrument_name(cell.detail, context.language).lower()} "
        f"{context.number(cell.estimate, 1)} {context.interval(cell.low, cell.high, 1)}"
        for cell in whole
    )
