"""Figures shipped with the package, loaders of official files, and the script of the tables.

Run-time modules (`sectors`, `tables`, `basins`, `synthetic`, `national`, `history`, `fragility`,
`relatedness`, `exposure`) need only the standard library and NumPy.
The other modules serve `rebound data build` alone.
"""

from rebound_sim.data.directory import neighbour_weights

__all__ = ["neighbour_weights"]
