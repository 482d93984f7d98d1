"""Where machine code is kept: a folder named after what it was made from.

Numba's own cache keeps an old kernel when only a function that it calls has changed in another
file. The cache folder is therefore named after a digest of every source file of the kernels and of
the versions that produce the machine code: a change of any rule makes a new folder.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import llvmlite
import numba
from numba.core import caching

from rebound_sim import caches
from rebound_sim.compilation.shipped import key_of, shipped_folder
from rebound_sim.sources import same_lines

PACKAGE = Path(__file__).parents[1]


def source_digest() -> str:
    """Digest of the compiled sources, of Numba, LLVM and of the interpreter: 16 hex digits."""
    digest = hashlib.sha256()
    # State codes are constants of the kernels, and records are read by position.
    folders = ("compilation", "rng", "state", "parameters", "rules", "kernels", "population")
    paths = [path for folder in folders for path in sorted((PACKAGE / folder).glob("*.py"))]
    for path in (PACKAGE / "fields.py", *paths):
        digest.update(path.name.encode())
        digest.update(same_lines(path))
    python = sys.implementation.cache_tag or sys.version
    for version in (numba.__version__, llvmlite.__version__, python, sys.platform):
        digest.update(version.encode())
    return digest.hexdigest()[:16]


def cache_folder() -> Path:
    """Folder of the compiled kernels of these sources."""
    return caches.cache_folder() / source_digest()


CACHE_FOLDER = cache_folder()
SHIPPED_FOLDER = shipped_folder(PACKAGE, CACHE_FOLDER.name)


class _BySource(caching.UserProvidedCacheLocator):
    """Place of a kernel in the cache: by its file's name, so that copies of the package share it.

    Numba's own locator names the folder after the absolute path of the source. Here the folder is
    already named after a digest of every source. Tested with Numba 0.68.1.
    """

    @classmethod
    def get_suitable_cache_subpath(cls, py_file: str) -> str:
        return Path(py_file).parent.name

    def get_source_stamp(self) -> str:
        """Nothing: the folder stands for every source."""
        return ""

    @classmethod
    def from_function(cls, py_func: Callable[..., Any], py_file: str) -> Any:
        """The locator of a function of this package, None for any other."""
        if not Path(py_file).is_relative_to(PACKAGE):
            return None
        return super().from_function(py_func, py_file)


class Kept(caching.FunctionCache):
    """The machine code of a function on the disk, whose faults (quota, full disk) stop no run."""

    def load_overload(self, sig: Any, target: Any) -> Any:
        """The compiled function, from the wheel or the cache; None when it cannot be read."""
        try:
            shipped = self._load_shipped(sig, target) if SHIPPED_FOLDER else None
            return shipped or super().load_overload(sig, target)
        except (OSError, EOFError) as fault:
            caches.report_fault(fault)

    def _load_shipped(self, sig: Any, target: Any) -> Any:
        target.refresh()
        folder = Path(str(SHIPPED_FOLDER)) / Path(self._cache_path).name
        files = caching.IndexDataCacheFile(str(folder), self._impl.filename_base, "")
        data = files.load(key_of(self._index_key(sig, target.codegen())))
        return None if data is None else self._impl.rebuild(target, data)

    def save_overload(self, *arguments: Any) -> None:
        """Keep a compiled function if that can be done."""
        try:
            super().save_overload(*arguments)
        except OSError as fault:
            caches.report_fault(fault)


numba.config.CACHE_DIR = str(CACHE_FOLDER)  # type: ignore[attr-defined]
caching.CacheImpl._locator_classes.insert(0, _BySource)
