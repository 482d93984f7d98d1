"""Accounts from the journal of euros: by zone, instrument, project and month.

For an instrument with a national envelope: envelope = allocated + unallocated. For every one, the
laws of `policies.ledger`. Allocated is net of what was recalled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from rebound_sim.arrays import Column
from rebound_sim.policies import ledger

#: Kinds of the journal: the opening of a national envelope, and those of zones.
KINDS = ("envelope", *ledger.KINDS)
#: Columns of accounts, in the order in which they are told [EUR, cumulated].
ACCOUNTS = (
    "envelope",
    "unallocated",
    "allocated",
    "uncommitted",
    "committed",
    "to_pay",
    "cancelled",
    "paid",
    "returned",
)
MEANINGS = {
    "envelope": "opened nationally",
    "unallocated": "envelope - allocated; where the envelope is national, else 0",
    "allocated": "given to zones, less what was recalled",
    "uncommitted": "allocated - committed",
    "committed": "awarded to projects and missions",
    "to_pay": "committed - paid - cancelled",
    "cancelled": "committed, then lost before payment: goes back to the State",
    "paid": "paid out",
    "returned": "paid, then recovered",
}
GROUPS = ("arm", "replication", "zone", "instrument", "project", "month")


def meaningful_accounts(by: Sequence[str]) -> tuple[str, ...]:
    """Accounts that mean something for groups: the envelope is national, projects receive awards.

    Entries without a zone, or without a project, belong to no group when `by` has that column.
    """
    if "project" in by:
        return ACCOUNTS[ACCOUNTS.index("committed") :]
    if "zone" in by:
        return ACCOUNTS[ACCOUNTS.index("allocated") :]
    return ACCOUNTS


def ledger_accounts(
    journal: Mapping[str, Column], by: Sequence[str], *, months: Column | None = None
) -> dict[str, Column]:
    """Accounts of each group, in whole euros, cumulated.

    journal : column -> array[entries]
    by      : columns that make a group, of GROUPS. With "month" a group has a row per month, at the
              end of it; without, it has the accounts at the end of the run.
    months  : int[months], all months of the run; by default those of the entries
    Returns column -> array[groups], the columns of `by` and then ACCOUNTS, sorted by group.
    """
    keys = [name for name in by if name != "month"]
    labels, group = _groups(journal, keys)
    count = labels[0].size if keys else 1
    if "month" in by:
        axis = np.unique(journal["month"]) if months is None else np.asarray(months)
        # An entry of before the first month shown is part of its stock.
        place = np.searchsorted(axis, journal["month"], side="left")
    else:
        axis, place = np.zeros(1, np.int64), np.zeros(group.size, np.int64)
    inside = place < axis.size
    totals = {}
    for kind in KINDS:
        rows = inside & (journal["kind"] == kind)
        flows = np.zeros((count, axis.size), np.int64)
        np.add.at(flows, (group[rows], place[rows]), journal["amount_eur"][rows].astype(np.int64))
        totals[kind] = np.cumsum(flows, axis=1)
    columns: dict[str, Column] = {
        name: np.repeat(values, axis.size) for name, values in zip(keys, labels, strict=True)
    }
    if "month" in by:
        columns["month"] = np.tile(axis, count)
    ordered = {name: columns[name] for name in by}
    return ordered | {name: values.ravel() for name, values in _derived(totals).items()}


def mean_accounts(
    accounts: Mapping[str, Column], by: Sequence[str], counts: Mapping[str, int]
) -> dict[str, Any]:
    """Accounts of replications as their mean, one row a group, sorted.

    accounts : of groups of `by` and replications    by : columns that make a group, the arm first
    counts : replications of each arm that the mean is of, those in which no euro moved included
    """
    labels = list(zip(*(accounts[key].tolist() for key in by), strict=True))
    distinct = {label: row for row, label in enumerate(sorted(set(labels)))}
    place = np.array([distinct[label] for label in labels], dtype=np.int64)
    number = np.array([max(counts.get(str(label[0]), 0), 1) for label in distinct], dtype=float)
    found: dict[str, Any] = {key: [label[k] for label in distinct] for k, key in enumerate(by)}
    for name in (name for name in ACCOUNTS if name in accounts):
        sums = np.zeros(len(distinct))
        np.add.at(sums, place, accounts[name].astype(float))
        found[name] = sums / number
    return found


def _groups(journal: Mapping[str, Column], keys: Sequence[str]) -> tuple[list[Column], Column]:
    """Labels of each group, by key, and the group of each entry."""
    size = journal["amount_eur"].size
    group = np.zeros(size, np.int64)
    values, codes = [], []
    for key in keys:
        found, inverse = np.unique(journal[key], return_inverse=True)
        values.append(found)
        codes.append(inverse)
        group = group * max(found.size, 1) + inverse
    _, first, group = np.unique(group, return_index=True, return_inverse=True)
    return [found[code[first]] for found, code in zip(values, codes, strict=True)], group


def _derived(totals: Mapping[str, Column]) -> dict[str, Column]:
    allocated = totals["allocated"] - totals["recalled"]
    moved = {name: totals[name] for name in ("committed", "paid", "cancelled", "returned")}
    left = {
        "envelope": totals["envelope"],
        "allocated": allocated,
        "unallocated": np.where(totals["envelope"] > 0, totals["envelope"] - allocated, 0),
    }
    accounts = left | moved | ledger.remainders(envelope=allocated, **moved)
    return {name: accounts[name] for name in ACCOUNTS}


def ledger_faults(journal: Mapping[str, Column]) -> list[str]:
    """What no journal may show at the end of any month, one sentence each; empty when it balances.

    Entries: whole positive euros of a known kind; the envelope is national, the rest has a zone.
    Accounts, by arm, replication, instrument and zone (by project for payments): none is
    negative, and no more is returned than was paid.
    """
    faults = list(_entry_faults(journal))
    if not faults:
        _, arm = np.unique(journal["arm"], return_inverse=True)
        order = np.argsort(arm, kind="stable")
        for rows in np.split(order, np.flatnonzero(np.diff(arm[order])) + 1):
            faults += _account_faults(_only(journal, rows))
    return faults


def _entry_faults(journal: Mapping[str, Column]) -> Iterator[str]:
    amounts = journal["amount_eur"]
    if not np.issubdtype(amounts.dtype, np.integer):
        yield f"amounts are {amounts.dtype}, not whole euros"
    if np.any(amounts <= 0):
        yield f"{int((amounts <= 0).sum())} entries are not positive"
    unknown = sorted(set(map(str, np.unique(journal["kind"]))) - set(KINDS))
    if unknown:
        yield f"unknown kinds of entries: {', '.join(unknown)}"
    if np.any((journal["kind"] == "envelope") != (journal["zone"] == "")):
        yield "national entries are those that open the envelope, and no others"


def _account_faults(journal: Mapping[str, Column]) -> Iterator[str]:
    run = ["arm", "replication", "instrument"]
    zones = _only(journal, journal["zone"] != "")
    checks: tuple[tuple[Mapping[str, Column], list[str], tuple[str, ...]], ...] = (
        (journal, [], ("unallocated",)),
        (zones, ["zone"], ("allocated", "uncommitted", "to_pay")),
        (_only(zones, zones["project"] >= 0), ["zone", "project"], ("to_pay",)),
    )
    for entries, place, names in checks:
        accounts = _at_movements(entries, [*run, *place])
        for name in names:
            yield from _negative(accounts, accounts[name], name.replace("_", " "))
        yield from _negative(accounts, accounts["paid"] - accounts["returned"], "paid - returned")


def _at_movements(journal: Mapping[str, Column], by: Sequence[str]) -> dict[str, Column]:
    """Accounts of each group at the end of the months in which something moves, cumulated.

    As `ledger_accounts` by month, which has a row for every other month too: those of all projects
    would not fit in memory.
    """
    labels, group = _groups(journal, by)
    order = np.lexsort((journal["month"], group))
    group, month = group[order], journal["month"][order]
    new = np.diff(group, prepend=-1) != 0
    ends = np.flatnonzero(np.append(new[1:] | (np.diff(month) != 0), True)[: group.size])
    first = np.flatnonzero(new)[group[ends]]
    totals = {}
    for kind in KINDS:
        moved = np.where(journal["kind"] == kind, journal["amount_eur"], 0)[order]
        sums = np.concatenate([[0], np.cumsum(moved)])
        totals[kind] = sums[ends + 1] - sums[first]
    columns = {name: values[group[ends]] for name, values in zip(by, labels, strict=True)}
    return columns | {"month": month[ends]} | _derived(totals)


def _negative(accounts: Mapping[str, Column], values: Column, what: str) -> Iterator[str]:
    wrong = np.flatnonzero(values < 0)
    if wrong.size:
        row = wrong[0]
        where = ", ".join(f"{name} {accounts[name][row]}" for name in GROUPS if name in accounts)
        yield f"{what} is {int(values[row])} EUR ({where}; {wrong.size} such rows)"


def _only(journal: Mapping[str, Column], rows: Column) -> dict[str, Column]:
    return {name: values[rows] for name, values in journal.items()}
