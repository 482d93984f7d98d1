"""Terminal tables of `rebound validate`: what is outside first, then every family."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from rebound_sim.statistics.validation import MomentComparison, tally, tally_by_use

_USES = {"calibrate": "may be fitted", "check": "never fitted"}
_STYLES = {"inside": "green", "outside": "red", "not measured": "yellow"}


def print_comparisons(console: Console, rows: Sequence[MomentComparison]) -> None:
    """Moments outside their band, the farthest first; then all of them by family; then counts."""
    outside = [row for row in rows if row.verdict == "outside"]
    if outside:
        farthest = sorted(outside, key=lambda row: -row.distance)
        console.print(_table("Outside their band, the farthest first", farthest))
    for family in dict.fromkeys(row.moment.family for row in rows):
        part = [row for row in rows if row.moment.family == family]
        console.print()
        console.print(_table(family.capitalize(), part))
        for row in part:
            console.print(Text(_words(row), style="dim"))
    console.print()
    _print_counts(console, rows)
    console.print(
        "Simulated: over replications [95 % interval], numerators and denominators summed (others: "
        "mean); inside or outside is said of the value. How each is measured: docs/validation.md.",
        style="dim",
    )


def _words(row: MomentComparison) -> str:
    """What the moment is, why it is not measured if so, and its source."""
    m = row.moment
    meaning = f"{m.label}, {m.definition}" if m.definition else m.label
    reason = f" Not measured: {row.reason}." if row.reason else ""
    unit = "" if m.unit == "1" else f" [{m.unit}]"
    return f"{m.id}{unit}: {meaning}.{reason} Source: {m.source} ({m.confidence})."


def _print_counts(console: Console, rows: Sequence[MomentComparison]) -> None:
    for use, counted in tally_by_use(rows).items():
        if counted["total"]:
            console.print(f"{use} ({_USES[use]}): {_said(counted)}")
    console.print(f"all: {_said(tally(rows))}")


def _said(counted: dict[str, int]) -> str:
    share = 100.0 * counted["inside"] / max(counted["total"], 1)
    return (
        f"{counted['inside']} of {counted['total']} inside ({share:.0f} %), "
        f"{counted['outside']} outside, {counted['not_measured']} not measured"
    )


def _table(title: str, rows: Sequence[MomentComparison]) -> Table:
    made = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    made.add_column("Moment", no_wrap=True)
    for name in ("Simulated", "Target", "Band"):
        made.add_column(name, justify="right", no_wrap=True)
    for name in ("", "Use"):
        made.add_column(name, no_wrap=True)
    for row in rows:
        m = row.moment
        made.add_row(
            m.id,
            simulated(row),
            number(m.value),
            f"{number(m.low)} to {number(m.high)}",
            Text(row.verdict, style=_STYLES[row.verdict]),
            m.use,
        )
    return made


def number(value: float) -> str:
    """Three significant figures, with a true minus sign; a dash for what does not exist."""
    return "–" if value != value else f"{value:.3g}".replace("-", "−")


def simulated(row: MomentComparison) -> str:
    """Value and interval, or a dash."""
    estimate = row.estimate
    if not estimate.has_interval:
        return number(estimate.value)
    return f"{number(estimate.value)} [{number(estimate.low)}; {number(estimate.high)}]"
