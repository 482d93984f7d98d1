"""A policy written out as the plan that it is in one world: amounts and months, zone by zone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rebound_sim.policies.definition import Policy
from rebound_sim.policies.instruments import INSTRUMENTS, Engineering, Settings
from rebound_sim.policies.plan import Line, Plan
from rebound_sim.reading.strict import LONGEST_MONTHS
from rebound_sim.reading.toml_text import toml_lines
from rebound_sim.scenario.planned import helped
from rebound_sim.scenario.programme import World


def plan_of_policy(policy: Policy, world: World, name: str) -> Plan:
    """The plan that gives the zones of a world what the policy does, at the same months.

    name : of the plan. An instrument that an amount buys at usual prices is a line of a table; any
    other, such as the agreement that the law decides, keeps the section of the policy.
    """
    announced = {entry.code: entry.announcement_month for entry in world.zone}
    lines = (
        _line(code, instrument, settings, announced[code])
        for code in helped(world)
        for instrument, settings in policy.orders()
    )
    return Plan(name, tuple(lines))


def _line(code: str, instrument: str, settings: Settings, announced: int) -> Line:
    section = Line(code, instrument, settings=settings)
    if not INSTRUMENTS[instrument].allocated:
        return section
    months = getattr(settings, "duration_months", None)
    first, amount = getattr(settings, "start_month", 0), settings.cost()
    start, end = announced + first, None if months is None else announced + first + months
    if settings != type(settings).bought(amount, first, months or 1) or (end or 0) > LONGEST_MONTHS:
        return section
    if isinstance(settings, Engineering):
        return Line(code, instrument, None, settings.person_days, start, end)
    return Line(code, instrument, amount, None, start, end)


def plan_text(plan: Plan) -> str:
    """The plan as a TOML file, which holds what a table cannot: sections of policies."""
    lines = [
        "# Euros are whole; months count from 0 after the burn-in, in sections from the closure."
    ]
    return "\n".join([*lines, *toml_lines({"line": [_values(line) for line in plan.lines]})]) + "\n"


def _values(line: Line) -> Mapping[str, Any]:
    if line.settings is not None:
        given = line.settings.model_dump(mode="json", exclude_defaults=True)
        return {"zone": line.zone, line.instrument: given or {"enabled": True}}
    known = line.described()
    return {("amount" if key == "amount_eur" else key): value for key, value in known.items()}
