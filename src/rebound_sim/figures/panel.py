"""The zone panel, real and simulated side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from rebound_sim.calibration.panel import measures
from rebound_sim.calibration.panel.events import LEAST_DROP, Drops
from rebound_sim.calibration.panel.table import LEVELS, LONG_ENOUGH, ZonesPanel, coverages
from rebound_sim.calibration.side_by_side import prediction_interval
from rebound_sim.figures import style

_REAL, _MODEL = style.NONE_COLOUR, style.POLICY_COLOUR
_BINS = [round(-0.25 + 0.02 * step, 2) for step in range(26)]
_COVERAGE_MARKS = {"jobs": "o", "unemployment rate": "D"}


def panel_picture(panel: ZonesPanel) -> style.Picture:
    """Paths of jobs, spread of growth, persistence, unemployment and coverage from one start."""
    start, zones = panel.start, panel.jobs.shape[0]
    notes = (
        f"{zones} zones from {start.quarter}, {panel.simulated_jobs.shape[0]} replications, driven "
        "by the national unemployment rate and the sector trends known at the date. Orange: "
        "published (Insee); blue: simulated, bands: 95 % interval of one replication. Jobs are "
        "deviations from the mean of the zones. Coverage: share of zones whose published figure "
        "lies in the interval of the replications; the diagonal is exact.",
    )
    figure = style.canvas(
        5.9,
        f"Zones from {start.name}: published and simulated paths",
        "no information on what happened after the start",
        notes,
    )
    years = np.arange(start.years + 1)
    table: dict[str, Any] = {"year": years}
    _paths(figure, panel, years)
    horizons = range(1, start.years + 1)
    _curve(
        figure.add_subplot(2, 3, 3),
        "spread of growth of jobs",
        "log points",
        horizons,
        [100 * measures.spread_of_change(panel.jobs, h) for h in horizons],
        [
            [100 * measures.spread_of_change(run, h) for h in horizons]
            for run in panel.simulated_jobs
        ],
        table,
        "spread_jobs",
    )
    lags = range(1, 6)
    if start.years >= LONG_ENOUGH:
        _curve(
            figure.add_subplot(2, 3, 4),
            "what is left of a year's change",
            "share",
            lags,
            [measures.impulse_response(panel.jobs, h) for h in lags],
            [[measures.impulse_response(run, h) for h in lags] for run in panel.simulated_jobs],
            table,
            "impulse",
        )
    else:
        _curve(
            figure.add_subplot(2, 3, 4),
            "changes of unemployment",
            "points",
            horizons,
            [measures.spread_of_change(panel.rates, h) for h in horizons],
            [
                [measures.spread_of_change(run, h) for h in horizons]
                for run in panel.simulated_rates
            ],
            table,
            "spread_rates",
        )
    _curve(
        figure.add_subplot(2, 3, 5),
        "mean unemployment",
        "%",
        (0, *horizons),
        list(panel.rates.mean(axis=0)),
        [list(run.mean(axis=0)) for run in panel.simulated_rates],
        table,
        "mean_rate",
    )
    _coverage(figure.add_subplot(2, 3, 6), panel)
    return style.Picture(f"panel_{start.name}", figure, table)


def _paths(figure: Figure, panel: ZonesPanel, years: NDArray[Any]) -> None:
    real = measures.net(panel.jobs - panel.jobs[:, :1])
    runs = panel.simulated_jobs[0]
    simulated = measures.net(runs - runs[:, :1])
    first: Axes | None = None
    for place, (title, paths, colour) in enumerate(
        (("jobs, published", real, _REAL), ("jobs, one replication", simulated, _MODEL))
    ):
        axes = figure.add_subplot(2, 3, place + 1, sharey=first)
        first = first or axes
        axes.plot(years, 100 * paths.T, color=colour, lw=0.6, alpha=0.7)
        axes.set_title(title)
        axes.set_xlabel("years")
        if place == 0:
            axes.set_ylabel("log points, net of the mean")


def _curve(
    axes: Axes,
    title: str,
    unit: str,
    x: Sequence[int],
    real: Sequence[float],
    runs: Sequence[Sequence[float]],
    table: dict[str, Any],
    name: str,
) -> None:
    values = np.array(runs)
    low, high = prediction_interval(values)
    if name != "impulse":
        low = np.maximum(low, 0.0)  # spreads and rates
    axes.fill_between(x, low, high, color=_MODEL, alpha=0.2, lw=0)
    axes.plot(x, values.mean(axis=0), color=_MODEL, lw=1.6)
    axes.plot(x, real, color=_REAL, lw=1.6, ls="--")
    axes.set_title(title)
    axes.set_ylabel(unit)
    axes.set_xlabel("years")
    size = len(table["year"])
    for suffix, column in (("published", real), ("simulated", values.mean(axis=0))):
        padded = np.full(size, np.nan)
        padded[list(x)] = column
        table[f"{name}_{suffix}"] = padded


def _coverage(axes: Axes, panel: ZonesPanel) -> None:
    axes.plot([0, 1], [0, 1], color=style.ZERO_LINE, lw=0.8, ls=":")
    for quantity, years, level, share in coverages(panel):
        if years in (3, panel.start.years):
            filled = years == 3
            axes.plot(
                [level],
                [share],
                _COVERAGE_MARKS[quantity],
                ms=5,
                color=_MODEL,
                fillstyle="full" if filled else "none",
                label=f"{quantity}, {years} years" if level == LEVELS[0] else None,
            )
    axes.set_xlim(0.4, 1.02)
    axes.set_ylim(0.0, 1.45)  # room for the key
    axes.set_yticks([0.0, 0.2, 0.4, 0.6, 0.8, 1.0])
    axes.set_title("coverage")
    axes.set_xlabel("level of the interval")
    axes.set_ylabel("share of zones inside")
    axes.legend(fontsize=6, loc="upper left", handletextpad=0.1)


def events_picture(real: Drops, simulated: Drops) -> style.Picture:
    """Zones where a sector lost many jobs beside the others, real and simulated."""
    notes = (
        f"Zones where one sector lost {100 * LEAST_DROP:g} % of the zone's private market jobs "
        "from 2019 to 2022, beyond its national change, against all others (placebo). Change of "
        "the zone's jobs is net of the mean of zones. Left: published, mainland zones (Urssaf); "
        "right: 24 zones in every replication. Dotted: mean of each group.",
    )
    figure = style.canvas(
        4.8,
        "When a sector of a zone falls, what does its total do?",
        "change of jobs of the zone, 3 and 5 years",
        notes,
    )
    middles = np.array(_BINS[1:]) - 0.01
    table: dict[str, Any] = {"log_change": middles}
    for row, (after, years) in enumerate(((0, 3), (1, 5))):
        first: Axes | None = None
        for column, (label, found, colour) in enumerate(
            (("published", real, _REAL), ("simulated", simulated, _MODEL))
        ):
            axes = figure.add_subplot(2, 2, 2 * row + column + 1, sharey=first)
            first = first or axes
            for group, mask in (("others", ~found.event), ("event", found.event)):
                total = np.clip(found.total[mask, after], _BINS[0], _BINS[-1])
                weights = np.full(total.size, 1.0 / max(total.size, 1))
                shade = "#999999" if group == "others" else colour
                counts, *_ = axes.hist(
                    total,
                    _BINS,
                    weights=weights,
                    color=shade,
                    alpha=0.55,
                    label=f"{group} ({total.size})",
                )
                if total.size:
                    axes.axvline(
                        float(found.total[mask, after].mean()), color=shade, ls=":", lw=1.2
                    )
                table[f"{label}_{group}_{years}y"] = counts
            axes.set_title(f"{label}, {years} years")
            axes.legend(fontsize=6.5, loc="upper right")
            if row == 1:
                axes.set_xlabel("net log change of the zone's jobs")
            if column == 0:
                axes.set_ylabel("share of zones")
    return style.Picture("panel_events", figure, table)
