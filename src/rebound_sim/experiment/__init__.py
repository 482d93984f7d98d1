"""Experiments: replications of a scenario or programme, run in parallel and stored."""

from rebound_sim.experiment.programme_results import ProgrammeResults, read_programme
from rebound_sim.experiment.programme_run import ProgrammeExperiment, run_programme
from rebound_sim.experiment.run import Experiment, Watcher, run_experiment
from rebound_sim.experiment.store import ColumnDescription, Results, read_results

__all__ = [
    "ColumnDescription",
    "Experiment",
    "ProgrammeExperiment",
    "ProgrammeResults",
    "Results",
    "Watcher",
    "read_programme",
    "read_results",
    "run_experiment",
    "run_programme",
]
