"""Figures of a basin, drawn of all zones of a programme together."""

from __future__ import annotations

from rebound_sim.figures import style
from rebound_sim.figures.displaced import displaced_picture
from rebound_sim.figures.employment import employment_picture
from rebound_sim.figures.funnel import funnel_picture
from rebound_sim.figures.programme.context import ComparisonContext
from rebound_sim.statistics.programme.event_time import event_panels


def whole_employment(context: ComparisonContext) -> style.Picture:
    """Jobs of all zones, for the strategy of the highest estimate."""
    panels = context.comparison.panels
    return employment_picture(context.as_basin(panels, len(panels.zones)))


def whole_funnel(context: ComparisonContext) -> style.Picture:
    """Projects of all zones."""
    panels = context.comparison.panels
    return funnel_picture(context.as_basin(panels, len(panels.zones)))


def whole_displaced(context: ComparisonContext) -> style.Picture | None:
    """The displaced of all zones, by months since the layoffs. None without a closure."""
    found = event_panels(context.comparison.panels)
    return None if found is None else displaced_picture(context.as_basin(*found))
