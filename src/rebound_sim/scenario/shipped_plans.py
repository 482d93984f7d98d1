"""Optimal plans of the shipped programme, arms of its comparison beside the strategies."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from rebound_sim.policies.taught import taught_in


def plans_folder() -> Path:
    """`scenarios/plans` of a checkout, which a wheel holds in this package."""
    shipped = Path(str(files("rebound_sim.scenario") / "plans"))
    return shipped if shipped.is_dir() else Path(__file__).parents[3] / "scenarios" / "plans"


def shipped_plans() -> tuple[Path, ...]:
    """Files of the plans, the preferred one first; none before they are computed."""
    folder = plans_folder()
    taught = taught_in(folder)
    names = taught.plans if taught is not None else ()
    return tuple(file for name in names if (file := folder / f"{name}.csv").is_file())
