"""Outcomes of each zone by month, with paired intervals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from numpy.typing import NDArray

from rebound_sim.statistics import people
from rebound_sim.statistics.cell import Cell, cell
from rebound_sim.statistics.employment import JOBS
from rebound_sim.statistics.intervals import mean_estimate
from rebound_sim.statistics.money import spent
from rebound_sim.statistics.outcome import Outcome
from rebound_sim.statistics.panels import NONE, Panels

_COLUMNS = (
    Outcome("additional_jobs", "job", f"{JOBS}, strategy − none, same random numbers"),
    Outcome("residents_in_work", "person", "resident_employment, strategy − none"),
    Outcome("unemployed", "person", "unemployed, strategy − none"),
    Outcome("registered", "person", "registered, strategy − none"),
    Outcome("hires", "person/month", "hires, strategy − none"),
    Outcome("projects_operating", "project", "projects_operating, strategy − none"),
)
_READ = {"additional_jobs": JOBS, "residents_in_work": "resident_employment"}
_IN_WORK = Outcome("displaced_in_work", "point", "displaced in work / displaced, strategy − none")
_PAID = Outcome("paid", "EUR", "paid − returned, cumulated; detail: instrument")


def zone_cells(panels: Panels, every: int = 12) -> Iterator[Cell]:
    """Differences from `none` at every twelfth month (or as asked), zone by zone, then strategy.

    every : months between two dates; 1 gives all of them
    """
    dates = range(every, panels.horizon + 1, every)
    for code in panels.zones:
        zone = panels.zone(code)
        for strategy in panels.strategies:
            for outcome, detail, values in _differences(zone, strategy, panels.instruments):
                for date in dates:
                    column = values[:, zone.row(date - 1)]
                    yield cell(
                        outcome,
                        mean_estimate(column),
                        arm=strategy,
                        month=date,
                        zones=1,
                        zone=code,
                        detail=detail,
                        reference=NONE,
                    )


def _differences(
    zone: Panels, strategy: str, instruments: tuple[str, ...]
) -> Iterator[tuple[Outcome, str, NDArray[Any]]]:
    for outcome in _COLUMNS:
        values = zone.difference(_READ.get(outcome.name, outcome.name), strategy)
        yield outcome, "", values
    gain = people.displaced_share(zone, strategy, people.IN_WORK)
    yield _IN_WORK, "", gain - people.displaced_share(zone, NONE, people.IN_WORK)
    for instrument in instruments:
        paid = spent(zone, strategy, (instrument,)) - spent(zone, NONE, (instrument,))
        yield _PAID, instrument, paid
