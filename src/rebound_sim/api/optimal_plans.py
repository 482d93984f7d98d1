"""Optimal plans as arms of a comparison: those that ship, and what must be said of any of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rebound_sim.experiment import Experiment


def optimal_plans(programme: Path | None = None) -> tuple[Path, ...]:
    """Files of the shipped plans. Raises InputError for another programme."""
    from rebound_sim.errors import InputError
    from rebound_sim.scenario.shipped_plans import shipped_plans

    if programme is not None:
        raise InputError(
            "optimal plans ship for the default programme alone",
            file="--optimal",
            allowed="rebound optimise WORLD, then --plan results/.../plans/best_mean.csv",
        )
    return shipped_plans()


def default_plans(*given: object) -> tuple[Path, ...]:
    """The shipped plans, for the default question alone. given : what was asked for otherwise"""
    nothing = all(item is None or (isinstance(item, tuple) and not item) for item in given)
    return optimal_plans() if nothing else ()


def flattering(experiment: Experiment) -> list[str]:
    """What must be said before plans are compared in worlds that chose them."""
    from rebound_sim.statistics.programme.chosen import chosen_words

    sets = len(experiment.parameters.sets)
    worlds = {number % sets if sets > 1 else number for number in experiment.numbers}
    return chosen_words(experiment.taught, worlds)
