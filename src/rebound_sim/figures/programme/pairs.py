"""The chance that one strategy beats another, for every pair, as a table of tints."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from rebound_sim.figures import style
from rebound_sim.figures.programme.context import ComparisonContext
from rebound_sim.statistics.programme.pairs import Pair
from rebound_sim.statistics.programme.summary import RANKED

#: Chances end at 100: the darkest tints, on which words and frames do not show, are left out.
_DARKEST = 170.0


def pairs_picture(context: ComparisonContext) -> style.Picture | None:
    """Rows and columns in the order of the estimates. None with one replication."""
    if context.count < 2:
        return None
    words, comparison = context.words, context.comparison
    names = [rank.arm for rank in comparison.ranks]
    found = {(pair.arm, pair.other): pair for pair in comparison.pairs[RANKED]}
    size = len(names)
    figure = context.canvas(max(2.3 + 0.27 * size, 3.9), "pairs_title", "pairs_note", "paired")
    axes = figure.add_subplot()
    chances = _written(axes, names, found)
    image = axes.imshow(chances, cmap="Blues", vmin=0, vmax=_DARKEST, aspect="auto")
    labels = [context.label(name) for name in names]
    axes.set_xticks(range(size), labels, rotation=45, ha="right", rotation_mode="anchor")
    axes.set_yticks(range(size), labels)
    axes.grid(visible=False)
    bar = figure.colorbar(image, ax=axes, fraction=0.03, pad=0.01)
    bar.ax.set_ylim(0, 100)
    bar.set_label(words["pairs_axis"], size=7.5)
    pairs = [found[a, b] for a in names for b in names if a != b]
    table: dict[str, Any] = {
        "arm": [pair.arm for pair in pairs],
        "other": [pair.other for pair in pairs],
        "probability_better_percent": np.array([100.0 * pair.probability for pair in pairs]),
        "established": ["yes" if pair.established else "no" for pair in pairs],
    }
    return context.picture(
        "pairs",
        figure,
        table,
        n=size,
        pairs=len(pairs),
        established=sum(pair.established for pair in pairs),
    )


def _written(
    axes: Axes, names: list[str], found: dict[tuple[str, str], Pair]
) -> NDArray[np.float64]:
    """Write each chance, framed where established; chances in %, [rows, columns], NaN alone."""
    chances = np.full((len(names), len(names)), np.nan)
    for (row, strategy), (column, other) in product(enumerate(names), repeat=2):
        if strategy == other:
            continue
        pair = found[strategy, other]
        chances[row, column] = 100.0 * pair.probability
        text = "=" if pair.identical else f"{min(max(round(chances[row, column]), 1), 99)}"
        axes.text(column, row, text, ha="center", va="center", size=6.5, color="#111111")
        if pair.established:
            axes.add_patch(
                Rectangle((column - 0.46, row - 0.46), 0.92, 0.92, fill=False, lw=0.9, ec="#111111")
            )
    return chances
