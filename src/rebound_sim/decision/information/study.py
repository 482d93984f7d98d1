"""What finding out is worth in a comparison: all, each parameter, sets; under each belief."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rebound_sim.arrays import Floats
from rebound_sim.decision.information.prior import (
    BELIEFS,
    EFFECT_OF_A_DAY,
    Belief,
    weights_of,
    worlds_worth,
)
from rebound_sim.decision.information.value import (
    Worth,
    largest_inert,
    partial_information,
    perfect_information,
    value_alone,
)
from rebound_sim.decision.worlds_table import FEWEST_WORLDS, FILE, WorldsTable
from rebound_sim.errors import InputError
from rebound_sim.parameters import PARAMETERS
from rebound_sim.parameters.names import short_name

JOBS, SPENT = "additional_jobs", "public_cost"
#: Parameters looked at closely: those worth most by themselves.
MOST_SHOWN = 10
_TOLD = 1.645  # standard errors above 0, 95 % on one side
_MILLION = 1e6
#: What an adviser could set out to learn. Names that do not vary are left out.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "effect of engineering": (
        EFFECT_OF_A_DAY, "instruments.days_needed", "instruments.days_per_visit",
        "instruments.visit_finds", "instruments.visit_share", "instruments.plans_known",
    ),
    "pace of projects without help": (
        "projects.detection", "projects.maturation", "projects.decision",
        "projects.abandon_latent", "projects.abandon_detected",
    ),
    "effect of a grant": (
        "projects.constraint_small", "projects.constraint_size", "projects.constraint_group",
        "projects.constraint_relief", "projects.capital_per_job",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Information:
    """What finding out is worth under one belief about the effect of a day.

    unit   : "job" or "EUR"    best : strategy of the highest mean today
    worlds : effective number of them
    everything : of knowing all, luck included: an upper bound
    largest_inert : what the best of as many inert parameters reaches, 95 %
    known  : of parameters and sets, the most valuable first; names of sets in `labels`
    """

    belief: Belief
    unit: str
    best: str
    worlds: float
    everything: float
    largest_inert: float
    known: tuple[Worth, ...]
    labels: Mapping[tuple[str, ...], str]

    def above_chance(self, worth: Worth) -> bool:
        """A set named beforehand is held against chance alone; the best of all parameters, against
        the best of as many inert ones; both against their own error."""
        named = worth.parameters in self.labels or worth.parameters == (EFFECT_OF_A_DAY,)
        level = worth.inert if named else max(worth.inert, self.largest_inert)
        return worth.value > max(level, _TOLD * worth.error)

    def label(self, worth: Worth) -> str:
        """The name of a set, or of its one parameter."""
        return self.labels.get(worth.parameters, ", ".join(worth.parameters))

    def amount(self, *values: float) -> str:
        """A value, and its error where there is one, in jobs or millions of euros."""
        if self.unit == "job":
            return f"{' ± '.join(f'{value:,.0f}' for value in values)} jobs"
        return f"{' ± '.join(f'{value / _MILLION:,.2f}' for value in values)} M EUR"

    def words(self, worth: Worth) -> str:
        """The same, a parameter by a few words."""
        named = ", ".join(short_name(name) for name in worth.parameters)
        return self.labels.get(worth.parameters, named)


def information(
    table: WorldsTable,
    value_per_job: float | None = None,
    sets: Mapping[str, Sequence[str]] | None = None,
) -> list[Information]:
    """Under every belief. value_per_job : EUR; without it, in jobs, whatever they cost.

    sets : named sets of parameters looked at besides GROUPS
    Raises InputError: a parameter that does not vary between these worlds, fewer than two arms,
    too few worlds where all arms have figures.
    """
    table, values = _known(table, _values(table, value_per_job))
    labels = _sets(table, sets or {})
    unit = "job" if value_per_job is None else "EUR"
    return [_under(table, values, belief, unit, labels) for belief in BELIEFS.values()]


def _values(table: WorldsTable, value_per_job: float | None) -> Floats:
    """float[worlds, strategies]: jobs, or EUR of jobs less EUR spent."""
    jobs = np.stack([table.of(name, JOBS) for name in table.strategies], axis=1)
    if value_per_job is None:
        return jobs
    if value_per_job <= 0:
        raise InputError(
            "out of range", file="--value-per-job", value=value_per_job, allowed="above 0 EUR"
        )
    spent = np.stack([table.of(name, SPENT) for name in table.strategies], axis=1)
    return np.asarray(value_per_job * jobs - spent)


def _known(table: WorldsTable, values: Floats) -> tuple[WorldsTable, Floats]:
    """Worlds where every arm has a figure. Raises InputError."""
    if values.shape[1] < 2:
        raise InputError("two arms to choose between", file=FILE, value=", ".join(table.strategies))
    known = np.asarray(np.isfinite(values).all(axis=1), bool)
    if known.sum() < FEWEST_WORLDS:
        raise InputError(
            "too few worlds where every arm has figures",
            file=FILE,
            value=int(known.sum()),
            allowed=f"{FEWEST_WORLDS} at least",
        )
    return table.among(known), values[known]


def _sets(table: WorldsTable, asked: Mapping[str, Sequence[str]]) -> dict[tuple[str, ...], str]:
    found = {}
    for label, names in GROUPS.items():
        kept = tuple(name for name in names if name in table.parameters)
        if len(kept) > 1:
            found[kept] = label
    for label, wanted in asked.items():
        for name in wanted:
            table.column(name)
        found[tuple(wanted)] = label
    return found


def _under(
    table: WorldsTable,
    values: Floats,
    belief: Belief,
    unit: str,
    labels: Mapping[tuple[str, ...], str],
) -> Information:
    weights = _weights(table, belief)
    alone = value_alone(table.inputs, values, weights)
    singles = [(table.parameters[n],) for n in np.argsort(-alone)[:MOST_SHOWN] if alone[n] > 0]
    if EFFECT_OF_A_DAY in table.parameters and (EFFECT_OF_A_DAY,) not in singles:
        singles.append((EFFECT_OF_A_DAY,))
    known = [
        partial_information(
            np.stack([table.column(name) for name in names], axis=1), values, names, weights
        )
        for names in (*singles, *labels)
    ]
    shares = weights / weights.sum()
    return Information(
        belief,
        unit,
        table.strategies[int((shares @ values).argmax())],
        worlds_worth(weights),
        perfect_information(values, weights),
        largest_inert(table.inputs, values, weights),
        tuple(sorted(known, key=lambda worth: -worth.value)),
        labels,
    )


def _weights(table: WorldsTable, belief: Belief) -> Floats:
    if EFFECT_OF_A_DAY not in table.parameters:
        return np.ones(table.worlds.size)
    known = PARAMETERS[EFFECT_OF_A_DAY]
    return weights_of(belief, table.column(EFFECT_OF_A_DAY), known.low, known.high)


def words(found: Sequence[Information]) -> list[str]:
    """What an adviser wants: the value of knowing the effect of engineering, under each belief."""
    lines = []
    for one in found:
        day = next((w for w in one.known if w.parameters == (EFFECT_OF_A_DAY,)), None)
        sure = [worth for worth in one.known if one.above_chance(worth)]
        start = f"{one.belief.name.capitalize()} ({one.belief.meaning}): "
        if day is not None:
            said = "" if one.above_chance(day) else ", no more than chance"
            start += (
                f"knowing the effect of a day of engineering before choosing is worth "
                f"{one.amount(day.value, day.error)} of this programme{said}; "
            )
        if sure and sure[0] is not day:
            start += f"most is worth {one.words(sure[0])}, {one.amount(sure[0].value)}; "
        lines.append(
            f"{start}everything, luck included, {one.amount(one.everything)} at most. Best today: "
            f"{one.best}."
        )
    return lines
