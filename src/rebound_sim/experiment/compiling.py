"""The first compilation before work is shared: once on a machine, and told."""

from __future__ import annotations

import fcntl
from collections.abc import Callable


def compile_once(said: Callable[[str], None] | None = None) -> None:
    """Compile the kernels of this machine unless that is done; other processes wait meanwhile.

    said : told that a compilation starts, and how long it takes
    """
    from rebound_sim import warming
    from rebound_sim.compilation import CACHE_FOLDER

    if warming.is_warm():
        return
    if said is not None:
        seconds = warming.COLD_COMPILE_SECONDS
        said(f"Compiling the kernels once, about {seconds:.0f} s; later runs reuse them.")
    CACHE_FOLDER.mkdir(parents=True, exist_ok=True)
    with (CACHE_FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not warming.is_warm():
            warming.warm_up()
