"""Options and allocations as plans that the programme can carry out, and as files."""

from __future__ import annotations

from collections.abc import Sequence

from rebound_sim.decision.optimise.allocation import Choice
from rebound_sim.decision.optimise.menu import Option
from rebound_sim.policies.arm import Arm
from rebound_sim.policies.plan import Line, Plan
from rebound_sim.policies.programme_table import ProgrammeTable
from rebound_sim.scenario.programme import World

_SLACK = 1_000_000  # days and files a month: a queue that never forms


def lines_of(zone: str, option: Option) -> list[Line]:
    """The lines of one zone, one a part: none for nothing."""
    return [
        *(
            Line(zone, "engineering", days=days, start=option.engineering_start + wait)
            for wait, days in option.split(option.days)
        ),
        *(
            Line(zone, "grants", amount_eur=euros, start=option.grants_start + wait)
            for wait, euros in option.split(option.grants_eur)
        ),
    ]


def plan_of(name: str, zones: Sequence[str], options: Sequence[Option], choice: Choice) -> Plan:
    """An allocation as a plan. choice : option of each zone."""
    lines = [
        line
        for zone, place in zip(zones, choice.tolist(), strict=True)
        for line in lines_of(zone, options[place])
    ]
    return Plan(name, tuple(lines))


def zone_alone(world: World, code: str, options: Sequence[Option]) -> tuple[World, tuple[Arm, ...]]:
    """One zone as a world of its own, without queues, and an arm for each option.

    Days, files and money are there for whoever asks; pace, ceilings and calendar of the programme
    stay.
    """
    table = world.national()
    most = max(sum(option.euros(table.daily_cost_eur)) for option in options)
    slack = table.model_copy(
        update={
            "envelope_eur": max(most, 1),
            "coupling": False,
            "consultant_days_month": _SLACK,
            "appraisal_capacity": _SLACK,
        }
    )
    entry = next(entry for entry in world.zone if entry.code == code)
    alone = world.model_copy(update={"programme": slack, "zone": (entry,)})
    # A user may name an option `none`, as an arm that is always there.
    arms = tuple(
        Arm.of_plan(Plan(f"option {option.name}", tuple(lines_of(code, option))))
        for option in options
    )
    return alone, arms


def check_menu(options: Sequence[Option], table: ProgrammeTable) -> list[str]:
    """What in a menu this programme cannot do, in words; empty when all can be done."""
    opening = table.start_month + table.grants_delay_months
    closing = opening + table.window_months
    faults = []
    for option in options:
        if option.days > table.mission_days_most:
            faults.append(f"{option.name}: at most {table.mission_days_most} days a zone")
        if option.grants_eur > table.zone_ceiling_eur:
            faults.append(f"{option.name}: at most {table.zone_ceiling_eur:,} EUR of grants a zone")
        last_days, last_euros = option.last_months
        early, late = option.engineering_start, last_days
        if option.days and not table.start_month <= early <= late < closing:
            faults.append(
                f"{option.name}: engineering from month {table.start_month}, before {closing}"
            )
        if option.grants_eur and not opening <= option.grants_start <= last_euros < closing:
            faults.append(f"{option.name}: grants from month {opening}, before {closing}")
    return faults
