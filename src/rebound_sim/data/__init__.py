"""Figures shipped with the package, and what a run reads of them with NumPy alone.

`official/` reads the downloads of producers, `building/` makes the tables of them.
"""

from rebound_sim.data.directory import neighbour_weights

__all__ = ["neighbour_weights"]
