"""Accounts of a programme as tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from rebound_sim.statistics.ledger import ACCOUNTS, ledger_accounts, meaningful_accounts
from rebound_sim.statistics.panels import Panels

_MILLION = 1_000_000
_HEADINGS = {
    "envelope": "enve-\nlope", "unallocated": "not\nalloc.", "allocated": "alloc-\nated",
    "uncommitted": "not\ncomm.", "committed": "comm-\nitted", "to_pay": "to\npay",
    "cancelled": "can-\ncelled", "paid": "paid", "returned": "re-\nturned",
}  # fmt: skip
#: Left out in this order where the table is too wide: others say what they are.
_FIRST_LEFT_OUT = ("uncommitted", "unallocated", "to_pay", "cancelled")
_LONGEST_ZONE = 17


def print_ledger(panels: Panels, console: Console) -> None:
    """Accounts at the end by instrument, arm after arm, mean of what is compared."""
    compared = np.isin(panels.ledger["replication"], panels.replications)
    journal = {name: values[compared] for name, values in panels.ledger.items()}
    keys = ["instrument"]
    accounts = ledger_accounts(journal, ["arm", "replication", *keys])
    told = meaningful_accounts(() if panels.national_envelope else ("zone",))
    kept = np.isin(accounts["arm"], panels.compared)
    accounts = {
        name: values[kept]
        for name, values in accounts.items()
        if name in told or name not in ACCOUNTS
    }
    for title, table in account_tables(
        panels, accounts, keys, exact=False, width=console.width, count=panels.count
    ):
        console.print(f"Ledger: {title}", style="bold")
        console.print(table)


def account_tables(
    panels: Panels,
    accounts: Mapping[str, Any],
    keys: Sequence[str],
    *,
    exact: bool,
    width: int = 80,
    count: int = 0,
) -> Iterator[tuple[str, Table]]:
    """A title and a table per arm, in the order of the run.

    accounts : by arm, replication and `keys`    exact : whole euros, else means in million
    width    : of the terminal
    count    : replications that the mean is of; by default those where a euro moved in the arm
    """
    for arm in panels.arms:
        rows = np.flatnonzero(accounts["arm"] == arm)
        if rows.size:
            numbers = np.unique(accounts["replication"][rows])
            size = count or numbers.size
            table = _table(panels, accounts, rows, keys, None if exact else size, width)
            unit = "EUR" if exact else "million EUR"
            which = f"replication {numbers[0]}" if size == 1 else f"mean of {size} replications"
            yield f"{arm}, {unit}, {which}", table


def _table(
    panels: Panels,
    accounts: Mapping[str, Any],
    rows: Any,
    keys: Sequence[str],
    replications: int | None,
    width: int,
) -> Table:
    """replications : number to divide by, None for whole euros."""
    names = [name for name in ACCOUNTS if name in accounts]
    lines = []
    for labels, totals in _sums(accounts, rows, keys, names):
        amounts = [
            f"{value:,}" if replications is None else f"{value / replications / _MILLION:,.2f}"
            for value in totals
        ]
        lines.append([*_labels(panels, keys, labels), *amounts])
    headings = [*keys, *(_HEADINGS[name] for name in names)]
    widths = [
        max(len(part) for text in column for part in text.split("\n")) + 1
        for column in zip(headings, *lines, strict=True)
    ]
    left = [name for name in _FIRST_LEFT_OUT if name in names]
    dropped: set[int] = set()
    while left and sum(w for i, w in enumerate(widths) if i not in dropped) > width:
        dropped.add(len(keys) + names.index(left.pop(0)))
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    for place, heading in enumerate(headings):
        if place not in dropped:
            justify: Any = "left" if place < len(keys) else "right"
            table.add_column(heading, justify=justify, no_wrap=True)
    for line in lines:
        table.add_row(*(text for place, text in enumerate(line) if place not in dropped))
    return table


def _sums(
    accounts: Mapping[str, Any], rows: Any, keys: Sequence[str], names: Sequence[str]
) -> list[tuple[tuple[Any, ...], list[int]]]:
    """Labels and euros of each group, over replications, in the order of the labels."""
    sums: dict[tuple[Any, ...], list[int]] = {}
    for row in rows:
        labels = tuple(accounts[key][row].item() for key in keys)
        totals = sums.setdefault(labels, [0] * len(names))
        for place, name in enumerate(names):
            totals[place] += int(accounts[name][row])
    return sorted(sums.items())


def _labels(panels: Panels, keys: Sequence[str], labels: Sequence[Any]) -> Iterator[str]:
    for key, label in zip(keys, labels, strict=True):
        if key == "zone":
            yield f"{label} {panels.zone_name(label)}"[:_LONGEST_ZONE]
        else:
            yield str(label)
