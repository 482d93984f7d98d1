"""Files that a power loss leaves whole or absent."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from rebound_sim.errors import InputError
from rebound_sim.whole_files import write_whole
from rebound_sim.windows_names import on_windows

#: Folder of what only this program reads: lock, index, records not yet gathered.
STATE = ".state"
#: EDQUOT is not known on Windows.
_FULL_DISK = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG})
#: Characters of a folder inside which a path may be too long for Windows: files of results add 126.
_LONG_FOLDER = 133
_NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP})


def write_durably(final: Path, *pieces: bytes) -> None:
    """Write a file whole and flush it, and its name, to the disk. Raises OSError."""
    write_whole(final, *pieces, flushed=True)
    flush_folder(final.parent)


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
    """Raise InputError when a folder that is to hold what takes long to find cannot be written, or
    made: said before, nothing is lost."""
    there = next((place for place in (folder, *folder.absolute().parents) if place.exists()), None)
    try:
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as fault:
        raise InputError(
            f"cannot be written: {reason(fault)}",
            file=option,
            value=str(folder),
            allowed="a folder that can be",
        ) from None


@contextmanager
def disk_faults(final: Path, kept: Callable[[], str]) -> Iterator[None]:
    """Turn a fault of the disk into one message. kept : says what is left, in words."""
    try:
        yield
    except OSError as fault:
        full = fault.errno in _FULL_DISK
        problem = "the disk is full" if full else f"cannot be written: {reason(fault)}"
        problem += _of_a_long_path(final, fault)
        raise InputError(f"{problem}; {kept()}", file=str(final)) from None


def _of_a_long_path(final: Path, fault: OSError) -> str:
    """Windows says of a path that it finds too long that it does not exist."""
    unknown = fault.errno in (errno.ENOENT, errno.EINVAL, errno.ENAMETOOLONG)
    if not on_windows() or not unknown or len(str(final.absolute())) <= _LONG_FOLDER:
        return ""
    return " (paths inside it may pass the 260 characters that Windows takes: a shorter one)"


def reason(fault: Exception) -> str:
    """What the system says of a fault, in one line."""
    return getattr(fault, "strerror", None) or (str(fault).splitlines() or [""])[0]
