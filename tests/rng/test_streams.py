"""Streams are append-only, and no part of an address is ignored."""

import itertools

import numpy as np
import pytest

from rebound_sim.rng.keys import month_keys, run_keys
from rebound_sim.rng.streams import Stream, stream_key

#: Frozen: a code is never renumbered nor reused. A new stream is added here at the end.
FROZEN_CODES = {
    "PERSON_TRAITS": 1,
    "FIRM_TRAITS": 2,
    "PROJECT_TRAITS": 3,
    "PLACES": 4,
    "MONTHLY_EVENT": 5,
    "EMPLOYMENT_ASSIGNMENT": 6,
    "FIRM_SHOCK": 7,
    "FIRM_FAILURE": 8,
    "FIRM_ENTRY": 9,
    "LAYOFF_SKILL": 10,
    "SEARCH_NUMBER": 11,
    "SEARCH_SECTOR": 12,
    "PAIR_SCORE": 13,
    "VACANCY_RING": 14,
    "VACANCY_SKILL": 15,
    "CONTRACT": 16,
    "BASIN_SHOCK": 17,
    "CLOSURE": 18,
    "COMMITTEE": 19,
    "IN_MIGRATION": 20,
    "ENGINEERING_VISIT": 21,
    "STAGE": 22,
    "CLOSURE_PERSON": 23,
}


def test_codes_are_frozen():
    codes = {stream.name: int(stream) for stream in Stream}
    for name, code in FROZEN_CODES.items():
        assert codes[name] == code
    assert len(set(codes.values())) == len(codes)


def test_new_codes_come_last():
    for stream in Stream:
        if stream.name not in FROZEN_CODES:
            assert int(stream) > max(FROZEN_CODES.values())


def test_every_part_of_an_address_counts():
    base = {"seed": 3, "replication": 2, "basin": "3202", "stream": Stream.CONTRACT, "month": 7}
    others = {
        "seed": (0, 4, 3 + 2**32),
        "replication": (0, 3),
        "basin": ("3203", ""),
        "stream": (Stream.CLOSURE,),
        "month": (0, 8, -1),
    }
    keys = {int(stream_key(**base))}
    expected = 1
    for name, values in others.items():
        for value in values:
            keys.add(int(stream_key(**{**base, name: value})))
            expected += 1
    assert len(keys) == expected


@pytest.mark.parametrize("seed", [0, 1, 2**32, 2**64 - 1])
def test_any_seed_is_accepted_and_differs_from_its_neighbour(seed):
    key = stream_key(seed, 0, "3202", Stream.FIRM_SHOCK)
    assert key.dtype == np.uint64
    assert key != stream_key((seed + 1) % 2**64, 0, "3202", Stream.FIRM_SHOCK)


def test_keys_of_a_run_and_of_its_months_are_all_different():
    records = [run_keys(0, 0, "3202"), *(month_keys(0, 0, "3202", month) for month in range(50))]
    keys = list(itertools.chain.from_iterable(records))
    assert len({int(key) for key in keys}) == len(keys)


def test_a_key_is_frozen():
    """Published results can be repeated by later versions: this number must never change."""
    assert int(stream_key(1, 2, "3202", Stream.MONTHLY_EVENT, 3)) == 4233172464621204005
