"""Figures of the replays of the past."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rebound_sim.calibration.replays.together import Past
from rebound_sim.figures import style
from rebound_sim.figures.cases import gap_picture, replay_picture
from rebound_sim.figures.draw import saved, told
from rebound_sim.figures.panel import events_picture, panel_picture


def draw_replays(folder: Path, past: Past) -> list[str]:
    """Write replays_* and panel_* (.png, .svg, .csv); what cannot be drawn. Raises OSError."""
    faults: list[str] = []
    with told("replays", faults), style.house_style():
        saved(pictures(past), folder, faults=faults)
    return faults


def pictures(past: Past) -> Iterator[style.Picture]:
    """The figures, not yet written; to be used within `house_style`."""
    if past.cases:
        yield replay_picture(past.cases)
    if any(one.gap is not None for one in past.cases):
        yield gap_picture(past.cases)
    for panel in past.panels:
        yield panel_picture(panel)
    if past.panels:
        yield events_picture(*past.drops())
