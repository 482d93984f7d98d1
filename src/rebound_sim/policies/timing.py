"""The dates and the pace of a plan, moved without changing what it gives to whom.

Early or late money, engineering before grants, all at once or in parts: the same allocation, at
other dates. A sweep varies them as factors named `plan.*`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from rebound_sim.errors import InputError, nearest
from rebound_sim.policies.plan import Line, Plan

PREFIX = "plan."


@dataclass(frozen=True)
class Timing:
    """How a plan is moved.

    engineering_shift, grants_shift : months by which each comes later (earlier if negative); other
        instruments follow grants
    parts, every : equal parts in which each line comes, and months from one to the next
    """

    engineering_shift: int = 0
    grants_shift: int = 0
    parts: int = 1
    every: int = 12


LEVERS = tuple(Timing.__dataclass_fields__)


def timing_of(values: dict[str, object]) -> Timing:
    """A timing by names of LEVERS after PREFIX. Raises InputError: unknown, not whole, below 1."""
    found: dict[str, int] = {}
    for key, value in values.items():
        name = key.removeprefix(PREFIX)
        if name not in LEVERS:
            raise InputError(
                "unknown lever of a plan's dates",
                key=key,
                allowed=", ".join(PREFIX + lever for lever in LEVERS),
                nearest=nearest(name, LEVERS),
            )
        least = 1 if name in ("parts", "every") else -1_200
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise InputError(
                "a whole number of months or parts",
                key=key,
                value=value,
                allowed=f"{least} or more" if least == 1 else None,
            )
        found[name] = value
    return Timing(**found)


def timed(plan: Plan, timing: Timing) -> Plan:
    """The plan at other dates, under its own name.

    plan : with all its months (`scenario.planned.completed_plan`). Ends stay: money of lines that
    come later has less time. Raises InputError for a line that would start after its end.
    """
    if timing == Timing():
        return plan
    lines = tuple(part for line in plan.lines for part in _moved(plan, line, timing))
    return replace(plan, lines=lines, places=())


def _moved(plan: Plan, line: Line, timing: Timing) -> list[Line]:
    if line.settings is not None:
        raise InputError(
            f"plan {plan.name}: {line.instrument} of zone {line.zone} has settings, which hold "
            "their own dates",
            allowed="lines of amounts or days",
        )
    first = line.instrument == "engineering"
    start = int(line.start or 0) + (timing.engineering_shift if first else timing.grants_shift)
    last = start + (timing.parts - 1) * timing.every
    if start < 0 or (line.end is not None and last >= line.end):
        raise InputError(
            f"plan {plan.name}: {line.instrument} of zone {line.zone} would come from month "
            f"{start} to {last}",
            allowed=f"months 0 to {(line.end or 1) - 1}",
        )
    amounts = _split(line.amount_eur if line.days is None else line.days, timing.parts)
    return [
        _given(replace(line, start=start + n * timing.every), amount)
        for n, amount in enumerate(amounts)
        if amount
    ]


def _given(line: Line, amount: int) -> Line:
    """Days, whose price follows from the programme, or euros."""
    if line.days is None:
        return replace(line, amount_eur=amount)
    return replace(line, days=amount, amount_eur=None)


def _split(amount: int | None, parts: int) -> list[int]:
    """Equal parts; what they leave over comes with the first."""
    size, left = divmod(int(amount or 0), parts)
    return [size + left, *[size] * (parts - 1)]
