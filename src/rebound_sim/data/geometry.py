"""Areas, centroids and neighbours of zones from the file of boundaries (topojson, GeoJSON).

Areas use the equal-area cylindrical projection of the GRS80 ellipsoid through its authalic
latitude (J. P. Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395, equations
3-12 and 3-18), so they are exact for the simplified boundaries of the file.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from rebound_sim.arrays import Floats
from rebound_sim.data.directory import zone_names
from rebound_sim.data.geojson import as_topology, is_geojson
from rebound_sim.data.official.values import zone_code
from rebound_sim.errors import InputError

AUTHALIC_RADIUS_KM: Final = 6371.0072  # sphere of the same area as the GRS80 ellipsoid
ECCENTRICITY_SQUARED: Final = 0.00669438002  # GRS80
DEGREES: Final = np.array([180.0, 90.0])
CODE_PROPERTIES: Final = ("ze2020", "ze2020_code", "code_ze2020", "code_ze", "code", "codgeo")
#: What reading something else raises. Nesting without end is a RecursionError, a number beyond
#: floats an OverflowError.
_NOT_TOPOJSON: Final = (
    OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError,
    OverflowError,
)  # fmt: skip


def decode_arcs(topology: dict[str, Any]) -> list[Floats]:
    """Arcs as float64[n, 2] of longitude, latitude in degrees (delta-decoded when quantised)."""
    transform = topology.get("transform")
    arcs = [np.asarray(arc, dtype=np.float64)[:, :2] for arc in topology["arcs"]]
    if transform is None:
        return arcs
    scale, shift = np.array(transform["scale"]), np.array(transform["translate"])
    return [np.cumsum(arc, axis=0) * scale + shift for arc in arcs]


def _ring(indices: list[int], arcs: list[Floats]) -> Floats:
    pieces = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
    return np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])


def _meridian_area(sine: Floats) -> Floats:
    """Area function of Snyder's equation 3-12, from the sine of the latitude."""
    e2 = ECCENTRICITY_SQUARED
    e = np.sqrt(e2)
    logarithm = np.log((1 - e * sine) / (1 + e * sine)) / (2 * e)
    return np.asarray((1 - e2) * (sine / (1 - e2 * sine**2) - logarithm))


def _projected(ring: Floats) -> Floats:
    """Equal-area plane coordinates in km."""
    longitude, latitude = np.radians(ring[:, 0]), np.radians(ring[:, 1])
    sine_authalic = _meridian_area(np.sin(latitude)) / _meridian_area(np.ones(1))
    return AUTHALIC_RADIUS_KM * np.stack([longitude, sine_authalic], axis=1)


def _latitude(y: float) -> float:
    """Latitude [degrees] of an ordinate of the plane [km] (Snyder's equation 3-18)."""
    e2 = ECCENTRICITY_SQUARED
    authalic = np.arcsin(y / AUTHALIC_RADIUS_KM)
    first = (e2 / 3 + 31 * e2**2 / 180) * np.sin(2 * authalic)
    return float(np.degrees(authalic + first + 23 * e2**2 / 360 * np.sin(4 * authalic)))


def ring_area_and_moment(ring: Floats) -> tuple[float, float, float]:
    """Signed area [km2] and first moments of a closed ring in the equal-area plane."""
    plane = _projected(ring)
    origin = plane[0]
    x, y = (plane - origin).T
    cross = x[:-1] * y[1:] - x[1:] * y[:-1]
    area = float(cross.sum() / 2)
    moment_x = float(((x[:-1] + x[1:]) * cross).sum() / 6) + area * float(origin[0])
    moment_y = float(((y[:-1] + y[1:]) * cross).sum() / 6) + area * float(origin[1])
    return area, moment_x, moment_y


def _polygons(shape: dict[str, Any]) -> list[list[list[int]]]:
    return [shape["arcs"]] if shape["type"] == "Polygon" else list(shape["arcs"])


def outlines(shape: dict[str, Any], arcs: list[Floats]) -> list[Floats]:
    """Closed rings of one zone, holes included: float64[n, 2] of longitude, latitude, each."""
    return [_ring(ring, arcs) for polygon in _polygons(shape) for ring in polygon]


def zone_geometry(shape: dict[str, Any], arcs: list[Floats]) -> tuple[float, float, float]:
    """Area [km2], longitude and latitude of the centroid [degrees] of one zone."""
    area = moment_x = moment_y = 0.0
    for polygon in _polygons(shape):
        for position, indices in enumerate(polygon):
            a, mx, my = ring_area_and_moment(_ring(indices, arcs))
            # The first ring of a polygon is its outside, the others are holes.
            sign = (1.0 if position == 0 else -1.0) * (1.0 if a >= 0 else -1.0)
            area, moment_x, moment_y = area + sign * a, moment_x + sign * mx, moment_y + sign * my
    # Holes that do not lie within their outsides leave no area, or a centre off the sphere.
    if area == 0 or abs(moment_y / area) > AUTHALIC_RADIUS_KM:
        return 0.0, float("nan"), float("nan")
    longitude = float(np.degrees(moment_x / area / AUTHALIC_RADIUS_KM))
    return area, longitude, _latitude(moment_y / area)


def arc_length_km(arc: Floats) -> float:
    """Length of a polyline on the sphere (short chords, local scale)."""
    longitude, latitude = np.radians(arc[:, 0]), np.radians(arc[:, 1])
    middle = (latitude[1:] + latitude[:-1]) / 2
    steps = np.hypot(np.diff(latitude), np.diff(longitude) * np.cos(middle))
    return float(AUTHALIC_RADIUS_KM * steps.sum())


def shared_borders(
    shapes: dict[str, dict[str, Any]], arcs: list[Floats]
) -> dict[tuple[str, str], float]:
    """Length of the common boundary [km] of each pair of zones (code order, once per pair)."""
    users: dict[int, set[str]] = defaultdict(set)
    for code, shape in shapes.items():
        for polygon in _polygons(shape):
            for ring in polygon:
                for index in ring:
                    users[index if index >= 0 else ~index].add(code)
    borders: dict[tuple[str, str], float] = defaultdict(float)
    for index, codes in users.items():
        if len(codes) == 2:
            first, second = sorted(codes)
            borders[first, second] += arc_length_km(arcs[index])
    return dict(borders)


@dataclass(frozen=True)
class Topology:
    """Boundaries of zones. shapes : by code; arcs : float64[n, 2], longitude and latitude;
    left_out : codes (or places in the file) of features without a shape or a code."""

    shapes: dict[str, dict[str, Any]]
    arcs: list[Floats]
    left_out: tuple[str, ...]


def read_topology(path: Path) -> Topology:
    """Shapes by zone code of a topojson or GeoJSON file; features without one are named.

    The code is one of `CODE_PROPERTIES`, whatever its case. Raises InputError when the file is
    neither, or when no feature has both a shape and a code.
    """
    if not path.is_file():  # a device has no end
        problem = "this is not a file" if path.exists() else "no such file"
        raise InputError(
            problem, file=str(path), allowed="a file of boundaries (topojson, GeoJSON)"
        )
    try:
        topology = json.loads(path.read_bytes().decode("utf-8-sig"))
        if is_geojson(topology):
            topology = as_topology(topology)
        arcs = decode_arcs(topology)
        layers = [layer.get("geometries") or [] for layer in topology["objects"].values()]
        read = max(
            ([_feature(feature, len(arcs)) for feature in layer] for layer in layers),
            key=lambda layer: (sum(None not in one for one in layer), len(layer)),
            default=[],
        )
    except _NOT_TOPOJSON:
        raise InputError(
            "not a file of boundaries",
            file=str(path),
            allowed="topojson or GeoJSON, a layer of zones; mapshaper makes them of shapefiles",
        ) from None
    if any(arc.ndim != 2 or arc.shape[1] != 2 or not np.isfinite(arc).all() for arc in arcs):
        raise InputError("has arcs that are not points of two coordinates", file=str(path))
    if any((np.abs(arc) > DEGREES).any() for arc in arcs):
        raise InputError(
            "has coordinates that are not degrees",
            file=str(path),
            allowed="longitude and latitude (WGS84), not metres",
        )
    shapes: dict[str, dict[str, Any]] = {}
    left_out = []
    for place, (code, shape) in enumerate(read, start=1):
        if code is None or shape is None:
            left_out.append(code or f"feature {place}")
        elif not abs(zone_geometry(shape, arcs)[0]) > 0:
            left_out.append(code)
        elif code in shapes:
            raise InputError("zone given twice", file=str(path), value=code)
        else:
            shapes[code] = shape
    if not shapes:
        raise InputError(
            "no feature has a shape and the code of a zone",
            file=str(path),
            allowed=f"a property {', '.join(CODE_PROPERTIES)}, and Polygon or MultiPolygon",
        )
    return Topology(shapes, arcs, tuple(left_out))


def _feature(feature: Any, arcs: int) -> tuple[str | None, dict[str, Any] | None]:
    """Zone code and shape of a feature; None for what it lacks."""
    found = {str(k).casefold(): v for k, v in (feature.get("properties") or {}).items()}
    named = next((found[name] for name in CODE_PROPERTIES if found.get(name) is not None), None)
    if isinstance(named, list) and len(named) == 1:  # as portals of Opendatasoft write it
        named = named[0]
    code = zone_code(str(named)) if named is not None else None
    usable = feature.get("type") in ("Polygon", "MultiPolygon") and feature.get("arcs")
    if not usable:
        return code, None
    polygons = [[ring for ring in polygon if len(ring)] for polygon in _polygons(feature)]
    polygons = [polygon for polygon in polygons if polygon]
    indices = [index for polygon in polygons for ring in polygon for index in ring]
    if any(type(index) is not int or not -arcs <= index < arcs for index in indices):
        raise IndexError
    return code, {"type": "MultiPolygon", "arcs": polygons} if polygons else None


def zone_boundaries(path: Path) -> Topology:
    """Boundaries of the zones that the tables have; other features are left out, and named.

    Raises InputError when the file has none of them, or is no topojson.
    """
    topology, names = read_topology(path), zone_names()
    shapes = {code: shape for code, shape in topology.shapes.items() if code in names}
    others = [code for code in topology.shapes if code not in names]
    if not shapes:
        raise InputError(
            "no feature has the code of a zone",
            file=str(path),
            value=", ".join(others[:3]),
            allowed="zones of employment (ZE2020), such as 2415",
        )
    return Topology(shapes, topology.arcs, (*topology.left_out, *others))
