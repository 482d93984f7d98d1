"""Experiments: replications of a world under some arms, run in parallel and stored."""

from rebound_sim.experiment.dictionary import ColumnDescription
from rebound_sim.experiment.experiment import Experiment
from rebound_sim.experiment.panel import Panel
from rebound_sim.experiment.results import Results, read_results
from rebound_sim.experiment.run import run_experiment
from rebound_sim.experiment.sweep_file import Sweep, load_sweep
from rebound_sim.experiment.sweep_run import run_sweep
from rebound_sim.experiment.watcher import Watcher

__all__ = [
    "ColumnDescription",
    "Experiment",
    "Panel",
    "Results",
    "Sweep",
    "Watcher",
    "load_sweep",
    "read_results",
    "run_experiment",
    "run_sweep",
]
