"""Look of all figures: sizes, colours that the colour-blind and grey print keep apart, notes."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.patheffects import withStroke
from matplotlib.textpath import TextPath
from matplotlib.ticker import MultipleLocator, ScalarFormatter
from numpy.typing import NDArray

from rebound_sim.cells import write_csv_rows
from rebound_sim.figures.compact_svg import compact
from rebound_sim.figures.typography import TickNumbers
from rebound_sim.whole_files import write_whole

WIDTH = 7.1  # inches: text width of an A4 page
DPI = 200
#: Okabe and Ito's palette; lines also differ by dashes, for grey print.
NO_SHOCK_COLOUR, NONE_COLOUR, POLICY_COLOUR = "#555555", "#D55E00", "#0072B2"
ZERO_LINE = "#333333"
#: White around what stands on a colour.
HALO = [withStroke(linewidth=2.6, foreground="white")]
_NOTE_SIZE, _LINE_HEIGHT, _NOTE_WIDTH = 7.0, 0.135, 126
_SUBTITLE_WIDTH = 102  # characters
_TITLE_SIZE, _TITLE_LINE = 11, 0.19  # points; inches that a second line takes
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
    # Names given by users are text, whatever signs they hold.
    "text.parse_math": False,
    # Type 42: letters of the PDF can be selected and searched.
    "pdf.fonttype": 42,
}


#: Settings of windows and of Matplotlib itself, by their first word.
_NOT_OF_A_PICTURE = frozenset(
    {
        "backend",
        "backend_fallback",
        "interactive",
        "toolbar",
        "timezone",
        "webagg",
        "tk",
        "docstring",
        "date",
        "macosx",
        "keymap",
    }
)


@dataclass(frozen=True)
class Picture:
    """A figure and the columns that it draws (all of one length).

    alternative : what it shows, in words, for who does not see it
    """

    name: str
    figure: Figure
    table: Mapping[str, NDArray[Any] | Sequence[Any]]
    alternative: str = ""
    language: str = "en"

    @property
    def title(self) -> str:
        """The words above the figure."""
        words = self.figure.texts[0].get_text() if self.figure.texts else ""
        return words.replace("\n", " ")


@contextmanager
def house_style() -> Iterator[None]:
    """Settings of the figures, from Matplotlib's defaults, without touching those of the caller."""
    with matplotlib.rc_context(_all_settings()):
        yield


@cache
def _all_settings() -> Any:
    defaults = {
        name: value
        for name, value in matplotlib.rcParamsDefault.items()
        if name.partition(".")[0] not in _NOT_OF_A_PICTURE
    }
    return {**defaults, **_SETTINGS}


def canvas(height: float, title: str, subtitle: str, notes: Sequence[str]) -> Figure:
    """An empty figure with title above and notes below, neither of which can meet the axes.

    height : inches, a title of one line and notes included.
    """
    title = capital(title)
    lines = [line for note in notes for line in _wrapped(note, _NOTE_WIDTH)]
    below = _wrapped(subtitle, _SUBTITLE_WIDTH)
    above = _title_lines(title)
    second = _TITLE_LINE * (len(above) - 1)
    height += second
    top = (0.35 + second + 0.17 * max(len(below), 1)) / height
    bottom = (len(lines) * _LINE_HEIGHT + 0.10) / height
    frame = (0.005, bottom, 0.99, 1.0 - top - bottom)
    engine = ConstrainedLayoutEngine(rect=frame, w_pad=0.06, h_pad=0.06)
    figure = Figure(figsize=(WIDTH, height), layout=engine)
    FigureCanvasAgg(figure)
    figure.text(
        0.01,
        1 - 0.08 / height,
        "\n".join(above),
        size=_TITLE_SIZE,
        weight="bold",
        va="top",
        linespacing=1.2,
    )
    figure.text(
        0.01,
        1 - (0.29 + second) / height,
        "\n".join(below),
        size=8.5,
        color="#444444",
        va="top",
        linespacing=1.3,
    )
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


def capital(title: str) -> str:
    """A title with its first letter as a capital, but for an identifier that a user gave."""
    first = title.split(" ", 1)[0]
    return title if "_" in first else title[:1].upper() + title[1:]


def _title_lines(title: str) -> list[str]:
    """A title on one line where it has room, else on two of about one length."""
    bold = FontProperties(family=_SETTINGS["font.family"], weight="bold", size=_TITLE_SIZE)
    room = 0.98 * WIDTH * 72.0  # points
    if TextPath((0.0, 0.0), title, prop=bold).get_extents().width <= room:
        return [title]
    return _wrapped(title, max(len(title) // 2 + 8, 1))


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_on_hyphens=False)


def months_axis(axes: Axes, last: int, label: str, first: int = 0) -> None:
    """Ticks on whole years, few enough not to meet."""
    axes.set_xlim(first, last)
    years = (last - first) / 12
    axes.xaxis.set_major_locator(MultipleLocator(12 * (1 if years <= 5 else 2)))
    axes.set_xlabel(label)


def rows(axes: Axes, labels: Sequence[str], room: float = 0.5) -> None:
    """One row a label, from the top; a grid across them. room : above and below them."""
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 1 + room, -room)
    axes.grid(axis="x")
    axes.grid(visible=False, axis="y")


def legend_above(axes: Axes, columns: int) -> None:
    """The legend between the title and the axes."""
    axes.legend(loc="lower left", bbox_to_anchor=(0.0, 1.0), borderaxespad=0.3, ncols=columns)


def bounds(table: dict[str, Any], name: str, mean: Any, low: Any, high: Any) -> None:
    """Add three columns: NAME_mean, NAME_low95, NAME_high95."""
    for side, column in (("mean", mean), ("low95", low), ("high95", high)):
        table[f"{name}_{side}"] = np.asarray(column)


def finish(picture: Picture, language: str) -> None:
    """Write the numbers of all axes as the language does, where no other words stand there."""
    for axes in picture.figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            if type(axis.get_major_formatter()) is ScalarFormatter:
                axis.set_major_formatter(TickNumbers(language))


def save(picture: Picture, folder: Path, formats: Sequence[str] = ("png", "svg")) -> list[Path]:
    """Write NAME.png (200 dpi), NAME.svg, NAME.pdf as asked, and NAME.csv. Returns their paths.

    Raises OSError.
    """
    _lay_out(picture.figure)
    paths = [folder / f"{picture.name}.{suffix}" for suffix in (*formats, "csv")]
    with house_style():
        for path in paths[:-1]:
            stream = io.BytesIO()
            _print(picture, path.suffix.removeprefix("."), stream)
            write_whole(path, stream.getvalue())
    write_csv_rows(paths[-1], picture.table, zip(*picture.table.values(), strict=True), digits=10)
    return paths


def svg(picture: Picture) -> str:
    """The picture as the text of an `<svg>` element, letters drawn as outlines, in few of them."""
    _lay_out(picture.figure)
    stream = io.StringIO()
    with house_style():
        _print(picture, "svg", stream)
    text = stream.getvalue()
    return compact(text[text.index("<svg") :])


def png(picture: Picture) -> bytes:
    """The picture as a PNG file."""
    _lay_out(picture.figure)
    stream = io.BytesIO()
    with house_style():
        _print(picture, "png", stream)
    return stream.getvalue()


def _print(picture: Picture, form: str, target: io.StringIO | io.BytesIO) -> None:
    """One file of a picture. No date in it: the same results give the same bytes.

    A PNG is drawn once: `savefig` draws twice for the sake of other back ends (in SVG it also
    settles the names of clip paths).
    """
    figure, title = picture.figure, {"Title": picture.title}
    if form == "png":
        usual = figure.dpi
        figure.set_dpi(DPI)
        canvas: Any = FigureCanvasAgg(figure)
        canvas.print_png(target, metadata=title)
        figure.set_dpi(usual)
        return
    dates = ("Date",) if form == "svg" else ("CreationDate", "ModDate")
    figure.savefig(target, format=form, metadata={**dict.fromkeys(dates), **title})


def _lay_out(figure: Figure) -> None:
    """Solve the layout once, not for each file, at the resolution of a PNG: letters fitted to the
    few pixels of a screen are up to a tenth narrower than those of the file."""
    if figure.get_layout_engine() is not None:
        with house_style():
            usual = figure.dpi
            figure.set_dpi(DPI)
            figure.draw_without_rendering()
            figure.set_dpi(usual)
        figure.set_layout_engine("none")
