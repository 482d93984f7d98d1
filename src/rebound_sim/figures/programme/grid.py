"""Small panels on one page, with one label for each axis and one legend.

Placed by hand: solving the layout of thirty panels takes longer than drawing them.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from rebound_sim.figures import style
from rebound_sim.figures.typography import shortened

_SMALLER = 0.86  # size of a title on two lines
_LEFT, _RIGHT, _LEGEND, _BELOW = 0.085, 0.985, 0.33, 0.46  # figure shares, then inches


def small_panels(
    figure: Figure,
    count: int,
    across: int,
    months: int,
    labels: tuple[str, str],
    handles: Sequence[Line2D],
    *,
    gap: float = 0.18,
) -> list[Axes]:
    """Axes of `count` panels, row by row. The figure comes from `style.canvas`.

    labels : of the horizontal axis (months) and of the vertical one
    gap    : between columns, in widths of a panel
    """
    engine = figure.get_layout_engine()
    if engine is None:
        raise ValueError("a figure without the frame of style.canvas")
    _, bottom, _, height = engine.get()["rect"]
    figure.set_layout_engine("none")
    inches = figure.get_figheight()
    top, low = bottom + height - _LEGEND / inches, bottom + _BELOW / inches
    down = -(-count // across)
    grid = figure.add_gridspec(
        down, across, left=_LEFT, right=_RIGHT, top=top, bottom=low, wspace=gap, hspace=0.52
    )
    panels = []
    for place in range(count):
        axes = figure.add_subplot(grid[place // across, place % across])
        style.months_axis(axes, months, "")
        axes.set_xticks(range(0, months + 1, 48 if months > 60 and across > 4 else 24))
        # The lowest panel of each column has the numbers.
        axes.tick_params(labelsize=6, pad=1.5, labelbottom=place >= count - across)
        panels.append(axes)
    middle = (low + top) / 2
    figure.text(
        0.012,
        middle,
        labels[1],
        size=8,
        rotation=90,
        va="center",
        ha="left",
        multialignment="center",
    )
    figure.text((_LEFT + _RIGHT) / 2, bottom + 0.03 / inches, labels[0], size=8, ha="center")
    figure.legend(
        handles=list(handles),
        loc="upper right",
        ncols=len(handles),
        bbox_to_anchor=(_RIGHT, bottom + height + 0.04 / inches),
        borderaxespad=0,
    )
    return panels


def panel_title(axes: Axes, name: str, length: int = 18, size: float = 6.5) -> None:
    """A whole name above its panel, on two smaller lines where it is long.

    length : characters that fit in one line    size : of one line, points
    """
    lines = textwrap.wrap(name, length)
    if len(lines) > 2:
        lines = [lines[0], shortened(" ".join(lines[1:]), length)]
    if len(lines) > 1:
        size *= _SMALLER
    axes.set_title("\n".join(lines), size=size, linespacing=1.02, pad=3)
