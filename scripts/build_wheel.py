"""Build a wheel that holds the machine code of the kernels, and check it where nothing is cached.

    python scripts/build_wheel.py              # into dist/, for this Python, Numba and system
    python scripts/build_wheel.py --no-check

The wheel suits the versions of Python, Numba and llvmlite that run this script, and processors of
level x86-64-v3; others compile at their first run, as from a checkout. The check installs it apart,
runs a small basin with an empty cache, counts what is compiled (nothing), and compares the result
with that of kernels compiled for this very processor.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WARM = """
from rebound_sim import warming
from rebound_sim.compilation import CACHE_FOLDER, shipped
warming.warm_up()
shipped.describe(CACHE_FOLDER)
print(CACHE_FOLDER)
"""
CHECK = """
import gc, time
start = time.perf_counter()
from rebound_sim import warming
from rebound_sim.compilation.entries import Entry
from rebound_sim.model import BasinModel
from rebound_sim.benchmarks.worlds import world
warm = warming.is_warm()
model = BasinModel(world(2_000, 24), "rebond", seed=1).run()
seconds = time.perf_counter() - start
compiled = sum(sum(e.stats.cache_misses.values()) for e in gc.get_objects() if type(e) is Entry)
print(warm, compiled, model.digest(), round(seconds, 1))
"""


def python(code: str, **variables: str) -> list[str]:
    """Words that a program prints in a fresh interpreter."""
    environment = {**os.environ, "NUMBA_CPU_NAME": "", "NUMBA_CPU_FEATURES": "", **variables}
    for name in ("NUMBA_CPU_NAME", "NUMBA_CPU_FEATURES"):
        if name not in variables:
            environment.pop(name)
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout.split()


def machine_code(folder: Path, level: str) -> Path:
    """Compile every kernel for the level; returns the folder to ship."""
    [made] = python(
        WARM,
        PYTHONPATH=str(ROOT / "src"),
        REBOUND_CACHE_DIR=str(folder / "cache"),
        NUMBA_CPU_NAME=level,
        NUMBA_CPU_FEATURES="",
    )
    shipped = folder / "machine_code"
    leave = shutil.ignore_patterns("lock", "complete", "*.tmp.*")
    shutil.copytree(made, shipped / Path(made).name, ignore=leave)
    return shipped


def build(shipped: Path, dist: Path) -> Path:
    """The wheel, in `dist`."""
    before = set(dist.glob("*.whl"))
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--quiet",
            "--no-deps",
            "--wheel-dir",
            str(dist),
            str(ROOT),
        ],
        env={**os.environ, "REBOUND_MACHINE_CODE": str(shipped)},
        check=True,
    )
    made = set(dist.glob("*.whl")) - before or set(dist.glob("rebound_sim-*-cp*.whl"))
    return max(made, key=lambda path: path.stat().st_mtime)


def check(wheel: Path, folder: Path) -> None:
    """Stop unless the wheel compiles nothing and gives what kernels compiled here give."""
    site = folder / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    empty = {"PYTHONPATH": str(site), "REBOUND_CACHE_DIR": str(folder / "empty")}
    warm, compiled, digest, seconds = python(CHECK, **empty)
    _, compiled_here, digest_here, seconds_here = python(CHECK, **empty, REBOUND_COMPILE="1")
    print(f"{wheel.name}: {wheel.stat().st_size / 1e6:.1f} MB")
    print(f"  with its machine code: {compiled} kernels compiled, {seconds} s, digest {digest}")
    print(f"  without: {compiled_here} compiled, {seconds_here} s, digest {digest_here}")
    if warm != "True" or compiled != "0" or compiled_here == "0" or digest != digest_here:
        raise SystemExit("the machine code of the wheel is not used, or gives other results")


def main() -> None:
    """Build, then check."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dist", type=Path, default=ROOT / "dist")
    parser.add_argument("--no-check", action="store_true")
    options = parser.parse_args()
    options.dist.mkdir(exist_ok=True)
    sys.path.insert(0, str(ROOT / "src"))
    from rebound_sim.compilation import shipped

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wheel = build(machine_code(folder, shipped.LEVEL), options.dist)
        if not options.no_check:
            check(wheel, folder)


if __name__ == "__main__":
    main()
