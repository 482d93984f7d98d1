"""Memory of a run above the imports, in a process of its own."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from rebound_sim.benchmarks.worlds import world
from rebound_sim.model import BasinModel


def peak_bytes(active: int, months: int) -> int:
    """Growth of the largest resident size over a run that is built and simulated, in bytes.

    A tiny run comes first, so that compiled code counts among the imports.
    """
    BasinModel(world(2_000, 12), "rebond", seed=1).run()
    before = _resident()
    BasinModel(world(active, months), "rebond", seed=1).run()
    return _resident() - before


def _resident() -> int:
    status = Path("/proc/self/status")
    if status.exists():
        # The figure of getrusage starts at that of the process that started this one.
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return largest if sys.platform == "darwin" else largest * 1024
