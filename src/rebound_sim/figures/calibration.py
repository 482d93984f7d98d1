"""Simulated figures against the bands of their sources, family by family, from moments.csv."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from rebound_sim.errors import InputError
from rebound_sim.figures import style
from rebound_sim.figures.subject import Subject
from rebound_sim.figures.texts import TEXTS

_NEEDED = ("id", "family", "use", "low", "high", "simulated", "low95", "high95", "verdict")
_REACH = 3.0
_LOOKS = {"inside": ("#0072B2", "o"), "outside": ("#D55E00", "D")}
_ROW = 0.128  # inches
_COLUMNS = 2
Row = Mapping[str, str]


def calibration_picture(subject: Subject, language: str) -> style.Picture | None:
    """Two columns of families. None without a figure that was measured."""
    assert subject.folder is not None
    rows, words = _read(subject.folder / "moments.csv"), TEXTS[language]["others"]
    rows = [row for row in rows if row["verdict"] in _LOOKS]
    if not rows:
        return None
    columns = _balanced(rows)
    most = max(len(column) for column in columns)
    counts = _counts(rows)
    figure = style.canvas(
        1.95 + _ROW * most, words["calibration_all"], words["calibration_sub"].format(**counts),
        [words["calibration_note"], words["calibration_source"].format(file="moments.csv")],
    )  # fmt: skip
    families = TEXTS[language]["families"]
    for place, column in enumerate(columns):
        axes = figure.add_subplot(1, len(columns), place + 1)
        _panel(axes, column, most, families)
        axes.set_xlabel(words["calibration_axis"])
    handles = [
        Line2D([], [], ls="", marker=marker, color=colour, ms=4, label=words[verdict])
        for verdict, (colour, marker) in _LOOKS.items()
    ]
    handles.append(
        Line2D([], [], ls="", marker="o", mfc="none", color="#0072B2", ms=4,
               label=words["never_fitted"])
    )  # fmt: skip
    figure.axes[0].legend(handles=handles, loc="lower left", bbox_to_anchor=(0.0, 1.0),
                          borderaxespad=0.3, ncols=3)  # fmt: skip
    table = {name: [row[name] for row in rows] for name in rows[0]}
    alternative = words["alt_calibration"].format(**counts)
    return style.Picture("calibration", figure, table, alternative, language)


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    if not rows or not set(_NEEDED) <= set(rows[0]):
        raise InputError("not the table of a validation", file=str(path),
                         allowed=f"columns {', '.join(_NEEDED)}")  # fmt: skip
    return rows


def _counts(rows: Sequence[Row]) -> dict[str, Any]:
    checks = [row for row in rows if row["use"] == "check"]
    return {
        "n": len(rows),
        "inside": sum(row["verdict"] == "inside" for row in rows),
        "checks": len(checks),
        "check_inside": sum(row["verdict"] == "inside" for row in checks),
    }


def _balanced(rows: Sequence[Row]) -> list[list[Row | str]]:
    """Families as headings and rows, in columns of about one length; a family is not cut."""
    families: dict[str, list[Row]] = {}
    for row in rows:
        families.setdefault(row["family"], []).append(row)
    half = (len(rows) + len(families)) / _COLUMNS
    columns: list[list[Row | str]] = [[]]
    for name, members in families.items():
        size = len(members) + 1
        if len(columns) < _COLUMNS and columns[-1] and len(columns[-1]) + size / 2 > half:
            columns.append([])
        columns[-1] += [name, *members]
    return columns


def _panel(axes: Axes, column: Sequence[Row | str], most: int, families: Mapping[str, str]) -> None:
    labels = []
    for place, row in enumerate(column):
        if isinstance(row, str):
            axes.text(-_REACH, place, families.get(row, row), size=7, weight="bold", va="center")
            labels.append("")
            continue
        labels.append(row["id"])
        axes.plot([-1, 1], [place, place], color="#D5D5D5", lw=6.5, solid_capstyle="butt",
                  zorder=1)  # fmt: skip
        _mark(axes, row, place)
    axes.axvline(0.0, color=style.ZERO_LINE, lw=0.6, ls=":")
    axes.set_yticks(range(len(labels)), labels)
    axes.tick_params(axis="y", labelsize=6, length=0)
    axes.set_ylim(most - 0.4, -0.6)
    axes.set_xlim(-_REACH - 0.2, _REACH + 0.2)
    axes.grid(visible=False)


def _mark(axes: Axes, row: Row, place: int) -> None:
    low, high = float(row["low"]), float(row["high"])
    middle, half = (low + high) / 2, (high - low) / 2
    value = (float(row["simulated"]) - middle) / half
    colour, marker = _LOOKS[row["verdict"]]
    fitted = row["use"] == "calibrate"
    bounds = [float(row[name] or "nan") for name in ("low95", "high95")]
    if all(math.isfinite(bound) for bound in bounds):
        ends = np.clip((np.array(bounds) - middle) / half, -_REACH, _REACH)
        axes.plot(ends, [place, place], color=colour, lw=1.2, zorder=2)
    if abs(value) > _REACH:
        marker, value = (">" if value > 0 else "<"), math.copysign(_REACH, value)
    axes.plot([value], [place], marker, color=colour, ms=4, mfc=colour if fitted else "white",
              zorder=3)  # fmt: skip
