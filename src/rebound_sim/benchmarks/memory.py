"""Memory of a run above the imports, in a process of its own."""

from __future__ import annotations

from rebound_sim.benchmarks.processes import peak_resident
from rebound_sim.benchmarks.worlds import world
from rebound_sim.model import BasinModel


def peak_bytes(active: int, months: int) -> int:
    """Growth of the largest resident size over a run that is built and simulated, in bytes.

    A tiny run comes first, so that compiled code counts among the imports.
    """
    BasinModel(world(2_000, 12), "rebond", seed=1).run()
    before = peak_resident()
    BasinModel(world(active, months), "rebond", seed=1).run()
    return peak_resident() - before
