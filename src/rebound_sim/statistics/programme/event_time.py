"""Jobs before and after the first layoffs of each zone, against the twin without programme."""

from __future__ import annotations

from rebound_sim.statistics.cell import Cell, cell
from rebound_sim.statistics.employment import JOBS
from rebound_sim.statistics.intervals import mean_estimate
from rebound_sim.statistics.outcome import Outcome
from rebound_sim.statistics.panels import NO_SHOCK, NONE, Panels

#: Months shown before the first layoffs, as far as every zone has them.
_BEFORE = 12
EFFECT = Outcome(
    "jobs_since_layoffs",
    "job/zone",
    "workplace_employment, strategy − reference, mean of the zones, by months since the first "
    "layoffs of each; the same zones in every month",
)


def event_panels(panels: Panels) -> tuple[Panels, int] | None:
    """All zones with a closure by months since their layoffs; None without one.

    The longest time over which every zone is followed.
    """
    starts = [panels.zone(code).first_layoffs or 0 for code in panels.closing]
    if not starts:
        return None
    after = panels.horizon - 1 - max(starts)
    return panels.since_layoffs(min(_BEFORE, min(starts)), after)


def event_cells(panels: Panels) -> list[Cell]:
    """`none` against no closure, then each strategy against `none`, month by month."""
    found = event_panels(panels)
    if found is None:
        return []
    basin, zones = found
    pairs = [(NONE, NO_SHOCK), *((strategy, NONE) for strategy in panels.strategies)]
    return [
        cell(
            EFFECT,
            mean_estimate(gap[:, place]),
            arm=strategy,
            month=int(month),
            zones=zones,
            reference=reference,
        )
        for strategy, reference in pairs
        for gap in [basin.difference(JOBS, strategy, reference) / zones]
        for place, month in enumerate(basin.months)
    ]
