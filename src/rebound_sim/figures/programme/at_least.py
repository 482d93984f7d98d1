"""In how many worlds each strategy brings at least so many jobs."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.ticker import MaxNLocator

from rebound_sim.figures import style
from rebound_sim.figures.programme.context import ComparisonContext
from rebound_sim.figures.programme.over_worlds import tint_counts
from rebound_sim.statistics.programme.summary import RANKED

_MOST_STEPS = 8

WORDS = {
    "en": {
        "about": "in how many worlds each strategy brings at least so many additional jobs",
        "at_least_title": "{best} brings at least {jobs} additional jobs in {held} of "
        "{worlds} worlds",
        "at_least_note": "Number of worlds, of {n}, in which a strategy brings at least so many "
        "additional jobs. Worlds are sets of parameters that the sources allow; they are not "
        "equally likely, and a count is no chance.",
        "at_least_x": "Additional jobs, at least",
        "at_least_bar": "worlds",
        "alt_at_least": "Counts of worlds for {rows} strategies and {steps} numbers of jobs. "
        "{best} brings at least {jobs} jobs in {held} of {worlds} worlds.",
    },
    "fr": {
        "about": "dans combien de mondes chaque stratégie apporte au moins tant d'emplois",
        "at_least_title": "{best} : au moins {jobs} emplois additionnels dans {held} mondes "
        "sur {worlds}",
        "at_least_note": "Nombre de mondes, sur {n}, où une stratégie apporte au moins tant "
        "d'emplois additionnels. Un monde est un jeu de paramètres que les sources n'excluent "
        "pas ; tous ne sont pas également probables : un compte n'est pas une probabilité.",
        "at_least_x": "Emplois additionnels, au moins",
        "at_least_bar": "mondes",
        "alt_at_least": "Nombre de mondes pour {rows} stratégies et {steps} nombres d'emplois. "
        "{best} apporte au moins {jobs} emplois dans {held} mondes sur {worlds}.",
    },
}


def at_least_picture(context: ComparisonContext) -> style.Picture | None:
    """Counts of worlds, a row a strategy. None with one world, or if none brings a job."""
    worlds, words = context.comparison.worlds[RANKED], context.words
    names = [rank.arm for rank in context.ranked]
    values = np.stack([worlds.values[worlds.names.index(name)] for name in names])
    # One world of ten may have far more: it would leave the others two columns.
    most = max(float(np.quantile(values, 0.9, axis=1).max()), 0.0)
    locator = MaxNLocator(_MOST_STEPS, steps=(1, 2, 5, 10), integer=True)
    ticks = np.asarray(locator.tick_values(0.0, most), dtype=np.float64)
    steps = ticks[(ticks > 0) & (ticks <= most)]
    if context.count < 2 or not steps.size:
        return None
    counts = (values[:, :, None] >= steps).sum(axis=1)
    middle = int(np.argmin(np.abs(counts[0] - worlds.count / 2)))
    quoted = {
        "best": context.label(names[0]),
        "jobs": context.number(steps[middle]),
        "held": str(counts[0, middle]),
        "worlds": str(worlds.count),
    }
    figure = context.canvas(2.2 + 0.27 * len(names), "at_least_title", "at_least_note", **quoted)
    axes = figure.add_subplot()
    labels = [context.label(name) for name in names]
    tint_counts(axes, counts, worlds.count, labels, words["at_least_bar"])
    for (row, column), count in np.ndenumerate(counts):
        axes.text(column, row, str(count), ha="center", va="center", size=7, color="#111111")
    axes.set_xticks(range(steps.size), [context.number(step) for step in steps])
    axes.set_xlabel(words["at_least_x"])
    table: dict[str, Any] = {
        "arm": [name for name in names for _ in steps],
        "jobs": np.tile(steps, len(names)),
        "worlds_with_at_least": counts.ravel(),
        "worlds": np.full(counts.size, worlds.count),
    }
    return context.picture(
        "at_least",
        figure,
        table,
        rows=len(names),
        steps=steps.size,
        **quoted,
    )
