"""Experiments: replications of a scenario or programme, run in parallel and stored."""

from rebound_sim.experiment.programme_experiment import ProgrammeExperiment
from rebound_sim.experiment.programme_results import ProgrammeResults, read_programme
from rebound_sim.experiment.programme_run import run_programme
from rebound_sim.experiment.run import Experiment, Watcher, run_experiment
from rebound_sim.experiment.store import ColumnDescription, Results, read_results
from rebound_sim.experiment.sweep_file import Sweep, load_sweep
from rebound_sim.experiment.sweep_run import run_sweep

__all__ = [
    "ColumnDescription",
    "Experiment",
    "ProgrammeExperiment",
    "ProgrammeResults",
    "Results",
    "Sweep",
    "Watcher",
    "load_sweep",
    "read_programme",
    "read_results",
    "run_experiment",
    "run_programme",
    "run_sweep",
]
