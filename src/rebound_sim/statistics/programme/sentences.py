"""Notes under the tables of a comparison: means and their intervals, and what they leave out.

A sentence about an order rests on `established` pairs alone (all pairs considered together); one
about a figure, on its own interval.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from rebound_sim.statistics.cell import Cell
from rebound_sim.statistics.intervals import NO_DENOMINATOR
from rebound_sim.statistics.panels import NONE, Panels
from rebound_sim.statistics.programme.best import Best
from rebound_sim.statistics.programme.pairs import Pair
from rebound_sim.statistics.programme.ranking import Rank, identical_groups, order_of
from rebound_sim.statistics.programme.sharing import Sharing

FEW = 10  # replications below which Student's interval leans on the normality of differences
TARGET = 10  # times fewer replications that common random numbers should need
ASSUMPTIONS = (
    "What engineering and grants cause is assumed, not estimated (docs/validation.md): orders "
    "between strategies that use them differently follow from these assumptions."
)
LUCK_ONLY = "Intervals tell the luck of the simulation only: parameters are held at their values."


@dataclass(frozen=True)
class Findings:
    """What the sentences rest on: ranks and pairs of additional jobs at the end of the run."""

    panels: Panels
    ranks: Sequence[Rank]
    pairs: Sequence[Pair]
    rows: Sequence[Cell]
    sharing: Sharing
    best: Mapping[str, Best] = field(default_factory=dict)


def sentences(findings: Findings) -> list[str]:
    """Sentences in the order in which a reader needs them."""
    if findings.panels.count == 1:
        first = ["1 replication: no interval can be given, so nothing here is a finding."]
        return [*first, *_failures(findings.panels), *_caveats(findings.panels)]
    return [
        *_precision(findings.panels),
        *_order(findings),
        *_chances(findings),
        *_against_none(findings),
        *_identical(findings),
        *_costs(findings),
        *_pairing(findings),
        *_sharing(findings.sharing),
        *_failures(findings.panels),
        *_caveats(findings.panels),
    ]


def nothing_to_compare(panels: Panels) -> list[str]:
    """Why, when there is no strategy or no replication to compare."""
    return ["Nothing can be compared.", *_failures(panels)]


def _precision(panels: Panels) -> list[str]:
    left_out = panels.ended.size - panels.count - panels.further.size
    lines = []
    if left_out:
        lines.append(
            f"{_number(left_out, 'replication is', 'replications are')} left out: some strategies "
            "are missing there."
        )
    if panels.until:
        lines.append(
            f"The number of replications was chosen by {panels.until}: intervals here are a little "
            "too narrow; those of the looks, in manifest.json, allow for it."
        )
    if panels.count < FEW:
        lines.append(
            f"{panels.count} {panels.unit}s are few: intervals of means are wide, and rest on "
            "differences being normal."
        )
    return lines


def _order(findings: Findings) -> list[str]:
    ranks, over = findings.ranks, _units(findings.panels)
    end, order = findings.panels.horizon, order_of(findings.ranks)
    if order.kind == "first" or len(ranks) == 1:
        second = ranks[1].arm if len(ranks) > 1 else ""
        said = f"On average over {over}, {order.first[0]} creates the most jobs after {end} months"
        return [f"{said}: more than each of the others, {second} included."] if second else []
    if order.kind == "none":
        return [
            f"On average, no order can be given: none of the {len(ranks)} means can be told from "
            f"another with {over}."
        ]
    outside = len(ranks) - len(order.first)
    which = f"; the other {outside} cannot be first" if outside else ""
    return [
        f"The highest mean after {end} months is that of one of {_and(order.first)}: they cannot "
        f"be told apart with {over}{which}."
    ]


def _chances(findings: Findings) -> list[str]:
    """Joint chances of the best mean, and what choosing the likeliest costs in expectation."""
    if len(findings.best) < 3:
        return []
    order = sorted(findings.best.values(), key=lambda best: -best.chance)
    named = [best for best in order if best.chance >= 0.05][:4]
    chances = ", ".join(f"{best.arm} {100 * best.chance:.0f} %" for best in named)
    safest = min(order, key=lambda best: best.regret)
    return [
        f"Chance of the highest mean, all together: {chances}. Least expected regret: "
        f"{safest.arm}, {safest.regret:,.0f} jobs."
    ]


def _units(panels: Panels) -> str:
    """`12 worlds`."""
    return f"{panels.count} {panels.unit}{'s' if panels.count > 1 else ''}"


def _against_none(findings: Findings) -> list[str]:
    more = [p.arm for p in findings.pairs if p.other == NONE and p.established]
    less = [p.other for p in findings.pairs if p.arm == NONE and p.established]
    rest = [s for s in findings.panels.strategies if s not in (*more, *less)]
    lines = []
    if more and not less and not rest:
        every = f"all {len(more)}" if len(more) > 1 else more[0]
        return [f"Mean above that of no programme, established: {every}."]
    if more:
        lines.append(f"Mean above that of no programme, established: {_and(more)}.")
    if less:
        lines.append(f"Mean below that of no programme, established: {_and(less)}.")
    always = {p.arm for p in findings.pairs if p.other == NONE and p.share == 1.0}
    everywhere = [name for name in rest if name in always]
    unsure = [name for name in rest if name not in always]
    if everywhere:
        lines.append(
            f"Above no programme in all {_units(findings.panels)}, by amounts too uneven to "
            f"establish the mean, all pairs together: {_and(everywhere)}."
        )
    if unsure:
        lines.append(
            "Mean not established as different from no programme, all pairs together: "
            f"{_and(unsure)}."
        )
    return lines


def _identical(findings: Findings) -> list[str]:
    names = tuple(rank.arm for rank in findings.ranks)
    return [
        f"{_and(group)} give the same jobs in every {findings.panels.unit}."
        for group in identical_groups(names, findings.pairs)
    ]


def _costs(findings: Findings) -> list[str]:
    hidden = [
        row.arm
        for row in findings.rows
        if row.outcome == "cost_per_additional_job" and row.interval == NO_DENOMINATOR
    ]
    if not hidden:
        return []
    return [
        f"Cost per additional job is not shown for {_and(hidden)}: the interval of "
        f"{'its' if len(hidden) == 1 else 'their'} additional jobs contains 0."
    ]


def _pairing(findings: Findings) -> list[str]:
    against = [p.pairing for p in findings.pairs if p.other == NONE]
    factors = [p.factor for p in against if not math.isnan(p.factor)]
    if not factors:
        return []
    least = min(against, key=lambda p: math.inf if math.isnan(p.factor) else p.factor)
    median = float(np.median(factors))
    if least.factor < TARGET:
        said = f"below the {TARGET} aimed at"
    elif math.isnan(least.low) or least.low >= TARGET:
        said = f"at least the {TARGET} aimed at"
    else:
        said = f"above the {TARGET} aimed at, which its interval does not exclude"
    interval = "" if math.isnan(least.low) else f" [{_factor(least.low)}; {_factor(least.high)}]"
    return [
        f"Common random numbers: additional jobs need {_factor(median)} times fewer "
        f"{'worlds' if findings.panels.unit == 'world' else 'replications'} than independent draws "
        f"(median of strategies); the least is {_factor(least.factor)}{interval}: {said}."
    ]


def _sharing(saved: Sharing) -> list[str]:
    if saved.asked == 0 or saved.simulated >= saved.asked:
        return []
    return [
        f"Sharing: {saved.simulated:,.0f} zone-months simulated for {saved.asked:,.0f} asked for, "
        f"{saved.saved_percent:.0f} % saved by simulating once what receives the same decisions."
    ]


def _caveats(panels: Panels) -> list[str]:
    """What rests on assumptions, and what intervals leave out."""
    return [ASSUMPTIONS] if panels.parameter_sets > 1 else [ASSUMPTIONS, LUCK_ONLY]


def _failures(panels: Panels) -> list[str]:
    return [
        f"{f.arm} failed in {_number(f.replications, 'replication', 'replications')} and is "
        f"not compared: {f.error}"
        for f in panels.failures
    ]


def _factor(value: float) -> str:
    return "∞" if math.isinf(value) else f"{value:,.0f}" if value >= 10 else f"{value:.1f}"


def _number(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"


def _and(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
