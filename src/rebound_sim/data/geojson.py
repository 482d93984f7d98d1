"""GeoJSON (RFC 7946) as the topology that boundaries are read from: one arc for each ring.

Neighbours then share no arc, so that lengths of common borders cannot be had from such a file.
"""

from __future__ import annotations

from typing import Any


def is_geojson(document: Any) -> bool:
    """Whether a parsed JSON document says that it is a feature, or a collection of them."""
    return isinstance(document, dict) and document.get("type") in ("FeatureCollection", "Feature")


def as_topology(document: dict[str, Any]) -> dict[str, Any]:
    """A topojson document, not quantised. A fault of form raises what Python raises."""
    single = document["type"] == "Feature"
    features = [document] if single else document["features"]
    arcs: list[list[list[float]]] = []
    geometries = []
    for feature in features:
        shape = feature.get("geometry") or {}
        polygons = _polygons(shape)
        placed = []
        for polygon in polygons:
            placed.append([[len(arcs) + place] for place in range(len(polygon))])
            arcs += [_closed(ring) for ring in polygon]
        geometries.append(
            {
                "type": "MultiPolygon" if polygons else None,
                "properties": feature.get("properties"),
                "arcs": placed,
            }
        )
    return {"arcs": arcs, "objects": {"zones": {"geometries": geometries}}}


def _polygons(shape: dict[str, Any]) -> list[list[list[list[float]]]]:
    """Polygons of a geometry, without empty rings; none for points and lines."""
    kind = str(shape.get("type"))
    given = {"Polygon": [shape.get("coordinates")], "MultiPolygon": shape.get("coordinates")}
    polygons = [[ring for ring in polygon or [] if ring] for polygon in given.get(kind) or []]
    return [polygon for polygon in polygons if polygon]


def _closed(ring: list[list[float]]) -> list[list[float]]:
    """A ring whose last point is its first, and without heights."""
    points = [point[:2] for point in ring]
    return points if points[0] == points[-1] else [*points, points[0]]
