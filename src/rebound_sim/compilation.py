"""Compile a function to machine code, with a cache that can be trusted.

Numba's own cache keeps an old kernel when only a function that it calls has changed in another
file. The cache folder is therefore named after a digest of every source file of the package and
of the versions that produce the machine code: a change of any rule makes a new folder.
"""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import llvmlite  # type: ignore[import-untyped]
import numba
import numpy as np
from numba.core import caching


def _source_digest() -> str:
    """Digest of the compiled sources, of Numba, LLVM and of the interpreter: 16 hex digits."""
    digest = hashlib.sha256()
    root = Path(__file__).parent
    sources = [Path(__file__)]
    # State codes are constants of the kernels, and records are read by position.
    for folder in ("rng", "state", "parameters", "rules", "kernels", "population"):
        sources += sorted((root / folder).glob("*.py"))
    for path in sources:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    for version in (numba.__version__, llvmlite.__version__, sys.version, platform.processor()):
        digest.update(version.encode())
    return digest.hexdigest()[:16]


def cache_folder() -> Path:
    """Folder of the compiled kernels; `REBOUND_CACHE_DIR` replaces the user's cache folder."""
    base = os.environ.get("REBOUND_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME")
    root = Path(base) if base else Path.home() / ".cache"
    return root / "rebound-sim" / _source_digest()


CACHE_FOLDER = cache_folder()


class _BySource(caching.UserProvidedCacheLocator):
    """Place of a kernel in the cache: by its file's name, so that copies of the package share it.

    Numba's own locator names the folder after the absolute path of the source. Here the folder is
    already named after a digest of every source. Tested with Numba 0.68.1.
    """

    @classmethod
    def get_suitable_cache_subpath(cls, py_file: str) -> str:
        return Path(py_file).parent.name

    @classmethod
    def from_function(cls, py_func: Callable[..., Any], py_file: str) -> Any:
        """The locator of a function of this package, None for any other."""
        if not Path(py_file).is_relative_to(Path(__file__).parent):
            return None
        return super().from_function(py_func, py_file)  # type: ignore[no-untyped-call]


numba.config.CACHE_DIR = str(CACHE_FOLDER)  # type: ignore[attr-defined]
caching.CacheImpl._locator_classes.insert(0, _BySource)


#: Numba's type stubs do not know `_nrt`.
_njit: Any = numba.njit
_STRICT: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy"}


def compiled(function: Callable[..., Any]) -> Any:
    """Compile `function` at its first call (Numba, nopython, without the interpreter's lock).

    Floating-point rules are strict (no fast-math), so that a compiled rule gives the same bits
    as the same rule run by the interpreter (`rule.py_func`).

    Reference counting is off: the caller owns every column for as long as a kernel runs. Counting
    them costs nine tenths of the time of an event (one atomic operation for each column touched:
    18.6 ms against 2.1 ms for a month of 34,000 events). A function that creates an array uses
    `compiled_allocating` instead; Numba refuses to compile it here.
    """
    return _njit(**_STRICT, _nrt=False)(function)


def compiled_allocating(function: Callable[..., Any]) -> Any:
    """As `compiled`, for functions that create arrays; they leave loops to `compiled` ones."""
    return _njit(**_STRICT)(function)


def inlined(function: Callable[..., Any]) -> Any:
    """As `compiled`, always copied into its callers by LLVM.

    For what a hot loop calls: a call would copy every field of a record, or a descriptor of every
    column of a table, to the stack (about 100 ns for the tables of people and firms).
    """
    return _njit(**_STRICT, _nrt=False, forceinline=True)(function)


@inlined
def unsigned(row):  # type: ignore[no-untyped-def]
    """A row ≥ 0 as an index that cannot count from the end, as negative ones do in Python.

    At a signed index, every read and write first asks whether it is negative: three instructions
    more, for each column of the row that is touched.
    """
    return np.uint32(row)
