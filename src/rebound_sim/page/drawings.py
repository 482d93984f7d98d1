"""Drawings of the page as text of an `<svg>`: they stand without script, in the reader's font."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import numpy as np

from rebound_sim.data.geometry import outlines, zone_boundaries
from rebound_sim.data.tables import boundaries_file
from rebound_sim.figures.programme.france import centroids
from rebound_sim.report.typography import Typography
from rebound_sim.statistics.programme.worlds import RANGE

_WIDTH, _ROW, _LEFT, _RIGHT = 700, 32, 210, 24
_POLICY, _NONE = "#0072b2", "#d55e00"
#: Mainland and Corsica [degrees], and the width of a degree of longitude at 46.5 N.
_WEST, _EAST, _SOUTH, _NORTH = -5.3, 9.7, 41.3, 51.2
_ASPECT = float(np.cos(np.radians(46.5)))
_SCALE = 62.0  # drawing units a degree of latitude
_LARGEST = 26.0  # radius of the largest circle


def dots(
    values: Mapping[str, Sequence[float]], names: Mapping[str, str], language: str, alternative: str
) -> str:
    """A row a strategy: every world, four worlds of five, the median."""
    typography = Typography(language)
    everything = [value for row in values.values() for value in row]
    low, high = min(0.0, *everything), max(1.0, *everything)
    height = _ROW * len(values) + 40

    def x(value: float) -> float:
        return _LEFT + (value - low) / (high - low) * (_WIDTH - _LEFT - _RIGHT)

    parts = [_svg(_WIDTH, height, alternative)]
    for tick in _ticks(low, high):
        parts.append(_line(x(tick), 4, x(tick), height - 30, "#ddd" if tick else "#333"))
        parts.append(_text(x(tick), height - 12, typography.number(tick), "middle"))
    for row, (name, worlds) in enumerate(values.items()):
        y = 4 + _ROW * (row + 0.5)
        bottom, top = np.quantile(worlds, RANGE)
        parts.append(_text(_LEFT - 10, y + 5, names[name], "end"))
        parts.append(
            f'<line x1="{x(bottom):.1f}" x2="{x(top):.1f}" y1="{y}" y2="{y}" stroke="{_POLICY}" '
            'stroke-width="7" stroke-opacity="0.35"/>'
        )
        parts += [
            f'<circle cx="{x(value):.1f}" cy="{y}" r="3.2" fill="{_POLICY}" fill-opacity="0.55"/>'
            for value in worlds
        ]
        middle = x(float(np.median(worlds)))
        parts.append(f'<rect x="{middle - 2:.1f}" y="{y - 10}" width="4" height="20" fill="#111"/>')
    return "".join([*parts, "</svg>"])


def zone_map(
    effects: Mapping[str, float],
    names: Mapping[str, str],
    anchor: str,
    language: str,
    alternative: str,
) -> str:
    """Zones with a circle whose area follows the effect; each is a link to its panel.

    effects : code of a real zone -> additional jobs; the others are left out. "" without any.
    """
    centres = centroids()
    shown = {code: value for code, value in effects.items() if code in centres}
    if not shown:
        return ""
    typography = Typography(language)
    topology = zone_boundaries(boundaries_file())
    width, height = (_EAST - _WEST) * _ASPECT * _SCALE, (_NORTH - _SOUTH) * _SCALE
    ground: list[str] = []
    inside: list[str] = []
    for code, shape in topology.shapes.items():
        rings = [_ring(points) for points in outlines(shape, topology.arcs)]
        (inside if code in shown else ground).append("".join(rings))
    parts = [
        _svg(width, height, alternative),
        f'<path d="{"".join(ground)}" fill="none" stroke="#c9c9c9" stroke-width="0.6"/>',
        f'<path d="{"".join(inside)}" fill="#ddd3bc" stroke="#999" stroke-width="0.8"/>',
    ]
    largest = max(max(abs(value) for value in shown.values()), 1.0)
    for code, value in sorted(shown.items(), key=lambda item: -abs(item[1])):
        x, y = _place(*map(float, centres[code]))
        radius = max(_LARGEST * float(np.sqrt(abs(value) / largest)), 3.0)
        fill = _POLICY if value >= 0 else "none"
        label = f"{names[code]}{typography.semicolon} {typography.number(value)}"
        parts.append(
            f'<a href="#{anchor}" data-zone="{escape(code)}" aria-label="{escape(label)}">'
            f"<title>{escape(label)}</title>"
            f'<path d="{_circle(x, y, radius)}" fill="{fill}" fill-opacity="0.7" '
            f'stroke="{_POLICY if value >= 0 else _NONE}" stroke-width="1.4"/></a>'
        )
    return "".join([*parts, "</svg>"])


def _place(longitude: float, latitude: float) -> tuple[float, float]:
    return (longitude - _WEST) * _ASPECT * _SCALE, (_NORTH - latitude) * _SCALE


def _ring(points: np.ndarray) -> str:
    places = [_place(float(p[0]), float(p[1])) for p in points]
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in places) + "Z"


def _circle(x: float, y: float, r: float) -> str:
    half = f"a{r:.1f},{r:.1f} 0 1,0"
    return f"M{x - r:.1f},{y:.1f}{half} {2 * r:.1f},0{half} {-2 * r:.1f},0Z"


def _svg(width: float, height: float, alternative: str) -> str:
    box, words = f"0 0 {width:.0f} {height:.0f}", escape(alternative)
    return f'<svg viewBox="{box}" role="img" aria-label="{words}">'


def _line(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1}" x2="{x2:.1f}" y2="{y2}" stroke="{colour}"/>'


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y}" text-anchor="{anchor}" font-size="14">{escape(text)}</text>'


def _ticks(low: float, high: float) -> list[float]:
    step = (high - low) / 5
    size = 10.0 ** np.floor(np.log10(step))
    step = next(size * k for k in (1, 2, 5, 10) if size * k >= step)
    first, last = int(np.ceil(low / step)), int(np.floor(high / step))
    return [step * k for k in range(first, last + 1)]
