"""Panels of one zone made of arrays, as those of a results folder."""

from dataclasses import replace

import numpy as np

from rebound_sim.experiment.panel import DIMENSIONS, Panel
from rebound_sim.statistics.panels import NO_SHOCK, Panels

ZONE = "0051"


def panels_from(columns, arms, *, projects=None, first=None, last=None):
    """columns : variable -> array[arms, replications, months]; others are not there.

    first, last : months of the first and last layoffs, announced in month 0
    """
    _, replications, months = next(iter(columns.values())).shape
    numbers = np.arange(replications)
    closure = {"jobs": 1, "tranches": [{"month": month} for month in (first, last)]}
    axes = (arms, (ZONE,), tuple(range(replications)), tuple(range(months)))
    table = dict(projects or {})
    if table:
        table["zone"] = np.full(table["arm"].size, ZONE)
    return Panels(
        read=lambda name: Panel(
            np.asarray(columns[name])[:, np.newaxis], dict(zip(DIMENSIONS, axes, strict=True))
        ),
        arms=arms,
        zones=(ZONE,),
        months=np.arange(months),
        burn_in=0,
        ended=numbers,
        replications=numbers,
        compared=tuple(arm for arm in arms if arm != NO_SHOCK),
        closures={} if first is None else {ZONE: (closure,)},
        runs={},
        ledger={},
        read_projects=lambda: table,
    )


def with_columns(panels, columns):
    """The same panels of one zone with other values of some variables, by arm."""

    def read(name):
        found = panels.read(name)
        if name not in columns:
            return found
        return Panel(np.asarray(columns[name])[:, np.newaxis], found.coords)

    return replace(panels, read=read, _cache={})
