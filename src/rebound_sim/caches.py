"""Where the package keeps what it can make again, and what is said when that place is refused.

`REBOUND_CACHE_DIR` replaces the user's cache folder (platformdirs). A place that cannot be written
(no home, a quota, a full disk) costs time, never a run: a folder of the user among temporary files
is used instead, and one line says so.
"""

from __future__ import annotations

import getpass
import os
import stat
import tempfile
from functools import cache
from pathlib import Path

import platformdirs

_VARIABLE = "REBOUND_CACHE_DIR"
_NAME = "rebound-sim"
_faults: list[str] = []


def faults() -> tuple[str, ...]:
    """What went wrong with caches in this process, a line each."""
    return tuple(_faults)


def report_fault(fault: Exception) -> None:
    """Note that something could not be kept; said once, since others follow."""
    reason = getattr(fault, "strerror", None) or str(fault)
    line = f"Compiled kernels cannot be kept ({reason}): later runs compile again."
    if line not in _faults:
        _faults.append(line)


@cache
def cache_folder() -> Path:
    """The folder of this package's caches: the chosen one, else one among temporary files."""
    chosen = os.environ.get(_VARIABLE)
    try:
        wanted = Path(chosen) / _NAME if chosen else platformdirs.user_cache_path(_NAME, False)
        refused = _refusal(wanted)
    except (OSError, RuntimeError, ValueError) as fault:  # no home
        wanted, refused = Path(chosen or "~"), str(fault)
    if not refused:
        return wanted
    try:
        instead = _temporary()
    except OSError:
        return wanted  # nothing is kept, and each use says why
    _faults.append(f"The cache {wanted} cannot be written ({refused}): {instead} is used.")
    return instead


def _refusal(folder: Path) -> str:
    """Why a folder cannot be written, "" if it can, or if it is complete and only read."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Some content: a full disk still makes empty files.
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(bytes(4096))
            probe.flush()
    except (OSError, ValueError) as fault:
        if any(folder.glob("*/complete")):
            return ""
        return getattr(fault, "strerror", None) or str(fault)
    return ""


def _temporary() -> Path:
    """A folder of this user alone, the same for each process. Raises OSError.

    Compiled code is executed: nobody else may have written it.
    """
    try:
        user = getpass.getuser()
    except (KeyError, ImportError, OSError):
        user = str(os.getuid()) if hasattr(os, "getuid") else "user"
    folder = Path(tempfile.gettempdir()) / f"{_NAME}-{user}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise NotADirectoryError(20, "not a folder", str(folder))
    if hasattr(os, "getuid") and (found.st_uid != os.getuid() or found.st_mode & 0o022):
        return Path(tempfile.mkdtemp(prefix=f"{_NAME}-"))
    if refused := _refusal(folder):
        raise OSError(refused)
    return folder
