"""What decides the numbers that a process produces: sources, figures, packages, platform, libm."""

from __future__ import annotations

import hashlib
import math
import platform
import struct
import subprocess
from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from rebound_sim import __version__
from rebound_sim.data.tables import tables_digest
from rebound_sim.errors import InputError
from rebound_sim.sources import same_lines

_RECORDED_PACKAGES = ("mesa", "numba", "numpy", "scipy", "pyarrow", "pydantic")
_DECIDING_PACKAGES = ("numpy", "numba", "llvmlite")
_SHOWING = frozenset({"cli", "figures", "report", "statistics", "__pycache__"})
_SOURCE_SUFFIXES = frozenset({".py", ".toml", ".csv", ".json", ".parquet", ".npz"})
#: The installed parameter sets: `parameters_digest` says which values were used.
_ENSEMBLE = frozenset({"ensemble.csv", "ensemble.json"})
#: What each entry of `provenance` is, for a message that two runs differ by it.
WORDS = {
    "rebound-sim": "another version of rebound-sim",
    "sources": "another state of the source code",
    "tables": "other tables of figures",
    "platform": "another platform",
    "libm": "another library of mathematics",
    "python": "another version of Python",
    **{name: f"another version of {name}" for name in _DECIDING_PACKAGES},
}

#: What the user of a folder that belongs to another run may do.
INSTEAD = "the same run, --overwrite, or another --out"


def provenance() -> dict[str, str]:
    """Name → value; equal values, equal numbers. Keys are those of WORDS."""
    return {
        "rebound-sim": __version__,
        "sources": _own_sources(),
        "tables": tables_digest(),
        "platform": f"{platform.system()} {platform.machine()}",
        "libm": libm(),
        "python": platform.python_version(),
        **{name: _version(name) for name in _DECIDING_PACKAGES},
    }


@lru_cache(maxsize=1)
def _own_sources() -> str:
    return source_digest()


@lru_cache(maxsize=1)
def libm() -> str:
    """Name of the C library, and a digest of what its functions give at fixed points.

    Two libraries of one name may differ in the last bit of `exp` or `pow`, which the name of a
    platform does not tell.
    """
    digest = hashlib.sha256()
    for k in range(1, 401):
        x = k * 0.0173
        values = (
            math.exp(-x),
            math.log(x),
            math.log1p(x),
            math.expm1(x),
            math.pow(x, 1.0 / 3.0),
            math.sin(x),
            math.cos(x),
            math.tanh(x),
            math.erf(x),
            math.lgamma(x),
        )
        digest.update(struct.pack("<10d", *values))
    name = " ".join(part for part in platform.libc_ver() if part)
    return f"{name} {digest.hexdigest()[:8]}".strip()


def differing(expected: Mapping[str, str], found: Mapping[str, str]) -> list[str]:
    """Names of what two provenances do not share, in the order of WORDS."""
    return [name for name in WORDS if expected.get(name) != found.get(name)]


def refuse_other_origin(
    now: Mapping[str, str], then: Mapping[str, str], folder: Path, instead: str = INSTEAD
) -> None:
    """Raise InputError when what stands in a folder was made by what gives other numbers.

    instead : what the user may do
    """
    for name in differing(now, then):
        before, here = (origin.get(name, "not noted") for origin in (then, now))
        refuse_other_run(WORDS[name], before, here, folder, instead)


def refuse_other_run(words: str, then: str, now: str, folder: Path, instead: str = INSTEAD) -> None:
    """Raise the InputError of a folder that belongs to another run. words : what differs"""
    raise InputError(
        f"these results were made with {words} (then {then}, now {now})",
        file=str(folder),
        allowed=instead,
    )


def refuse_other_worker(expected: Mapping[str, str], found: Mapping[str, str], who: str) -> None:
    """Raise InputError when a worker would not produce the numbers of this process."""
    other = [
        f"{name} {found.get(name, 'absent')} (here {expected.get(name, 'absent')})"
        for name in differing(expected, found)
    ]
    if other:
        raise InputError(
            f"{who} has another version: {', '.join(other)}",
            file="--scheduler",
            allowed="the same environment on every worker",
        )


def package_versions() -> dict[str, str]:
    """Versions of the interpreter and of the packages that produce the numbers."""
    found = {"rebound-sim": __version__, "python": platform.python_version()}
    return found | {name: _version(name) for name in _RECORDED_PACKAGES}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"


def source_digest() -> str:
    """Digest of the package's sources and shipped figures: 16 hexadecimal digits.

    The version alone does not tell two states of a checkout apart. Folders that only show results
    are left out: mending a figure does not change what was simulated; so are installed parameter
    sets.
    """
    root = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root)
        shown = _SHOWING.intersection(inside.parts) or path.name in _ENSEMBLE
        if path.suffix in _SOURCE_SUFFIXES and not shown:
            digest.update(inside.as_posix().encode())
            digest.update(same_lines(path))
    return digest.hexdigest()[:16]


def git_commit() -> str | None:
    """Commit of the checkout that holds this package, with `+changes` when it was edited.

    None for an installed package, or without git.
    """
    package = Path(__file__).resolve().parents[1]
    top = package.parents[1]
    if not (top / ".git").exists() or package.parent.name != "src":
        return None
    try:
        commit = _git(top, "rev-parse", "HEAD").strip()
        changed = _git(top, "status", "--porcelain", "--untracked-files=no", "--", "src").strip()
    except (OSError, subprocess.SubprocessError):
        return None
    return f"{commit}+changes" if changed else commit


def _git(top: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(top), *arguments],
        capture_output=True,
        check=True,
        encoding="utf-8",
        timeout=10,
        stdin=subprocess.DEVNULL,
    )
    return done.stdout
