"""Accounts of a programme as tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from rebound_sim.statistics.ledger import (
    ACCOUNTS,
    ledger_accounts,
    mean_accounts,
    meaningful_accounts,
)
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
    arms = accounts["arm"]
    moved = {arm: np.unique(accounts["replication"][arms == arm]) for arm in panels.arms}
    sizes = {arm: count or numbers.size for arm, numbers in moved.items()}
    shown = accounts if exact else mean_accounts(accounts, ["arm", *keys], sizes)
    for arm, numbers in moved.items():
        if numbers.size:
            rows = [row for row, name in enumerate(shown["arm"]) if name == arm]
            unit = "EUR" if exact else "million EUR"
            one = f"replication {numbers[0]}"
            which = one if sizes[arm] == 1 else f"mean of {sizes[arm]} replications"
            yield f"{arm}, {unit}, {which}", _table(panels, shown, rows, keys, exact, width)


def _table(
    panels: Panels,
    accounts: Mapping[str, Any],
    rows: Sequence[int],
    keys: Sequence[str],
    exact: bool,
    width: int,
) -> Table:
    names = [name for name in ACCOUNTS if name in accounts]
    lines = []
    for row in rows:
        values = [accounts[name][row] for name in names]
        amounts = [f"{v:,}" if exact else f"{v / _MILLION:,.2f}" for v in values]
        lines.append([*_labels(panels, keys, [accounts[key][row] for key in keys]), *amounts])
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


def _labels(panels: Panels, keys: Sequence[str], labels: Sequence[Any]) -> Iterator[str]:
    for key, label in zip(keys, labels, strict=True):
        if key == "zone":
            yield f"{label} {panels.zone_name(label)}"[:_LONGEST_ZONE]
        else:
            yield str(label)
