"""Return to work of the displaced at some dates, by solution, without and with the programme."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Patch

from rebound_sim.figures import style
from rebound_sim.figures.programme.context import ComparisonContext
from rebound_sim.statistics.cell import at
from rebound_sim.statistics.panels import NONE

#: From the bottom: solution, colour, hatch. Families differ by hatch, neighbours by lightness.
_LAYERS = (
    ("permanent", "#08427A", ""), ("fixed_term", "#3F8FC4", ""), ("business", "#0B5FA0", ""),
    ("outside", "#A9D3EE", ""), ("training", "#C2A5CF", "//"), ("searching", "#E6862C", "//"),
    ("inactive", "#8C8C8C", ".."), ("retired", "#C9C9C9", ".."),
)  # fmt: skip


def solutions_picture(context: ComparisonContext) -> style.Picture | None:
    """Two stacked bars a date. None without anyone displaced."""
    cells, best = context.comparison.displaced, context.best.arm
    cells = [c for c in cells if c.arm in (NONE, best) and c.replications]
    dates = sorted({cell.month for cell in cells})
    if not dates:
        return None
    figure = context.canvas(
        4.6,
        "solutions_title",
        "solutions_note",
        subtitle=context.best_title,
        strategy=context.label(best),
    )
    axes = figure.add_subplot()
    table: dict[str, list[Any]] = {}
    for place, date in enumerate(dates):
        for strategy, shift in ((NONE, -0.2), (best, 0.2)):
            here = [c for c in cells if c.month == date and c.arm == strategy]
            _bar(axes, here, place + shift, table, framed=strategy == best)
        gain = at(cells, outcome="displaced_in_work", month=date, arm=best, reference=NONE)
        text = f"{context.number(gain.estimate, 2)}\n{context.interval(gain.low, gain.high, 2)}"
        axes.text(place, 101.5, text, ha="center", va="bottom", size=6.5)
    axes.set_ylim(0, 112)
    axes.set_yticks(range(0, 101, 20))
    axes.set_xlim(-0.5, len(dates) - 0.5)
    zones = [next(c.zones for c in cells if c.month == date) for date in dates]
    label = context.words["solutions_date"]
    labels = [label.format(date=date, zones=n) for date, n in zip(dates, zones, strict=True)]
    axes.set_xticks(range(len(dates)), labels)
    axes.set_xlabel(context.words["solutions_dates"])
    axes.set_ylabel(context.words["solutions_axis"])
    axes.grid(visible=False)
    handles = [
        Patch(facecolor=colour, hatch=hatch, edgecolor="white", label=context.words[key])
        for key, colour, hatch in reversed(_LAYERS)
    ]
    figure.legend(handles=handles, loc="outside right center", handleheight=1.2, labelspacing=0.7)
    return context.picture("solutions", figure, table, **_words(context, dates))


def _bar(
    axes: Axes, cells: list[Any], place: float, table: dict[str, list[Any]], *, framed: bool
) -> None:
    lower = 0.0
    for solution, colour, hatch in _LAYERS:
        cell = at(cells, outcome="displaced_solution", detail=solution, reference="")
        axes.bar(
            place,
            cell.estimate,
            0.36,
            bottom=lower,
            color=colour,
            hatch=hatch,
            edgecolor="white",
            lw=0.3,
        )
        lower += cell.estimate
        for name, value in (
            ("month_since_layoffs", cell.month),
            ("arm", cell.arm),
            ("solution", solution),
            ("percent_mean", cell.estimate),
            ("low95", cell.low),
            ("high95", cell.high),
            ("zones", cell.zones),
        ):
            table.setdefault(name, []).append(value)
    if framed:
        axes.bar(place, lower, 0.36, fill=False, edgecolor="#111111", lw=0.9)


def _words(context: ComparisonContext, dates: list[int]) -> dict[str, Any]:
    cells, best, last = context.comparison.displaced, context.best.arm, dates[-1]
    shares = {
        key: at(cells, outcome="displaced_in_work", month=last, arm=name, reference="")
        for key, name in (("none", NONE), ("policy", best))
    }
    gain = at(cells, outcome="displaced_in_work", month=last, arm=best, reference=NONE)
    return {
        "dates": ", ".join(map(str, dates)),
        "month": last,
        "strategy": context.label(best),
        **{key: context.percent(cell.estimate) for key, cell in shares.items()},
        **{
            key: context.number(value, 2)
            for key, value in (("gain", gain.estimate), ("low", gain.low), ("high", gain.high))
        },
    }
