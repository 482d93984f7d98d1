"""Files that a power loss leaves whole or absent."""

from __future__ import annotations

import errno
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from rebound_sim.errors import InputError

#: EDQUOT is not known on Windows.
_FULL_DISK = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG})
#: Seconds between tries to replace a file that somebody reads.
_PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8)
_NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP})


def write_durably(final: Path, *pieces: bytes) -> None:
    """Write beside, flush to the disk, then rename: readers see all of the file or none."""
    partial = final.with_name(f".{final.name}.writing")
    with partial.open("wb") as stream:
        for piece in pieces:
            stream.write(piece)
        stream.flush()
        os.fsync(stream.fileno())
    replace_file(partial, final)
    flush_folder(final.parent)


def replace_file(partial: Path, final: Path) -> None:
    """Put a file in the place of another. Raises OSError.

    Windows refuses while somebody reads the other (a second command, a scanner, a folder that is
    synchronised): it is tried again for about two seconds.
    """
    for pause in _PAUSES:
        try:
            partial.replace(final)
            return
        except PermissionError:
            time.sleep(pause)
    partial.replace(final)


def flush_file(path: Path) -> None:
    """Wait until a file that another library wrote is on the disk."""
    # Windows flushes only what is open for writing.
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())


def flush_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except PermissionError:
        return  # Windows opens no folder; NTFS keeps names in a journal.
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def locked(lock: Path, shown: Path) -> Iterator[None]:
    """Hold a lock file. Raises InputError when another process has it, OSError.

    On Windows a folder that holds it can be neither renamed nor removed before the end.
    """
    held = FileLock(lock)
    try:
        held.acquire(blocking=False)
    except Timeout:
        raise InputError("another run is writing here", file=str(shown)) from None
    except OSError as fault:
        if fault.errno not in _NO_LOCKS:
            raise
        # Some network file systems have no locks: go on without one.
    except NotImplementedError:
        pass
    try:
        yield
    finally:
        held.release()


def refuse_unwritable(folder: Path, option: str = "--out") -> None:
    """Make a folder that will hold what takes long to find. Raises InputError when it cannot be
    written: said before, nothing is lost."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as fault:
        raise InputError(
            f"cannot be written: {reason(fault)}", file=option, value=str(folder)
        ) from None


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
