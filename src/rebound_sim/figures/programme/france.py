"""The map of France: outlines of zones, where they lie, and names clear of one another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D
from matplotlib.path import Path as MapPath
from numpy.typing import NDArray

from rebound_sim.data.geometry import Topology, outlines
from rebound_sim.data.tables import table as shipped
from rebound_sim.figures import style

_SIZE = 5.6  # of names [points]
#: Mainland France and Corsica [degrees]; overseas zones are not simulated.
_WEST, _EAST, _SOUTH, _NORTH = -5.6, 10.1, 41.2, 51.4
#: Width of a degree of longitude at 46.5 N in degrees of latitude.
_ASPECT = 1.0 / np.cos(np.radians(46.5))


def centroids() -> dict[str, NDArray[np.float64]]:
    """Longitude and latitude of mainland zones, by code [degrees]."""
    columns = shipped("geometry").columns
    longitudes, latitudes = (
        np.asarray(columns[name], dtype=np.float64) for name in ("longitude", "latitude")
    )
    places = np.stack([longitudes, latitudes], axis=1)
    return {
        str(code): place
        for code, place in zip(columns["code"], places, strict=True)
        if _WEST < place[0] < _EAST and _SOUTH < place[1] < _NORTH
    }


def ground(axes: Axes, topology: Topology, zones: set[str]) -> None:
    """Outlines of all zones, those of the programme tinted."""
    for inside, face, width in ((False, "none", 0.25), (True, "#DDD3BC", 0.5)):
        paths = [
            MapPath.make_compound_path(*(MapPath(r) for r in outlines(shape, topology.arcs)))
            for code, shape in topology.shapes.items()
            if (code in zones) == inside
        ]
        axes.add_collection(
            PathCollection(
                paths, facecolors=face, edgecolors="#A8A8A8", linewidths=width, zorder=1
            ),
            autolim=False,
        )


def frame(axes: Axes) -> None:
    """Mainland France and Corsica, without axes."""
    axes.set_xlim(_WEST, _EAST)
    axes.set_ylim(_SOUTH, _NORTH)
    axes.set_aspect(_ASPECT)
    axes.set_axis_off()


def name_bubbles(axes: Axes, bubbles: Sequence[tuple[float, float, float, str]]) -> None:
    """Names beside bubbles (longitude, latitude, radius in points, name), clear of one another.

    Each name takes, of eight places around its bubble, the one that covers least of what is there.
    """
    figure = axes.get_figure(root=True)
    if figure is None:
        raise ValueError("axes without a figure")
    figure.draw_without_rendering()  # the frame of the map is known from here on
    points = 72.0 / figure.dpi
    where = [axes.transData.transform((x, y)) * points for x, y, *_ in bubbles]
    taken = [
        (x - r, y - r, x + r, y + r) for (x, y), (_, _, r, _) in zip(where, bubbles, strict=True)
    ]
    for (x, y), (longitude, latitude, r, name) in zip(where, bubbles, strict=True):
        half, high, gap = 0.29 * _SIZE * len(name), 0.5 * _SIZE, r + 1.0
        near = 0.75 * gap
        places = [
            (0, -gap - high),
            (0, gap + high),
            (gap + half, 0),
            (-gap - half, 0),
            (near + half, near),
            (near + half, -near),
            (-near - half, near),
            (-near - half, -near),
        ]
        boxes = [(x + dx - half, y + dy - high, x + dx + half, y + dy + high) for dx, dy in places]
        best = min(range(len(places)), key=lambda i: sum(_common(boxes[i], box) for box in taken))
        taken.append(boxes[best])
        axes.annotate(
            name,
            (longitude, latitude),
            xytext=places[best],
            textcoords="offset points",
            size=_SIZE,
            ha="center",
            va="center",
            color="#111111",
            zorder=3,
            path_effects=style.HALO,
        )


def _common(first: tuple[float, ...], second: tuple[float, ...]) -> float:
    """Area that two boxes (left, low, right, high) have in common."""
    width = min(first[2], second[2]) - max(first[0], second[0])
    height = min(first[3], second[3]) - max(first[1], second[1])
    return max(width, 0.0) * max(height, 0.0)


def bubble_legend(axes: Axes, handles: Sequence[Line2D]) -> None:
    """The legend of bubbles, beside the map, with room for the largest."""
    axes.legend(
        handles=list(handles),
        loc="upper left",
        bbox_to_anchor=(-0.15, 1.0),
        labelspacing=1.7,
        borderpad=1.2,
        handletextpad=1.2,
    )
