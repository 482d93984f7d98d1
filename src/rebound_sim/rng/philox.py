"""Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw (SC'11).

It turns an address into independent bits without a state. Test vectors: the known-answer file
published with the Random123 library (`kat_vectors`, philox4x32 10), checked in the tests.
"""

from __future__ import annotations

import numpy as np

from rebound_sim.compilation import compiled

_MULTIPLIER_0 = np.uint64(0xD2511F53)
_MULTIPLIER_1 = np.uint64(0xCD9E8D57)
_WEYL_0 = np.uint64(0x9E3779B9)
_WEYL_1 = np.uint64(0xBB67AE85)
_LOW = np.uint64(0xFFFFFFFF)
_32 = np.uint64(32)


@compiled
def philox4x32(counter, key):  # type: ignore[no-untyped-def]
    """Ten rounds of Philox on a counter of four 32-bit words under a key of two.

    counter : tuple of 4 uint64, each < 2**32    key : tuple of 2 uint64, each < 2**32
    Returns a tuple of 4 uint64, each < 2**32. Source: Salmon et al. 2011, section 3.
    """
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        product_0 = _MULTIPLIER_0 * c0
        product_1 = _MULTIPLIER_1 * c2
        c0, c1, c2, c3 = (
            (product_1 >> _32) ^ c1 ^ k0,
            product_1 & _LOW,
            (product_0 >> _32) ^ c3 ^ k1,
            product_0 & _LOW,
        )
        k0 = (k0 + _WEYL_0) & _LOW
        k1 = (k1 + _WEYL_1) & _LOW
    return c0, c1, c2, c3
