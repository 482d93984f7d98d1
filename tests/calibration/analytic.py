"""A calibration problem with a known answer, in place of the model."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rebound_sim.calibration.search.problem import Problem, Target
from rebound_sim.parameters import PARAMETERS
from rebound_sim.parameters.priors import quantile_of

NAMES = (
    "search.applications_unemployed",
    "demand.shock_sd",
    "search.distance_decay",
    "wages.curve",
    "projects.per_firm",
)
#: The truth, in quantiles; the last two parameters move nothing.
TRUTH = np.array([0.3, 0.7, 0.4])
LUCK = 0.01


def moments_at(u: np.ndarray) -> dict[str, float]:
    """Four moments of three parameters."""
    found = {
        "sum": 2.0 * u[0] + u[1] ** 2,
        "gap": u[1] - 0.5 * u[0],
        "wave": np.sin(1.5 * u[2]),
        "product": u[0] * u[2],
    }
    return {name: float(value) for name, value in found.items()}


@dataclass(frozen=True)
class Analytic:
    """The stand-in for the model.

    log : file that gets a line at each call    fails : where the first quantile is above this
    """

    log: str = ""
    seconds: float = 0.0
    fails: float = 2.0

    def __call__(self, values: Mapping[str, float], replication: int) -> dict[str, float]:
        if self.log:
            with Path(self.log).open("a") as stream:
                stream.write(f"{sorted(values.items())} {replication} {os.getpid()}\n")
        time.sleep(self.seconds)
        given = [values.get(name, PARAMETERS[name].value) for name in NAMES]
        u = np.array([quantile_of(PARAMETERS[n], v) for n, v in zip(NAMES, given, strict=True)])
        if u[0] > self.fails:
            raise RuntimeError("this world does not exist")
        luck = LUCK * np.random.default_rng(replication).normal(size=4)
        return {
            name: float(value + shift)
            for (name, value), shift in zip(moments_at(u).items(), luck, strict=True)
        }


def problem(simulate: Analytic | None = None, searched: int = 5, drawn: int = 0) -> Problem:
    """The problem whose targets are the moments at the truth, with bands of ± 0.05."""
    targets = tuple(
        Target(name, value, value - 0.05, value + 0.05) for name, value in moments_at(TRUTH).items()
    )
    every = [PARAMETERS[name] for name in NAMES]
    return Problem(
        tuple(every[:searched]),
        targets,
        simulate or Analytic(),
        tuple(every[searched : searched + drawn]),
        "analytic",
    )
