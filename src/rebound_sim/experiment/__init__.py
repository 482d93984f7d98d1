"""Experiments: replications of a scenario under policies, run on processes and stored."""

from rebound_sim.experiment.run import Experiment, Watcher, run_experiment
from rebound_sim.experiment.store import ColumnDescription, Results, read_results

__all__ = [
    "ColumnDescription",
    "Experiment",
    "Results",
    "Watcher",
    "read_results",
    "run_experiment",
]
