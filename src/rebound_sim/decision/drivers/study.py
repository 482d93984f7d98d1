"""What decides an outcome over the worlds of a comparison, as numbers and as sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rebound_sim.arrays import Floats
from rebound_sim.decision.drivers.checks import Check, Leaf, salib_checks, small_tree
from rebound_sim.decision.drivers.indices import Driver, Inert, drivers
from rebound_sim.decision.drivers.prim import Bound, Box, discover
from rebound_sim.decision.drivers.shapley import Shares, shared_variance
from rebound_sim.decision.worlds_table import WorldsTable
from rebound_sim.parameters import PARAMETERS
from rebound_sim.parameters.names import short_name

ENOUGH = 100
#: Parameters whose variance is shared out (Shapley), and that libraries check.
_SHARED, _CHECKED = 5, 12


@dataclass(frozen=True)
class DriversStudy:
    """What decides one thing.

    what    : in words    event : in words, what the box is about
    first, second : strategies; second is "" for an outcome of one strategy
    axes    : two parameters to draw worlds by: those of the box that is found, then the strongest
    plane : float[worlds, 2]
    values  : float[worlds]    happens : bool[worlds]    shared : of the strongest parameters
    """

    what: str
    event: str
    values: Floats
    happens: NDArray[np.bool_]
    drivers: tuple[Driver, ...]
    inert: Inert
    shared: Shares
    checks: tuple[Check, ...]
    box: Box | None
    tree: tuple[Leaf, ...]
    first: str
    second: str
    axes: tuple[str, ...]
    plane: Floats

    @property
    def worlds(self) -> int:
        """Number of worlds."""
        return int(self.values.size)


def of_strategy(table: WorldsTable, strategy: str, outcome: str) -> DriversStudy:
    """What decides an outcome of a strategy; the box is where it is above its median."""
    words = outcome.replace("_", " ")
    what = f"{words} of {strategy}"
    table, values = table.where_known(table.of(strategy, outcome), what)
    middle = float(np.median(values))
    event = f"{strategy} has more {words} than {middle:,.4g}, its median"
    names = (strategy, "")
    return _studied(table, what, event, values, values > middle, names)


def of_difference(table: WorldsTable, first: str, second: str, outcome: str) -> DriversStudy:
    """What decides the difference of two strategies; the box is where the first is above."""
    words = outcome.replace("_", " ")
    what = f"{words} of {first} less those of {second}"
    differences = table.of(first, outcome) - table.of(second, outcome)
    table, values = table.where_known(differences, what)
    return _studied(
        table,
        what,
        f"{first} has more {words} than {second}",
        values,
        values > 0,
        (first, second),
    )


def _studied(
    table: WorldsTable,
    what: str,
    event: str,
    values: Floats,
    happens: NDArray[np.bool_],
    strategies: tuple[str, str],
) -> DriversStudy:
    found, inert = drivers(table.parameters, table.inputs, values)
    strongest = [driver.parameter for driver in found[:_SHARED]]
    shared = shared_variance(strongest, _columns(table, strongest), values)
    checked = [driver.parameter for driver in found[:_CHECKED]]
    box = discover(table.parameters, table.inputs, happens, values, inert)
    bounded = [bound.parameter for bound in box.bounds] if box and box.found else []
    axes = tuple(dict.fromkeys([*bounded, *strongest]))[:2]
    return DriversStudy(
        what,
        event,
        values,
        happens,
        tuple(found),
        inert,
        shared,
        tuple(salib_checks(checked, _columns(table, checked), values)),
        box,
        tuple(small_tree(checked, _columns(table, checked), happens))
        if 0 < happens.sum() < happens.size
        else (),
        *strategies,
        axes,
        _columns(table, axes),
    )


def _columns(table: WorldsTable, names: Sequence[str]) -> Floats:
    return table.inputs[:, [table.parameters.index(name) for name in names]]


def words(study: DriversStudy) -> list[str]:
    """Sentences: what is above chance, how much is explained, and where it happens."""
    return [*_drivers(study), *_shared(study), *_box(study)]


def _drivers(study: DriversStudy) -> list[str]:
    sure = [driver for driver in study.drivers if driver.above_chance]
    few = f" {study.worlds} worlds tell little: 300 are asked for." if study.worlds < ENOUGH else ""
    count, level = len(study.drivers), study.inert.correlation_of_all
    if not sure:
        return [
            f"No parameter is above chance for {study.what}: the largest of {count} inert ones "
            f"would reach |r| = {level:.2f} in {study.worlds} worlds.{few}"
        ]
    named = ", ".join(
        f"{short_name(d.parameter)} ({'more' if d.correlation > 0 else 'less'} where higher, r = "
        f"{d.correlation:+.2f})"
        for d in sure[:5]
    )
    return [
        f"What decides {study.what} ({study.worlds} worlds): {named}. The largest of {count} inert "
        f"parameters would reach |r| = {level:.2f}.{few}"
    ]


def _shared(study: DriversStudy) -> list[str]:
    if not any(driver.above_chance for driver in study.drivers):
        return []
    parts = ", ".join(
        f"{short_name(name)} {100 * max(effect, 0.0):.0f} %"
        for name, effect in zip(study.shared.names, study.shared.effects, strict=True)
    )
    return [
        f"Shares of its variance, correlation shared out: {parts}; an inert one would reach "
        f"{100 * study.shared.inert:.0f} %. The rest is other parameters and luck."
    ]


def _box(study: DriversStudy) -> list[str]:
    box, share = study.box, float(study.happens.mean())
    if box is None:
        always = "in all" if share == 1.0 else "in none"
        return [f"{study.event} {always} of {study.worlds} worlds."]
    if not box.bounds:
        return [
            f"{study.event} in {100 * share:.0f} % of {study.worlds} worlds; no parameter is above "
            f"chance, so that no box of worlds is looked for."
        ]
    if not box.found:
        return [
            f"{study.event} in {100 * share:.0f} % of {study.worlds} worlds, and no box of them is "
            f"denser than chance makes one (p = {box.chance:.2f})."
        ]
    unseen = (
        ""
        if np.isnan(box.unseen_inside)
        else f" ({100 * box.unseen_inside:.0f} % in worlds that the search had not seen)"
    )
    return [
        f"{study.event} in {100 * box.inside:.0f} % of the {box.worlds} worlds where "
        f"{_and([bound_words(bound) for bound in box.bounds])}{unseen}; in "
        f"{100 * box.outside:.0f} % of the others."
    ]


def bound_words(bound: Bound) -> str:
    """`the pace at which projects mature without help is below 0.05 a month`."""
    low = bool(np.isfinite(bound.low))
    side, value = ("above", bound.low) if low else ("below", bound.high)
    return f"{short_name(bound.parameter)} is {side} {value:.3g}{_unit(bound.parameter)}"


def _unit(name: str) -> str:
    """In words, after a value; nothing for a ratio."""
    unit = PARAMETERS[name].unit if name in PARAMETERS else "1"
    if unit in ("1", "log"):
        return ""
    return f" a {unit[2:]}" if unit.startswith("1/") else f" {unit}"


def _and(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
