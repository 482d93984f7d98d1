"""Boundaries of a source folder: areas, neighbours, and simplified outlines for maps.

Arcs are simplified one by one with the algorithm of Visvalingam and Whyatt (1993, The Cartographic
Journal 30): the point whose triangle with its two neighbours is smallest goes first. Ends of arcs
stay, so that neighbouring zones keep one common line. Coordinates stand on a grid and are written
as differences (topojson).
"""

from __future__ import annotations

import heapq
import json
from pathlib import Path
from typing import Any, Final

import numpy as np

from rebound_sim.arrays import Floats
from rebound_sim.data.building.draft import Tables
from rebound_sim.data.geometry import Topology, read_topology, shared_borders, zone_geometry
from rebound_sim.data.tables import BOUNDARIES
from rebound_sim.errors import InputError

#: Smallest triangle kept [degrees², longitude scaled]: scaled so that it is 2.5 km².
SMALLEST: Final = 2e-4
#: Islands and islets below this area are dropped, but for the largest of each zone [degrees²].
SMALLEST_RING: Final = 1e-3
GRID: Final = 4000
_NARROWING: Final = float(np.cos(np.radians(46.5)))


def simplified(arc: Floats, smallest: float = SMALLEST) -> Floats:
    """Floats of an arc worth drawing, ends included; a closed arc keeps at least four."""
    count = len(arc)
    closed = bool((arc[0] == arc[-1]).all())
    fewest = 4 if closed else 2
    plane = arc * np.array([_NARROWING, 1.0])
    before, after = list(range(-1, count - 1)), list(range(1, count + 1))
    kept = [True] * count

    def area(point: int) -> float:
        a, b, c = plane[before[point]], plane[point], plane[after[point]]
        return float(abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]))) / 2

    heap = [(area(point), point) for point in range(1, count - 1)]
    current = {point: size for size, point in heap}
    heapq.heapify(heap)
    left = count
    while heap and left > fewest:
        size, point = heapq.heappop(heap)
        if not kept[point] or size != current[point]:
            continue
        if size >= smallest:
            break
        kept[point] = False
        left -= 1
        first, last = before[point], after[point]
        after[first], before[last] = last, first
        for other in (first, last):
            if 0 < other < count - 1:
                # A point freed by its neighbour is never smaller than it (Visvalingam's rule).
                current[other] = max(area(other), size)
                heapq.heappush(heap, (current[other], other))
    return np.asarray(arc[np.array(kept)])


def _polygons(shape: dict[str, Any]) -> list[list[list[int]]]:
    return [shape["arcs"]] if shape["type"] == "Polygon" else list(shape["arcs"])


def _ring_area(ring: list[int], arcs: list[Floats]) -> float:
    points = np.concatenate([arcs[i] if i >= 0 else arcs[~i][::-1] for i in ring])
    x, y = (points * np.array([_NARROWING, 1.0])).T
    return abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2


def _drawn(shape: dict[str, Any], arcs: list[Floats]) -> list[list[list[int]]]:
    """Polygons large enough to be seen, the largest always, each without its smallest holes."""
    polygons = _polygons(shape)
    sizes = [_ring_area(polygon[0], arcs) for polygon in polygons]
    largest = int(np.argmax(sizes))
    return [
        [
            ring
            for i, ring in enumerate(polygon)
            if i == 0 or _ring_area(ring, arcs) >= SMALLEST_RING
        ]
        for place, polygon in enumerate(polygons)
        if place == largest or sizes[place] >= SMALLEST_RING
    ]


def simplify(topology: Topology) -> dict[str, Any]:
    """A topojson object of the zones, small: code, simplified arcs on a grid, differences."""
    drawn = {code: _drawn(shape, topology.arcs) for code, shape in sorted(topology.shapes.items())}
    used = sorted(
        {i if i >= 0 else ~i for polygons in drawn.values() for p in polygons for r in p for i in r}
    )
    place = {old: new for new, old in enumerate(used)}
    arcs = [simplified(topology.arcs[old]) for old in used]
    low = np.min([arc.min(axis=0) for arc in arcs], axis=0)
    high = np.max([arc.max(axis=0) for arc in arcs], axis=0)
    scale = (high - low) / (GRID - 1)

    def renamed(index: int) -> int:
        return place[index] if index >= 0 else ~place[~index]

    features = [
        {
            "type": "MultiPolygon",
            "properties": {"code": code},
            "arcs": [[[renamed(i) for i in ring] for ring in polygon] for polygon in polygons],
        }
        for code, polygons in drawn.items()
    ]
    return {
        "type": "Topology",
        "transform": {
            "scale": [round(float(v), 10) for v in scale],
            "translate": [round(float(v), 6) for v in low],
        },
        "objects": {"zones": {"type": "GeometryCollection", "geometries": features}},
        "arcs": [_differences(arc, low, scale) for arc in arcs],
    }


def _differences(arc: Floats, low: Floats, scale: Floats) -> list[list[int]]:
    cells = np.rint((arc - low) / scale).astype(np.int64)
    # Floats that fall on the same cell as the one before are not drawn; the ends always are.
    moved = np.any(np.diff(cells, axis=0) != 0, axis=1)
    inner = [True, *moved[:-1].tolist(), True]
    cells = cells[np.array(inner)]
    steps = np.diff(cells, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    return [[int(x), int(y)] for x, y in steps]


def add_file(path: Path, tables: Tables) -> None:
    """Write the simplified boundaries beside the tables under construction."""
    text = json.dumps(simplify(read_topology(path)), separators=(",", ":"))
    tables.files[BOUNDARIES] = (text + "\n").encode("ascii")


def boundary_file(folder: Path) -> Path:
    """The boundaries of a source folder. Raises InputError: none, or several."""
    found = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".topojson")
    if not found:
        raise InputError("no boundary file (*.topojson) found", file=str(folder), key="--from")
    if len(found) > 1:
        names = ", ".join(path.name for path in found)
        raise InputError(f"several files of boundaries ({names})", key="--from", allowed="one")
    return found[0]


def add_tables(path: Path, tables: Tables) -> None:
    """Write `geometry` and `neighbours` into the tables under construction."""
    topology = read_topology(path)
    unknown = sorted(set(topology.shapes) - set(tables.zone_names()))
    if unknown:
        raise InputError("shape of an unknown zone", file=path.name, value=unknown[0])
    body = []
    for code in sorted(topology.shapes):
        area, longitude, latitude = zone_geometry(topology.shapes[code], topology.arcs)
        body.append([code, f"{area:.1f}", f"{longitude:.4f}", f"{latitude:.4f}"])
    tables.put("geometry", ["code", "area_km2", "longitude", "latitude"], body)
    borders = sorted(shared_borders(topology.shapes, topology.arcs).items())
    if not borders and len(body) > 1:
        raise InputError(
            "no two zones share a line, so that none has neighbours",
            file=path.name,
            allowed="topojson, where neighbours share arcs; GeoJSON does for maps alone",
        )
    rows = [[first, second, f"{length:.1f}"] for (first, second), length in borders]
    tables.put("neighbours", ["code", "neighbour", "shared_km"], rows)
    if topology.left_out:
        record = next(r for r in tables.records if r.file == path.name)
        record.remark(f"left out, without a shape or a code: {', '.join(topology.left_out[:6])}")
