"""Speed and memory of the model on this machine; see `rebound bench`."""

from rebound_sim.benchmarks.measures import measure

__all__ = ["measure"]
