"""Machine code inside an installed wheel: found by the digest of the sources, else compiled here.

`scripts/build_wheel.py` makes such wheels. They hold code for one version of Python, Numba and
llvmlite and a level of processor that most have (x86-64-v3: AVX2, FMA, BMI, from 2013 on); without
them, or on another processor, kernels are compiled at their first call, as in a checkout.
`REBOUND_COMPILE=1` has them compiled here whatever the wheel holds.
"""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import llvmlite.binding as llvm

FOLDER = "machine_code"
LEVEL = "x86-64-v3"
#: What a processor must do to run code of this level, as LLVM names it.
NEEDED = (
    "avx", "avx2", "bmi", "bmi2", "cx16", "f16c", "fma", "lzcnt", "movbe", "popcnt", "sahf",
    "sse4.1", "sse4.2", "ssse3", "xsave",
)  # fmt: skip
_TARGET = "target.json"


def target() -> dict[str, str]:
    """What machine code of this level is made for on this system."""
    return {"triple": llvm.get_process_triple(), "cpu": LEVEL, "features": ""}


def describe(folder: Path) -> None:
    """Write beside machine code what it was made for."""
    (folder / _TARGET).write_text(json.dumps(target()), encoding="utf-8")


@cache
def shipped_folder(package: Path, digest: str) -> Path | None:
    """Folder of machine code for these sources that this processor runs, None without."""
    folder = package / FOLDER / digest
    if os.environ.get("REBOUND_COMPILE") or not (folder / _TARGET).exists():
        return None
    made_for = json.loads((folder / _TARGET).read_text(encoding="utf-8"))
    return folder if made_for == target() and suits(_features()) else None


def _features() -> dict[str, bool]:
    try:
        return dict(llvm.get_host_cpu_features())
    except RuntimeError:  # LLVM does not know this processor
        return {}


def suits(features: dict[str, bool]) -> bool:
    """True if a processor of these features runs code of the level."""
    return all(features.get(name, False) for name in NEEDED)


def key_of(key: tuple[Any, ...]) -> tuple[Any, ...]:
    """Numba's key of machine code, for that of the wheel: (types, target, bytecode)."""
    kinds, _, bytecode = key
    return kinds, tuple(target().values()), bytecode
