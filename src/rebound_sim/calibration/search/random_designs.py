"""Random numbers of designs of experiments: where to simulate, never what happens there.

The luck of simulations is addressed (`rng`); a design is drawn once, from a seed, in order.
"""

from __future__ import annotations

import numpy as np

Generator = np.random.Generator


def drawn_from(*seed: int) -> Generator:
    """A generator that gives the same numbers for the same seed."""
    return np.random.default_rng(seed)
