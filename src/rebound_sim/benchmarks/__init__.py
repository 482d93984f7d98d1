"""Speed and memory of the model on this machine; see `rebound bench`."""

from rebound_sim.benchmarks.comparison import measure_comparison
from rebound_sim.benchmarks.measures import measure
from rebound_sim.benchmarks.programme import measure_programme
from rebound_sim.benchmarks.targets import TARGETS, beside_targets

__all__ = ["TARGETS", "beside_targets", "measure", "measure_comparison", "measure_programme"]
