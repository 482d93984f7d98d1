"""What decides a comparison: the tornado of parameters, and the box of worlds."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from textwrap import fill
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from rebound_sim.figures import style
from rebound_sim.figures.decision.page import DecisionPage
from rebound_sim.figures.subject import Subject
from rebound_sim.figures.typography import significant
from rebound_sim.records import read_record

#: Parameters of a panel, by the number of panels; more studies than that are in the tables alone.
_SHOWN = {1: 12, 2: 8, 3: 6, 4: 5}
_MILLION = 1e6
_AXIS_WIDTH = 60  # characters of a line below an axis that long labels narrow


def _page(subject: Subject, language: str) -> tuple[DecisionPage, list[dict[str, Any]]]:
    """The studies of drivers.json."""
    record = read_record(subject.place)
    studies = record["studies"]
    page = DecisionPage(language, record["version"], studies[0]["worlds"])
    return page, [{**study, "below": page.below(record)} for study in studies]


def drivers_picture(subject: Subject, language: str) -> style.Picture | None:
    """Rank correlations of the strongest parameters, a panel a study; the band is what inert ones
    reach."""
    page, studies = _page(subject, language)
    studies = studies[: max(_SHOWN)]
    words, shown = page.words, _SHOWN[len(studies)]
    chosen = [
        sorted(study["drivers"], key=lambda row: -abs(row["correlation"] or 0.0))[:shown]
        for study in studies
    ]
    note = words["tornado_note"].format(all=studies[0]["parameters"])
    lines = sum(len(rows) for rows in chosen)
    height = 1.8 + 0.24 * lines + 0.62 * (len(studies) - 1)
    figure = page.canvas(height, _title(page, studies), studies[0]["below"], [note])
    panels = figure.subplots(
        len(studies), 1, squeeze=False, height_ratios=[len(rows) for rows in chosen]
    )[:, 0]
    table: dict[str, list[Any]] = {}
    for axes, study, rows in zip(panels, studies, chosen, strict=True):
        _tornado(axes, rows, page)
        axes.set_xlabel(
            fill(words["tornado_axis"].format(what=explained(page, study)), _AXIS_WIDTH)
        )
        for name, column in _columns(page, study, rows).items():
            table.setdefault(name, []).extend(column)
    wide = max(abs(side) for axes in panels for side in axes.get_xlim())
    for axes in panels:
        axes.set_xlim(-wide, wide)
    said = " ".join(
        words["alt_tornado"].format(
            n=len(rows),
            what=explained(page, study),
            worlds=page.number(study["worlds"]),
            first=page.parameter(rows[0]["parameter"]),
            value=page.number(rows[0]["correlation"] or 0.0, 2),
        )
        for study, rows in zip(studies, chosen, strict=True)
    )
    return page.picture("drivers", figure, table, said)


def _title(page: DecisionPage, studies: Sequence[dict[str, Any]]) -> str:
    """The strongest parameter above chance of the first study that has one; that none has."""
    for study in studies:
        sure = [row for row in study["drivers"] if row["above_chance"] == "yes"]
        if sure:
            first = max(sure, key=lambda row: abs(row["correlation"] or 0.0))
            key, count = "tornado_title" if len(studies) == 1 else "tornado_title_first", len(sure)
            return page.words[key].format(
                first=page.parameter(first["parameter"]),
                count=count,
                all=study["parameters"],
                what=explained(page, study),
            )
    return page.words["tornado_title_none"].format(all=studies[0]["parameters"])


def _tornado(axes: Axes, rows: Sequence[dict[str, Any]], page: DecisionPage) -> None:
    """Bars from zero, those above chance in colour, over the band of inert parameters."""
    values = np.array([row["correlation"] or 0.0 for row in rows])
    wide, single = rows[0]["inert_correlation_of_all"], rows[0]["inert_correlation"]
    axes.axvspan(-wide, wide, color="#E4E4E4", zorder=0)
    for side in (-single, single):
        axes.axvline(side, color="#888888", lw=0.8, ls=":")
    sure = [row["above_chance"] == "yes" for row in rows]
    colours = [style.POLICY_COLOUR if one else "#A8A8A8" for one in sure]
    axes.barh(range(len(rows)), values, color=colours, height=0.62, zorder=2)
    axes.axvline(0.0, color=style.ZERO_LINE, lw=0.8, zorder=3)
    style.rows(axes, [page.parameter(row["parameter"]) for row in rows], 0.6)


def _columns(
    page: DecisionPage, study: dict[str, Any], rows: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """What a panel draws."""
    inert = rows[0]
    return {
        "explained": [explained(page, study)] * len(rows),
        "parameter": [row["parameter"] for row in rows],
        "in_words": [page.parameter(row["parameter"]) for row in rows],
        "rank_correlation": [row["correlation"] or 0.0 for row in rows],
        "first_order": [_known(row["first_order"]) for row in rows],
        "above_chance": [row["above_chance"] for row in rows],
        "inert_largest": [inert["inert_correlation_of_all"]] * len(rows),
        "inert_one": [inert["inert_correlation"]] * len(rows),
    }


def box_picture(subject: Subject, language: str) -> style.Picture | None:
    """Worlds in the plane of the two first parameters of the box, of the study that has one. None
    without two."""
    page, studies = _page(subject, language)
    study = studies[boxed(studies)]
    box, plane = study["box"], study["plane"]
    if box is None or plane is None:
        return None
    words = page.words
    title = words["box_none"]
    if box["found"]:
        title = words["box_title"].format(
            inside=page.percent(box["inside"]), outside=page.percent(box["outside"])
        )
    unseen = box["unseen_inside"]
    event = _event(page, study)
    kind = "box" if box["found"] else "box_none" if box["bounds"] else "box_not_sought"
    note = words[f"{kind}_note"].format(
        event=event,
        worlds=page.number(box["worlds"]),
        inside=page.percent(box["inside"]),
        unseen="–" if unseen is None else page.percent(unseen),
        chance=page.percent(box["chance"]),
    )
    figure = page.canvas(4.4, title, study["below"], [note])
    axes = figure.add_subplot()
    x, y = (np.array(plane[side], float) for side in ("x", "y"))
    happens = np.array(plane["happens"], bool)
    for rows, face in ((happens, style.POLICY_COLOUR), (~happens, "none")):
        axes.scatter(
            x[rows],
            y[rows],
            s=18,
            facecolors=face,
            edgecolors=style.POLICY_COLOUR,
            lw=0.8,
            alpha=0.8,
            zorder=2,
        )
    if box["found"]:
        _frame(axes, box, plane)
    axes.grid(visible=False)
    across, upwards = (page.parameter(name) for name in plane["parameters"])
    axes.set_xlabel(across)
    axes.set_ylabel(upwards)
    table = {
        plane["parameters"][0]: x,
        plane["parameters"][1]: y,
        "happens": ["yes" if one else "no" for one in happens],
    }
    shares = {
        side: page.percent(box[side]) for side in ("inside", "outside") if box[side] is not None
    }
    said = words["alt_box" if box["found"] else "alt_box_none"].format(
        worlds=page.number(study["worlds"]), x=across, y=upwards, event=event, **shares
    )
    return page.picture("box", figure, table, said)


def boxed(studies: Sequence[Mapping[str, Any]]) -> int:
    """The place of the first study whose box is denser than chance; the first without any."""
    found = (place for place, study in enumerate(studies) if (study["box"] or {}).get("found"))
    return next(found, 0)


def _frame(axes: Axes, box: dict[str, Any], plane: dict[str, Any]) -> None:
    """The sides of the box in this plane; a parameter without a bound has the whole axis."""
    sides = [list(axes.get_xlim()), list(axes.get_ylim())]
    for bound in box["bounds"]:
        if bound["parameter"] in plane["parameters"]:
            side = sides[plane["parameters"].index(bound["parameter"])]
            for place, name in enumerate(("low", "high")):
                side[place] = side[place] if bound[name] is None else bound[name]
    (left, right), (bottom, top) = sides
    axes.add_patch(
        Rectangle(
            (left, bottom),
            right - left,
            top - bottom,
            fc="#0072B21A",
            ec="#222222",
            lw=1.2,
            zorder=1,
        )
    )


def explained(page: DecisionPage, study: Mapping[str, Any]) -> str:
    """What a study explains: the lead of a strategy over another, or its jobs."""
    key = "difference_of" if study["second"] else "level_of"
    return page.words[key].format(
        first=page.label(study["first"]), second=page.label(study["second"] or "")
    )


def _event(page: DecisionPage, study: dict[str, Any]) -> str:
    key = "event_difference" if study["second"] else "event_level"
    return page.words[key].format(
        first=page.label(study["first"]), second=page.label(study["second"] or "")
    )


def _known(value: float | None) -> float:
    return float("nan") if value is None else value


def information_picture(subject: Subject, language: str) -> style.Picture | None:
    """What knowing is worth, a panel a belief, on one scale; nothing where no parameter is looked
    at."""
    record = read_record(subject.place)
    page = DecisionPage(language, record["version"], record["worlds"])
    euros = record["unit"] == "EUR"
    rows = [_scaled(row, euros) for row in record["values"] if row["parameters"]]
    if not rows:
        return None
    beliefs = list(dict.fromkeys(row["belief"] for row in rows))
    words = page.words
    unit = words["unit_eur" if euros else "unit_jobs"]
    day = [row["value"] for row in rows if row["parameters"] == record["day"]]
    low, high = (
        significant(value, language, 2) if euros else page.number(value)
        for value in (min(day, default=0.0), max(day, default=0.0))
    )
    title = words["information_title"].format(low=low, high=high, unit=unit)
    chosen = {b: _of_belief(rows, b, record["day"]) for b in beliefs}
    lines = max(len(own) for own in chosen.values())
    figure = page.canvas(
        1.6 + len(beliefs) * (0.45 + 0.19 * lines),
        title,
        page.below(record),
        [words["information_note"]],
    )
    panels = figure.subplots(len(beliefs), 1, sharex=True, squeeze=False)[:, 0]
    for axes, belief in zip(panels, beliefs, strict=True):
        _bars(axes, chosen[belief], page)
        axes.set_title(words[f"belief_{belief}"])
    panels[0].set_xlim(0, 1.05 * max(_end(row) for own in chosen.values() for row in own) or 1)
    panels[-1].set_xlabel(words["information_axis"].format(unit=unit))
    drawn = [row for belief in beliefs for row in chosen[belief]]
    table = {
        "belief": [row["belief"] for row in drawn],
        "known": [row["known"] for row in drawn],
        "value": np.array([row["value"] for row in drawn]),
        "error": np.array([_known(row["error"]) for row in drawn]),
        "above_chance": [row["above_chance"] for row in drawn],
    }
    said = words["alt_information"].format(low=low, high=high, unit=unit)
    return page.picture("information", figure, table, said)


_BARS = 5


def _of_belief(rows: list[dict[str, Any]], belief: str, day: str) -> list[dict[str, Any]]:
    """The most valuable of a belief, the effect of a day among them in any case."""
    own = [row for row in rows if row["belief"] == belief]
    first = sorted(own, key=lambda row: -row["value"])[:_BARS]
    return first + [row for row in own if row["parameters"] == day and row not in first]


def _scaled(row: dict[str, Any], euros: bool) -> dict[str, Any]:
    """A row in jobs or millions of euros."""
    scale = _MILLION if euros else 1.0
    return {**row, "value": row["value"] / scale, "error": _known(row["error"]) / scale}


def _end(row: dict[str, Any]) -> float:
    """Where its line ends."""
    error = _known(row["error"])
    return float(row["value"]) + (0.0 if math.isnan(error) else error)


def _bars(axes: Axes, rows: list[dict[str, Any]], page: DecisionPage) -> None:
    values = np.array([row["value"] for row in rows])
    errors = np.array([_known(row["error"]) for row in rows])
    colours = [style.POLICY_COLOUR if row["above_chance"] == "yes" else "#B5CDE3" for row in rows]
    places = np.arange(len(rows))
    axes.barh(places, values, color=colours, height=0.62)
    axes.hlines(places, np.maximum(values - errors, 0.0), values + errors, color="#222222", lw=1.0)
    style.rows(axes, [page.words.get(r["known"]) or page.parameter(r["known"]) for r in rows], 0.6)
