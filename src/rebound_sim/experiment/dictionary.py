"""What each stored column means, from the declarations of outcomes and projects."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ColumnDescription:
    """One row of column_dictionary.csv."""

    table: str
    column: str
    unit: str
    meaning: str
    formula: str = ""


_KEYS = (
    ("arm", "", "what is done: no_shock, none, or the name of a policy, a strategy or a plan"),
    ("zone", "", "code of the employment zone"),
    ("replication", "", "number of the replication, from 0"),
)
_RUNS = (
    ("status", "", "done, or failed: then nothing else is known of this run"),
    ("error", "", "why the run failed"),
    ("allocation", "", "digest of all decisions that reached the zone: equal, same simulation"),
    ("digest", "", "digest of all that the zone went through"),
    ("shared", "", "simulated together with another arm of its group to the end"),
    ("months_simulated", "month", "months simulated, each shared between its arms"),
)
_LEDGER = (
    ("instrument", "", "engineering (ingénierie), grants, region, ..."),
    ("project", "row", "identity of the project in its zone, -1 if none"),
    ("month", "month", "months since the end of the burn-in"),
    (
        "kind",
        "",
        "envelope (opened), allocated (nation to zone), recalled (zone to nation), committed, "
        "cancelled, paid, returned",
    ),
    ("amount_eur", "EUR", "amount of the movement"),
)


def column_descriptions() -> list[ColumnDescription]:
    """Rows of column_dictionary.csv for the four tables of a results folder."""
    from rebound_sim.state.variables import PROJECT_VARIABLES, VARIABLES

    tables = {
        "runs": _RUNS,
        "trajectories": (("month", "month", "months since the end of the burn-in"),),
        "ledger": _LEDGER,
        "projects": (),
    }
    rows = []
    for table, words in tables.items():
        rows += [ColumnDescription(table, *text) for text in (*_KEYS, *words)]
        declared = {"trajectories": VARIABLES, "projects": PROJECT_VARIABLES}.get(table, ())
        rows += [ColumnDescription(table, o.name, o.unit, o.meaning, o.formula) for o in declared]
    return rows
