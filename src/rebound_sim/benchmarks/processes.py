"""Measurements in a process of their own, and the memory of a process."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from pathlib import Path


def run_python(code: str, *arguments: int, cache: str | None = None) -> str:
    """What `code` prints in a fresh interpreter. cache : folder of compiled kernels to use."""
    environment = dict(os.environ)
    root = str(Path(__file__).parents[2])
    environment["PYTHONPATH"] = os.pathsep.join(
        part for part in (root, environment.get("PYTHONPATH", "")) if part
    )
    if cache is not None:
        environment["REBOUND_CACHE_DIR"] = cache
    command = [sys.executable, "-c", code, *(str(argument) for argument in arguments)]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return done.stdout


def load_average() -> float:
    """Processes that wanted a processor over the last minute; NaN where the system does not say."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else math.nan


def peak_resident() -> int:
    """Largest resident size of this process so far, in bytes; 0 where the system does not say."""
    status = Path("/proc/self/status")
    if status.exists():
        # The figure of getrusage starts at that of the process that started this one.
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    try:
        import resource
    except ImportError:  # Windows
        return 0
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return largest if sys.platform == "darwin" else largest * 1024
