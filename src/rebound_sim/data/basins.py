"""Figures of one employment zone at t = 0: a real mainland zone, today or at a past quarter, or a
synthetic one. What each is made of: `today`, `dated`, `synthetic`."""

from __future__ import annotations

from rebound_sim.data.dated import Given, dated_basin
from rebound_sim.data.directory import find_zone, neighbours, overseas_zones
from rebound_sim.data.synthetic import synthetic_basin
from rebound_sim.data.tables import per_folder
from rebound_sim.data.today import (
    DURATION_LABELS,
    QUALIFICATIONS,
    BasinFigures,
    BasinSummary,
    basin_today,
    list_basins,
)

__all__ = [
    "DURATION_LABELS",
    "QUALIFICATIONS",
    "BasinFigures",
    "BasinSummary",
    "find_zone",
    "list_basins",
    "load_basin",
    "neighbours",
    "overseas_zones",
    "synthetic_basin",
]


def load_basin(code: str, given: Given | None = None) -> BasinFigures:
    """Figures of a mainland zone, by code ("3202") or name, today or at a quarter ("3202@2013-T1").

    given : what a scenario says of the zone at its quarter (data.dated)
    Raises InputError (see find_zone and data.dated).
    """
    zone, dated, quarter = code.partition("@")
    return _dated(find_zone(zone), quarter, given) if dated else basin_today(find_zone(zone))


@per_folder
def _dated(code: str, quarter: str, given: Given | None) -> BasinFigures:
    return dated_basin(basin_today(code), quarter, given)
