"""What `rebound compare` prints at the end: ranking, other outcomes, pairs, and sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from rebound_sim.cli.json_values import without_nan
from rebound_sim.statistics.intervals import NO_DENOMINATOR
from rebound_sim.statistics.panels import NONE
from rebound_sim.statistics.programme import ProgrammePanels, Row, as_programme
from rebound_sim.statistics.programme.comparison import find
from rebound_sim.statistics.programme.files import write_tables
from rebound_sim.statistics.programme.pairs import Pair
from rebound_sim.statistics.programme.ranking import Rank
from rebound_sim.statistics.programme.summary import RANKED, Comparison

if TYPE_CHECKING:
    from rebound_sim.experiment.programme_results import ProgrammeResults

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
_WIDE = 18  # columns of the matrix beyond which two digits do not fit in 80


def finish(folder: Path) -> None:
    """Write tables and figures into a results folder; nothing where nothing can be compared.

    Raises EngineError when the ledger does not balance, OSError.
    """
    from rebound_sim.errors import EngineError
    from rebound_sim.experiment import read_programme
    from rebound_sim.figures.programme.draw import draw_programme
    from rebound_sim.statistics.programme.ledger import ledger_faults

    comparison = Comparison(as_programme(folder))
    faults = ledger_faults(comparison.panels.ledger)
    if faults:
        raise EngineError(f"{folder.name}: the ledger does not balance: {faults[0]}")
    if not comparison.known:
        return
    write_tables(comparison, folder)
    chosen = read_programme(folder).manifest.scenario.get("figures", {}).get("only", ())
    draw_programme(comparison, folder, only=chosen)


def print_comparison(
    results: Comparison | ProgrammePanels | ProgrammeResults | str | Path, console: Console
) -> None:
    """Ranking, other outcomes, money, pairs, and what is known and what is not."""
    comparison = _compared(results)
    if comparison.known:
        for title, table in comparison_tables(comparison):
            console.print(title, style="bold")
            console.print(table)
            console.print()
    for sentence in comparison.sentences:
        console.print(sentence)
    if comparison.known:
        console.print(
            "All outcomes with definitions: comparison.csv, pairwise.csv, zones.csv; figures/.",
            style="dim",
        )


def comparison_json(
    results: Comparison | ProgrammePanels | ProgrammeResults | str | Path,
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
        "ranking": [_ranked(comparison, rank) for rank in comparison.ranks] if known else [],
        "pairs": [_paired(name, pair) for name, pairs in comparison.pairs.items() for pair in pairs]
        if known
        else [],
        "outcomes": [asdict(row) for row in comparison.rows] if known else [],
        "zone_effects": [asdict(effect) for effect in comparison.zones] if known else [],
        "sentences": comparison.sentences,
    }
    plain: dict[str, Any] = without_nan(report)
    return plain


def comparison_tables(comparison: Comparison) -> Iterator[tuple[str, Table]]:
    """Ranking, changes from `none`, money, and the matrix of pairs, each under its title.

    80 columns hold each.
    """
    panels = comparison.panels
    several = panels.count > 1
    replications = f"{panels.count} replication{'s' if several else ''}"
    yield (
        f"Additional jobs after {panels.horizon} months, {len(panels.zones)} zones, {replications}"
        f"{' [95 % interval]' if several else ''}",
        _ranking(comparison),
    )
    band = ", ± 95 % interval, paired" if several else ""
    yield f"Change from none (first line: its level){band}", _changes(comparison)
    yield f"Money and projects at the end, means of {replications}", _money(comparison)
    if several:
        yield (
            "Chance that the row's mean is above the column's, % (bold: established)",
            _matrix(comparison),
        )


def _compared(
    results: Comparison | ProgrammePanels | ProgrammeResults | str | Path,
) -> Comparison:
    return results if isinstance(results, Comparison) else Comparison(as_programme(results))


def _ranked(comparison: Comparison, rank: Rank) -> dict[str, Any]:
    chances = _against_none(comparison)
    cost = None if rank.strategy == NONE else find(
        comparison.rows, "cost_per_additional_job", rank.strategy
    )  # fmt: skip
    return {
        "strategy": rank.strategy,
        "first_rank": rank.first,
        "last_rank": rank.last,
        "additional_jobs": asdict(rank.estimate),
        "probability_more_than_none": chances.get(rank.strategy),
        "cost_per_additional_job_eur": cost and asdict(cost),
    }


def _paired(outcome: str, pair: Pair) -> dict[str, Any]:
    return {"outcome": outcome, **asdict(pair)}


def _against_none(comparison: Comparison) -> dict[str, float]:
    return {
        pair.strategy: pair.probability for pair in comparison.pairs[RANKED] if pair.other == NONE
    }


def _new_table() -> Table:
    return Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")


def _ranking(comparison: Comparison) -> Table:
    several = comparison.panels.count > 1
    table = _new_table()
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("strategy", no_wrap=True)
    table.add_column("rank\nmay be", justify="center", no_wrap=True)
    for heading in (
        "additional\njobs",
        "beats\nnone,%",
        "spent\nM EUR",
        "1,000 EUR per\nadditional job",
    ):
        table.add_column(heading, justify="right", no_wrap=True)
    chances = _against_none(comparison)
    for place, rank in enumerate(comparison.ranks, start=1):
        name, estimate = rank.strategy, rank.estimate
        cells = [f"{place}" if several else "", name, _span(rank) if several else ""]
        if name == NONE:
            table.add_row(*cells, "0 by definition", "", "", "")
            continue
        spent = find(comparison.rows, "public_cost", name).estimate / _MILLION
        table.add_row(
            *cells,
            _interval(estimate.value, estimate.low, estimate.high),
            _percent(chances[name]),
            _number(spent, 1),
            _cost(find(comparison.rows, "cost_per_additional_job", name)),
        )
    return table


def _changes(comparison: Comparison) -> Table:
    table = _new_table()
    table.add_column("strategy", no_wrap=True)
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


def _money(comparison: Comparison) -> Table:
    table = _new_table()
    table.add_column("strategy", no_wrap=True)
    for _, heading, _, _ in _MONEY:
        table.add_column(heading, justify="right", no_wrap=True)
    for strategy in _in_order(comparison):
        figures = [
            _number(find(comparison.rows, outcome, strategy).estimate / divisor, digits)
            for outcome, _, divisor, digits in _MONEY
        ]
        table.add_row(strategy, *figures)
    return table


def _matrix(comparison: Comparison) -> Table:
    names = [rank.strategy for rank in comparison.ranks]
    table = _new_table()
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for place in range(1, len(names) + 1):
        table.add_column(str(place), justify="right", no_wrap=True)
    found = {(pair.strategy, pair.other): pair for pair in comparison.pairs[RANKED]}

    def cell(strategy: str, other: str) -> str:
        if strategy == other:
            return "·"
        pair = found[strategy, other]
        text = "=" if pair.identical else _percent(pair.probability)
        return f"[bold]{text}[/bold]" if pair.established else text

    for place, strategy in enumerate(names, start=1):
        table.add_row(str(place), strategy, *(cell(strategy, other) for other in names))
    if len(names) > _WIDE:
        table.padding = (0, 0, 0, 0)
    return table


def _in_order(comparison: Comparison, *, none_first: bool = False) -> list[str]:
    ranked = [rank.strategy for rank in comparison.ranks if rank.strategy != NONE]
    return [NONE, *ranked] if none_first else ranked


def _span(rank: Rank) -> str:
    return str(rank.first) if rank.first == rank.last else f"{rank.first}–{rank.last}"


def _cost(row: Row) -> str:
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
