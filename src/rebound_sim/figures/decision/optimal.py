"""An optimisation: the frontier, plans and strategies in worlds that judge, the optimal map."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from rebound_sim.data.geometry import read_topology
from rebound_sim.data.tables import boundaries_file
from rebound_sim.figures import style
from rebound_sim.figures.decision.page import DecisionPage
from rebound_sim.figures.programme.france import (
    bubble_legend,
    centroids,
    frame,
    ground,
    name_bubbles,
)
from rebound_sim.figures.programme.over_worlds import beside, spread_rows
from rebound_sim.figures.subject import Subject
from rebound_sim.records import read_record, read_rows

_MILLION = 1e6
_LARGEST = 420.0  # area of the largest disc [points squared]
Row = Mapping[str, str]


class _Optimisation:
    """The files of one optimisation, and a page in a language."""

    def __init__(self, subject: Subject, language: str) -> None:
        self.folder: Path = subject.place
        self.record = read_record(self.folder / "optimise.json")
        self.chosen: str = self.record["chosen"]
        self.page = DecisionPage(language, self.record["version"], len(self.record["judging"]))
        self.below = self.page.below(self.record)

    def rows(self, table: str) -> tuple[Row, ...]:
        """Rows of a table of the folder."""
        return read_rows(self.folder / f"{table}.csv")


def frontier_picture(subject: Subject, language: str) -> style.Picture | None:
    """Jobs against euros, tinted by the worst tenth's loss. None without two points."""
    found = _Optimisation(subject, language)
    page, rows = found.page, found.rows("frontier")
    if len(rows) < 2:
        return None
    euros, jobs, loss = (
        np.array([float(row[name]) for row in rows])
        for name in ("allocated_eur", "additional_jobs", "worst_tenth_loss")
    )
    envelopes = np.array([float(row["envelope_eur"]) for row in rows])
    plans = [row for row in found.rows("judged") if row["kind"] == "plan"]
    given, came = (
        np.array([float(row[name]) for row in plans]) for name in ("allocated_eur", "mean")
    )
    title = _frontier_title(found, envelopes, jobs, {row["arm"]: row for row in plans})
    note = page.words["frontier_note"].format(
        n=len(found.record["learning"]), judging=len(found.record["judging"])
    )
    bounds = np.array(
        [[float(row.get(name) or "nan") for row in rows] for name in ("jobs_low", "jobs_high")]
    )
    sure = [page.words["frontier_bounds"]] if not np.isnan(bounds).all() else []
    figure = page.canvas(4.2, title, found.below, [" ".join([note, *sure])])
    axes = figure.add_subplot()
    for place in _tops(envelopes, jobs):
        axes.vlines(euros[place] / _MILLION, *bounds[:, place], color="#999999", lw=1.2)
    dots = axes.scatter(
        euros / _MILLION, jobs, c=loss, cmap="viridis_r", s=42, ec="#333333", lw=0.5, zorder=3
    )
    axes.scatter(
        given / _MILLION, came, marker="s", s=30, fc="white", ec=style.NONE_COLOUR, zorder=4
    )
    axes.grid(axis="both")
    axes.set_xlim(left=0)
    axes.set_ylim(bottom=0)
    axes.set_xlabel(page.words["frontier_axis_x"])
    axes.set_ylabel(page.words["frontier_axis_y"])
    bar = figure.colorbar(dots, ax=axes, fraction=0.03, pad=0.02)
    bar.set_label(page.words["frontier_bar"], size=7.5)
    table = {
        "kind": ["predicted"] * len(rows) + ["simulated"] * len(plans),
        "plan": [""] * len(rows) + [row["arm"] for row in plans],
        "envelope_eur": np.concatenate([envelopes, np.full(len(plans), np.nan)]),
        "allocated_eur": np.concatenate([euros, given]),
        "additional_jobs": np.concatenate([jobs, came]),
        "jobs_low": np.concatenate([bounds[0], np.full(len(plans), np.nan)]),
        "jobs_high": np.concatenate([bounds[1], np.full(len(plans), np.nan)]),
        "worst_tenth_loss": np.concatenate(
            [loss, [float(row["worst_tenth_loss"]) for row in plans]]
        ),
    }
    words = page.words["alt_frontier"].format(
        n=len(rows),
        low=page.number(euros.min() / _MILLION, 1),
        high=page.number(euros.max() / _MILLION, 1),
        least=page.number(jobs.min()),
        most=page.number(jobs.max()),
    )
    return page.picture("frontier", figure, table, words)


def _tops(envelopes: NDArray[np.float64], jobs: NDArray[np.float64]) -> list[int]:
    """The point of most jobs of each envelope."""
    places = (np.flatnonzero(envelopes == envelope) for envelope in np.unique(envelopes))
    return [int(own[jobs[own].argmax()]) for own in places]


def _frontier_title(
    found: _Optimisation,
    envelopes: NDArray[np.float64],
    jobs: NDArray[np.float64],
    plans: Mapping[str, Row],
) -> str:
    """What half of the envelope brings, by the table and, where it was judged, in the programme."""
    page = found.page
    whole, half = envelopes.max(), np.isclose(envelopes, envelopes.max() / 2)
    if not half.any():
        return page.words["frontier_title_plain"]
    predicted = page.percent(float(jobs[half].max() / jobs[envelopes == whole].max()))
    if "half" not in plans or found.chosen not in plans:
        return page.words["frontier_title_predicted"].format(share=predicted)
    came = float(plans["half"]["mean"]) / float(plans[found.chosen]["mean"])
    return page.words["frontier_title"].format(share=predicted, came=page.percent(came))


def judged_picture(subject: Subject, language: str) -> style.Picture | None:
    """Plans and strategies over the worlds that judge, best median first."""
    found = _Optimisation(subject, language)
    page, judged = found.page, {row["arm"]: row for row in found.rows("judged")}
    jobs: dict[str, list[float]] = defaultdict(list)
    worlds: dict[str, list[str]] = defaultdict(list)
    for row in found.rows("judged_worlds"):
        jobs[row["arm"]].append(float(row["additional_jobs"]))
        worlds[row["arm"]].append(row["world"])
    arms, reference = list(judged), found.record["reference"]
    own = judged[found.chosen]
    title = page.words["judged_title"].format(
        plan=page.label(found.chosen),
        ahead=page.number(float(own["beats_reference"])),
        worlds=page.number(float(own["worlds"])),
        gain=page.signed(float(own["typical_gain"])),
        reference=page.label(reference),
    )
    count = len(found.record["judging"])
    figure = page.canvas(
        1.9 + 0.24 * len(arms), title, found.below, [page.words["judged_note"].format(n=count)]
    )
    axes = figure.add_subplot()
    plan = [judged[arm]["kind"] == "plan" for arm in arms]
    colours = [style.POLICY_COLOUR if one else style.NONE_COLOUR for one in plan]
    spread_rows(axes, np.array([jobs[arm] for arm in arms]), colours)
    style.rows(axes, [page.label(arm) for arm in arms], 0.6)
    axes.set_xlabel(page.words["worlds_axis"].format(months=found.record["months"]))
    spent = [page.number(float(judged[arm]["spent_eur"]) / _MILLION, 1) for arm in arms]
    beside(axes, page.words["judged_right"], spent)
    table = {
        "arm": [arm for arm in arms for _ in jobs[arm]],
        "kind": [judged[arm]["kind"] for arm in arms for _ in jobs[arm]],
        "world": [world for arm in arms for world in worlds[arm]],
        "additional_jobs": np.concatenate([jobs[arm] for arm in arms]),
    }
    words = page.words["alt_judged"].format(
        n=len(arms),
        worlds=count,
        plan=page.label(found.chosen),
        median=page.number(float(judged[found.chosen]["median"])),
    )
    return page.picture("judged", figure, table, words)


def optimal_map_picture(subject: Subject, language: str) -> style.Picture | None:
    """The chosen plan on the map. None when no zone is a real one."""
    found = _Optimisation(subject, language)
    page, places = found.page, centroids()
    rows = [r for r in found.rows("zones") if r["plan"] == found.chosen and r["zone"] in places]
    if not rows:
        return None
    grants = np.array([float(row["grants_eur"]) for row in rows])
    days = np.array([int(row["days"]) for row in rows])
    title = page.words["optimal_map_title"].format(
        plan=page.label(found.chosen),
        euros=page.number(grants.sum() / _MILLION, 1),
        days=page.number(days.sum()),
    )
    same = len(set(days.tolist())) == 1
    told = page.words["optimal_map_same_days" if same else "optimal_map_days"]
    note = page.words["optimal_map_note"].format(days=told.format(days=page.number(days[0])))
    figure = page.canvas(5.6, title, found.below, [note])
    grid = figure.add_gridspec(1, 2, width_ratios=(1.0, 0.28))
    axes, legend = figure.add_subplot(grid[0, 0]), figure.add_subplot(grid[0, 1])
    topology = read_topology(subject.boundaries or boundaries_file())
    ground(axes, topology, {row["zone"] for row in rows})
    largest = max(float(grants.max()), 1.0)
    late = _late(rows)
    _discs(axes, rows, grants, late, places, largest)
    frame(axes)
    _legend(legend, page, largest)
    numbered = [not same and int(row["days"]) > 0 for row in rows]
    names = [
        f"{row['name']} {row['days']}" if with_days else row["name"]
        for row, with_days in zip(rows, numbered, strict=True)
    ]
    name_bubbles(
        axes,
        [
            (*places[row["zone"]], np.sqrt(_area(euros, largest)) / 2, name)
            for row, euros, name in zip(rows, grants, names, strict=True)
        ],
    )
    where = np.array([places[row["zone"]] for row in rows])
    table: dict[str, Any] = {
        "zone": [row["zone"] for row in rows],
        "name": [row["name"] for row in rows],
        "longitude": where[:, 0],
        "latitude": where[:, 1],
        "grants_eur": grants,
        "days": days,
        "grants_late": ["yes" if one else "no" for one in late],
    }
    first = int(np.argmax(grants))
    words = page.words["alt_optimal_map"].format(
        n=len(rows),
        plan=page.label(found.chosen),
        euros=page.number(grants.sum() / _MILLION, 1),
        days=page.number(days.sum()),
        first=rows[first]["name"],
        most=page.number(grants[first] / _MILLION, 1),
    )
    return page.picture("optimal_map", figure, table, words)


_EARLY, _LATE = style.POLICY_COLOUR, "#0B2545"


def _late(rows: Sequence[Row]) -> list[bool]:
    """Grants that open after the first month in which the plan opens any."""
    starts = [int(row["grants_start"]) for row in rows if row["grants_start"]]
    first = min(starts, default=0)
    return [bool(row["grants_start"]) and int(row["grants_start"]) > first for row in rows]


def _discs(
    axes: Axes,
    rows: Sequence[Row],
    grants: NDArray[np.float64],
    late: Sequence[bool],
    places: Mapping[str, NDArray[np.float64]],
    largest: float,
) -> None:
    """The largest first, so that none is hidden."""
    for row in np.argsort(-grants, kind="stable").tolist():
        x, y = places[rows[row]["zone"]]
        if grants[row] > 0:
            axes.scatter(
                [x],
                [y],
                s=_area(grants[row], largest),
                lw=0.8,
                edgecolors="white",
                fc=_LATE if late[row] else _EARLY,
                alpha=0.8,
                zorder=2,
            )
        else:
            axes.scatter([x], [y], s=14, marker="x", color="#444444", lw=1.0, zorder=2)


def _area(euros: float, largest: float) -> float:
    return max(_LARGEST * euros / largest, 6.0)


def _legend(axes: Axes, page: DecisionPage, largest: float) -> None:
    axes.set_axis_off()

    def dot(euros: float, colour: str, label: str) -> Line2D:
        size = np.sqrt(_area(euros, largest))
        return Line2D(
            [], [], ls="", marker="o", ms=size, mfc=colour, mec="white", label=label, alpha=0.8
        )

    handles = [
        dot(part * largest, _EARLY, f"{page.number(part * largest / _MILLION, 1)} M€")
        for part in (0.25, 1.0)
    ]
    handles += [
        dot(0.15 * largest, _EARLY, page.words["optimal_map_early"]),
        dot(0.15 * largest, _LATE, page.words["optimal_map_late"]),
        Line2D(
            [], [], ls="", marker="x", ms=4, color="#444444", label=page.words["optimal_map_none"]
        ),
    ]
    bubble_legend(axes, handles)


DRAWS = {
    "judged": judged_picture,
    "frontier": frontier_picture,
    "optimal_map": optimal_map_picture,
}
