"""Compile a function to machine code, kept on disk until one of the sources changes.

`cache` says where machine code is kept, `entries` what is made of a function, `blocks` how records
of columns and of numbers reach it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from rebound_sim.compilation.blocks import prefetch
from rebound_sim.compilation.cache import CACHE_FOLDER, SHIPPED_FOLDER, cache_folder, source_digest
from rebound_sim.compilation.entries import Entry

__all__ = [
    "CACHE_FOLDER",
    "SHIPPED_FOLDER",
    "cache_folder",
    "compiled",
    "compiled_allocating",
    "inlined",
    "prefetch",
    "source_digest",
    "unsigned",
]


def compiled(function: Callable[..., Any]) -> Any:
    """Compile `function` at its first call (Numba, nopython, without the interpreter's lock).

    Floating-point rules are strict (no fast-math), so that a compiled rule gives the same bits
    as the same rule run by the interpreter (`rule.py_func`).

    Reference counting is off: the caller owns every column for as long as a kernel runs. Counting
    them costs nine tenths of the time of an event (one atomic operation for each column touched:
    18.6 ms against 2.1 ms for a month of 34,000 events). A function that creates an array uses
    `compiled_allocating` instead; Numba refuses to compile it here.
    """
    return Entry(function, _nrt=False)


def compiled_allocating(function: Callable[..., Any]) -> Any:
    """As `compiled`, for functions that create arrays; they leave loops to `compiled` ones."""
    return Entry(function)


def inlined(function: Callable[..., Any]) -> Any:
    """As `compiled`, always copied into its callers by LLVM, for what a hot loop calls."""
    return Entry(function, _nrt=False, forceinline=True)


@inlined
def unsigned(row):  # type: ignore[no-untyped-def]
    """A row ≥ 0 as an index that cannot count from the end, as negative ones do in Python.

    At a signed index of an array, every read and write first asks whether it is negative.
    """
    return np.uint32(row)
