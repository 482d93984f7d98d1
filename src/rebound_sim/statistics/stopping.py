"""Outcomes on which `--until` can stop: differences with `none` at the end, all zones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from numpy.typing import NDArray

from rebound_sim.experiment.results import Results
from rebound_sim.experiment.sequential import Measure
from rebound_sim.statistics import employment
from rebound_sim.statistics.comparable import panels_of
from rebound_sim.statistics.money import public_cost


def stopping_measures() -> dict[str, Measure]:
    """Outcome -> measure of the results so far, for `run_experiment`."""
    return {
        "additional_jobs": _last_month(employment.additional_jobs),
        "job_months_gained": _last_month(employment.job_months_gained),
        "public_cost": _last_month(public_cost),
    }


def _last_month(path: Callable[..., NDArray[Any]]) -> Measure:
    """The value of the last month of a path that is a difference with `none`."""

    def measure(results: Results) -> Mapping[str, NDArray[Any]]:
        panels = panels_of(results)
        return {name: path(panels, name)[:, -1] for name in panels.strategies}

    return measure
