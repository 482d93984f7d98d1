"""The first lines of a comparison: the answer in words that an adviser can repeat.

What holds in nearly all worlds, what depends on the world, what cannot be told from luck. Each word
follows from a count (`counts.hold`) or from luck's part of a difference, measured by several lucks
in the same worlds.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from rebound_sim.statistics.panels import NONE, Panels
from rebound_sim.statistics.programme.chosen import chosen_words
from rebound_sim.statistics.programme.counts import Hold, hold, in_worlds, whole
from rebound_sim.statistics.programme.pairs import probability_positive
from rebound_sim.statistics.programme.worlds import Standing, Worlds, wins

#: Worlds below which counts say little, and are said to.
FEW = 10
#: Luck's part of the variance of a difference from which the worlds cannot be told from luck.
LUCK_RULES = 0.5
_TOLD = 0.975
_FEWEST_LUCKS = 3  # spare lucks below which luck's part is not told
_MOST_PAIRS = 4  # named in one sentence; the table has the others


@dataclass(frozen=True)
class Duel:
    """Two strategies over worlds: the first is ahead in at least half of them.

    ahead : worlds, ties half    luck : luck's part of the variance of the difference, NaN unknown
    chance : that its mean is the higher, this pair alone
    """

    first: str
    second: str
    ahead: float
    worlds: int
    luck: float
    chance: float

    @property
    def verdict(self) -> str:
        """`holds`, `mostly`, `depends` (on the world), or, where the difference varies by luck more
        than by world, `average` (its mean is told from 0) or `luck` (it is not)."""
        held = hold(self.ahead, self.worlds)
        if held in (Hold.ALL, Hold.NEARLY_ALL):
            return "holds"
        if not math.isnan(self.luck) and self.luck >= LUCK_RULES:
            return "average" if self.chance >= _TOLD else "luck"
        return "mostly" if held is Hold.MOST else "depends"


def answer(
    panels: Panels,
    worlds: Worlds,
    standings: Sequence[Standing],
    spent: Mapping[str, float] | None = None,
) -> list[str]:
    """Sentences in the order in which a reader needs them. None with one world.

    spent : EUR, mean of net public spending by strategy
    """
    if worlds.count < 2:
        return []
    rows = [standing for standing in standings if standing.arm != NONE]
    pairs = duels(worlds, [row.arm for row in rows])
    return [
        _size(panels, rows, worlds, spent or {}),
        *_first(rows, worlds),
        *chosen_words(panels.taught, worlds.numbers.tolist()),
        *_against_none(rows, worlds),
        *_held(pairs, worlds),
        *_depends(pairs, worlds),
        *_luck(rows[0], worlds),
        *_few(worlds),
    ]


def duels(worlds: Worlds, names: Sequence[str]) -> list[Duel]:
    """Every pair of the names, the one that is ahead more often first."""
    found = []
    for one, other in combinations(names, 2):
        i, j = worlds.names.index(one), worlds.names.index(other)
        ahead = wins(worlds.values[i] - worlds.values[j])
        if ahead * 2 < worlds.count:
            one, other, ahead = other, one, worlds.count - ahead
            i, j = j, i
        chance = probability_positive(worlds.values[i] - worlds.values[j])
        found.append(Duel(one, other, ahead, worlds.count, _known_luck(worlds, i, j), chance))
    return found


def _size(
    panels: Panels, rows: Sequence[Standing], worlds: Worlds, spent: Mapping[str, float]
) -> str:
    best, last = rows[0], rows[-1]
    share = "four worlds of five" if worlds.unit == "world" else "four lucks of five"
    euros = spent.get(best.arm, math.nan)
    money = "" if math.isnan(euros) else f", for {euros / 1e6:,.1f} M EUR spent"
    lowest = f"; {last.arm} the lowest, {last.median:,.0f}" if len(rows) > 1 else ""
    means = {row.arm: worlds.values[worlds.names.index(row.arm)].mean() for row in rows}
    top = max(means, key=lambda arm: means[arm])
    # A few worlds of large effects carry a mean: who has it, where it is another, is said apart.
    mean = "" if top == best.arm else f" The highest mean is that of {top}: {means[top]:,.0f}."
    return (
        f"{best.arm} has the highest median: {best.median:,.0f} additional jobs after "
        f"{panels.horizon} months, {best.low:,.0f} to {best.high:,.0f} in {share} "
        f"({worlds.count} {worlds.unit}s){money}{lowest}.{mean}"
    )


def _first(rows: Sequence[Standing], worlds: Worlds) -> list[str]:
    if len(rows) < 2:
        return []
    order = sorted(rows, key=lambda row: -row.best_in)
    top, total, unit = order[0], worlds.count, worlds.unit
    if hold(top.best_in, total) in (Hold.ALL, Hold.NEARLY_ALL):
        return [f"{top.arm} is the best of all {in_worlds(top.best_in, total, unit)}."]
    leaders = [f"{row.arm} in {whole(row.best_in)}" for row in order if row.best_in >= 1]
    rest = "" if len(leaders) <= _MOST_PAIRS else f" and {len(leaders) - _MOST_PAIRS} others"
    named = ", ".join(leaders[:_MOST_PAIRS])
    return [f"Best of all, of {total} {unit}s: {named}{rest}." if named else ""][: bool(named)]


def _against_none(rows: Sequence[Standing], worlds: Worlds) -> list[str]:
    counts: dict[float, list[str]] = {}
    for row in rows:
        counts.setdefault(row.beats_none, []).append(row.arm)
    parts = [
        f"{_and(names)} {in_worlds(count, worlds.count, worlds.unit)}"
        for count, names in sorted(counts.items(), reverse=True)
    ]
    return [f"More jobs than without a programme: {'; '.join(parts)}."]


def _held(pairs: Iterable[Duel], worlds: Worlds) -> list[str]:
    """Winners of the same loser together."""
    losers: dict[str, list[Duel]] = {}
    for duel in pairs:
        if duel.verdict == "holds":
            losers.setdefault(duel.second, []).append(duel)
    if not losers:
        return [f"Between strategies, no order holds in nearly all {worlds.unit}s."]
    parts = []
    for loser, duels_won in losers.items():
        least = min(duel.ahead for duel in duels_won)
        names = _and([duel.first for duel in duels_won])
        at_least = "at least " if len({duel.ahead for duel in duels_won}) > 1 else ""
        parts.append(f"{names} above {loser} (in {at_least}{whole(least)} of {worlds.count})")
    return [
        f"Holds in nearly all {worlds.unit}s: {'; '.join(parts[:_MOST_PAIRS])}{_more(len(parts))}."
    ]


def _depends(pairs: Sequence[Duel], worlds: Worlds) -> list[str]:
    told: dict[tuple[str, ...], str] = {
        ("mostly",): "Leans one way",
        (
            "depends",
        ): "Depends on the world (with hundreds of draws, `rebound drivers` says on what)"
        if worlds.unit == "world"
        else "Depends on luck",
        ("average",): "Holds on average, not in each world, where luck hides it",
        ("luck",): "Cannot be told from luck",
    }
    if worlds.count < FEW:
        # Three of four, one way or the other, is what a coin gives more often than not.
        told = {
            ("mostly", "depends"): f"Not told by {worlds.count} {worlds.unit}s",
            ("average",): told["average",],
            ("luck",): told["luck",],
        }
    lines = []
    for verdicts, words in told.items():
        named = [duel for duel in pairs if duel.verdict in verdicts]
        if named:
            # The least clear first: they are what the reader must not order.
            named.sort(key=lambda duel: duel.ahead)
            said = "; ".join(_said(duel) for duel in named[:_MOST_PAIRS])
            lines.append(f"{words}: {said}{_more(len(named))}.")
    return lines


def _said(duel: Duel) -> str:
    """A pair that luck hides is not said to have a first."""
    count = f"{whole(duel.ahead)} of {duel.worlds}"
    if duel.verdict == "luck":
        return f"{duel.first} against {duel.second} (ahead in {count})"
    return f"{duel.first} above {duel.second} in {count}"


def _luck(best: Standing, worlds: Worlds) -> list[str]:
    if worlds.unit != "world":
        return []
    if math.isnan(best.luck_sd):
        return ["Luck was not measured apart: one luck in each world."]
    place = worlds.names.index(best.arm)
    total = math.sqrt(float(worlds.values[place].var(ddof=1)))
    return [
        f"Luck moves the figure of one world by ±{best.luck_sd:,.0f} jobs (standard deviation, "
        f"{worlds.crossed} world{'s' if worlds.crossed > 1 else ''} of several lucks), worlds "
        f"by ±{total:,.0f}."
    ]


def _few(worlds: Worlds) -> list[str]:
    if worlds.count >= FEW:
        return []
    return [f"{worlds.count} {worlds.unit}s are few: counts of them say little."]


def _known_luck(worlds: Worlds, first: int, second: int) -> float:
    return worlds.luck_share(first, second) if worlds.crossed >= _FEWEST_LUCKS else np.nan


def _more(count: int) -> str:
    left = count - _MOST_PAIRS
    return f"; {left} more" if left > 0 else ""


def _and(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
