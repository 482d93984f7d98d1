"""Scenario discovery: the box of worlds in which something happens, or none.

PRIM peels, from the side and by the parameter that help most, a small part of the worlds that are
left (Friedman and Fisher 1999, Statistics and Computing 9; Bryant and Lempert 2010, Technological
Forecasting and Social Change 77). With more parameters than worlds a box is always found. So only
parameters are looked at that move the outcome more than chance, by their rank correlation or first
order; a box is told only if it is denser than what the same search, choice of parameters included,
finds after shuffling; and its shares are given in worlds that the search has not seen too. Two
parameters that matter by their interaction alone are not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from rebound_sim.arrays import Floats
from rebound_sim.decision.drivers.indices import Inert, inert_levels, strengths
from rebound_sim.statistics.resampling import generator

Flags = NDArray[np.bool_]

PEEL = 0.08
#: Least share of worlds in a box.
SUPPORT = 0.12
#: Parameters that a box may bound: more cannot be told in a sentence.
MOST_BOUNDS = 3
#: Parameters that the first search looks at, the strongest of those above chance.
SCREENED = 6
SHUFFLES = 200
RESAMPLES = 20
LEVEL = 0.05
_SEED = 18


@dataclass(frozen=True, slots=True)
class Bound:
    """A side of a box: `parameter` above `low` or below `high` (the other is infinite).

    kept : share of resamples in which the search bounds this parameter on this side
    """

    parameter: str
    low: float
    high: float
    kept: float


@dataclass(frozen=True)
class Box:
    """Worlds inside some bounds.

    inside, outside : share of worlds where it happens    coverage : share of its worlds inside
    unseen_inside, unseen_outside : the same of worlds left out of the search (resampled)
    chance : share of shuffled searches that do as well
    """

    bounds: tuple[Bound, ...]
    worlds: int
    inside: float
    outside: float
    coverage: float
    unseen_inside: float
    unseen_outside: float
    chance: float

    @property
    def found(self) -> bool:
        """Whether it is more than chance."""
        return self.chance <= LEVEL and bool(self.bounds)


Sides = dict[tuple[int, bool], float]  # (parameter, lower side) -> bound


def discover(
    names: Sequence[str],
    parameters: Floats,
    happens: Flags,
    outcome: Floats | None = None,
    inert: Inert | None = None,
) -> Box | None:
    """The box where it happens most, tested; None where it happens always or never. Without bounds
    where no parameter is above chance.

    parameters : float[worlds, names]    happens : bool[worlds]
    outcome    : float[worlds], what decides whether it happens, `happens` itself without it
    inert      : what inert parameters reach for this outcome, computed without it
    """
    if happens.all() or not happens.any():
        return None
    outcome = happens.astype(float) if outcome is None else outcome
    worlds = _Worlds(parameters, happens, outcome, inert or inert_levels(parameters, outcome))
    sides, score = search(worlds)
    luck = generator(_SEED)
    inside = contains(sides, parameters)
    kept, unseen = _resampled(sides, worlds, luck)
    bounds = tuple(
        Bound(
            names[number],
            bound if lower else -np.inf,
            np.inf if lower else bound,
            kept[number, lower],
        )
        for (number, lower), bound in sides.items()
    )
    return Box(
        bounds,
        int(inside.sum()),
        _share(happens[inside]),
        _share(happens[~inside]),
        float(happens[inside].sum() / happens.sum()),
        *unseen,
        _chance(worlds, score, luck),
    )


@dataclass(frozen=True)
class _Worlds:
    """What a search looks at. inert : for as many worlds as there are"""

    parameters: Floats
    happens: Flags
    outcome: Floats
    inert: Inert

    def shuffled(self, order: NDArray[np.int64]) -> _Worlds:
        """What happens, moved to other parameters."""
        return replace(self, happens=self.happens[order], outcome=self.outcome[order])

    def some(self, rows: NDArray[np.int64]) -> _Worlds:
        """Some of the worlds: chance reaches further among fewer."""
        wider = np.sqrt(self.happens.size / rows.size)
        inert = replace(
            self.inert,
            correlation_of_all=self.inert.correlation_of_all * wider,
            first_order_of_all=self.inert.first_order_of_all * wider,
        )
        return _Worlds(self.parameters[rows], self.happens[rows], self.outcome[rows], inert)

    def told(self) -> NDArray[np.int64]:
        """Parameters above chance, the strongest SCREENED of them."""
        strength = strengths(self.parameters, self.outcome, self.inert)
        first = np.argsort(-strength, kind="stable")[:SCREENED]
        return np.sort(first[strength[first] > 1.0])


def search(worlds: _Worlds) -> tuple[Sides, float]:
    """The best box of at most MOST_BOUNDS parameters, and its score; none without a parameter
    above chance.

    Peels among these; leaves out those whose bounds matter least; peels again among the others.
    All of it is what shuffled searches do too.
    score : standard deviations by which the box has more than its share, draws without replacement
    """
    parameters, happens, columns = worlds.parameters, worlds.happens, worlds.told()
    if not columns.size:
        return {}, 0.0
    sides, _ = _path(parameters, happens, columns)
    while len(numbers := {number for number, _ in sides}) > MOST_BOUNDS:
        rests = [{side: b for side, b in sides.items() if side[0] != one} for one in numbers]
        sides = max(rests, key=lambda rest: _score(happens, contains(rest, parameters)))
    if not sides:
        return {}, 0.0
    return _path(parameters, happens, np.array(sorted(numbers)))


def _path(parameters: Floats, happens: Flags, columns: NDArray[np.int64]) -> tuple[Sides, float]:
    """The box of the best score on the path of peels among some parameters."""
    inside = np.ones(happens.size, bool)
    sides: Sides = {}
    best: tuple[Sides, float] = ({}, 0.0)
    while inside.sum() * (1.0 - PEEL) >= max(SUPPORT * happens.size, 5):
        step = _best_peel(parameters, happens, inside, columns)
        if step is None:
            break
        number, lower, bound = step
        sides = {**sides, (number, lower): bound}
        inside = contains(sides, parameters)
        score = _score(happens, inside)
        if score > best[1] + 1e-12:
            best = (sides, score)
    return best


def _chance(worlds: _Worlds, score: float, luck: Generator) -> float:
    """Share of shuffled searches that do as well, itself counted. It stops once the box cannot be
    told from chance (Besag and Clifford 1991, Biometrika 78)."""
    if score == 0.0:
        return 1.0
    most, better = int(LEVEL * (1 + SHUFFLES)) + 1, 0
    for tried in range(1, SHUFFLES + 1):
        better += search(worlds.shuffled(luck.permutation(worlds.happens.size)))[1] >= score
        if better >= most:
            return better / tried
    return (1 + better) / (1 + SHUFFLES)


def contains(sides: Sides, parameters: Floats) -> Flags:
    """Worlds inside: bool[worlds]."""
    inside = np.ones(parameters.shape[0], bool)
    for (number, lower), bound in sides.items():
        column = parameters[:, number]
        inside &= (column >= bound) if lower else (column <= bound)
    return inside


def _best_peel(
    parameters: Floats, happens: Flags, inside: Flags, columns: NDArray[np.int64]
) -> tuple[int, bool, float] | None:
    """The peel after which it happens most among what is left."""
    left = parameters[inside][:, columns]
    hits = happens[inside].astype(float)
    total, count = hits.sum(), hits.size
    found: tuple[float, int, bool, float] | None = None
    peeled = max(1, round(PEEL * count))
    ordered = np.partition(left, [peeled, count - 1 - peeled], axis=0)
    for lower in (True, False):
        bounds = ordered[peeled if lower else count - 1 - peeled]
        removed = (left < bounds) if lower else (left > bounds)
        # Ties at the bound: nothing would be peeled.
        gone = removed.sum(axis=0)
        stay = count - gone
        usable = (gone > 0) & (stay > 0)
        density = np.where(usable, (total - hits @ removed) / np.maximum(stay, 1), -1.0)
        place = int(density.argmax())
        if usable[place] and (found is None or density[place] > found[0]):
            found = (float(density[place]), int(columns[place]), lower, float(bounds[place]))
    return None if found is None else found[1:]


def _score(happens: Flags, inside: Flags) -> float:
    count, size = happens.size, int(inside.sum())
    if size in (0, count):
        return 0.0
    share = happens.mean()
    spread = size * share * (1 - share) * (count - size) / (count - 1)
    return float((happens[inside].sum() - size * share) / np.sqrt(spread)) if spread > 0 else 0.0


def _resampled(
    sides: Sides, worlds: _Worlds, luck: Generator
) -> tuple[dict[tuple[int, bool], float], tuple[float, float]]:
    """How often each side is found again, and shares in worlds left out, over resamples that find
    a box."""
    parameters, happens = worlds.parameters, worlds.happens
    again = dict.fromkeys(sides, 0.0)
    hits, sizes = np.zeros(2), np.zeros(2)
    for _ in range(RESAMPLES):
        order = luck.permutation(happens.size)
        seen, unseen = np.split(order, [4 * happens.size // 5])
        if happens[seen].all() or not happens[seen].any():
            continue
        found, _ = search(worlds.some(seen))
        if not found:
            continue
        for side in sides:
            again[side] += (side in found) / RESAMPLES
        inside = contains(found, parameters[unseen])
        for place, rows in enumerate((inside, ~inside)):
            hits[place] += happens[unseen][rows].sum()
            sizes[place] += rows.sum()
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = hits / sizes
    return again, (float(shares[0]), float(shares[1]))


def _share(flags: Flags) -> float:
    return float(flags.mean()) if flags.size else float("nan")
