"""Tornado: how far each factor moves the outcome, largest first."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from rebound_sim.errors import InputError
from rebound_sim.figures import style
from rebound_sim.figures.subject import Subject
from rebound_sim.figures.sweep import factor_name, level_name, strategy_name
from rebound_sim.figures.texts import TEXTS
from rebound_sim.figures.typography import number, shortened, significant
from rebound_sim.statistics.programme.sweep import factor_effects

_MOST = 25  # bars that a page holds
_LOW, _HIGH = ("#E6862C", "//", "s"), ("#3F8FC4", "", "o")
_GIVEN = ("parameter", "low", "high", "effect")
_MORRIS = ("parameter", "moment", "strength")
_LABEL_WIDTH = 46


@dataclass(frozen=True)
class _Bar:
    """One bar: label, its end, and the bounds of the end (NaN: none)."""

    label: str
    value: float
    low: float = math.nan
    high: float = math.nan


def sweep_tornado(subject: Subject, language: str) -> style.Picture | None:
    """From the points of a sweep, for the strategy of the highest mean over them."""
    table, words = subject.sweep, TEXTS[language]["others"]
    best = table.strategies[int(np.argmax(table.values.mean(axis=(0, 2))))]
    effects = factor_effects(table, best)
    if not effects:
        return None
    strategy = strategy_name(best, language)
    count = table.values.shape[2]
    source = words["source_sweep"].format(
        version=table.version, seed=table.seed, points=len(table.points), n=count
    )
    under = words["tornado_subtitle"].format(points=len(table.points), strategy=strategy)
    outcome = words["outcome_additional_jobs"]
    figure = style.canvas(
        2.0 + 0.36 * len(effects),
        words["tornado_title"].format(outcome=outcome),
        f"{shortened(table.title, 64)} · {under}",
        [words["tornado_note"].format(n=count), source],
    )
    labels = [factor_name(effect.factor, language) for effect in effects]
    lows, highs = (
        [_Bar(label, e.value, e.low, e.high) for label, e in zip(labels, ends, strict=True)]
        for ends in ([e.low for e in effects], [e.high for e in effects])
    )
    _two_sided(figure, lows, highs, effects, words, language)
    columns = {
        "factor": [effect.factor for effect in effects],
        "low_value": [effect.low_value for effect in effects],
        "high_value": [effect.high_value for effect in effects],
    } | {
        f"{end}_{name}": np.array([getattr(bar, side) for bar in bars])
        for end, bars in (("low_end", lows), ("high_end", highs))
        for name, side in (("mean", "value"), ("low95", "low"), ("high95", "high"))
    }
    alternative = words["alt_tornado"].format(
        first=labels[0], low=number(lows[0].value, language), high=number(highs[0].value, language)
    )
    return style.Picture("tornado", figure, columns, alternative, language)


def _two_sided(
    figure: Figure,
    lows: Sequence[_Bar],
    highs: Sequence[_Bar],
    effects: Sequence[Any],
    words: Mapping[str, str],
    language: str,
) -> None:
    axes = figure.add_subplot()
    for bars, (colour, hatch, marker), shift, key, values in (
        (lows, _LOW, -0.17, "tornado_low", [e.low_value for e in effects]),
        (highs, _HIGH, 0.17, "tornado_high", [e.high_value for e in effects]),
    ):
        places = np.arange(len(bars)) + shift
        axes.barh(
            places,
            [bar.value for bar in bars],
            0.32,
            color=colour,
            hatch=hatch,
            edgecolor="white",
            label=words[key],
        )
        axes.hlines(
            places,
            [bar.low for bar in bars],
            [bar.high for bar in bars],
            color="#111111",
            lw=1.1,
            path_effects=style.HALO,
        )
        axes.plot([bar.value for bar in bars], places, marker, color="#111111", ms=2.5)
        for place, bar, text, effect in zip(places, bars, values, effects, strict=True):
            ends = [0.0, bar.value, *(x for x in (bar.low, bar.high) if math.isfinite(x))]
            right = bar.value >= 0
            level = _localised(text, effect.factor, language)
            axes.annotate(
                level,
                (max(ends) if right else min(ends), place),
                xytext=(4 if right else -4, 0),
                textcoords="offset points",
                va="center",
                ha="left" if right else "right",
                size=6.5,
            )
    _finish(
        axes,
        [bar.label for bar in lows],
        words["tornado_axis"].format(unit=f", {words['unit_jobs']}"),
    )
    axes.margins(x=0.16)
    style.legend_above(axes, 2)


def _localised(text: str, factor: str, language: str) -> str:
    """Bounds of levels as the language writes numbers."""
    return "–".join(level_name(part, factor, language) for part in text.split("–"))


def _finish(axes: Any, labels: Sequence[str], label: str) -> None:
    axes.axvline(0.0, color=style.ZERO_LINE, lw=0.8)
    style.rows(axes, labels)
    axes.set_xlabel(label)


def screening_tornado(subject: Subject, language: str) -> style.Picture | None:
    """From a table of parameters: parameter, low, high, effect, effect_low and effect_high or
    interval (half-width); or that of `rebound sensitivity`. Raises InputError for another."""
    assert subject.folder is not None
    path, words = subject.folder, TEXTS[language]["others"]
    rows = _read(path)
    morris = "strength" in rows[0]
    bars = (_strengths if morris else _effects)(rows, path, language)
    bars = sorted(bars, key=lambda bar: -abs(bar.value))
    shown = bars[:_MOST]
    figure = style.canvas(
        1.7 + 0.2 * len(shown),
        words["tornado_title"].format(outcome=words["tornado_morris" if morris else "tornado_any"]),
        words["tornado_largest" if len(bars) > _MOST else "tornado_screened"].format(
            n=len(bars), shown=len(shown)
        ),
        [
            words["tornado_morris_note" if morris else "tornado_screen_note"],
            words["tornado_source"].format(file=path.name),
        ],
    )
    axes = figure.add_subplot()
    places, values = np.arange(len(shown)), np.array([bar.value for bar in shown])
    low, high = (np.array([getattr(bar, side) for bar in shown]) for side in ("low", "high"))
    for bars_of, (colour, hatch, _) in ((values < 0, _LOW), (values >= 0, _HIGH)):
        axes.barh(
            places[bars_of], values[bars_of], 0.62, color=colour, hatch=hatch, edgecolor="white"
        )
    axes.hlines(places, low, high, color="#111111", lw=1.1, path_effects=style.HALO)
    unit = rows[0].get("unit", "")
    label = words["tornado_morris_axis"] if morris else words["tornado_screen_axis"]
    _finish(axes, [bar.label for bar in shown], label.format(unit=f", {unit}" if unit else ""))
    axes.tick_params(axis="y", labelsize=6.5)
    table: dict[str, Any] = {
        "parameter": [bar.label for bar in shown],
        "effect": values,
        "low": low,
        "high": high,
    }
    alternative = words["alt_tornado_screen"].format(
        first=shown[0].label, value=significant(shown[0].value, language)
    )
    return style.Picture("tornado", figure, table, alternative, language)


def _read(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError) as fault:
        raise InputError("the table cannot be read", file=str(path), value=str(fault)) from None
    if not rows or not any(set(form) <= set(rows[0]) for form in (_GIVEN, _MORRIS)):
        allowed = f"columns {', '.join(_GIVEN)}; or {', '.join(_MORRIS)}"
        raise InputError("not a table of sensitivity", file=str(path), allowed=allowed)
    return rows


def _effects(rows: Sequence[Mapping[str, str]], path: Path, language: str) -> list[_Bar]:
    found = []
    for line, row in enumerate(rows, start=2):
        try:
            effect, low, high = (float(row[name]) for name in ("effect", "low", "high"))
            half = float(row["interval"]) if row.get("interval") else math.nan
            bottom = float(row["effect_low"]) if row.get("effect_low") else effect - half
            top = float(row["effect_high"]) if row.get("effect_high") else effect + half
        except ValueError:
            raise InputError("not a number", file=f"{path}:{line}") from None
        name = shortened(row["parameter"], _LABEL_WIDTH)
        ends = f"[{significant(low, language)} – {significant(high, language)}]"
        found.append(_Bar(f"{name} {ends}", effect, bottom, top))
    return found


def _strengths(rows: Sequence[Mapping[str, str]], path: Path, language: str) -> list[_Bar]:  # noqa: ARG001
    """Strength of each parameter on the moment that it moves most."""
    best: dict[str, _Bar] = {}
    for line, row in enumerate(rows, start=2):
        try:
            strength = float(row["strength"] or "nan")
        except ValueError:
            raise InputError("not a number", file=f"{path}:{line}") from None
        name = row["parameter"]
        if math.isfinite(strength) and (name not in best or strength > best[name].value):
            label = shortened(f"{name} ({row['moment']})", _LABEL_WIDTH + 10)
            best[name] = _Bar(label, strength)
    if not best:
        raise InputError("no strength in this table", file=str(path))
    return list(best.values())
