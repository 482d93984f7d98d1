"""Zones as bubbles at their centroids, sized by additional jobs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from rebound_sim.data.geometry import zone_boundaries
from rebound_sim.data.tables import boundaries_file
from rebound_sim.figures import style
from rebound_sim.figures.programme.context import ComparisonContext
from rebound_sim.figures.programme.france import (
    bubble_legend,
    centroids,
    frame,
    ground,
    name_bubbles,
)
from rebound_sim.statistics.programme.zones import ZoneEffect

_LARGEST = 420.0  # area of the largest bubble [points squared]


def map_picture(context: ComparisonContext) -> style.Picture | None:
    """The strategy of the highest estimate. None when no zone is a real one."""
    panels = context.comparison.panels
    centres = centroids()
    best = context.best.arm
    effects = [
        effect
        for effect in context.comparison.zones
        if effect.arm == best and effect.zone in centres
    ]
    if not effects:
        return None
    topology = zone_boundaries(context.boundaries or boundaries_file())
    notes = ["map_outlines" if context.boundaries else "map_simplified"]
    notes += ["map_left_out"] if topology.left_out else []
    figure = context.canvas(
        5.6,
        "map_title",
        *(["map_note"] if context.count > 1 else []),
        *notes,
        subtitle=context.best_title,
        file=context.boundaries.name if context.boundaries else "",
        count=len(topology.left_out),
    )
    grid = figure.add_gridspec(1, 2, width_ratios=(1.0, 0.28))
    axes, legend = figure.add_subplot(grid[0, 0]), figure.add_subplot(grid[0, 1])
    ground(axes, topology, {effect.zone for effect in effects})
    jobs = np.array([effect.jobs.value for effect in effects])
    largest = max(float(np.abs(jobs).max()), 1.0)
    _bubbles(axes, effects, centres, largest)
    frame(axes)
    _legend(legend, context, largest)
    bubbles = [
        (*centres[e.zone], np.sqrt(_area(e.jobs.value, largest)) / 2, panels.zone_name(e.zone))
        for e in effects
    ]
    name_bubbles(axes, bubbles)
    table = _table(effects, centres)
    low, high = int(np.argmin(jobs)), int(np.argmax(jobs))
    return context.picture(
        "zones_map",
        figure,
        table,
        n=len(effects),
        strategy=context.label(best),
        low=context.number(jobs[low]),
        low_zone=effects[low].name,
        high=context.number(jobs[high]),
        high_zone=effects[high].name,
        unclear=sum(effect.jobs.contains_zero for effect in effects),
    )


def _bubbles(
    axes: Axes,
    effects: Sequence[ZoneEffect],
    centres: Mapping[str, NDArray[np.float64]],
    largest: float,
) -> None:
    """The largest first, so that none is hidden."""
    for effect in sorted(effects, key=lambda e: -abs(e.jobs.value)):
        x, y = centres[effect.zone]
        colour = style.POLICY_COLOUR if effect.jobs.value >= 0 else style.NONE_COLOUR
        shown = effect.jobs.has_interval and not effect.jobs.contains_zero
        axes.scatter(
            [x],
            [y],
            s=_area(effect.jobs.value, largest),
            edgecolors=colour,
            lw=1.0,
            zorder=2,
            facecolors=colour if shown else "none",
            alpha=0.75,
            marker=_marker(effect.jobs.value),
        )


def _table(
    effects: Sequence[ZoneEffect], centres: Mapping[str, NDArray[np.float64]]
) -> dict[str, Any]:
    where = np.array([centres[effect.zone] for effect in effects])
    return {
        "zone": [effect.zone for effect in effects],
        "name": [effect.name for effect in effects],
        "longitude": where[:, 0],
        "latitude": where[:, 1],
        "additional_jobs_mean": np.array([effect.jobs.value for effect in effects]),
        "additional_jobs_low95": np.array([effect.jobs.low for effect in effects]),
        "additional_jobs_high95": np.array([effect.jobs.high for effect in effects]),
    }


def _marker(jobs: float) -> str:
    """Squares for losses: colours do not show in grey print."""
    return "o" if jobs >= 0 else "s"


def _area(jobs: float, largest: float) -> float:
    return max(_LARGEST * abs(jobs) / largest, 6.0)


def _legend(axes: Axes, context: ComparisonContext, largest: float) -> None:
    words = context.words
    axes.set_axis_off()
    step = 10 ** np.floor(np.log10(largest))
    sizes = sorted({max(float(np.floor(largest / step) * step * part), 1.0) for part in (0.25, 1)})

    def dot(jobs: float, colour: str, label: str, *, filled: bool = True) -> Line2D:
        return Line2D(
            [],
            [],
            ls="",
            marker=_marker(jobs),
            ms=np.sqrt(_area(jobs, largest)),
            mec=colour,
            mfc=colour if filled else "none",
            label=label,
            alpha=0.75,
        )

    blue, orange = style.POLICY_COLOUR, style.NONE_COLOUR
    handles = [dot(n, blue, words["jobs"].format(n=context.number(n))) for n in sizes]
    small = 0.1 * largest
    handles += [
        dot(small, blue, words["map_positive"]),
        dot(-small, orange, words["map_negative"]),
        dot(small, blue, words["map_unclear"], filled=False),
    ]
    bubble_legend(axes, handles)
