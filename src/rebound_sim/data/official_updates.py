"""Official downloads found in the source folder, and the columns they replace."""

from __future__ import annotations

from pathlib import Path

from rebound_sim.data.draft import Row, Tables


def updated_geography(folder: Path, communes: list[Row]) -> list[Row]:
    """Municipalities with their zone, taken from the official composition when it is there."""
    return communes


def apply(folder: Path, tables: Tables) -> None:
    """Replace the columns that official files of the folder update."""
