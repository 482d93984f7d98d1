"""Experiments: replications of a world under some arms, run in parallel and stored.

The public names below are imported at first use: to read results loads no engine.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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

_MODULES = {
    "ColumnDescription": "dictionary",
    "Experiment": "experiment",
    "Panel": "panel",
    "Watcher": "watcher",
    **dict.fromkeys(("Results", "read_results"), "results"),
    **dict.fromkeys(("Sweep", "load_sweep"), "sweep_file"),
    "run_experiment": "run",
    "run_sweep": "sweep_run",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module 'rebound_sim.experiment' has no attribute {name!r}")
    return getattr(import_module(f"rebound_sim.experiment.{_MODULES[name]}"), name)
