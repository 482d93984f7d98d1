"""What `rebound compare` prints at the end: the answer, worlds, means, money, and notes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from rebound_sim.json_text import without_nan
from rebound_sim.statistics.cell import Cell
from rebound_sim.statistics.comparable import panels_of
from rebound_sim.statistics.intervals import NO_DENOMINATOR
from rebound_sim.statistics.panels import NONE, Panels
from rebound_sim.statistics.programme.comparison import find
from rebound_sim.statistics.programme.counts import Hold, hold, whole
from rebound_sim.statistics.programme.pairs import Pair
from rebound_sim.statistics.programme.ranking import Rank
from rebound_sim.statistics.programme.summary import RANKED, Summary

if TYPE_CHECKING:
    from rebound_sim.experiment.results import Results

_MILLION, _THOUSAND = 1e6, 1e3
#: Outcome, heading, divisor, digits: changes from `none` under its level.
_CHANGES = (
    ("job_months_gained", "job-months\n1,000", _THOUSAND, 1),
    ("months_before_rebound", "months to\nrebound", 1.0, 2),
    ("never_back", "never back\n% of zones", 1.0, 1),
    ("worst_tenth_loss", "worst tenth\njobs/1,000", 1.0, 2),
)
_MONEY = (
    ("committed", "committed\nM EUR", _MILLION, 1),
    ("paid", "paid\nM EUR", _MILLION, 1),
    ("unspent", "unspent\nM EUR", _MILLION, 1),
    ("grants", "grants", 1.0, 0),
    ("mean_grant", "mean grant\n1,000 EUR", _THOUSAND, 0),
    ("promised_jobs", "jobs\npromised", 1.0, 0),
    ("gross_jobs", "jobs\ndelivered", 1.0, 0),
)
_HOLDS = (Hold.ALL, Hold.NEARLY_ALL)
_WIDE = 18  # columns of the matrix beyond which two digits do not fit in 80


def print_comparison(results: Summary | Panels | Results | str | Path, console: Console) -> None:
    """The answer in words, then worlds, means, other outcomes, money, and notes."""
    comparison = _compared(results)
    for sentence in comparison.answer:
        console.print(sentence)
    if comparison.answer:
        console.print()
    if comparison.known:
        for title, table in comparison_tables(comparison):
            console.print(title, style="bold")
            console.print(table)
            console.print()
    for sentence in comparison.notes:
        console.print(sentence)
    if comparison.known:
        console.print(
            "All outcomes with definitions: comparison.csv, standings.csv, pairwise.csv, "
            "worlds.csv, zones.csv; figures/.",
            style="dim",
        )


def provisional_table(folder: str | Path) -> Table | None:
    """Means over the replications that have ended, marked as provisional; None without any."""
    comparison = _compared(folder)
    if not comparison.known:
        return None
    panels = comparison.panels
    table = _ranking(comparison)
    number = f"1 {panels.unit}" if panels.count == 1 else f"{panels.count} {panels.unit}s"
    table.title = f"PROVISIONAL, {number}: additional jobs{', mean' if panels.count > 1 else ''}"
    return table


def comparison_json(
    results: Summary | Panels | Results | str | Path,
) -> dict[str, Any]:
    """The same as one object ready for JSON, with all rows of the tables."""
    comparison = _compared(results)
    panels = comparison.panels
    known = comparison.known
    report: dict[str, Any] = {
        "title": panels.title,
        "seed": panels.seed,
        "months": panels.horizon,
        "replications_compared": panels.count,
        "strategies": list(panels.strategies),
        "zones": list(panels.zones),
        "failed": [asdict(failure) for failure in panels.failures],
        "compared": panels.unit,
        "answer": comparison.answer,
        "standings": [asdict(row) for row in comparison.standings] if known else [],
        "chances_of_best": [asdict(best) for best in comparison.best.values()] if known else [],
        "ranking": [_ranked(comparison, rank) for rank in comparison.ranks] if known else [],
        "pairs": [_paired(name, pair) for name, pairs in comparison.pairs.items() for pair in pairs]
        if known
        else [],
        "outcomes": [asdict(row) for row in comparison.rows] if known else [],
        "zone_effects": [asdict(effect) for effect in comparison.zones] if known else [],
        "worlds_that_chose": comparison.chosen if known else {},
        "sentences": comparison.sentences,
    }
    plain: dict[str, Any] = without_nan(report)
    return plain


def comparison_tables(comparison: Summary) -> Iterator[tuple[str, Table]]:
    """Worlds, who beats whom, means, changes from `none`, and money, each under its title.

    80 columns hold each.
    """
    panels = comparison.panels
    several = panels.count > 1
    over = f"{panels.count} {panels.unit}{'s' if several else ''}"
    what = f"Additional jobs after {panels.horizon} months, {len(panels.zones)} zones"
    if several:
        yield f"{what}: each of {over}", _over_worlds(comparison)
        yield f"The row beats the column in so many of {over}", _matrix(comparison)
    yield (
        f"{what}: mean of {over}{' [95 % interval of the mean]' if several else ''}",
        _ranking(comparison),
    )
    band = ", ± 95 % interval, paired" if several else ""
    yield f"Change from none (first line: its level), mean of {over}{band}", _changes(comparison)
    yield f"Money and projects at the end, mean of {over}", _money(comparison)


def _compared(
    results: Summary | Panels | Results | str | Path,
) -> Summary:
    return results if isinstance(results, Summary) else Summary(panels_of(results))


def _ranked(comparison: Summary, rank: Rank) -> dict[str, Any]:
    chances = _against_none(comparison)
    cost = None if rank.arm == NONE else find(comparison.rows, "cost_per_additional_job", rank.arm)
    return {
        "arm": rank.arm,
        "first_rank": rank.first,
        "last_rank": rank.last,
        "additional_jobs": asdict(rank.estimate),
        "probability_more_than_none": chances.get(rank.arm),
        "cost_per_additional_job_eur": cost and asdict(cost),
    }


def _paired(outcome: str, pair: Pair) -> dict[str, Any]:
    return {"outcome": outcome, **asdict(pair)}


def _against_none(comparison: Summary) -> dict[str, float]:
    return {pair.arm: pair.probability for pair in comparison.pairs[RANKED] if pair.other == NONE}


def _new_table() -> Table:
    return Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")


def _over_worlds(comparison: Summary) -> Table:
    unit = comparison.panels.unit
    table = _new_table()
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("arm", no_wrap=True)
    for heading in (
        f"median\n{unit}",
        f"4 {unit}s of 5",
        "beats\nnone in",
        "best\nin",
        "regret:\nmean",
        "worst\nin any",
    ):
        table.add_column(heading, justify="right", no_wrap=True)
    for place, row in enumerate(comparison.standings, start=1):
        if row.arm == NONE:
            continue
        table.add_row(
            f"{place}",
            f"{row.arm} †" if row.arm in comparison.chosen else row.arm,
            _number(row.median, 0),
            f"{_number(row.low, 0)} to {_number(row.high, 0)}",
            f"{whole(row.beats_none)}/{row.worlds}",
            _number(row.best_in, 0),
            _number(row.regret, 0),
            _number(row.worst_regret, 0),
        )
    return table


def _ranking(comparison: Summary) -> Table:
    several = comparison.panels.count > 1
    table = _new_table()
    table.add_column("arm", no_wrap=True)
    headings = (
        "additional\njobs",
        "rank\nmay be",
        "chance\nbest,%",
        "spent\nM EUR",
        "1,000 EUR per\nadditional job",
    )
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)
    for rank in comparison.ranks:
        name, estimate = rank.arm, rank.estimate
        place = _span(rank) if several else ""
        best = comparison.best.get(name)
        chance = _percent(best.chance) if best else ""
        if name == NONE:
            table.add_row(name, "0 by definition", place, chance, "", "")
            continue
        spent = find(comparison.rows, "public_cost", name).estimate / _MILLION
        table.add_row(
            name,
            _interval(estimate.value, estimate.low, estimate.high),
            place,
            chance,
            _number(spent, 1),
            _cost(find(comparison.rows, "cost_per_additional_job", name)),
        )
    return table


def _changes(comparison: Summary) -> Table:
    table = _new_table()
    table.add_column("arm", no_wrap=True)
    shown = [change for change in _CHANGES if any(r.outcome == change[0] for r in comparison.rows)]
    for _, heading, _, _ in shown:
        table.add_column(heading, justify="right", no_wrap=True)

    def cell(strategy: str, outcome: str, divisor: float, digits: int) -> str:
        reference = "" if strategy == NONE else NONE
        try:
            row = find(comparison.rows, outcome, strategy, reference=reference)
        except KeyError:
            return ""
        if strategy == NONE:
            return _number(row.estimate / divisor, digits)
        half = (row.high - row.low) / 2 / divisor
        band = "" if math.isnan(half) else f" ± {_number(half, digits)}"
        return f"{_number(row.estimate / divisor, digits)}{band}"

    for strategy in _in_order(comparison, none_first=True):
        table.add_row(strategy, *(cell(strategy, o, d, n) for o, _, d, n in shown))
    return table


def _money(comparison: Summary) -> Table:
    table = _new_table()
    table.add_column("arm", no_wrap=True)
    for _, heading, _, _ in _MONEY:
        table.add_column(heading, justify="right", no_wrap=True)
    for strategy in _in_order(comparison):
        figures = [
            _number(find(comparison.rows, outcome, strategy).estimate / divisor, digits)
            for outcome, _, divisor, digits in _MONEY
        ]
        table.add_row(strategy, *figures)
    return table


def _matrix(comparison: Summary) -> Table:
    names = [row.arm for row in comparison.standings]
    table = _new_table()
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for place in range(1, len(names) + 1):
        table.add_column(str(place), justify="right", no_wrap=True)
    found = {(pair.arm, pair.other): pair for pair in comparison.pairs[RANKED]}
    worlds = comparison.worlds[RANKED].count

    def cell(strategy: str, other: str) -> str:
        if strategy == other:
            return "·"
        pair = found[strategy, other]
        # Halves of ties are rounded to even: both sides of a pair still add up within one world.
        text = "=" if pair.identical else f"{pair.share * worlds:.0f}"
        return f"[bold]{text}[/bold]" if hold(pair.share * worlds, worlds) in _HOLDS else text

    for place, strategy in enumerate(names, start=1):
        table.add_row(str(place), strategy, *(cell(strategy, other) for other in names))
    if len(names) > _WIDE:
        table.padding = (0, 0, 0, 0)
    return table


def _in_order(comparison: Summary, *, none_first: bool = False) -> list[str]:
    ranked = [rank.arm for rank in comparison.ranks if rank.arm != NONE]
    return [NONE, *ranked] if none_first else ranked


def _span(rank: Rank) -> str:
    return str(rank.first) if rank.first == rank.last else f"{rank.first}–{rank.last}"


def _cost(row: Cell) -> str:
    if row.interval == NO_DENOMINATOR:
        return "not shown"
    return _interval(row.estimate, row.low, row.high, _THOUSAND, 1)


def _interval(value: float, low: float, high: float, divisor: float = 1.0, digits: int = 0) -> str:
    figures = [_number(x / divisor, digits) for x in (value, low, high)]
    if math.isnan(low) or math.isnan(high):
        return figures[0]
    return f"{figures[0]} [{figures[1]}; {figures[2]}]"


def _number(value: float, digits: int) -> str:
    if math.isnan(value):
        return ""
    # Adding 0 turns −0 into 0.
    return "∞" if math.isinf(value) else f"{round(value, digits) + 0.0:,.{digits}f}"


def _percent(probability: float) -> str:
    """0 and 100 are never certain: 1 means at most 1, 99 at least 99."""
    if math.isnan(probability):
        return ""
    return f"{min(max(round(100 * probability), 1), 99)}"
