"""Matching: stable, the best for those who propose, whatever the order of people."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rebound_sim.kernels.matching import deferred_acceptance
from rebound_sim.kernels.vacancies import PARTS, next_on_ring


@st.composite
def markets(draw):
    """Applications of each person (best-liked first) and their scores."""
    vacancies = draw(st.integers(1, 6))
    people = draw(st.integers(1, 7))
    wishes = [
        draw(st.permutations(range(vacancies)))[: draw(st.integers(0, vacancies))]
        for _ in range(people)
    ]
    # Few distinct scores, so that ties are common.
    scores = [[draw(st.integers(0, 3)) / 2 for _ in wish] for wish in wishes]
    identities = draw(st.permutations(range(10, 10 + people)))
    return vacancies, wishes, scores, identities


def match(vacancies, wishes, scores, identities):
    start = np.cumsum([0, *(len(wish) for wish in wishes)]).astype(np.int64)
    holder = deferred_acceptance(
        start,
        np.array(list(itertools.chain(*wishes)), dtype=np.int32),
        np.array(list(itertools.chain(*scores)), dtype=np.float64),
        np.array(identities, dtype=np.int32),
        vacancies,
    )
    return {v: int(identities[k]) for v, k in enumerate(holder) if k >= 0}


@given(markets())
def test_stable_and_each_at_one_place(market):
    _, wishes, scores, identities = market
    kept = match(*market)
    assert len(set(kept.values())) == len(kept)
    place = {person: v for v, person in kept.items()}
    for wish, score, person in zip(wishes, scores, identities, strict=True):
        for v, value in zip(wish, score, strict=True):
            if place.get(person) == v:
                break
            # A liked vacancy is held by somebody whom the firm prefers.
            holder = identities.index(kept[v])
            held = scores[holder][wishes[holder].index(v)]
            assert (held, -kept[v]) > (value, -person)


@given(markets(), st.randoms())
def test_order_of_people_does_not_matter(market, random):
    vacancies, wishes, scores, identities = market
    order = list(range(len(wishes)))
    random.shuffle(order)
    shuffled = [[column[k] for k in order] for column in (wishes, scores, identities)]
    assert match(vacancies, *shuffled) == match(*market)


@given(markets(), st.integers(0, 20))
def test_one_more_vacancy_never_leaves_fewer_matched(market, extra):
    """A new vacancy liked least by one person: nobody is worse off."""
    vacancies, wishes, scores, identities = market
    before = match(*market)
    k = extra % len(wishes)
    wishes = [[*wish, vacancies] if n == k else wish for n, wish in enumerate(wishes)]
    scores = [[*score, 1.0] if n == k else score for n, score in enumerate(scores)]
    after = match(vacancies + 1, wishes, scores, identities)
    assert set(before.values()) <= set(after.values())


def test_nobody_and_nothing():
    assert match(3, [], [], []) == {}
    assert match(1, [[]], [[]], [4]) == {}


@pytest.mark.parametrize("n", [1, 2, 5, 40])
def test_next_on_ring_is_the_first_at_or_after(n):
    rng = np.random.default_rng(n)
    ring = np.sort(rng.integers(0, 2**32, n, dtype=np.uint64).astype(np.uint32))
    # First vacancy at or after each part of the ring, as `place_vacancies` prepares it.
    scaled = (ring.astype(np.uint64) * np.uint64(PARTS * n)) >> np.uint64(32)
    bucket = np.searchsorted(scaled, np.arange(PARTS * n)).astype(np.int32)
    words = np.concatenate([rng.integers(0, 2**32, 50, dtype=np.uint64), ring, [0, 2**32 - 1]])
    for word in words.astype(np.uint32):
        expected = int(np.searchsorted(ring, word, side="left")) % n
        assert next_on_ring(ring, bucket, word, 0, n) == expected
