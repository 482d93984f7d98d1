"""Speed and memory of the model on this machine; see `rebound bench`."""

from rebound_sim.benchmarks.measures import measure
from rebound_sim.benchmarks.programme import measure_programme

__all__ = ["measure", "measure_programme"]
