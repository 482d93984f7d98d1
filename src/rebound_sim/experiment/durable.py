"""Files that a power loss leaves whole or absent."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from rebound_sim.errors import InputError

_FULL_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def write_durably(final: Path, *pieces: bytes) -> None:
    """Write beside, flush to the disk, then rename: readers see all of the file or none."""
    partial = final.with_name(f".{final.name}.writing")
    with partial.open("wb") as stream:
        for piece in pieces:
            stream.write(piece)
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(final)
    flush_folder(final.parent)


def flush_file(path: Path) -> None:
    """Wait until a file that another library wrote is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    flush_file(folder)


def lock_or_refuse(lock: IO[str], shown: Path) -> None:
    """Hold a lock until `lock` is closed. Raises InputError when another process has it."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as fault:
        if fault.errno in (errno.EWOULDBLOCK, errno.EACCES):
            raise InputError("another run is writing here", file=str(shown)) from None
        # Some network file systems have no locks: go on without one.


@contextmanager
def disk_faults(final: Path, kept: Callable[[], str]) -> Iterator[None]:
    """Turn a fault of the disk into one message. kept : says what is left, in words."""
    try:
        yield
    except OSError as fault:
        full = fault.errno in _FULL_DISK
        problem = "the disk is full" if full else f"cannot be written: {reason(fault)}"
        raise InputError(f"{problem}; {kept()}", file=str(final)) from None


def reason(fault: Exception) -> str:
    """What the system says of a fault, in one line."""
    return getattr(fault, "strerror", None) or (str(fault).splitlines() or [""])[0]
