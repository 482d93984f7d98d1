"""Replays of real closures: displaced people in work and the zone's unemployment, by case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from rebound_sim.arrays import Floats
from rebound_sim.calibration.replays.cases import Replay
from rebound_sim.calibration.side_by_side import prediction_interval
from rebound_sim.calibration.studies.published_cases import IN_WORK, LASTING, STABLE
from rebound_sim.figures import style

_COLUMNS = 2
_STABLE_COLOUR = "#009E73"


def replay_picture(found: Sequence[Replay]) -> style.Picture:
    """Shares in work and in stable work of each case, with the published counts."""
    columns = min(_COLUMNS, len(found))
    rows = -(-len(found) // columns)
    notes = (
        "Lines: mean over replications; bands: 95 % interval of one replication. Marks: published "
        "counts with the band in which the mean should lie (discs: in work, of any kind, against "
        "the blue line; squares: permanent contract or business, against the green line). "
        "Where counts are of lasting work (Goodyear, Continental), the blue line too leaves out "
        "fixed-term contracts of less than six months. "
        "Denominator: people laid off who have not moved out.",
    )
    figure = style.canvas(
        1.2 + (1.75 if columns > 1 else 2.6) * rows,
        "Replays of closures: staff in work",
        "zones as they were at the announcement, national cycle as it went",
        notes,
    )
    table: dict[str, list[Any]] = {
        "case": [],
        "month": [],
        "in_work": [],
        "low95": [],
        "high95": [],
        "stable": [],
    }
    for place, one in enumerate(found):
        axes = figure.add_subplot(rows, columns, place + 1)
        _shares(axes, one, table)
        axes.set_title(one.case.title)
        axes.set_ylim(0.0, 1.06)
        if place % columns == 0:
            axes.set_ylabel("share of the staff")
        if place >= len(found) - columns:
            axes.set_xlabel("months after the layoffs")
    return style.Picture("replays_in_work", figure, table)


def _shares(axes: Axes, one: Replay, table: dict[str, list[Any]]) -> None:
    counted = [count.states for count in one.case.counts]
    main = LASTING if LASTING in counted else IN_WORK
    work, stable = one.share(main), one.share(STABLE)
    months = np.arange(work.shape[1])
    low, high = prediction_interval(work)
    _band(axes, months, work, style.POLICY_COLOUR, "-")
    _band(axes, months, stable, _STABLE_COLOUR, "--")
    for count in one.case.counts:
        if not set(count.states) <= set(IN_WORK):
            continue
        whole = count.states == main
        axes.errorbar(
            [count.months],
            [count.value],
            yerr=[[count.value - count.low], [count.high - count.value]],
            fmt="o" if whole else "s",
            ms=5,
            color=style.NONE_COLOUR if whole else "#333333",
            capsize=2,
            lw=1.0,
        )
    table["case"] += [one.case.name] * months.size
    for name, column in (
        ("month", months),
        ("in_work", work.mean(axis=0)),
        ("low95", low),
        ("high95", high),
        ("stable", stable.mean(axis=0)),
    ):
        table[name] += list(column)
    style.months_axis(axes, int(months[-1]), "", first=-1)


def _band(axes: Axes, months: NDArray[Any], values: Floats, colour: str, dashes: str) -> None:
    low, high = prediction_interval(values)
    axes.fill_between(months, low, high, color=colour, alpha=0.18, lw=0)
    axes.plot(months, values.mean(axis=0), color=colour, ls=dashes, lw=1.5)


def gap_picture(found: Sequence[Replay]) -> style.Picture:
    """Gap of the zone's unemployment rate, simulated and by synthetic control."""
    shown = [one for one in found if one.gap is not None]
    columns = min(_COLUMNS, len(shown))
    rows = -(-len(shown) // columns)
    notes = (
        "Line: with closure minus without, same luck, mean; band: 95 % interval of one "
        "replication. Diamonds: gap as published or estimated (for the shipped cases, rate of the "
        "zone minus its synthetic control on Insee's series); bars: band in which it agrees.",
    )
    figure = style.canvas(
        4.3,
        "Replays of closures: unemployment rate of the zone",
        "points, closure minus no closure",
        notes,
    )
    table: dict[str, list[Any]] = {"case": [], "month": [], "gap": [], "low95": [], "high95": []}
    first: Axes | None = None
    for place, one in enumerate(shown):
        assert one.gap is not None
        axes = figure.add_subplot(rows, columns, place + 1, sharey=first)
        first = first or axes
        months = np.arange(one.gap.shape[1])
        low, high = prediction_interval(one.gap)
        axes.axhline(0.0, color=style.ZERO_LINE, lw=0.7)
        _band(axes, months, one.gap, style.POLICY_COLOUR, "-")
        axes.errorbar(
            [gap.months for gap in one.case.gaps],
            [gap.points for gap in one.case.gaps],
            yerr=[gap.half for gap in one.case.gaps],
            fmt="D",
            ms=4,
            color=style.NONE_COLOUR,
            capsize=2,
            lw=0.8,
        )
        axes.set_title(one.case.title)
        label = "months after the layoffs" if place >= len(shown) - columns else ""
        style.months_axis(axes, int(months[-1]), label, first=-1)
        if place % columns == 0:
            axes.set_ylabel("points")
        table["case"] += [one.case.name] * months.size
        for name, column in (
            ("month", months),
            ("gap", one.gap.mean(axis=0)),
            ("low95", low),
            ("high95", high),
        ):
            table[name] += list(column)
    return style.Picture("replays_unemployment", figure, table)
