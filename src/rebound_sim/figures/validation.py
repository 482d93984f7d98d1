"""One figure a family of moments: where simulated values fall in the bands of the sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from rebound_sim.figures import style
from rebound_sim.figures.draw import saved, told
from rebound_sim.statistics.validation import Comparison

#: Widths of half the band shown on either side of the target; beyond, an arrow at the edge.
_REACH = 3.0
_COLOURS = {"inside": "#0072B2", "outside": "#D55E00"}
_MARKERS = {"inside": "o", "outside": "D"}
_ROW_HEIGHT = 0.30


def draw_validation(folder: Path, rows: Sequence[Comparison]) -> list[str]:
    """Write <family>.png, .svg and .csv for each family; what cannot be drawn. Raises OSError."""
    faults: list[str] = []
    with told("validation", faults), style.house_style():
        saved(pictures(rows), folder, faults=faults)
    return faults


def pictures(rows: Sequence[Comparison]) -> Iterator[style.Picture]:
    """One picture a family, not yet written; to be used within `house_style`."""
    for family in dict.fromkeys(row.moment.family for row in rows):
        yield _picture(family, [row for row in rows if row.moment.family == family])


def _picture(family: str, rows: Sequence[Comparison]) -> style.Picture:
    inside = sum(row.verdict == "inside" for row in rows)
    notes = (
        "Grey: band of the source, scaled to −1 … 1. Blue disc: simulated mean inside it; orange "
        "diamond: outside; bar: 95 % interval over replications. An arrow at the edge: farther "
        "than shown. Numbers: simulated value; in brackets the band. * never fitted.",
    )
    figure = style.canvas(
        1.45 + _ROW_HEIGHT * len(rows),
        f"Validation: {family}",
        f"{inside} of {len(rows)} moments inside their band",
        notes,
    )
    axes = figure.add_subplot()
    table: dict[str, Any] = {
        key: [row.as_row()[key] for row in rows] for key in (rows[0].as_row() if rows else ())
    }
    axes.axvspan(-1.0, 1.0, color="#DDDDDD", lw=0)
    axes.axvline(0.0, color=style.ZERO_LINE, lw=0.6, ls=":")
    for position, row in enumerate(reversed(rows)):
        _place(axes, row, position)
    axes.set_yticks(range(len(rows)), [_label(row) for row in reversed(rows)])
    axes.set_ylim(-0.6, len(rows) - 0.4)
    axes.set_xlim(-_REACH - 0.15, _REACH + 0.15)
    axes.set_xlabel("distance from the middle of the band, in half-widths of it")
    axes.grid(False)
    right = axes.secondary_yaxis("right")
    right.set_yticks(range(len(rows)), [_figures(row) for row in reversed(rows)])
    right.tick_params(length=0, labelsize=7.0)
    right.spines["right"].set_visible(False)
    return style.Picture(f"validation_{family.replace(' ', '_')}", figure, table)


def _label(row: Comparison) -> str:
    m = row.moment
    unit = "" if m.unit == "1" else f" ({m.unit})"
    return f"{m.id}{'*' if m.use == 'check' else ''}{unit}"


def _figures(row: Comparison) -> str:
    m = row.moment
    band = f"[{m.low:.3g}; {m.high:.3g}]"
    value = "not measured" if row.verdict == "not measured" else f"{row.estimate.value:.3g}"
    return f"{value}  {band}".replace("-", "−")


def _place(axes: Axes, row: Comparison, position: int) -> None:
    m, e = row.moment, row.estimate
    if row.verdict == "not measured":
        return
    middle, half = (m.low + m.high) / 2.0, (m.high - m.low) / 2.0
    value = (e.value - middle) / half
    colour = _COLOURS[row.verdict]
    if e.has_interval:
        ends = np.clip((np.array([e.low, e.high]) - middle) / half, -_REACH, _REACH)
        axes.plot(ends, [position, position], color=colour, lw=1.4)
    if abs(value) > _REACH:
        marker = ">" if value > 0 else "<"
        axes.plot([np.sign(value) * _REACH], [position], marker, color=colour, ms=7)
    else:
        axes.plot([value], [position], _MARKERS[row.verdict], color=colour, ms=5)
