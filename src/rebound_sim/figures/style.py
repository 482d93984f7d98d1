"""Look of all figures: sizes, colours that the colour-blind and grey print keep apart, notes."""

from __future__ import annotations

import csv
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import FuncFormatter, MultipleLocator
from numpy.typing import NDArray

WIDTH = 7.1  # inches: text width of an A4 page
DPI = 200
#: Okabe and Ito's palette; lines also differ by dashes, for grey print.
NO_SHOCK_COLOUR, NONE_COLOUR, POLICY_COLOUR = "#555555", "#D55E00", "#0072B2"
ZERO_LINE = "#333333"
_NOTE_SIZE, _LINE_HEIGHT, _NOTE_WIDTH = 7.0, 0.135, 132
_SETTINGS: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 8.5,
    "axes.titlesize": 8.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 8.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "grid.color": "#DDDDDD",
    "grid.linewidth": 0.6,
    "xtick.labelsize": 7.5,
    "ytick.labelsize": 7.5,
    "legend.fontsize": 7.5,
    "legend.frameon": False,
    "hatch.linewidth": 0.5,
    "svg.hashsalt": "rebound-sim",
    "figure.dpi": 100,
}


@dataclass(frozen=True)
class Picture:
    """A figure and the columns that it draws (all of one length)."""

    name: str
    figure: Figure
    table: Mapping[str, NDArray[Any] | Sequence[Any]]


@contextmanager
def house_style() -> Iterator[None]:
    """Settings of the figures, without touching those of the caller."""
    with matplotlib.rc_context(_SETTINGS):
        yield


def canvas(height: float, title: str, subtitle: str, notes: Sequence[str]) -> Figure:
    """An empty figure with title above and notes below, neither of which can meet the axes.

    height : inches, title and notes included.
    """
    lines = [line for note in notes for line in textwrap.wrap(note, _NOTE_WIDTH)]
    top, bottom = 0.52 / height, (len(lines) * _LINE_HEIGHT + 0.10) / height
    frame = (0.005, bottom, 0.99, 1.0 - top - bottom)
    engine = ConstrainedLayoutEngine(rect=frame, w_pad=0.06, h_pad=0.06)
    figure = Figure(figsize=(WIDTH, height), layout=engine)
    FigureCanvasAgg(figure)
    figure.text(0.01, 1 - 0.08 / height, title, size=11, weight="bold", va="top")
    figure.text(0.01, 1 - 0.29 / height, subtitle, size=8.5, color="#444444", va="top")
    figure.text(
        0.01,
        0.05 / height,
        "\n".join(lines),
        size=_NOTE_SIZE,
        color="#444444",
        va="bottom",
        linespacing=1.25,
    )
    return figure


def months_axis(axes: Axes, last: int, label: str, first: int = 0) -> None:
    """Ticks on whole years, few enough not to meet."""
    axes.set_xlim(first, last)
    years = (last - first) / 12
    axes.xaxis.set_major_locator(MultipleLocator(12 * (1 if years <= 5 else 2)))
    axes.set_xlabel(label)


def thousands(axes: Axes, which: Literal["x", "y"] = "y") -> None:
    """Numbers of an axis as 12,000."""
    axis = axes.yaxis if which == "y" else axes.xaxis
    axis.set_major_formatter(
        FuncFormatter(lambda value, _position: f"{value:,.0f}".replace("-", "−"))
    )


def save(picture: Picture, folder: Path) -> list[Path]:
    """Write NAME.png (200 dpi), NAME.svg and NAME.csv. Returns their paths."""
    paths = [folder / f"{picture.name}.{suffix}" for suffix in ("png", "svg", "csv")]
    # The layout is solved once, not for each file.
    picture.figure.draw_without_rendering()
    picture.figure.set_layout_engine("none")
    picture.figure.savefig(paths[0], dpi=DPI)
    picture.figure.savefig(paths[1], metadata={"Date": None})
    with paths[2].open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(picture.table)
        for row in zip(*picture.table.values(), strict=True):
            writer.writerow([_short(value) for value in row])
    return paths


def _short(value: Any) -> Any:
    if isinstance(value, float | np.floating):
        return "" if np.isnan(value) else f"{float(value):.10g}"
    return value
