"""Simulated figures against the bands of their sources, family by family, from moments.csv."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from rebound_sim.errors import InputError
from rebound_sim.figures import style
from rebound_sim.figures.subject import Subject
from rebound_sim.figures.texts import TEXTS
from rebound_sim.figures.typography import NARROW, french, shortened, significant
from rebound_sim.statistics.validation import MomentComparison

_NEEDED = ("id", "family", "use", "low", "high", "simulated", "low95", "high95", "verdict")
_REACH = 3.0
_LOOKS = {"inside": ("#0072B2", "o"), "outside": ("#D55E00", "D")}
#: All families on one page, and one family alone: height of a row in inches, size of its words.
_DENSE, _OPEN = (0.104, 5.6), (0.2, 7.0)
_LABEL_WIDTH = 64  # characters
Row = Mapping[str, Any]


def family_pictures(
    comparisons: Sequence[MomentComparison], language: str = "en"
) -> Iterator[style.Picture]:
    """One picture a family that was measured, not yet written; to be used within `house_style`."""
    families: dict[str, list[Row]] = {}
    for one in comparisons:
        families.setdefault(one.moment.family, []).append(one.as_row())
    for family, rows in families.items():
        words = TEXTS[language]
        title = words["others"]["calibration_title"].format(
            family=words["families"].get(family, family)
        )
        picture = _picture(rows, language, title, f"validation_{family.replace(' ', '_')}")
        if picture is not None:
            yield picture


def calibration_picture(subject: Subject, language: str) -> style.Picture | None:
    """One row a figure, family by family. None without a figure that was measured."""
    assert subject.folder is not None
    title = TEXTS[language]["others"]["calibration_all"]
    return _picture(_read(subject.folder / "moments.csv"), language, title, "calibration")


def _picture(every: Sequence[Row], language: str, title: str, name: str) -> style.Picture | None:
    """The figures that were measured, under the names of their families where there are several."""
    words = TEXTS[language]["others"]
    rows = [row for row in every if row["verdict"] in _LOOKS]
    if not rows:
        return None
    alone = len({row["family"] for row in every}) == 1 and name != "calibration"
    lines, counts = list(rows) if alone else _by_family(rows), _counts(rows)
    step, size = _OPEN if alone else _DENSE
    figure = style.canvas(
        2.1 + step * len(lines),
        title,
        words["calibration_sub"].format(**counts),
        [words["calibration_note"], words["calibration_source"].format(file="moments.csv")],
    )
    axes = figure.add_subplot()
    _panel(axes, lines, language, size)
    axes.set_xlabel(words["calibration_axis"])
    handles = [
        Line2D([], [], ls="", marker=marker, color=colour, ms=4, label=words[verdict])
        for verdict, (colour, marker) in _LOOKS.items()
    ]
    handles.append(
        Line2D(
            [],
            [],
            ls="",
            marker="o",
            mfc="none",
            color="#0072B2",
            ms=4,
            label=words["never_fitted"],
        )
    )
    axes.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(0.0, 1.0), borderaxespad=0.3, ncols=3
    )
    table = {column: [row[column] for row in rows] for column in rows[0]}
    alternative = words["alt_calibration"].format(**counts)
    return style.Picture(name, figure, table, alternative, language)


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    if not rows or not set(_NEEDED) <= set(rows[0]):
        raise InputError(
            "not the table of a validation", file=str(path), allowed=f"columns {', '.join(_NEEDED)}"
        )
    return rows


def _counts(rows: Sequence[Row]) -> dict[str, Any]:
    checks = [row for row in rows if row["use"] == "check"]
    return {
        "n": len(rows),
        "inside": sum(row["verdict"] == "inside" for row in rows),
        "checks": len(checks),
        "check_inside": sum(row["verdict"] == "inside" for row in checks),
    }


def _by_family(rows: Sequence[Row]) -> list[Row | str]:
    """The name of a family, then its rows."""
    families: dict[str, list[Row]] = {}
    for row in rows:
        families.setdefault(row["family"], []).append(row)
    lines: list[Row | str] = []
    for name, members in families.items():
        lines += [name, *members]
    return lines


def _panel(axes: Axes, lines: Sequence[Row | str], language: str, size: float) -> None:
    """Bands, marks, and beside them the simulated value and its band. size : of words, points"""
    labels, families = [], TEXTS[language]["families"]
    for place, row in enumerate(lines):
        if isinstance(row, str):
            name = families.get(row, row)
            axes.text(-_REACH - 0.1, place, name, size=6.6, weight="bold", va="center")
            labels.append("")
            continue
        labels.append(shortened(_name(row, language), _LABEL_WIDTH))
        axes.plot([-1, 1], [place, place], color="#D5D5D5", lw=5.4, solid_capstyle="butt", zorder=1)
        axes.text(_REACH + 0.35, place, _values(row, language), size=size, va="center", ha="left")
        _mark(axes, row, place)
    axes.axvline(0.0, color=style.ZERO_LINE, lw=0.6, ls=":")
    axes.set_yticks(range(len(labels)), labels)
    axes.tick_params(axis="y", labelsize=size, length=0)
    axes.set_ylim(len(lines) - 0.4, -0.6)
    axes.set_xlim(-_REACH - 0.2, _REACH + 0.2)
    axes.grid(visible=False)


def _name(row: Row, language: str) -> str:
    """What a figure is; in English in tables of earlier versions."""
    said = row.get("moment_fr") if language == "fr" else ""
    return french({"": said})[""] if said else row.get("moment") or row["id"]


def _values(row: Row, language: str) -> str:
    """`0.234 [0.2; 0.28]`: the simulated value, and the band of its source."""
    value, low, high = (
        significant(float(row[name]), language) for name in ("simulated", "low", "high")
    )
    space = NARROW if language == "fr" else ""
    return f"{value} [{low}{space}; {high}]"


def _mark(axes: Axes, row: Row, place: int) -> None:
    low, high = float(row["low"]), float(row["high"])
    middle, half = (low + high) / 2, (high - low) / 2
    value = (float(row["simulated"]) - middle) / half
    colour, marker = _LOOKS[row["verdict"]]
    fitted = row["use"] == "calibrate"
    bounds = [float("nan" if row[name] == "" else row[name]) for name in ("low95", "high95")]
    if all(math.isfinite(bound) for bound in bounds):
        ends = np.clip((np.array(bounds) - middle) / half, -_REACH, _REACH)
        axes.plot(ends, [place, place], color=colour, lw=1.2, zorder=2)
    if abs(value) > _REACH:
        marker, value = (">" if value > 0 else "<"), math.copysign(_REACH, value)
    axes.plot(
        [value], [place], marker, color=colour, ms=3.4, mfc=colour if fitted else "white", zorder=3
    )
