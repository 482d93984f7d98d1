"""The streams: one code for each process that draws. Append only; never renumber or reuse.

An address is (seed, replication, basin; stream, month; entity, other). The policy never enters
it, so two policies face the same luck and differ only where the policy reached.
"""

from __future__ import annotations

import zlib
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from rebound_sim.compilation import compiled
from rebound_sim.rng.philox import philox4x32


class Stream(IntEnum):
    """What a draw decides."""

    PERSON_TRAITS = 1
    FIRM_TRAITS = 2
    PROJECT_TRAITS = 3
    PLACES = 4
    MONTHLY_EVENT = 5
    EMPLOYMENT_ASSIGNMENT = 6
    FIRM_SHOCK = 7
    FIRM_FAILURE = 8
    FIRM_ENTRY = 9
    LAYOFF_SKILL = 10
    SEARCH_NUMBER = 11
    SEARCH_SECTOR = 12
    PAIR_SCORE = 13
    VACANCY_RING = 14
    VACANCY_SKILL = 15
    CONTRACT = 16
    BASIN_SHOCK = 17
    CLOSURE = 18
    COMMITTEE = 19
    IN_MIGRATION = 20
    ENGINEERING_VISIT = 21
    STAGE = 22
    CLOSURE_PERSON = 23


#: Shift of the month in an address, so that months before t = 0 have one too.
MONTH_ORIGIN = 1 << 20


_LOW, _32 = np.uint64(0xFFFFFFFF), np.uint64(32)


@compiled
def _stream_words(seed, replication, basin, month, streams, out):  # type: ignore[no-untyped-def]
    key = (seed & _LOW, seed >> _32)
    for k in range(streams.size):
        word_0, word_1, _, _ = philox4x32((replication, basin, streams[k], month), key)
        out[k] = (word_0 << _32) | word_1


def stream_keys(
    seed: int, replication: int, basin: str, streams: npt.NDArray[np.uint64], month: int = 0
) -> npt.NDArray[np.uint64]:
    """Keys of several streams in one month: 64 bits each from Philox.

    seed : 0 ≤ seed < 2**64; every value, 0 included, gives its own luck.
    replication : 0 ≤ replication < 2**32    basin : code of the zone    month : month of the run
    streams : codes, uint64[n]. Returns uint64[n], to be given with an entity to the functions of
    `rng.draws`.
    """
    out = np.empty(streams.size, dtype=np.uint64)
    address = (seed, replication, zlib.crc32(basin.encode()), month + MONTH_ORIGIN)
    _stream_words(*(np.uint64(word) for word in address), streams, out)
    return out


def stream_key(
    seed: int, replication: int, basin: str, stream: Stream, month: int = 0
) -> np.uint64:
    """Key of one stream in one month, as `stream_keys`."""
    codes = np.array([int(stream)], dtype=np.uint64)
    return np.uint64(stream_keys(seed, replication, basin, codes, month)[0])
