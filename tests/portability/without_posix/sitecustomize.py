"""A process as Windows makes them, for tests: Python imports this file before anything else.

What Windows has not is taken away (modules, signals, calls), and what Windows refuses is refused:
to open a folder, to flush a file that is open for reading, to rename or remove what is open, to
replace a folder. Output has a code page, and a text file opened without an encoding is an error.
"""

# ruff: noqa: PTH112, PTH115, PTH208
import errno
import fcntl
import mmap
import multiprocessing.heap
import os
import shutil
import signal
import sys
import tempfile
import warnings
from pathlib import Path

_flags = fcntl.fcntl
for _module in ("fcntl", "resource", "termios", "tty", "pwd", "grp", "readline"):
    sys.modules[_module] = None

for _name in (
    "SIGALRM",
    "SIGHUP",
    "SIGUSR1",
    "SIGUSR2",
    "SIGVTALRM",
    "SIGPROF",
    "SIGQUIT",
    "setitimer",
    "getitimer",
    "alarm",
    "pause",
    "pthread_sigmask",
    "pthread_kill",
    "sigwait",
    "sigpending",
):
    delattr(signal, _name)
# Libraries that choose by `sys.platform` still need who and what this is (getuid, uname).
for _name in (
    "fork",
    "forkpty",
    "killpg",
    "getpgid",
    "getpgrp",
    "setsid",
    "nice",
    "getloadavg",
    "sched_getaffinity",
    "sched_setaffinity",
    "fdatasync",
    "mkfifo",
    "chown",
    "lchown",
    "statvfs",
    "sync",
    "O_DIRECTORY",
):
    if hasattr(os, _name):
        delattr(os, _name)
shutil._use_fd_functions = False
# Elsewhere a temporary file is removed while it is open.
tempfile.TemporaryFile = tempfile.NamedTemporaryFile


def _refuse(path):
    raise PermissionError(errno.EACCES, "refused as Windows does", os.fspath(path))


def _in_use(path):
    """Whether this process has a file open at a path or below it."""
    wanted = os.path.realpath(path)
    for number in os.listdir("/proc/self/fd"):
        try:
            held = os.readlink(f"/proc/self/fd/{number}")
        except OSError:
            continue
        if held == wanted or held.startswith(wanted + "/"):
            return True
    return f" {wanted}" in Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace")


def _wrapped(function):
    def call(path, *others, **named):
        if _in_use(path) or (others and (os.path.isdir(others[0]) or _in_use(others[0]))):
            _refuse(path)
        return function(path, *others, **named)

    return call


for _name in ("replace", "rename", "unlink", "remove", "rmdir"):
    setattr(os, _name, _wrapped(getattr(os, _name)))

_open, _fsync = os.open, os.fsync


def _open_file(path, flags, *others, **named):
    if os.path.isdir(path):
        _refuse(path)
    return _open(path, flags, *others, **named)


def _flush(descriptor):
    if _flags(descriptor, 3) & 3 == 0:  # F_GETFL, O_ACCMODE: read only
        raise OSError(errno.EBADF, "Bad file descriptor")
    _fsync(descriptor)


os.open, os.fsync = _open_file, _flush


def _shared_memory(self, size, descriptor=-1):
    self.size, self.fd = size, descriptor
    if descriptor == -1:
        self.fd = os.memfd_create("shared")
        os.ftruncate(self.fd, size)
    self.buffer = mmap.mmap(self.fd, size)


# Python has memory without a name for this on Windows, and a removed file here.
multiprocessing.heap.Arena.__init__ = _shared_memory
for _stream in (sys.stdout, sys.stderr):
    _stream.reconfigure(encoding="cp1252", errors="strict")
warnings.filterwarnings("error", category=EncodingWarning, module=r"rebound_sim")
warnings.filterwarnings("ignore", message="only soft file lock")
