"""Terminal table of the replays of the past."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from rebound_sim.calibration.replays.forecasts import Judgement
from rebound_sim.calibration.side_by_side import SideBySide
from rebound_sim.cli.validation_tables import number

_TITLES = {
    "cases": "Closures replayed on the zones as they were",
    "panel": "Zones from 2006, 2010, 2014 and 2018, driven by the national cycle",
}


def print_replays(console: Console, rows: Sequence[SideBySide], own: str | None = None) -> None:
    """One table a family, then counts. own : title of a user's case, when the rows are of it"""
    titles = _TITLES if own is None else {"cases": own}
    for family, title in titles.items():
        chosen = [row for row in rows if row.family == family]
        if chosen:
            console.print(_table(title, chosen))
    inside = sum(row.inside for row in rows)
    console.print(f"replays: {inside} of {len(rows)} inside")
    console.print(
        "Interval: 95 % for one replication, since the world happened once. With a band, the "
        "simulated mean must lie in it; without one, the published figure in the interval.",
        style="dim",
    )


def print_coverage(console: Console, judgement: Judgement) -> None:
    """Held-out figures inside the intervals of one replication; scores of forecasts."""
    made = Table(
        title="Held-out figures inside the intervals of one replication",
        title_justify="left",
        title_style="bold",
        box=None,
        pad_edge=False,
    )
    made.add_column("Figures", overflow="fold")
    for name in ("Number", "50 %", "80 %", "95 %"):
        made.add_column(name, justify="right", no_wrap=True)
    for one in judgement.coverage:
        shares = (f"{100 * share:.0f} %" for share in one.covered.values())
        made.add_row(one.what, str(one.figures), *shares)
    console.print(made)
    if not judgement.scores:
        return
    made = Table(
        title="Forecasts of zones: CRPS, mean of zones (lower is better)",
        title_justify="left",
        title_style="bold",
        box=None,
        pad_edge=False,
    )
    made.add_column("Quantity", no_wrap=True)
    for name in ("Start", "Years", "Model", "No change", "Follows the nation", ""):
        made.add_column(name, justify="right", no_wrap=True)
    for score in judgement.scores:
        verdict = Text("better", "green") if score.better else Text("not better", "red")
        made.add_row(
            f"{score.quantity}, {score.unit}",
            score.start,
            str(score.years),
            f"{score.model:.2f}",
            f"{score.no_change:.2f}",
            f"{score.nation:.2f}",
            verdict,
        )
    console.print(made)


def _table(title: str, rows: Sequence[SideBySide]) -> Table:
    made = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    made.add_column("Figure", overflow="fold")
    for name in ("Published", "Simulated", "Band"):
        made.add_column(name, justify="right", no_wrap=True)
    made.add_column("Unit", no_wrap=True)
    made.add_column("", no_wrap=True, min_width=len("outside"))
    made.add_column("Source", overflow="fold")
    for row in rows:
        band = (
            ""
            if row.band_low != row.band_low
            else (f"{number(row.band_low)} to {number(row.band_high)}")
        )
        made.add_row(
            row.name,
            number(row.published),
            f"{number(row.simulated)} [{number(row.low)}; {number(row.high)}]",
            band,
            "" if row.unit == "1" else row.unit,
            Text(row.verdict, style="green" if row.inside else "red"),
            row.source,
        )
    return made
