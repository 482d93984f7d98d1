"""What each stored column means, from the declarations of outcomes and projects."""

from __future__ import annotations

from rebound_sim.experiment.store import ColumnDescription

_KEYS = {
    "policy": ("", "arm: no_shock, none, or the name of a policy"),
    "replication": ("", "number of the replication, from 0"),
    "month": ("month", "months since the end of the burn-in"),
}


def column_descriptions() -> list[ColumnDescription]:
    """Rows of column_dictionary.csv for both tables of a results folder."""
    from rebound_sim.state.outcomes import OUTCOMES, PROJECT_RESULTS

    rows = [ColumnDescription("trajectories", name, *words) for name, words in _KEYS.items()]
    rows += [
        ColumnDescription("projects", name, *words)
        for name, words in _KEYS.items()
        if name != "month"
    ]
    for table, declared in (("trajectories", OUTCOMES), ("projects", PROJECT_RESULTS)):
        rows += [
            ColumnDescription(table, item.name, item.unit, item.meaning, item.formula)
            for item in declared
        ]
    return rows
