"""Additional jobs along the factors of a sweep, and over two of them together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from rebound_sim.figures import style
from rebound_sim.figures.subject import Subject
from rebound_sim.figures.texts import TEXTS
from rebound_sim.figures.typography import french, number, shortened, significant
from rebound_sim.parameters.names import short_name
from rebound_sim.statistics.programme.levels import (
    LevelCells,
    Levels,
    cells_of,
    levels_of,
    strategies_by_mean,
    two_factors,
)
from rebound_sim.statistics.programme.sweep import SweepTable

_MOST_LINES, _MOST_FACTORS, _MOST_PANELS = 5, 6, 4
_ACROSS = 3
_LOOKS = (
    ("#0072B2", "-", "o"), ("#D55E00", "--", "s"), ("#009E73", "-.", "^"), ("#CC79A7", ":", "D"),
    ("#555555", (0, (5, 1, 1, 1)), "v"),
)  # fmt: skip


def response_picture(subject: Subject, language: str) -> style.Picture | None:
    """A panel a factor: a line a strategy, and the spread of the one of the highest mean."""
    table, words = subject.sweep, TEXTS[language]["others"]
    every = [levels_of(table, factor) for factor in table.factors][:_MOST_FACTORS]
    if not every:
        return None
    shown = strategies_by_mean(table)[:_MOST_LINES]
    crossed = len(every) == 1 or all(levels.crossed for levels in every)
    across = min(len(every), _ACROSS)
    down = -(-len(every) // across)
    note = words["response_levels" if crossed else "response_points"].format(
        n=table.values.shape[2], strategy=strategy_name(shown[0], language)
    )
    if len(shown) < len(table.strategies):
        left_out = {"shown": len(shown), "all": len(table.strategies)}
        note += " " + words["response_others"].format(**left_out)
    figure = style.canvas(
        1.75 + 2.0 * down,
        words["response_title"],
        _below(table, words),
        [note, _source(table, words)],
    )
    first: Axes | None = None
    for place, levels in enumerate(every):
        axes = figure.add_subplot(down, across, place + 1, sharey=first)
        first = first or axes
        _response(axes, levels, table, shown, language, crossed)
        axes.set_ylabel(words["response_axis"] if place % across == 0 else "")
    handles, labels = figure.axes[0].get_legend_handles_labels()
    figure.axes[0].legend(
        handles, labels, loc="lower left", bbox_to_anchor=(0.0, 1.0), borderaxespad=0.3, ncols=3
    )
    said = _words_of_response(every[0], table, shown[0], language)
    names = ", ".join(factor_name(levels.factor, language) for levels in every)
    alternative = words["alt_response"].format(factors=names, **said)
    return style.Picture("response", figure, _response_table(every, table), alternative, language)


def _response(
    axes: Axes,
    levels: Levels,
    table: SweepTable,
    shown: Sequence[str],
    language: str,
    crossed: bool,
) -> None:
    if levels.numbers is None:
        places = np.arange(len(levels.texts), dtype=float)
        axes.set_xticks(places, [level_name(t, levels.factor, language) for t in levels.texts])
    else:
        places = levels.numbers / divisor_of(levels.factor)
        axes.xaxis.set_major_locator(MaxNLocator(6))
    reach = float(np.ptp(places)) or 1.0
    for rank, (name, (colour, dashes, marker)) in enumerate(zip(shown, _LOOKS, strict=False)):
        row = table.strategies.index(name)
        # Marks of one level stand side by side, so that none hides another.
        side = places + (0.0 if crossed else 0.008 * reach * (rank - (len(shown) - 1) / 2))
        if rank == 0 and crossed:
            axes.fill_between(
                places, levels.low[row], levels.high[row], color=colour, alpha=0.15, lw=0
            )
        elif rank == 0:
            axes.vlines(side, levels.low[row], levels.high[row], color=colour, lw=1.0, alpha=0.6)
        axes.plot(
            side,
            levels.median[row],
            color=colour,
            ls=dashes if crossed else "",
            lw=1.4,
            marker=marker,
            ms=3.4,
            label=strategy_name(name, language),
        )
    axes.axhline(0.0, color=style.ZERO_LINE, lw=0.8)
    axes.set_xlabel(factor_name(levels.factor, language))


def _words_of_response(
    levels: Levels, table: SweepTable, name: str, language: str
) -> dict[str, str]:
    row = table.strategies.index(name)
    return {
        "strategy": strategy_name(name, language),
        "first": factor_name(levels.factor, language),
        "low": number(levels.median[row, 0], language),
        "high": number(levels.median[row, -1], language),
        "low_level": level_name(levels.texts[0], levels.factor, language),
        "high_level": level_name(levels.texts[-1], levels.factor, language),
    }


def _response_table(every: Sequence[Levels], table: SweepTable) -> dict[str, Any]:
    columns: dict[str, list[Any]] = {
        name: [] for name in ("factor", "level", "arm", "points", "median", "low80", "high80")
    }
    for levels in every:
        for place, text in enumerate(levels.texts):
            for row, name in enumerate(table.strategies):
                cells = (
                    levels.factor,
                    text,
                    name,
                    int(levels.points[place]),
                    levels.median[row, place],
                    levels.low[row, place],
                    levels.high[row, place],
                )
                for column, cell in zip(columns.values(), cells, strict=True):
                    column.append(cell)
    return columns


def heatmap_picture(subject: Subject, language: str) -> style.Picture | None:
    """A panel a strategy on one scale of colours. None without two factors whose levels cross."""
    table, words = subject.sweep, TEXTS[language]["others"]
    pair = two_factors(table)
    if pair is None:
        return None
    cells = cells_of(table, *pair)
    shown = strategies_by_mean(table)[:_MOST_PANELS]
    across = 2 if len(shown) > 1 else 1
    down = -(-len(shown) // across)
    counts = sorted({int(count) for count in cells.points.ravel() if count})
    note = words["heatmap_note"].format(
        n=table.values.shape[2],
        points="–".join(map(str, dict.fromkeys((counts[0], counts[-1])))),
    )
    figure = style.canvas(
        1.6 + down * (0.7 + 0.34 * max(len(cells.y_levels), 3)),
        words["heatmap_title"],
        _below(table, words),
        [note, _source(table, words)],
    )
    _panels(figure, cells, table, shown, (down, across), language)
    row = table.strategies.index(shown[0])
    alternative = words["alt_heatmap"].format(
        x=factor_name(cells.x, language),
        y=factor_name(cells.y, language),
        strategy=strategy_name(shown[0], language),
        low=number(float(np.nanmin(cells.median[row])), language),
        high=number(float(np.nanmax(cells.median[row])), language),
    )
    return style.Picture("heatmap", figure, _heatmap_table(cells, table), alternative, language)


def _panels(
    figure: Figure,
    cells: LevelCells,
    table: SweepTable,
    shown: Sequence[str],
    shape: tuple[int, int],
    language: str,
) -> None:
    places = [table.strategies.index(name) for name in shown]
    low, high = (float(pick(cells.median[places])) for pick in (np.nanmin, np.nanmax))
    low, high = min(low, 0.0), max(high, low + 1.0)
    with np.errstate(invalid="ignore"):
        best = np.nanmax(np.where(np.isnan(cells.median), -np.inf, cells.median), axis=0)
    for place, (name, row) in enumerate(zip(shown, places, strict=True)):
        axes = figure.add_subplot(*shape, place + 1)
        axes.imshow(
            cells.median[row], origin="lower", aspect="auto", cmap="cividis", vmin=low, vmax=high
        )
        for (up, along), value in np.ndenumerate(cells.median[row]):
            if np.isnan(value):
                continue
            dark = (value - low) / (high - low) < 0.55
            axes.text(
                along,
                up,
                number(float(value), language),
                ha="center",
                va="center",
                size=7,
                color="white" if dark else "black",
            )
            if len(table.strategies) > 1 and value == best[up, along]:
                axes.add_patch(
                    Rectangle(
                        (along - 0.46, up - 0.44), 0.92, 0.88, fill=False, ec="#D55E00", lw=1.8
                    )
                )
        _ticks(axes, cells, language)
        axes.set_title(strategy_name(name, language))
        axes.set_xlabel(factor_name(cells.x, language) if place >= len(shown) - shape[1] else "")
        axes.set_ylabel(factor_name(cells.y, language) if place % shape[1] == 0 else "")


def _ticks(axes: Axes, cells: LevelCells, language: str) -> None:
    axes.grid(visible=False)
    axes.set_xticks(
        range(len(cells.x_levels)), [level_name(t, cells.x, language) for t in cells.x_levels]
    )
    axes.set_yticks(
        range(len(cells.y_levels)), [level_name(t, cells.y, language) for t in cells.y_levels]
    )
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0)


def _heatmap_table(cells: LevelCells, table: SweepTable) -> dict[str, Any]:
    rows = [
        (name, along, up, int(cells.points[j, i]), cells.median[k, j, i])
        for k, name in enumerate(table.strategies)
        for j, up in enumerate(cells.y_levels)
        for i, along in enumerate(cells.x_levels)
    ]
    heads = ("arm", cells.x, cells.y, "points", "median")
    return dict(zip(heads, map(list, zip(*rows, strict=True)), strict=True))


def strategy_name(name: str, language: str) -> str:
    """A strategy in the words of the language; a user's own as it is named, cut if long."""
    return TEXTS[language]["strategies"].get(name) or shortened(name, 24)


def factor_name(factor: str, language: str) -> str:
    """A factor in the words of the language: a lever, a parameter; as the design names it where
    there are none."""
    if known := TEXTS[language]["factors"].get(factor):
        return str(known)
    words = short_name(factor, language)
    if words != factor:
        return french({"": words})[""] if language == "fr" else words
    return f"{shortened(factor, 34)}{' (M€)' if divisor_of(factor) > 1.0 else ''}"


def divisor_of(factor: str) -> float:
    """Amounts of a programme are told in millions, prices in euros."""
    return 1e6 if factor.endswith("_eur") and factor != "programme.daily_cost_eur" else 1.0


def level_name(text: str, factor: str, language: str) -> str:
    """A level as the language writes numbers; the stem of a file."""
    try:
        return significant(float(text) / divisor_of(factor), language)
    except ValueError:
        return shortened(text.removesuffix(".toml").rpartition("/")[2], 16)


def _below(table: SweepTable, words: Mapping[str, str]) -> str:
    points = words["heatmap_subtitle"].format(points=len(table.points))
    return " · ".join(part for part in (shortened(table.title, 64), points) if part)


def _source(table: SweepTable, words: Mapping[str, str]) -> str:
    return words["source_sweep"].format(
        version=table.version, seed=table.seed, points=len(table.points), n=table.values.shape[2]
    )
