"""Ranks that the replications support: for each strategy the ranks that it may have.

A strategy may rank no higher than 1 + the number of strategies established better than it, and no
lower than the number of strategies minus those that it is established better than. With all pairs
tested together (Holm on the ordered pairs, one-sided paired t tests), all of these sets hold at
once with 95 % confidence: the stepwise confidence sets for ranks of Mogstad, Romano, Shaikh and
Wilhelm, "Inference for Ranks", Review of Economic Studies 91 (2024), with Holm in place of the
bootstrap, which few replications cannot carry.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from rebound_sim.arrays import Floats
from rebound_sim.statistics.intervals import Estimate, mean_estimate
from rebound_sim.statistics.programme.pairs import Pair


@dataclass(frozen=True, slots=True)
class Rank:
    """Ranks that a strategy may have, from first to last, and its estimate."""

    arm: str
    estimate: Estimate
    first: int
    last: int


def ranks(
    names: tuple[str, ...], values: Floats, pairs: Sequence[Pair], *, lower_is_better: bool = False
) -> list[Rank]:
    """In the order of the estimates, best first; of the names where replications are too few.

    values : [strategies, replications]    pairs : of the same values
    """
    beaten_by = dict.fromkeys(names, 0)
    beats = dict.fromkeys(names, 0)
    for pair in pairs:
        if pair.established:
            beats[pair.arm] += 1
            beaten_by[pair.other] += 1
    found = [
        Rank(name, mean_estimate(row), 1 + beaten_by[name], len(names) - beats[name])
        for name, row in zip(names, values, strict=True)
    ]
    if values.shape[1] < 2:
        return found
    sign = 1.0 if lower_is_better else -1.0
    order = np.argsort([sign * rank.estimate.value for rank in found], kind="stable")
    return [found[place] for place in order]


@dataclass(frozen=True, slots=True)
class Order:
    """What ranks allow to say of the first place.

    kind  : "first" (one strategy is above each of the others), "among" (one of several, others are
            excluded), "none" (none is excluded: no pair is established)
    first : strategies that may be first
    """

    kind: Literal["first", "among", "none"]
    first: tuple[str, ...]


def order_of(ranks: Sequence[Rank]) -> Order:
    """The order that ranks allow to state."""
    first = tuple(rank.arm for rank in ranks if rank.first == 1)
    if len(first) == len(ranks):
        return Order("none", first)
    return Order("first" if len(first) == 1 else "among", first)


def identical_groups(names: tuple[str, ...], pairs: Sequence[Pair]) -> list[tuple[str, ...]]:
    """Groups of the strategies named that have the same value in every replication."""
    same: dict[str, set[str]] = {name: {name} for name in names}
    for pair in pairs:
        # Pairs with `none` are there too: without any effect all strategies are like it.
        if pair.identical and pair.arm in same:
            same[pair.arm].add(pair.other)
    groups = dict.fromkeys(tuple(n for n in names if n in same[name]) for name in names)
    return [group for group in groups if len(group) > 1]
