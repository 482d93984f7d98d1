"""Accounts of the public money as a table: sums of the journal, mean over replications or each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from rebound_sim.api.arguments import one_of
from rebound_sim.api.tables import Table
from rebound_sim.errors import InputError
from rebound_sim.experiment.packed import DONE
from rebound_sim.statistics.ledger import (
    MEANINGS,
    ledger_accounts,
    mean_accounts,
    meaningful_accounts,
)
from rebound_sim.statistics.panels import Panels

if TYPE_CHECKING:
    from collections.abc import Callable

KEYS = ("zone", "instrument", "project", "month")
#: Entries that belong to no zone, or no project, have these.
_OF_NONE = (("zone", ""), ("project", -1))


def ledger_table(
    panels: Panels, by: Sequence[str] | str, draw: Callable[..., Any], *, mean: bool
) -> Table:
    """Accounts [EUR] by arm and the columns of `by`; see `Comparison.ledger`."""
    listed = [name.strip() for name in by.split(",")] if isinstance(by, str) else by
    asked: list[Any] = list(listed) if isinstance(listed, list | tuple) else [listed]
    keys = [one_of("by", name, KEYS, "not a column of the ledger") for name in asked]
    twice = next((name for name in keys if keys.count(name) > 1), None)
    if twice is not None:
        raise InputError("this column is given twice", key="by", value=twice)
    journal = dict(panels.ledger)
    for column, nothing in _OF_NONE:
        if column in keys:
            rows = journal[column] != nothing
            journal = {name: values[rows] for name, values in journal.items()}
    accounts = ledger_accounts(journal, ["arm", "replication", *keys], months=panels.months)
    told = meaningful_accounts([*keys, *([] if panels.national_envelope else ["zone"])])
    money = [name for name in accounts if name in told]
    columns = {name: accounts[name] for name in ("arm", "replication", *keys, *money)}
    if mean:
        columns = mean_accounts(columns, ["arm", *keys], _ended(panels))
    return Table("ledger", columns, dict.fromkeys(money, "EUR"), dict(MEANINGS), "money", draw)


def _ended(panels: Panels) -> dict[str, int]:
    """Replications that ended well, by arm: those in which no euro moved count in a mean."""
    runs = panels.runs
    done = runs["status"] == DONE
    return {
        arm: np.unique(runs["replication"][done & (runs["arm"] == arm)]).size for arm in panels.arms
    }
