"""The first compilation before work is shared: once on a machine, and told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from filelock import FileLock


def compile_once(said: Callable[[str], None] | None = None) -> None:
    """Compile the kernels of this machine unless that is done; other processes wait meanwhile.

    said : told that a compilation starts, and how long it takes
    """
    from rebound_sim import warming
    from rebound_sim.caches import faults
    from rebound_sim.compilation import CACHE_FOLDER

    tell = said or (lambda _line: None)
    told = faults()
    for line in told:
        tell(line)
    if warming.is_warm():
        return
    seconds = warming.COLD_COMPILE_SECONDS
    tell(f"Compiling the kernels once, about {seconds:.0f} s; later runs reuse them.")
    with _alone(CACHE_FOLDER):
        if not warming.is_warm():
            warming.warm_up()
    for line in faults()[len(told) :]:
        tell(line)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process compiles at a time, where the folder can hold a lock."""
    with ExitStack() as stack:
        with suppress(OSError, NotImplementedError):
            folder.mkdir(parents=True, exist_ok=True)
            stack.enter_context(FileLock(folder / "lock"))
        yield
