"""How many worker processes the memory of this machine holds."""

from __future__ import annotations

import math

from rebound_sim.experiment.experiment import Experiment
from rebound_sim.experiment.pieces import pieces_of
from rebound_sim.experiment.pool import available_workers
from rebound_sim.policies.arm import REFERENCES
from rebound_sim.scenario.programme import World

#: Bytes of a process before it holds any person, and of its tables: interpreter, libraries,
#: compiled code.
_PROCESS = 300e6
#: Rows of people at t = 0, and more by month of the run, over employed residents.
_ROWS, _ROWS_A_MONTH = 1.85, 0.0087
#: Bytes a row of people: what all arms share; people and firms of one arm; its projects and
#: records; what waits packed while half of the arms run (`rebound bench comparison`: worker_bytes).
_SHARED, _OWN, _PUBLIC, _PACKED = 24.0, 36.0, 2.5, 20.0
#: Share of the free memory that workers may take.
_USABLE = 0.9


def bytes_of_a_worker(experiment: Experiment) -> float:
    """Most memory that a process needs which simulates a task of the experiment."""
    return bytes_of_world(experiment.world, max(map(len, experiment.groups)))


def bytes_of_world(world: World, arms: int) -> float:
    """The same for a world under some arms, besides the references."""
    from rebound_sim.population.build import figures_of  # a compiler comes with both
    from rebound_sim.programme.turns import most_held

    months = world.time.burn_in_months + world.time.months
    employed = sum(figures_of(world.zone_scenario(code)).employed_residents for code in world.codes)
    rows = employed * (_ROWS + _ROWS_A_MONTH * months)
    arms += len(REFERENCES)
    people = min(rows * _OWN * arms, most_held(rows * _OWN))
    waiting = _PACKED if people < rows * _OWN * arms else 0.0
    return _PROCESS + people + rows * (_SHARED + _PUBLIC * arms + waiting)


def free_bytes() -> float:
    """Memory that processes may still take; infinite where the system does not tell."""
    try:
        import psutil
    except ImportError:
        return math.inf
    return float(psutil.virtual_memory().available)


def workers_that_fit(experiment: Experiment) -> tuple[int, str]:
    """Processes for the tasks of the experiment: one a processor, fewer where memory is short.

    Returns the number, and a sentence where memory decides it ("" elsewhere).
    """
    tasks = len(experiment.numbers) * len(experiment.groups) - 1
    tasks += pieces_of(experiment, experiment.numbers[0], 0)
    return that_fit(bytes_of_a_worker(experiment), tasks)


def that_fit(need: float, tasks: int) -> tuple[int, str]:
    """The same for tasks of which each needs so many bytes."""
    processors = min(available_workers(), tasks)
    free = free_bytes()
    fit = max(int(_USABLE * free / need), 1)
    if fit >= processors:
        return processors, ""
    return fit, (
        f"{fit} of {processors} workers: each needs about {need / 1e9:.1f} GB and "
        f"{free / 1e9:.1f} GB are free (--workers decides otherwise)."
    )
